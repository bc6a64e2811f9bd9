"""The matrix of an event with several sources: what each of them says on each point, or that it is silent.

A point is a set of claims that standing pairs hold together: the claims of a pair are about the same thing, and so are
those of two pairs that share a claim. That is the connected parts of a graph, found by union-find with path halving
(Tarjan and van Leeuwen, 1984).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from claims.models import Claim, Event, Pair, PairClaim, Source

_HEAVIEST = ("diverge", "partial", "agree")


@dataclass(frozen=True, slots=True)
class Link:
    """A pair that a cell leads to: how its source's account relates to the one of ``other``.

    ``leads`` is true for the heaviest of the pairs with the same other source, which is written out; ``name`` is what
    the other source is called where there is little room.
    """

    pair: Pair
    relation: str
    other: Source
    name: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says on a point; without claims it is silent."""

    source: Source
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One row: a cell for every source, and the heaviest relation in it."""

    relation: str
    cells: tuple[Cell, ...]

    @property
    def silent(self) -> int:
        """Return how many sources say nothing on it."""
        return sum(1 for cell in self.cells if not cell.claims)


def points_of(event: Event) -> list[Point]:
    """Return the points that at least two sources speak on, in the order of the texts. Takes three queries."""
    names = short_names(event.sources.all())
    return [_point(group, names) for group in _groups(list(_pairs(event)))]


def short_names(sources: Collection[Source]) -> dict[Source, str]:
    """Return for each source its side, where that is shorter than its name and nobody else's, or else its name."""
    sides = Counter(source.party for source in sources)
    return {
        source: source.party
        if source.party and sides[source.party] == 1 and len(source.party) < len(source.name)
        else source.name
        for source in sources
    }


def _pairs(event: Event) -> Iterable[Pair]:
    members = PairClaim.objects.select_related("claim").order_by("claim__article_id", "claim__start")
    pairs = Pair.objects.judged().filter(comparison__event=event)
    return pairs.select_related("comparison__a", "comparison__b").prefetch_related(Prefetch("members", members))


def _groups(pairs: list[Pair]) -> list[list[Pair]]:
    """Return the pairs that hang together, each group by its first claim's place."""
    parent: dict[int, int] = {}

    def root(key: int) -> int:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for pair in pairs:
        first, *others = (member.claim_id for member in pair.members.all())
        for other in others:
            parent[root(other)] = root(first)
    groups: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[root(pair.members.all()[0].claim_id)].append(pair)
    return sorted(groups.values(), key=lambda group: min(_place(pair) for pair in group))


def _place(pair: Pair) -> tuple[int, int]:
    return min((member.claim.article_id, member.claim.start) for member in pair.members.all())


def _point(group: list[Pair], names: dict[Source, str]) -> Point:
    shown = {pair.shown for pair in group}  # type: ignore[attr-defined]
    relation = next((heavy for heavy in _HEAVIEST if heavy in shown), "agree")
    return Point(relation, tuple(_cell(group, source, names) for source in names))


def _cell(group: list[Pair], source: Source, names: dict[Source, str]) -> Cell:
    claims: dict[int, Claim] = {}
    links = []
    for pair in group:
        a, b = pair.comparison.a, pair.comparison.b
        if source not in (a, b):
            continue
        side = "a" if source == a else "b"
        claims |= {claim.pk: claim for claim in pair.claims_of(side)}
        other = b if source == a else a
        links.append(Link(pair, pair.shown, other, names[other]))  # type: ignore[attr-defined]
    ordered = sorted(claims.values(), key=lambda claim: (claim.article_id, claim.start))
    return Cell(source, tuple(ordered), _heaviest_first(links))


def _heaviest_first(links: list[Link]) -> tuple[Link, ...]:
    """Sort by the other source, and for each of them from the heaviest relation to the lightest."""
    ordered = sorted(links, key=lambda link: (link.other.position, _HEAVIEST.index(link.relation), link.pair.pk))
    others = [link.other for link in ordered]
    return tuple(replace(link, leads=link.other not in others[:place]) for place, link in enumerate(ordered))
