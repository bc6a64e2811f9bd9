"""The map of a comparison: every claim of the one source against every claim of the other, in document order.

Drawn are the pairs that stand and the candidates that came near, with the scores that the matching stored. Nothing is
computed from vectors here: the web process holds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from claims.models import Candidate
from claims.views.drawing import Map, Point, band, form_of
from claims.views.points import Table
from claims.views.tallies import Tally

_LONGEST = 160  # code points of a statement


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where the claims of both sides stand, each by its place in its source's texts."""

    table: Table
    a: Mapping[int, int]
    b: Mapping[int, int]

    def point(self, relation: str, a: int, b: int, score: float | None, href: str = "") -> Point:
        """Return the mark of two claims; without a score it is people's."""
        title = " / ".join(_cut(self.table.claims[key].text) for key in (a, b))
        shape = form_of(relation, self.a[a], self.b[b], 1 if score is None else score)
        return Point(relation, href, title, shape, self.a[a] + 1, self.b[b] + 1, score)


def map_of(table: Table, tally: Tally) -> Map:
    """Return the map of a comparison. Takes one query."""
    sides = ([one for one in table.sources if one.pk == key] for key in (tally.a, tally.b))
    a, b = ({claim.pk: n for n, claim in enumerate(table.claims_of(source))} for [source] in sides)
    plane = _Plane(table, a, b)
    paired = set[int]()
    points = [plane.point("near", *near) for near in _near(plane, tally)]
    for relation, own, other, score, href in _paired(table, tally):
        paired |= {own, other}
        points.append(plane.point(relation, own, other, score, href))
    bands = [band(place, len(b), across=True) for key, place in a.items() if key not in paired]
    bands += [band(place, len(a), across=False) for key, place in b.items() if key not in paired]
    return Map(len(a), len(b), tuple(points), tuple(bands))


def _near(plane: _Plane, tally: Tally) -> Iterable[tuple[int, int, float]]:
    """Return the candidates that were not taken, side a's claim first, each two claims once."""
    found: dict[tuple[int, int], float] = {}
    rows = Candidate.objects.filter(lone__comparison=tally.pk).order_by("pk")
    for lone, claim, score in rows.values_list("lone__claim", "claim", "score"):
        a, b = (lone, claim) if lone in plane.a else (claim, lone)
        if a in plane.a and b in plane.b:
            found[a, b] = score
    return [(a, b, score) for (a, b), score in found.items()]


def _paired(table: Table, tally: Tally) -> Iterator[tuple[str, int, int, float | None, str]]:
    """Yield every two claims that a standing pair joins: relation, claims, score (None: people's) and address."""
    for pair in table.pairs:
        if (pair.tie.a.source, pair.tie.b.source) == (tally.a, tally.b):
            score = None if pair.tie.confirmed else pair.tie.score
            for a in sorted(pair.tie.a.claims):
                for b in sorted(pair.tie.b.claims):
                    yield pair.relation, a, b, score, pair.get_absolute_url()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
