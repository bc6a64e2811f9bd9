"""Affirmed against denied."""

from __future__ import annotations

import pytest

from claims.analysis.reasons import negation_polarity

from .sides import find, texts


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The crossing was discussed.", "The crossing was not discussed."),
        ("The parties agreed on a truce at sea.", "No agreement on a truce at sea was reached."),
        ("Velland agreed to free the crew of the trawler.", "Velland refused to free the crew of the trawler."),
        ("The exports of timber will resume.", "The exports of timber remain suspended."),
    ],
)
def test_what_one_affirms_and_the_other_denies_clashes(a: str, b: str) -> None:
    (found,) = find(negation_polarity.find, a, b)
    assert found.clash
    assert texts(found.a)
    assert texts(found.b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The crossing was not discussed.", "Nothing was said about the crossing."),
        ("They discussed not only grain but also timber.", "They discussed grain and timber."),
        ("The crossing was discussed.", "The grain was not discussed."),
        ("It was a conversation, but not a conversation that settles the matter.", "The conversation was useful."),
        ("There is no doubt that the truce holds.", "The truce holds."),
    ],
)
def test_two_denials_idle_negations_and_other_things_denied_do_not(a: str, b: str) -> None:
    assert find(negation_polarity.find, a, b) == []
