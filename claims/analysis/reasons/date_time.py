"""Dates, deadlines and durations. Two that are said of the same thing and cannot be the same are a clash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..quantities import Quantity, quantities
from ..structures import Claim, ReasonKind, Span, Words
from ..times import Role, Time, times
from .base import Context, Finding, Side, one_sided, words

_Told = tuple[Claim, Quantity | Time]


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return a clash of dates or of durations, or else one that only one side gives."""
    base = context.event.date
    told_a, told_b = _told(a, a.date or base), _told(b, b.date or base)
    clash = _clash(told_a, told_b)
    if clash:
        shown = _words(clash[0]), _words(clash[1])
        told = f"{a.source.name}: {shown[0].text}; {b.source.name}: {shown[1].text}."
        return [Finding(ReasonKind.DATE_TIME, (shown[0],), (shown[1],), told, True, 0.85)]
    only_a = [x for x in told_a if not any(_fit(x[1], y[1]) for y in told_b)]
    only_b = [y for y in told_b if not any(_fit(x[1], y[1]) for x in told_a)]
    if not only_a and not only_b:
        return []
    shown_a, shown_b = list(map(_words, only_a)), list(map(_words, only_b))
    return [one_sided(ReasonKind.DATE_TIME, a, b, only_a=shown_a, only_b=shown_b, says="says")]


def _told(side: Side, base: dt.date | None) -> list[_Told]:
    found: list[_Told] = []
    for claim in side.claims:
        named = times(claim.text, base)
        found += [(claim, one) for one in named]
        found += [
            (claim, one)
            for one in quantities(claim.text)
            if one.dimension == "duration" and not any(one.span.overlaps(other.span) for other in named)
        ]
    return found


def _clash(told_a: Sequence[_Told], told_b: Sequence[_Told]) -> tuple[_Told, _Told] | None:
    """Return two times of one kind and role that cannot be the same, where neither is told by the other side too."""
    for x in told_a:
        if any(_fit(x[1], y[1]) for y in told_b):
            continue
        for y in told_b:
            if _comparable(x[1], y[1]) and not any(_fit(one[1], y[1]) for one in told_a):
                return x, y
    return None


def _comparable(x: Quantity | Time, y: Quantity | Time) -> bool:
    if isinstance(x, Quantity) and isinstance(y, Quantity):
        return True
    if isinstance(x, Time) and isinstance(y, Time):
        # "From 1 May" and "by 30 May" are both ends of one stretch; "on" stands with either.
        ends = {x.role, y.role}
        return (x.minutes is None) == (y.minutes is None) and ends != {Role.BY, Role.FROM}
    return False


def _fit(x: Quantity | Time, y: Quantity | Time) -> bool:
    if isinstance(x, Quantity) and isinstance(y, Quantity):
        return x.fits(y)
    return isinstance(x, Time) and isinstance(y, Time) and x.fits(y)


def _words(told: _Told) -> Words:
    claim, one = told
    span: Span = one.span
    return words(claim, span.start, span.end)
