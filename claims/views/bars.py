"""The bar of an event or a comparison: how its claims relate, as shares of one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    """What a bar shows, and how much of it people have reviewed."""

    parts: tuple[Part, ...]
    pairs: int
    reviewed: int

    @property
    def total(self) -> int:
        """Return how many pairs and lone claims the bar stands for."""
        return sum(part.count for part in self.parts)

    @property
    def table(self) -> list[int]:
        """Return the counts in the order of ``RELATIONS``, zeros too."""
        counts = {part.relation: part.count for part in self.parts}
        return [counts.get(relation, 0) for relation in RELATIONS]


def bar(counts: Mapping[str, int], *, reviewed: int) -> Bar:
    """Lay the counts of ``RELATIONS`` side by side. What is zero has no part."""
    total = sum(counts.get(relation, 0) for relation in RELATIONS)
    parts, start = [], 0.0
    for relation in RELATIONS:
        if count := counts.get(relation, 0):
            share = 100 * count / total
            parts.append(Part(relation, count, round(start, 3), round(share, 3)))
            start += share
    pairs = sum(counts.get(relation, 0) for relation in RELATIONS[:3])
    return Bar(tuple(parts), pairs, reviewed)
