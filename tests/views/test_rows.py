"""The longest run of pairs that both texts have in the same order."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.views.rows import Stretch, longest_run


def follow(run: list[Stretch]) -> bool:
    return all(one.last_a < next_.first_a and one.last_b < next_.first_b for one, next_ in pairwise(run))


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    first_a, first_b = draw(st.integers(0, 8)), draw(st.integers(0, 8))
    return Stretch(first_a, first_a + draw(st.integers(0, 2)), first_b, first_b + draw(st.integers(0, 2)))


def test_pairs_in_the_same_order_are_all_kept() -> None:
    straight = [Stretch(i, i, i, i) for i in range(5)]
    assert longest_run(reversed(straight)) == straight


def test_of_two_that_cross_one_is_kept() -> None:
    assert len(longest_run([Stretch(0, 0, 1, 1), Stretch(1, 1, 0, 0)])) == 1


def test_nothing_gives_nothing() -> None:
    assert longest_run([]) == []


@given(st.lists(stretches(), max_size=7))
def test_the_run_is_in_order_and_none_is_longer(given_stretches: list[Stretch]) -> None:
    run = longest_run(given_stretches)
    assert follow(run)
    assert set(run) <= set(given_stretches)
    ordered = sorted(set(given_stretches), key=lambda one: (one.first_a, one.first_b, one.last_a, one.last_b))
    longer = (list(chosen) for chosen in combinations(ordered, len(run) + 1))
    assert not any(follow(chosen) for chosen in longer)
