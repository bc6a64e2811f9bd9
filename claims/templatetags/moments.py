"""Days and moments as the reader has them: in their zone, as their language writes them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.contrib.humanize.templatetags.humanize import NaturalTimeFormatter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import pgettext

register = template.Library()


def _written(form: str) -> str:
    """Return how a language writes a day or a moment, in the letters of Django's ``date`` filter."""
    return {
        "short": pgettext("date format", "j M Y, H:i"),
        "long": pgettext("date format", "j F Y, H:i"),
        "seconds": pgettext("date format", "j M Y, H:i:s"),
        "named": pgettext("date format", "j F Y, H:i e"),
        "day": pgettext("date format", "j F Y"),
        "short day": pgettext("date format", "j M Y"),
        "near": pgettext("date format", "j M, H:i"),
        "near long": pgettext("date format", "j F, H:i"),
        "month": pgettext("date format", "F Y"),
        "short month": pgettext("date format", "M Y"),
    }[form]


@register.filter
def told(at: dt.date | dt.datetime | None, form: str = "short") -> str:
    """Return a day, or a moment in the reader's zone, in words alone."""
    if at is None:
        return ""
    if isinstance(at, dt.datetime) and timezone.is_aware(at):
        at = timezone.localtime(at)
    return date_format(at, _written(form))


@register.simple_tag
def moment(at: dt.datetime | None, form: str = "short", css: str = "") -> SafeString | str:
    """Return a moment in the reader's zone, as an element that says it to machines too."""
    if at is None:
        return ""
    return _element(timezone.localtime(at).isoformat(timespec="seconds"), told(at, form), css)


@register.simple_tag
def day(of: dt.date | None, form: str = "day") -> SafeString | str:
    """Return a day that was given as a day, which no zone changes."""
    return "" if of is None else _element(of.isoformat(), told(of, form), "")


@register.filter
def ago(at: dt.datetime) -> str:
    """Return how long ago a moment was, as it stands after "ago" or before it: "3 minutes"."""
    return timesince(at, time_strings=NaturalTimeFormatter.past_substrings)


@register.simple_tag
def zone_name() -> str:
    """Return the name of the zone that the times of this page are in."""
    return str(timezone.get_current_timezone())


def _element(machine: str, words: str, css: str) -> SafeString:
    if css:
        return format_html('<time class="{}" datetime="{}">{}</time>', css, machine, words)
    return format_html('<time datetime="{}">{}</time>', machine, words)
