"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def standing(request: HttpRequest) -> dict[str, Any]:
    """Tell templates whether this is the demo, and how much in one's inbox is unread ."""
    return {"demo": settings.DEMO, "unread": lambda: getattr(request.user, "unread", 0)}
