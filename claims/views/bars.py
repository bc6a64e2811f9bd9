"""The bar of an event or a comparison: how its claims relate, as shares of one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claims.templatetags.crossread import UNJUDGED

RELATIONS = ("agree", "partial", "diverge", "only")


@dataclass(frozen=True, slots=True)
class Part:
    """One relation's part of a bar; ``start`` and ``share`` are in hundredths of its length."""

    relation: str
    count: int
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class Bar:
    """What a bar shows, how much of it people have reviewed, and how many pairs beside it are not judged yet."""

    parts: tuple[Part, ...]
    pairs: int
    reviewed: int
    unjudged: int = 0

    @property
    def total(self) -> int:
        """Return how many pairs and lone claims the bar stands for, those that are not judged yet too."""
        return sum(part.count for part in self.parts) + self.unjudged

    @property
    def table(self) -> list[int]:
        """Return the counts in the order of ``RELATIONS``, zeros too."""
        counts = {part.relation: part.count for part in self.parts}
        return [counts.get(relation, 0) for relation in RELATIONS]


def bar(counts: Mapping[str, int], *, reviewed: int) -> Bar:
    """Lay the counts of ``RELATIONS`` side by side, and tell that of ``UNJUDGED``. What is zero has no part."""
    total = sum(counts.get(relation, 0) for relation in RELATIONS)
    parts, start = [], 0.0
    for relation in RELATIONS:
        if count := counts.get(relation, 0):
            share = 100 * count / total
            parts.append(Part(relation, count, round(start, 3), round(share, 3)))
            start += share
    unjudged = counts.get(UNJUDGED, 0)
    pairs = sum(counts.get(relation, 0) for relation in RELATIONS[:3]) + unjudged
    return Bar(tuple(parts), pairs, reviewed, unjudged)
