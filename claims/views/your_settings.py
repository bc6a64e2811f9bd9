"""Your settings: the zone, the language and the keys of whoever is logged in; and the switch of languages for all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from claims.services.keys import ACTS, choose_keys, keys_as_they_came, keys_of
from claims.services.preferences import LANGUAGES, choose, choose_language, zones
from claims.services.refusals import Refused
from claims.views.going_on import next_address, see_other
from claims.views.person import person_of
from claims.views.reader import ZONE_COOKIE, preference_of


@require_http_methods(["GET", "HEAD", "POST"])
def your_settings(request: HttpRequest) -> HttpResponse:
    """Show a person's settings, and store those of the form that was sent: zone and language, or the keys."""
    if request.method != "POST":
        return render(request, "claims/your_settings.html", _page(request))
    try:
        told = _store(request)
    except Refused as refused:
        page = _page(request, problems=refused.problems)
        return render(request, "claims/your_settings.html", page, status=422)
    messages.success(request, told)
    return see_other(reverse("your_settings"))


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on: in this browser, and to a person wherever they log in."""
    wanted = request.POST.get("language", "")
    answer = see_other(next_address(request, reverse("events")))
    if wanted in LANGUAGES:
        if request.user.is_authenticated:
            choose_language(person_of(request), wanted)
        _remember(answer, wanted)
    return answer


def _store(request: HttpRequest) -> str:
    """Write down what was sent, and return what to say of it, in the language that was chosen."""
    person, typed = person_of(request), request.POST
    if typed.get("do") == "keys_back":
        keys_as_they_came(person)
        return gettext("All keys are as they came.")
    if typed.get("do") == "keys":
        choose_keys(person, {act.name: typed.get(f"key-{act.name}", "") for act in ACTS}, on="single_keys" in typed)
        return gettext("The keys are stored.")
    preference = choose(person, zone=typed.get("zone", ""), language=typed.get("language", ""))
    with translation.override(preference.language or translation.get_language_from_request(request)):
        return gettext("Stored.")


def _remember(answer: HttpResponse, wanted: str) -> None:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _page(request: HttpRequest, *, problems: dict[str, str] | None = None) -> dict[str, Any]:
    preference = preference_of(request)
    typed = request.POST
    keys = keys_of(preference)
    sent = {act.name: typed.get(f"key-{act.name}", "") for act in ACTS} if typed.get("do") == "keys" else keys.by_act
    zone = typed.get("zone", preference.zone if preference else "")
    chosen = typed.get("language", preference.language if preference else "")
    return {
        "acts": [(act, sent[act.name], (problems or {}).get(act.name, "")) for act in ACTS],
        "single_keys": "single_keys" in typed if typed.get("do") == "keys" else keys.on,
        "changed": bool(preference and preference.keys),
        "zone": zone,
        "zones": zones(),
        "browser_zone": request.COOKIES.get(ZONE_COOKIE, ""),
        "now": timezone.now(),
        "chosen_language": chosen,
        "problems": problems or {},
    }
