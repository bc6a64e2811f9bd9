"""Differences of who and what is named."""

from __future__ import annotations

import pytest

from claims.analysis.reasons import entity

from .sides import find, texts


def test_two_places_in_one_slot_clash() -> None:
    (found,) = find(entity.find, "The delegations will meet in Istanbul.", "The delegations will meet in Geneva.")
    assert found.clash
    assert (texts(found.a), texts(found.b)) == (["Istanbul"], ["Geneva"])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("President Lind thanked President Brandt.", "The President of Arden thanked the Vellander leader, Brandt."),
        ("They spoke about Iran.", "They discussed the Iranian question."),
        ("The United Nations was asked.", "The UN was asked."),
        ("On Monday the talks began.", "The talks began in March."),
    ],
)
def test_another_name_of_the_same_is_no_difference(a: str, b: str) -> None:
    assert find(entity.find, a, b) == []


def test_a_name_of_one_side_alone_is_a_softer_difference() -> None:
    (found,) = find(entity.find, "They spoke about Iran and the port of Sarne.", "They spoke about Iran.")
    assert not found.clash
    assert texts(found.a) == ["Sarne"]
    assert found.b == ()
    assert "Sarne" in found.explanation


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert find(entity.find, "Grain was discussed.", "They discussed grain.") == []
