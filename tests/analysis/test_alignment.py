"""Which claims belong together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from claims.analysis.alignment import align, group_links, shared_words
from claims.analysis.structures import Certainty

A = [
    "The ministers agreed to reopen the Sarne bridge to lorries on Monday.",
    "Arden asked for the release of the crew of the trawler Vesta.",
    "Rain fell.",
]
B = [
    "It was agreed to release the crew of the trawler Vesta by Friday.",
    "The Sarne bridge will be reopened to lorries on Monday, the ministers agreed.",
    "Football fans sang.",
]


def _words(text: str) -> list[str]:
    return text.lower().rstrip(".").replace(",", "").split()


def vectors(texts: list[str]) -> NDArray[np.float32]:
    """Count words: enough for texts that share some."""
    words = sorted({word for text in [*A, *B, *texts] for word in _words(text)})
    counts = np.array([[_words(text).count(word) for word in words] for text in texts], np.float32)
    unit: NDArray[np.float32] = counts / np.linalg.norm(counts, axis=1, keepdims=True)
    return unit


def both(a: list[str], b: list[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    found = vectors([*a, *b])
    return found[: len(a)], found[len(a) :]


def pairs(a: list[str], b: list[str], **more: object) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    found = align(*both(a, b), a, b, **more)  # type: ignore[arg-type]
    return {(match.a, match.b) for match in found.matches}


def test_it_pairs_what_is_about_the_same_thing_whatever_the_order() -> None:
    assert pairs(A, B) == {((0,), (1,)), ((1,), (0,))}


def test_what_stays_alone_has_its_nearest_candidates_best_first() -> None:
    found = align(*both(A, B), A, B)
    assert [lone.claim for lone in found.lone_a] == [2]
    assert [lone.claim for lone in found.lone_b] == [2]
    scores = [candidate.score for candidate in found.lone_a[0].candidates]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_the_result_is_the_same_whichever_source_comes_first() -> None:
    one, other = align(*both(A, B), A, B), align(*both(B, A), B, A)
    assert {(match.a, match.b, match.score) for match in one.matches} == {
        (match.b, match.a, match.score) for match in other.matches
    }
    assert one.lone_a == other.lone_b


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(A + B), min_size=1, max_size=6),
    st.lists(st.sampled_from(B + A[::-1]), min_size=1, max_size=6),
)
def test_any_two_sides_give_mirrored_results_that_lose_no_claim(a: list[str], b: list[str]) -> None:
    one, other = align(*both(a, b), a, b), align(*both(b, a), b, a)
    assert {(match.a, match.b) for match in one.matches} == {(match.b, match.a) for match in other.matches}
    linked = {i for match in one.matches for i in match.a}
    assert linked | {lone.claim for lone in one.lone_a} == set(range(len(a)))
    assert not linked & {lone.claim for lone in one.lone_a}


@pytest.mark.parametrize(("a", "b"), [([], B), (A, []), ([], [])])
def test_a_side_without_claims_leaves_the_other_alone(a: list[str], b: list[str]) -> None:
    empty = np.empty((0, 8), np.float32)
    found = align(vectors(a) if a else empty, vectors(b) if b else empty, a, b)
    assert found.matches == ()
    assert [lone.claim for lone in found.lone_a] == list(range(len(a)))
    assert [lone.claim for lone in found.lone_b] == list(range(len(b)))


def test_a_hub_that_resembles_everything_is_paired_with_nothing_for_that_alone() -> None:
    hub = "The ministers agreed on Monday on the crew, the bridge, the trawler."
    assert ((0,), (1,)) in pairs([*A, hub], B)
    assert not any(3 in a and len(b) > 1 for a, b in pairs([*A, hub], B))


def test_a_confirmed_pair_is_kept_as_it_is() -> None:
    assert ((2,), (2,)) in pairs(A, B, kept=[((2,), (2,))])


def test_a_rejected_pair_is_not_proposed_again_and_the_rest_stays() -> None:
    assert pairs(A, B, rejected=[((0,), (1,))]) == {((1,), (0,))}


def test_certainty_goes_with_the_score() -> None:
    found = align(*both(A, B), A, B)
    for match in found.matches:
        assert (match.certainty is Certainty.SURE) == (match.score >= 0.9)


def test_neighbours_with_no_other_link_share_a_group() -> None:
    assert group_links({(0, 1), (0, 2)}) == [((0,), (1, 2))]
    assert group_links({(4, 0), (5, 0)}) == [((4, 5), (0,))]


def test_claims_apart_from_each_other_are_pairs_of_their_own() -> None:
    assert group_links({(0, 1), (0, 3)}) == [((0,), (1,)), ((0,), (3,))]


def test_a_chain_does_not_grow_into_a_heap() -> None:
    groups = group_links({(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)})
    assert all(len(a) == 1 or len(b) == 1 for a, b in groups)
    assert {(i, j) for a, b in groups for i in a for j in b} == {(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)}


def test_rare_words_weigh_more_than_words_of_every_sentence() -> None:
    a = ["The ministers discussed the Vesta.", "The ministers discussed grain."]
    b = ["The ministers discussed the Vesta again.", "The ministers discussed nothing else."]
    shared = shared_words(a, b)
    assert shared[0, 0] > shared[1, 1]
    assert shared[0, 0] > shared[0, 1]


def test_in_two_short_accounts_the_best_of_nothing_is_no_match() -> None:
    assert pairs(["Rain fell."], ["Football fans sang."]) == set()


def test_claims_that_people_settled_are_linked_to_none_and_are_nobodys_best() -> None:
    alike = [*A[:1], "The Sarne bridge will be open to lorries again."]
    assert pairs(alike, B, settled=((0,), ())) == {((1,), (1,))}
    assert pairs(A, B, settled=((), (1,))) == {((1,), (0,))}
    assert pairs(A, B, settled=((0,), (1,)), kept=[((0,), (1,))]) == {((0,), (1,)), ((1,), (0,))}
