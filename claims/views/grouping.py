"""Which pairs are one point: the rule by which accounts of several sources are set side by side.

Pairs are found between two sources at a time. A matrix needs more: a row on which every source that speaks is about
the same thing. The nearest rule, to follow pairs from claim to claim, fails as soon as one claim is broad. "They
discussed grain, fish and the treaty" is paired with one claim on each, and what hangs together through it is a heap
in which grain stands beside fish. "About the same thing" is not transitive, and no chain of pairs makes it so.

So the rule asks for every pair by itself, as complete linkage does for clusters (Sørensen, 1948; Defays, 1977) and as
a clique does in a graph of matches between several parties:

    **Two sources stand on one point only if a pair joins what they say there.**

In detail:

1. What a pair sets on one side was said together and is not taken apart: it is a *unit*. Two units are *tied* if some
   standing pair joins a claim of the one with a claim of the other.
2. First, across the sources, with one unit of each. The two units of a first pair begin a point. A further pair joins
   it if one of its sides shares a claim with a unit there, and the other side does so too, or else is of a source that
   is not there yet and tied to *every* unit that is. A pair that joins no point begins one of its own.
3. Then, within the sources. A point becomes part of another if they share a claim and each unit that would be new
   there is tied to every unit of the other sources. So a claim that Velland answers in three sentences is one point,
   but not where Omber's claim fits only one of the three.
4. Where a side shares a claim with a unit and brings others along, those are shown with the point, since the pair
   rests on them. They tie nothing: nobody can join through them. Without this a row of overlapping sides would be a
   chain again.
5. Pairs are taken in an order that depends on nothing but themselves: those that people confirmed first; then those
   that most other sources bear out (a claim of theirs is paired with both sides); then by score, then by their number.
   Points are put together in the same order, those of more sources first.
6. A point all of whose claims stand on another is no point of its own.

So every standing pair is on a point, and a claim that is paired with two things that are not paired with each other
stands on two points, once with each.

A pair that people rejected does not stand, and ties nothing; one that they joined or confirmed ties like any other
and goes first. It does not chain either: two confirmed pairs that share a claim say nothing about their far ends.

The rule is strict where the machine missed a pair: if Arden's and Omber's claims are paired with Velland's and not with
each other, there are two points. To call Omber silent on the first would be wrong, so a point also knows the claims
that are paired with one of its own and stand elsewhere (``Group.near``): the matrix says "elsewhere", and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Neighbours = Mapping[int, frozenset[int]]
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says in a pair: the keys of its claims."""

    source: int
    claims: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tie:
    """A standing pair, as far as the rule needs it."""

    pair: int
    a: Side
    b: Side
    score: float
    confirmed: bool = False

    @property
    def claims(self) -> frozenset[int]:
        """Return the claims of both sides."""
        return self.a.claims | self.b.claims


@dataclass(frozen=True, slots=True)
class Group:
    """The claims that are on one point; ``near`` are claims elsewhere that are paired with one of them."""

    claims: frozenset[int]
    near: frozenset[int]


@dataclass(slots=True)
class _Growing:
    """A point while it grows; a pair by itself is one too. ``claims`` are those of its units and what they brought."""

    units: list[Side]
    claims: set[int]

    def shares(self, side: Side) -> bool:
        """Tell whether a unit of this point has a claim of the side."""
        return any(unit.source == side.source and unit.claims & side.claims for unit in self.units)

    def takes(self, other: _Growing, neighbours: Neighbours) -> bool:
        """Tell whether another point can be part of this one (3)."""
        new = [unit for unit in other.units if not self.shares(unit)]
        return len(new) < len(other.units) and all(self._is_tied(unit, neighbours) for unit in new)

    def has_room_for(self, other: _Growing) -> bool:
        """Tell whether the other would bring no source a second unit (2)."""
        present = {unit.source for unit in self.units}
        return all(self.shares(unit) or unit.source not in present for unit in other.units)

    def take(self, other: _Growing) -> None:
        """Make another point part of this one: what is new as units, what is brought along as claims (4)."""
        self.units += [unit for unit in other.units if not self.shares(unit)]
        self.claims |= other.claims

    def _is_tied(self, side: Side, neighbours: Neighbours) -> bool:
        reach = _reached(side.claims, neighbours)
        return all(reach & unit.claims for unit in self.units if unit.source != side.source)


def hold_together(ties: Sequence[Tie]) -> list[Group]:
    """Return the points of an event's standing pairs by the rule above, in no order that means anything."""
    neighbours = _neighbours(ties)
    pairs = [_Growing([tie.a, tie.b], set(tie.claims)) for tie in _strongest_first(ties, neighbours)]
    across = _put_together(pairs, neighbours, one_unit_each=True)
    across.sort(key=lambda one: -len({unit.source for unit in one.units}))
    within = _put_together(across, neighbours, one_unit_each=False)
    groups = _distinct([frozenset(one.claims) for one in within])
    return [Group(claims, _reached(claims, neighbours) - claims) for claims in groups]


def _put_together(parts: Iterable[_Growing], neighbours: Neighbours, *, one_unit_each: bool) -> list[_Growing]:
    """Make each part, in turn, part of the first before it that takes it, or let it stand."""
    kept: list[_Growing] = []
    of_claim: dict[int, list[int]] = defaultdict(list)
    for part in parts:
        places = sorted({place for claim in part.claims for place in of_claim[claim]})
        fitting = (
            place
            for place in places
            if kept[place].takes(part, neighbours) and (not one_unit_each or kept[place].has_room_for(part))
        )
        place = next(fitting, len(kept))
        if place == len(kept):
            kept.append(part)
        else:
            kept[place].take(part)
        for claim in part.claims:
            of_claim[claim].append(place)
    return kept


def _neighbours(ties: Iterable[Tie]) -> Neighbours:
    found: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        for own, other in ((tie.a, tie.b), (tie.b, tie.a)):
            for claim in own.claims:
                found[claim] |= other.claims
    return {claim: frozenset(others) for claim, others in found.items()}


def _reached(claims: Iterable[int], neighbours: Neighbours) -> frozenset[int]:
    return _NOBODY.union(*(neighbours.get(claim, _NOBODY) for claim in claims))


def _strongest_first(ties: Iterable[Tie], neighbours: Neighbours) -> list[Tie]:
    """Sort as (5) says."""
    ties = list(ties)
    source_of = {claim: side.source for tie in ties for side in (tie.a, tie.b) for claim in side.claims}

    def borne_out(tie: Tie) -> int:
        both = _reached(tie.a.claims, neighbours) & _reached(tie.b.claims, neighbours)
        return len({source_of[claim] for claim in both} - {tie.a.source, tie.b.source})

    return sorted(ties, key=lambda tie: (not tie.confirmed, -borne_out(tie), -tie.score, tie.pair))


def _distinct(groups: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Leave out each point that another holds (6); of two that are alike, the earlier stays."""
    of_claim: dict[int, list[int]] = defaultdict(list)
    for place, claims in enumerate(groups):
        for claim in claims:
            of_claim[claim].append(place)
    kept = []
    for place, claims in enumerate(groups):
        others = {other for claim in claims for other in of_claim[claim]} - {place}
        if not any(claims < groups[other] or (claims == groups[other] and other < place) for other in others):
            kept.append(claims)
    return kept
