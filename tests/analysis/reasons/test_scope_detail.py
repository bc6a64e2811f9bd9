"""Differences of scope."""

from __future__ import annotations

import pytest

from claims.analysis.reasons import scope_detail

from .sides import find, texts


def test_one_word_that_joins_two_objects_clashes_with_their_compound() -> None:
    (found,) = find(
        scope_detail.find,
        "Both agreed to halt strikes on ports and railways.",
        "Both agreed to halt strikes on port railways.",
    )
    assert found.clash
    assert (texts(found.a), texts(found.b)) == (["ports and railways"], ["port railways"])


def test_the_same_compound_on_both_sides_is_no_difference() -> None:
    same = "Both agreed to halt strikes on port railways."
    assert find(scope_detail.find, same, same) == []


def test_all_against_some_of_the_same_clashes() -> None:
    (found,) = find(scope_detail.find, "All prisoners will be freed.", "Some prisoners will be freed.")
    assert found.clash


def test_all_against_some_of_another_thing_does_not() -> None:
    found = find(scope_detail.find, "All prisoners will be freed.", "Some ships brought prisoners home.")
    assert not any(one.clash for one in found)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Arden will withdraw if Velland does.", "Arden will withdraw."),
        ("Only medicine may pass.", "Medicine may pass."),
        (
            "They spoke of issues of mutual interest.",
            "They spoke of grain, fish, timber, visas and the northern rail line.",
        ),
    ],
)
def test_a_condition_a_limit_or_a_generality_of_one_side_is_a_softer_difference(a: str, b: str) -> None:
    (found,) = find(scope_detail.find, a, b)
    assert not found.clash


def test_much_more_detail_on_one_side_is_shown_with_its_words() -> None:
    (found,) = find(
        scope_detail.find,
        "They discussed trade.",
        "They discussed trade, among it tariffs on steel, quotas for timber and the licensing of fishing boats.",
    )
    assert "tariffs on steel" in texts(found.b)[0]
    assert found.a == ()
