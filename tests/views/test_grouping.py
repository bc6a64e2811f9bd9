"""Which pairs are one point: the rule on small cases, and what holds of it whatever the pairs."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from claims.views.grouping import Group, Side, Tie, hold_together

# A claim's key is its source's hundred and a number: 101 and 102 are the first source's, 201 the second's.
A1, A2, A3, B1, B2, B3, C1, C2, C3, D1 = 101, 102, 103, 201, 202, 203, 301, 302, 303, 401


def tie(*claims: int, pair: int = 0, score: float = 0.7, confirmed: bool = False) -> Tie:
    """Return a pair of these claims: those of the lower source are side a."""
    sources = sorted({key // 100 for key in claims})
    a, b = (Side(source, frozenset(key for key in claims if key // 100 == source)) for source in sources)
    return Tie(pair or sum(claims), a, b, score, confirmed)


def points(*ties: Tie) -> set[frozenset[int]]:
    return {group.claims for group in hold_together(ties)}


def near(ties: list[Tie], *claims: int) -> frozenset[int]:
    [group] = [group for group in hold_together(ties) if group.claims == frozenset(claims)]
    return group.near


def test_claims_that_are_paired_each_with_each_are_one_point() -> None:
    assert points(tie(A1, B1), tie(B1, C1), tie(A1, C1)) == {frozenset({A1, B1, C1})}


def test_a_chain_is_two_points_and_each_knows_who_speaks_elsewhere() -> None:
    ties = [tie(A1, B1, score=0.9), tie(B1, C1)]
    assert points(*ties) == {frozenset({A1, B1}), frozenset({B1, C1})}
    assert near(ties, A1, B1) == {C1}
    assert near(ties, B1, C1) == {A1}


def test_a_long_chain_is_no_heap() -> None:
    ties = [tie(A1, B1), tie(B1, C1), tie(C1, A2), tie(A2, B2), tie(B2, C2)]
    assert max(len(claims) for claims in points(*ties)) == 2


def test_claims_that_are_all_paired_with_one_stand_with_it() -> None:
    assert points(tie(A1, B1), tie(A1, B2), tie(A1, B3)) == {frozenset({A1, B1, B2, B3})}


def test_two_stars_that_share_a_claim_stay_two() -> None:
    ties = [tie(A1, B1, score=0.9), tie(A1, B2, score=0.8), tie(A2, B2), tie(A2, B3)]
    assert points(*ties) == {frozenset({A1, B1, B2}), frozenset({A2, B2, B3})}


def test_a_broad_claim_does_not_draw_what_it_is_paired_with_out_of_its_triangle() -> None:
    broad = [tie(A1, key, score=0.9) for key in (B1, B2, B3, C1, C2, C3)]
    narrow = [tie(B1, C1, score=0.5), tie(B2, C2, score=0.5), tie(B3, C3, score=0.5)]
    assert points(*broad, *narrow) == {
        frozenset({A1, B1, C1}),
        frozenset({A1, B2, C2}),
        frozenset({A1, B3, C3}),
    }


def test_what_a_pair_sets_on_one_side_is_not_taken_apart() -> None:
    together = tie(A1, A2, B1)
    assert points(together, tie(A1, C1), tie(B1, C1)) == {frozenset({A1, A2, B1, C1})}
    assert points(together, tie(A1, C1)) == {frozenset({A1, A2, B1}), frozenset({A1, C1})}


def test_nobody_joins_through_a_claim_that_was_only_brought_along() -> None:
    ties = [tie(A1, B1, score=0.9), tie(A1, A2, B2, score=0.8), tie(A2, A3, B3, score=0.7)]
    assert points(*ties) == {frozenset({A1, A2, B1, B2}), frozenset({A2, A3, B3})}


def test_four_sources_are_one_point_only_when_every_two_are_paired() -> None:
    every = [tie(*two) for two in combinations((A1, B1, C1, D1), 2)]
    assert points(*every) == {frozenset({A1, B1, C1, D1})}
    without = [one for one in every if one.claims != {A1, D1}]
    assert points(*without) == {frozenset({A1, B1, C1}), frozenset({B1, C1, D1})}


def test_what_people_confirmed_goes_first() -> None:
    machine, person = tie(A1, B1, score=0.99), tie(B1, C1, score=0.2, confirmed=True)
    contested = tie(C1, D1, score=0.9), tie(B1, D1, score=0.9)
    [group] = [one for one in hold_together([machine, person, *contested]) if D1 in one.claims]
    assert group.claims == {B1, C1, D1}


def test_two_confirmed_pairs_do_not_chain() -> None:
    assert len(points(tie(A1, B1, confirmed=True), tie(B1, C1, confirmed=True))) == 2


def test_a_point_within_another_is_none() -> None:
    assert points(tie(A1, B1, score=0.9), tie(A1, B1, B2, score=0.5)) == {frozenset({A1, B1, B2})}
    assert points(tie(A1, B1, score=0.5), tie(A1, B1, B2, score=0.9)) == {frozenset({A1, B1, B2})}


def test_without_pairs_there_are_no_points() -> None:
    assert hold_together([]) == []


def some_ties(seed: int) -> list[Tie]:
    """Return pairs at random, of one claim a side or two, between four sources."""
    chance, found = random.Random(seed), {}
    for _ in range(chance.randint(1, 45)):
        sources = chance.sample(range(1, 5), 2)
        claims = [100 * source + n for source in sources for n in chance.sample(range(6), chance.choice((1, 1, 1, 2)))]
        found[frozenset(claims)] = tie(*claims, score=chance.random(), confirmed=chance.random() < 0.1)
    return [Tie(n, one.a, one.b, one.score, one.confirmed) for n, one in enumerate(found.values())]


def holds(group: Group, ties: list[Tie]) -> bool:
    """Tell whether every two sources that speak on a point do so in a pair."""
    inside = [one for one in ties if one.a.claims & group.claims and one.b.claims & group.claims]
    joined = {frozenset((one.a.source, one.b.source)) for one in inside}
    return all(frozenset(two) in joined for two in combinations({key // 100 for key in group.claims}, 2))


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_pairs_each_is_on_a_point_and_every_two_sources_of_a_point_are_paired(seed: int) -> None:
    ties = some_ties(seed)
    groups = hold_together(ties)
    assert all(any(one.claims <= group.claims for group in groups) for one in ties)
    assert all(holds(group, ties) for group in groups)
    assert not any(one.claims < other.claims for one in groups for other in groups)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_in_which_pairs_are_told_changes_nothing(seed: int) -> None:
    ties = some_ties(seed)
    shuffled = random.Random(seed).sample(ties, len(ties))
    assert points(*shuffled) == points(*ties)


@pytest.mark.parametrize("seed", range(20))
def test_who_speaks_elsewhere_is_paired_with_the_point_and_not_on_it(seed: int) -> None:
    ties = some_ties(seed)
    for group in hold_together(ties):
        paired = {
            key
            for one in ties
            for own, other in ((one.a, one.b), (one.b, one.a))
            if own.claims & group.claims
            for key in other.claims
        }
        assert group.near == paired - group.claims
