"""The overview bar: a map of the comparison in document order, every stretch of it a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from claims.templatetags.crossread import word
from claims.views.columns import ClaimShown
from claims.views.rows import Row

WIDTH, HEIGHT = 1000, 14


@dataclass(frozen=True, slots=True)
class Segment:
    """One pair or lone claim on the map; ``box`` are the attributes of its rectangle."""

    box: SafeString
    relation: str
    pair: int | None
    claim: int
    chosen: bool
    text: str

    @property
    def word(self) -> str:
        """Return its relation in words."""
        alone = {"only": gettext("Only one side"), "unmatched": gettext("Not matched")}
        return alone.get(self.relation, word(self.relation))


def segments(rows: Sequence[Row]) -> list[Segment]:
    """Return the map of the rows that are shown, from left to right as the page goes from top to bottom."""
    entries = list(_entries(rows))
    width = WIDTH / max(1, len(entries))
    gap = min(1.5, width * 0.2)
    return [_segment(place * width, width - gap, one, pair_place) for place, (one, pair_place) in enumerate(entries)]


def _entries(rows: Iterable[Row]) -> Iterator[tuple[ClaimShown, int | None]]:
    """Yield each pair once, at the first of its claims, and each lone claim."""
    seen: set[int] = set()
    for row in rows:
        for one in (*row.a, *row.b):
            for place, pair in enumerate(one.pairs):
                if pair.pk not in seen and one.side == "a":
                    seen.add(pair.pk)
                    yield one, place
            if not one.pairs:
                yield one, None


def _segment(x: float, width: float, one: ClaimShown, place: int | None) -> Segment:
    pair = None if place is None else one.pairs[place]
    # A lone claim fills only its side's half: a's the upper, b's the lower.
    y = HEIGHT / 2 if pair is None and one.side == "b" else 0
    height = HEIGHT if pair else HEIGHT / 2
    return Segment(
        box=mark_safe(f'x="{x:.2f}" y="{y:g}" width="{width:.2f}" height="{height:g}"'),  # noqa: S308 - numbers alone
        relation=pair.relation if pair else one.relation,
        pair=pair.pk if pair else None,
        claim=one.claim.pk,
        chosen=bool(pair and pair.chosen),
        text=one.claim.text,
    )
