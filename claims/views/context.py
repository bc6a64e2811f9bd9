"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from claims.models import Notice


def standing(request: HttpRequest) -> dict[str, Any]:
    """Tell templates whether this is the demo, and how much in one's inbox is unread (counted where it is shown)."""
    return {"demo": settings.DEMO, "unread": lambda: Notice.objects.unread_of(request.user.pk).count()}
