"""When: dates, weekdays, months, seasons and times of day in a text, as ranges of days or as moments.

Expressions are found by patterns of our own and read relative to the day of the article. Dates in figures and words
are read by ``dateparser``, each expression once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from .inflection import lowered
from .structures import Span


class Role(StrEnum):
    """What a time is to the act: its moment, the day by which, the day from which."""

    AT = "at"
    BY = "by"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a text names: days from ``first`` to ``last``, or ``minutes`` after midnight UTC for a time of day."""

    span: Span
    role: Role
    first: dt.date | None = None
    last: dt.date | None = None
    minutes: int | None = None
    zoned: bool = False

    def fits(self, other: Time) -> bool:
        """Tell whether both can be the same time, the coarser holding the finer."""
        if (self.minutes is None) != (other.minutes is None):
            return True  # a day and an hour do not contradict each other
        if self.minutes is not None and other.minutes is not None:
            return self.zoned != other.zoned or self.minutes % 1440 == other.minutes % 1440
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        return self.first <= other.last and other.first <= self.last


_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(_MONTHS) + "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_DATE = re.compile(
    rf"\b(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTH})\.?(?:,?\s+(?:19|20)\d\d)?)\b"
    rf"|\b(?P<mdy>(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?:19|20)\d\d)?)\b"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    rf"|(?P<month>(?:(?:early|mid|late|the (?:beginning|middle|end) of|next|last|this)[\s-]+)?\b(?:{'|'.join(_MONTHS)})\b(?:,?\s+(?:19|20)\d\d)?)",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(rf"\d|\b(?:{'|'.join(_MONTHS)})")
_WEEKDAY = re.compile(rf"\b(?:(?P<which>next|last|this|coming)\s+)?(?P<day>{'|'.join(_DAYS)})\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?P<word>today|tonight|yesterday|tomorrow|(?:the )?(?:next|last|previous|this|coming|following) (?:week|month|year|spring|summer|autumn|fall|winter)|"
    r"(?:the )?(?:end|close) of (?:the|this|next) (?:week|month|year)|(?:this|next|in|last|until|till|by|before|since|the) (?:the )?(?:spring|summer|autumn|winter)|year[- ]end)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|by|of|since|until|from|before|after) (?P<year>(?:19|20)\d\d)\b(?!-)", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?:(?P<half>[ap])\.?m\b\.?|(?:o['’]clock|hours|hrs)\b|(?=\s?(?:GMT|UTC|MSK|CET|EST|EDT|local time)\b))"
    r"|\b(?P<twentyfour>[01]?\d|2[0-3]):(?P<after>[0-5]\d)\b|\b(?P<named>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_ZONES = {
    "gmt": 0,
    "utc": 0,
    "msk": 3,
    "moscow": 3,
    "cet": 1,
    "cest": 2,
    "est": -5,
    "edt": -4,
    "washington": -4,
    "kyiv": 3,
    "beijing": 8,
    "bst": 1,
    "ankara": 3,
    "tehran": 3,
}
_ZONE = re.compile(rf"\s*,?\s*\(?(?P<zone>{'|'.join(_ZONES)})(?:\s+time)?\b", re.IGNORECASE)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_BY = re.compile(
    r"\b(?:by|until|till|before|no later than|not later than|prior to|up to|through|within|ahead of|expires? (?:on|in)?|due|lapse on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|since|after|starting|starts?|beginning|begins?|as of|effective|resume|as early as)(?:\s+(?:on|in))?\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def times(text: str, base: dt.date | None) -> tuple[Time, ...]:
    """Return the times of a text, ordered and non-overlapping.

    Args:
        base: the day of the article, to which "Tuesday" and "next month" refer; without it only full dates are read.
    """
    taken: list[Time] = []
    for one in (*_dates(text, base), *_clocks(text), *_weekdays(text, base), *_relatives(text, base), *_years(text)):
        if not any(one.span.overlaps(other.span) for other in taken):
            taken.append(one)
    return tuple(sorted(taken, key=lambda one: one.span))


def _role(text: str, start: int) -> Role:
    before = text[max(0, start - 40) : start]
    return Role.BY if _BY.search(before) else Role.FROM if _FROM.search(before) else Role.AT


def _dates(text: str, base: dt.date | None) -> Iterator[Time]:
    if not _ANY_DATE.search(lowered(text)):
        return
    for match in _DATE.finditer(text):
        whole = match["month"]
        if whole and _is_no_month(text, match):
            continue
        found = _month(whole, base) if whole else _day(match[0], base)
        if found is not None:
            yield Time(Span(*match.span()), _role(text, match.start()), *found)


def _is_no_month(text: str, match: re.Match[str]) -> bool:
    """Tell "may" and "march" from May and March: a month is capitalised, and "May" wants a date's company."""
    word = match["month"].split()[-1] if not match["month"][-1].isdigit() else match["month"].split()[-2].rstrip(",")
    if not word[0].isupper():
        return True
    alone = match["month"] == word and word in {"May", "March", "August"}
    return (
        alone
        and re.search(
            r"\b(?:in|by|until|till|since|from|to|of|for|before|after|this|next|last|during|and|through)\s+$",
            text[: match.start()],
            re.IGNORECASE,
        )
        is None
    )


@lru_cache(maxsize=4096)
def _day(words: str, base: dt.date | None) -> tuple[dt.date, dt.date] | None:
    import dateparser

    if base is None and not re.search(r"(?:19|20)\d\d", words):
        return None
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b", "", words)
    settings: dict[str, Any] = {"REQUIRE_PARTS": ["day", "month"], "PARSERS": ["absolute-time"]}
    if base is not None:
        settings["RELATIVE_BASE"] = dt.datetime.combine(base, dt.time())
    found = dateparser.parse(plain, languages=["en"], settings=settings)
    if found is None:
        return None
    day = found.date()
    if base is not None and not re.search(r"(?:19|20)\d\d", words):
        day = min((_in_year(day, base.year + shift) for shift in (-1, 0, 1)), key=lambda one: abs((one - base).days))
    return day, day


def _in_year(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _month(words: str, base: dt.date | None) -> tuple[dt.date, dt.date] | None:
    name = next(word for word in re.findall(r"[a-z]+", words.lower()) if word in _MONTHS)
    month, year = _MONTHS.index(name) + 1, re.search(r"(?:19|20)\d\d", words)
    if year is not None:
        first = dt.date(int(year[0]), month, 1)
    elif base is None:
        return None
    else:
        first = min(
            (dt.date(base.year + shift, month, 1) for shift in (-1, 0, 1)), key=lambda one: abs((one - base).days)
        )
    last = _end_of_month(first)
    lead = words.lower()
    if lead.startswith(("early", "the beginning")):
        last = first.replace(day=12)
    elif lead.startswith(("late", "the end")):
        first = first.replace(day=18)
    return first, last


def _end_of_month(first: dt.date) -> dt.date:
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return following - dt.timedelta(days=1)


def _weekdays(text: str, base: dt.date | None) -> Iterator[Time]:
    if base is None:
        return
    for match in _WEEKDAY.finditer(text):
        step = (_DAYS.index(match["day"].lower()) - base.weekday()) % 7
        which = (match["which"] or "").lower()
        ahead = base + dt.timedelta(days=step)
        back = ahead - dt.timedelta(days=7) if step else base
        # "Next Tuesday" is the one after today to some, that of the coming week to others: both are kept.
        first = ahead if which in {"next", "this", "coming"} else back
        last = ahead + dt.timedelta(days=7) if which == "next" else back if which == "last" else first
        ahead_of = re.search(r"\b(?:will|to be|would|resume|begin|start|by|until)\b", text[: match.start()])
        if not which and ahead_of:
            first = last = ahead
        yield Time(Span(*match.span()), _role(text, match.start()), first, last)


def _relatives(text: str, base: dt.date | None) -> Iterator[Time]:
    if base is None:
        return
    for match in _RELATIVE.finditer(text):
        found = _relative(match["word"].lower(), base)
        if found is not None:
            role = (
                Role.BY
                if match["word"].lower().startswith(("until", "till", "by", "before"))
                else _role(text, match.start())
            )
            yield Time(Span(*match.span()), role, *found)


def _relative(words: str, base: dt.date) -> tuple[dt.date, dt.date] | None:
    if words in {"today", "tonight", "yesterday", "tomorrow"}:
        day = base + dt.timedelta(days={"yesterday": -1, "tomorrow": 1}.get(words, 0))
        return day, day
    shift = 1 if re.search(r"next|coming|following", words) else -1 if re.search(r"last|previous", words) else 0
    if "end" in words or "close" in words:
        return _end(words, base, shift)
    if "week" in words:
        monday = base - dt.timedelta(days=base.weekday()) + dt.timedelta(days=7 * shift)
        return monday, monday + dt.timedelta(days=6)
    if "month" in words:
        first = _shifted(base, shift)
        return first, _end_of_month(first)
    if "year" in words:
        return dt.date(base.year + shift, 1, 1), dt.date(base.year + shift, 12, 31)
    season = next((name for name in _SEASONS if name in words), None)
    return _season(season, base, shift) if season else None


def _end(words: str, base: dt.date, shift: int) -> tuple[dt.date, dt.date]:
    if "week" in words:
        friday = base + dt.timedelta(days=4 - base.weekday() + 7 * shift)
        return friday, friday + dt.timedelta(days=2)
    if "month" in words:
        last = _end_of_month(_shifted(base, shift))
        return last - dt.timedelta(days=7), last
    year = base.year + shift
    return dt.date(year, 12, 1), dt.date(year, 12, 31)


def _shifted(base: dt.date, months: int) -> dt.date:
    place = base.year * 12 + base.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def _season(name: str, base: dt.date, shift: int) -> tuple[dt.date, dt.date]:
    first_month, last_month = _SEASONS[name]
    year = base.year + (1 if shift >= 0 and base.month > (last_month if name != "winter" else 12) else 0)
    year = year - 1 if shift < 0 and base.month <= first_month else year
    first = dt.date(year, first_month, 1)
    return first, _end_of_month(dt.date(year + (name == "winter"), last_month, 1))


def _years(text: str) -> Iterator[Time]:
    for match in _YEAR.finditer(text):
        year = int(match["year"])
        yield Time(
            Span(*match.span("year")), _role(text, match.start("year")), dt.date(year, 1, 1), dt.date(year, 12, 31)
        )


def _clocks(text: str) -> Iterator[Time]:
    for match in _CLOCK.finditer(text):
        if match["named"]:
            hour, minute = (0 if match["named"].lower() == "midnight" else 12), 0
        elif match["twentyfour"]:
            hour, minute = int(match["twentyfour"]), int(match["after"])
        else:
            hour, minute = int(match["hour"]), int(match["minute"] or 0)
            if match[0].lower().rstrip().endswith(("hours", "hrs")) and not match["minute"]:
                continue  # "three hours" is a length
            if match["half"]:
                hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
        if hour > 24:
            continue
        zone = _ZONE.match(text, match.end())
        minutes = hour * 60 + minute - (_ZONES[zone["zone"].lower()] * 60 if zone else 0)
        end = zone.end() if zone else match.end()
        yield Time(Span(match.start(), end), _role(text, match.start()), minutes=minutes, zoned=zone is not None)
