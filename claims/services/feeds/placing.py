"""Which events an item of a feed may belong to: by day, by the parties that it names and by likeness, with reasons.

This module is imported by the web process, so the model is loaded only where the worker calls ``place``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from claims.models import Event, FeedItem, FeedMatch, Party, Source

MOST_EVENTS = 300  # that an item is held against: the nearest in time
MOST_MATCHES = 3
MOST_PARTIES = 1000  # of the library that are looked for in an item
_LEAST = 0.4
_DAYS = 30
# What each sign counts, of 1 in all.
_BY_DAY, _BY_PARTIES, _BY_LIKENESS = 0.3, 0.45, 0.25
_LEAST_LIKE = 0.45  # cosine of two short texts below which they are about different things
_UNKNOWN_DAY = 0.3

Likeness = Callable[[Sequence[str], Sequence[str]], list[list[float]]]


@dataclass(frozen=True, slots=True)
class Placed:
    """An event that an item may belong to."""

    event: Event
    score: float
    reasons: tuple[str, ...]


def place(items: Sequence[FeedItem], likeness: Likeness | None = None) -> None:
    """Store with new items the events that they may belong to, best first.

    Args:
        likeness: returns the cosines of texts and other texts; without it the other two signs decide.
    """
    if not items:
        return
    events = events_near([item.at.date() for item in items])
    cosines = likeness([item.text for item in items], [event.title for event in events]) if likeness and events else []
    rows = []
    for number, item in enumerate(items):
        like = cosines[number] if cosines else [0.0] * len(events)
        placed = [one for event, value in zip(events, like, strict=True) if (one := placed_in(item, event, value))]
        placed.sort(key=lambda one: -one.score)
        rows += [
            FeedMatch(item=item, event=one.event, score=one.score, reasons=list(one.reasons))
            for one in placed[:MOST_MATCHES]
        ]
    FeedMatch.objects.bulk_create(rows, ignore_conflicts=True)


def placed_in(item: FeedItem, event: Event, like: float = 0.0) -> Placed | None:
    """Return how likely an item belongs to an event, or None where too little speaks for it.

    A day alone says nothing: parties are named, or the words are alike.
    """
    day, told_day = _by_day(item.at.date(), event.date)
    named = [source.name for source in event.sources.all() if names(item.text, names_of(source))]
    parties = min(len(named), 2) / 2
    if not named and like < _LEAST_LIKE:
        return None
    score = _BY_DAY * day + _BY_PARTIES * parties + _BY_LIKENESS * max(0.0, min(like, 1.0))
    if score < _LEAST:
        return None
    reasons = [told_day, f"names {' and '.join(named)}" if named else ""]
    reasons.append(f"words alike ({like:.2f})" if like >= _LEAST_LIKE else "")
    return Placed(event, round(min(score, 1.0), 3), tuple(filter(None, reasons)))


def parties_named(item: FeedItem) -> list[Party]:
    """Return the parties of the library that an item names, an office rather than its state. Two queries."""
    kept = Party.objects.standing().select_related("within").prefetch_related("terms__person")[:MOST_PARTIES]
    found = [party for party in kept if names(item.text, names_of_party(party))]
    states = {party.within_id for party in found}
    return [party for party in found if party.pk not in states]


def names_of_party(party: Party) -> list[str]:
    """Return all that a party of the library is called, and who is in it."""
    return [party.name, *party.aliases, *(term.person.name for term in party.terms.all())]


def events_near(days: Iterable[dt.date]) -> list[Event]:
    """Return the events around these days, and those without a day, the newest first, with their sources."""
    known = list(days)
    since, until = min(known) - dt.timedelta(_DAYS), max(known) + dt.timedelta(_DAYS)
    near = Event.objects.filter(Q(date__range=(since, until)) | Q(date__isnull=True))
    return list(near.prefetch_related("sources").order_by("-date", "-pk")[:MOST_EVENTS])


def names_of(source: Source) -> list[str]:
    """Return all that a source is called."""
    return [source.name, source.party, *source.all_aliases, *source.all_spokespeople]


def names(text: str, wanted: Iterable[str]) -> bool:
    """Tell whether a text holds any of the names as whole words; short ones in their own case alone ("US", "us")."""
    return any(_pattern(name).search(text) for name in wanted if name.strip())


def _pattern(name: str) -> re.Pattern[str]:
    bare = re.sub(r"^[Tt]he ", "", name.strip())
    flags = re.IGNORECASE if len(bare) > 3 else 0
    return re.compile(rf"(?<![\w-]){re.escape(bare)}(?!\w)", flags)


def _by_day(day: dt.date, event: dt.date | None) -> tuple[float, str]:
    if event is None:
        return _UNKNOWN_DAY, ""
    apart = (day - event).days
    told = "on the day of the event" if not apart else _told_apart(apart)
    return math.exp(-abs(apart) / 6), told


def _told_apart(days: int) -> str:
    many = abs(days)
    return f"{many} day{'' if many == 1 else 's'} {'after' if days > 0 else 'before'} the event"
