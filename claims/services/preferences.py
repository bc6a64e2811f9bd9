"""A person's wishes about zone and language, and the zones that there are."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext

from claims.models import Preference
from claims.services.refusals import Refused

LANGUAGES = dict(settings.LANGUAGES)


@cache
def zones() -> tuple[str, ...]:
    """Return the names of all zones that a person may choose: places, and UTC."""
    odd = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    places = (name for name in available_timezones() if "/" in name and not name.startswith(odd))
    return ("UTC", *sorted(places))


def zone_named(name: str) -> ZoneInfo | None:
    """Return a zone by its name, or None where there is none of that name."""
    return ZoneInfo(name) if name == settings.TIME_ZONE or name in zones() else None


def choose(user: AbstractBaseUser, *, zone: str, language: str) -> Preference:
    """Write down a person's zone and language; an empty one is left to the browser.

    Raises:
        Refused: if there is no such zone or language.
    """
    problems = {}
    if zone and zone_named(zone) is None:
        problems["zone"] = gettext("There is no zone of this name. Choose one from the list, such as Europe/Berlin.")
    if language and language not in LANGUAGES:
        problems["language"] = gettext("Choose one of the languages in the list.")
    if problems:
        raise Refused(problems)
    preference, _made = Preference.objects.update_or_create(
        user_id=user.pk, defaults={"zone": zone, "language": language}
    )
    return preference


def choose_language(user: AbstractBaseUser, language: str) -> None:
    """Write down a person's language alone."""
    Preference.objects.update_or_create(user_id=user.pk, defaults={"language": language})
