"""The rows of the comparison page: matched claims beside each other, neither text out of its order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from claims.views.columns import ClaimShown, Desk, PairShown


@dataclass(slots=True)
class Row:
    """Claims that stand beside each other; ``joined`` if they do so because they are pairs."""

    a: list[ClaimShown] = field(default_factory=list)
    b: list[ClaimShown] = field(default_factory=list)
    joined: bool = False

    @property
    def chosen(self) -> bool:
        """Tell whether the chosen pair stands here, whole."""
        return self.joined and any(one.chosen for one in self.a) and any(one.chosen for one in self.b)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a pair stands in both columns: its first and its last claim in each."""

    first_a: int
    last_a: int
    first_b: int
    last_b: int


def rows_of(desk: Desk) -> list[Row]:
    """Lay the shown claims out in rows: in each column in document order, matched claims beside each other.

    The rows are held by the longest run of pairs whose order is the same in both texts. A pair that crosses it stands
    in two rows; its claim of side b is told to that of side a, so that a narrow screen can show them together.
    """
    a, b = _kept(desk.a, desk), _kept(desk.b, desk)
    rows, at_a, at_b = [], 0, 0
    for held in longest_run(_stretches(desk.shown_pairs, a, b)):
        rows.append(Row(a[at_a : held.first_a], b[at_b : held.first_b]))
        rows.append(Row(a[held.first_a : held.last_a + 1], b[held.first_b : held.last_b + 1], joined=True))
        at_a, at_b = held.last_a + 1, held.last_b + 1
    rows.append(Row(a[at_a:], b[at_b:]))
    _tell_partners(rows, desk)
    return [row for row in rows if row.a or row.b]


def longest_run(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return a longest run of stretches that follow one another, without overlap, in both columns.

    Patience sorting for intervals, in O(n log n): ``tails[k]`` is the earliest end in column b of a run of ``k + 1``
    stretches that end in column a before the stretch at hand.
    """
    before: dict[Stretch, Stretch | None] = {}
    tails: list[tuple[int, Stretch]] = []
    open_runs: list[tuple[int, int, int, Stretch]] = []
    for place, one in enumerate(sorted(set(stretches), key=lambda one: (one.first_a, one.last_a, one.first_b))):
        _close(open_runs, tails, one.first_a)
        length = bisect_left(tails, one.first_b, key=lambda tail: tail[0])
        before[one] = tails[length - 1][1] if length else None
        heappush(open_runs, (one.last_a, place, length, one))
    _close(open_runs, tails, None)
    run: list[Stretch] = []
    last = tails[-1][1] if tails else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]


def _close(
    open_runs: list[tuple[int, int, int, Stretch]], tails: list[tuple[int, Stretch]], first_a: int | None
) -> None:
    """Take up into ``tails`` the runs that end in column a before ``first_a``, or all."""
    while open_runs and (first_a is None or open_runs[0][0] < first_a):
        _, _, length, one = heappop(open_runs)
        if length == len(tails):
            tails.append((one.last_b, one))
        elif one.last_b < tails[length][0]:
            tails[length] = (one.last_b, one)


def _kept(claims: Sequence[ClaimShown], desk: Desk) -> list[ClaimShown]:
    if not desk.filters.any:
        return list(claims)
    shown = {pair.pk for pair in desk.shown_pairs}
    return [
        one
        for one in claims
        if any(pair.pk in shown for pair in one.pairs) or (one.relation == "only" and desk.filters.keep_lone)
    ]


def _stretches(pairs: Sequence[PairShown], a: Sequence[ClaimShown], b: Sequence[ClaimShown]) -> list[Stretch]:
    in_a = {one.claim.pk: number for number, one in enumerate(a)}
    in_b = {one.claim.pk: number for number, one in enumerate(b)}
    found = []
    for pair in pairs:
        of_a, of_b = sorted(in_a[key] for key in pair.a), sorted(in_b[key] for key in pair.b)
        found.append(Stretch(of_a[0], of_a[-1], of_b[0], of_b[-1]))
    return found


def _tell_partners(rows: Sequence[Row], desk: Desk) -> None:
    """Give the claims of side a their partners that stand in other rows; those know that they are crossed."""
    row_of = {one.claim.pk: number for number, row in enumerate(rows) for one in (*row.a, *row.b)}
    shown = {one.claim.pk: one for row in rows for one in (*row.a, *row.b)}
    beside: set[int] = set()
    for pair in desk.shown_pairs:
        last = shown[pair.a[-1]]
        for key in pair.b:
            if row_of[key] == row_of[last.claim.pk] and rows[row_of[key]].joined:
                beside.add(key)
            else:
                last.partners.append(shown[key])
                shown[key].crossed = True
    for key in beside:
        shown[key].crossed = False
