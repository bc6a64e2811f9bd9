"""The overview bar: a map of the comparison in document order, every stretch of it a link."""

from __future__ import annotations

from dataclasses import dataclass

from claims.views.columns import Desk


@dataclass(frozen=True, slots=True)
class Segment:
    """One pair or lone claim on the map, in thousandths of its width."""

    x: float
    width: float
    relation: str
    pair: int | None
    claim: int
    text: str


def segments(desk: Desk) -> list[Segment]:
    """Return the map's segments: pairs where side a has them, lone claims at their places, side b's last."""
    entries: list[tuple[str, int | None, int, str]] = []
    seen: set[int] = set()
    for one in (*desk.a, *desk.b):
        new = [pair for pair in one.pairs if pair.pk not in seen]
        seen |= {pair.pk for pair in new}
        entries += [(pair.relation, pair.pk, one.claim.pk, one.claim.text) for pair in new]
        if not one.pairs:
            entries.append(("only", None, one.claim.pk, one.claim.text))
    width = 1000 / max(1, len(entries))
    return [
        Segment(round(place * width, 2), round(max(width - 1.5, width * 0.8), 2), *entry)
        for place, entry in enumerate(entries)
    ]
