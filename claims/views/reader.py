"""The reader's zone and language: their own wish, else the browser's, else the server's."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from claims.models import Preference
from claims.services.preferences import zone_named

ZONE_COOKIE = "zone"  # written by static/js/zone.js


def preference_of(request: HttpRequest) -> Preference | None:
    """Return the wishes of whoever is logged in; None where there are none."""
    try:
        found: Preference | None = getattr(request.user, "preference", None)
    except ObjectDoesNotExist:
        return None
    return found


def reader(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show a page in its reader's zone and language (after ``LocaleMiddleware``, which knows the browser's)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        preference = preference_of(request)
        if preference is not None and preference.language:
            translation.activate(preference.language)
            request.LANGUAGE_CODE = translation.get_language()
        wanted = (preference.zone if preference else "") or request.COOKIES.get(ZONE_COOKIE, "")
        with timezone.override(zone_named(wanted) if wanted else None):
            return get_response(request)

    return answer
