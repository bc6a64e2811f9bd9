"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from claims.services.keys import keys_of
from claims.views.reader import preference_of


def standing(request: HttpRequest) -> dict[str, Any]:
    """Tell templates whether this is the demo, the reader's keys, and what is unread (counted where it is shown)."""
    return {
        "demo": settings.DEMO,
        "unread": lambda: getattr(request.user, "unread", 0),
        "keys": keys_of(preference_of(request)),
    }
