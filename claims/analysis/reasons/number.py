"""Figures: counts, amounts, shares. Two figures of the same thing that cannot be the same are a clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..clauses import content_stems
from ..quantities import Quantity, quantities
from ..structures import Claim, ReasonKind, Words
from .base import Context, Finding, Side, one_sided, words

_Told = tuple[Claim, Quantity]
# "Two leaders", "both sides": said of whoever takes part, and no figure of the talks.
_BOTH = 2
_PARTIES = frozenset({"leader", "side", "parti", "presid", "minist", "countri", "nation", "state", "men", "man"})


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return a clash of figures, or else a figure that only one side gives."""
    told_a, told_b = _told(a), _told(b)
    for x, y in sorted(_comparable(told_a, told_b), key=_closeness):
        if not x[1].fits(y[1]) and not _told_elsewhere(x, told_b) and not _told_elsewhere(y, told_a):
            shown = _words(x), _words(y)
            told = f"{a.source.name}: {shown[0].text}; {b.source.name}: {shown[1].text}."
            return [Finding(ReasonKind.NUMBER, (shown[0],), (shown[1],), told, True, _weight(x, y))]
    only_a = [x for x in told_a if not any(x[1].fits(y[1]) for y in told_b)]
    only_b = [y for y in told_b if not any(x[1].fits(y[1]) for x in told_a)]
    if not only_a and not only_b:
        return []
    shown_a, shown_b = list(map(_words, only_a)), list(map(_words, only_b))
    return [one_sided(ReasonKind.NUMBER, a, b, only_a=shown_a, only_b=shown_b, says="gives the figure")]


def _told(side: Side) -> list[_Told]:
    return [
        (claim, one)
        for claim in side.claims
        for one in quantities(claim.text)
        if one.dimension != "duration" and not (one.head in _PARTIES and one.high <= _BOTH)
    ]


def _comparable(told_a: Sequence[_Told], told_b: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Yield the figures that are said of the same thing: of one dimension, and of one noun where things are counted."""
    for x in told_a:
        for y in told_b:
            if x[1].dimension != y[1].dimension:
                continue
            alone = len(told_a) == len(told_b) == 1
            if x[1].dimension != "count" or set(x[1].things) & set(y[1].things) or (alone and _same_context(x, y)):
                yield x, y


def _same_context(x: _Told, y: _Told) -> bool:
    """Tell whether two sole figures stand in statements of much the same words ("twelve ships", "ten vessels")."""
    stems = [content_stems(claim.text) - set(one.things) for claim, one in (x, y)]
    return 2 * len(stems[0] & stems[1]) >= min(map(len, stems)) > 0


def _told_elsewhere(one: _Told, other: Sequence[_Told]) -> bool:
    return any(one[1].fits(figure) for _, figure in other)


def _closeness(both: tuple[_Told, _Told]) -> int:
    """Sort the figures that share most words of what they count first."""
    return -len(set(both[0][1].things) & set(both[1][1].things))


def _weight(x: _Told, y: _Told) -> float:
    same_head = x[1].head == y[1].head and bool(x[1].head)
    return 0.9 if same_head or x[1].dimension != "count" else 0.6


def _words(told: _Told) -> Words:
    claim, one = told
    return words(claim, one.span.start, one.span.end)
