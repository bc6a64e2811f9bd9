"""Commitment, hedges and tone."""

from __future__ import annotations

import pytest

from claims.analysis.reasons import commitment, modality_hedge, tone
from claims.analysis.reasons.base import Detector

from .sides import find, texts


@pytest.mark.parametrize(
    ("detector", "a", "b"),
    [
        (commitment.find, "Velland agreed to open the archive.", "Velland discussed the opening of the archive."),
        (
            commitment.find,
            "Arden promised to pay for the bridge.",
            "Arden noted the question of paying for the bridge.",
        ),
        (modality_hedge.find, "The ministers will certainly meet in May.", "The ministers might meet in May."),
        (tone.find, "The talks were very productive.", "The talks were difficult."),
        (tone.find, "The call was warm and friendly.", "The call was useful, but it settled nothing."),
    ],
)
def test_it_finds_the_difference_with_words_on_both_sides(detector: Detector, a: str, b: str) -> None:
    (found,) = find(detector, a, b)
    assert texts(found.a)
    assert texts(found.b)


@pytest.mark.parametrize(
    ("detector", "a", "b"),
    [
        (commitment.find, "Velland agreed to open the archive.", "It was agreed to open the archive."),
        (commitment.find, "They discussed the bridge.", "They exchanged views on the bridge."),
        (modality_hedge.find, "The ministers will meet in May.", "The ministers will meet in spring."),
        (modality_hedge.find, "They meet in May.", "They will meet on 4 May."),
        (tone.find, "The talks were productive.", "The talks were productive."),
        (tone.find, "They discussed grain.", "They spoke about grain."),
    ],
)
def test_where_both_say_as_much_it_finds_nothing(detector: Detector, a: str, b: str) -> None:
    assert find(detector, a, b) == []


def test_a_reservation_is_shown_with_what_it_takes_back() -> None:
    (found,) = find(
        tone.find,
        "It was a good conversation, but not one that ends the dispute.",
        "The leaders called the conversation positive and very productive.",
    )
    assert texts(found.a) == ["good conversation, but not one that ends the dispute"]
    assert not found.clash


def test_an_evaluation_of_one_side_alone_is_found() -> None:
    (found,) = find(tone.find, "The talks were excellent.", "The talks took place.")
    assert found.b == ()
    assert "Only" in found.explanation
