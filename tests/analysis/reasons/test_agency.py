"""Differences of who acts."""

from __future__ import annotations

import pytest

from claims.analysis.reasons import agency

from .sides import find, texts


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "President Brandt offered to mediate in the talks with Norrin.",
            "President Lind asked Velland to mediate in the talks with Norrin.",
        ),
        (
            "President Brandt suggested that he will join the search for the crew.",
            "The Arden president told Brandt that the search for the crew could benefit from Velland's help.",
        ),
        (
            "President Brandt suggested that he would take part in the inquiry into the fire.",
            "President Lind said that the inquiry into the fire would gain much from Velland's involvement.",
        ),
        ("Velland offered to reopen the northern crossing.", "Arden requested that the northern crossing be reopened."),
    ],
)
def test_an_offer_told_as_the_others_request_clashes(a: str, b: str) -> None:
    (found,) = find(agency.find, a, b)
    assert found.clash
    assert texts(found.a)
    assert texts(found.b)
    assert "asks for it" in found.explanation
    assert "offers it" in found.explanation


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("President Brandt offered to mediate in the talks.", "President Brandt offered his mediation in the talks."),
        ("Velland offered to reopen the crossing.", "President Lind welcomed Velland's offer to reopen the crossing."),
        ("Velland offered medicine for the valley.", "Arden asked for an inquiry into the fire at the mine."),
        ("The crossing will be reopened.", "Velland asked for the crossing to be reopened."),
    ],
)
def test_one_initiative_told_twice_or_two_of_different_things_do_not_clash(a: str, b: str) -> None:
    assert not any(one.clash for one in find(agency.find, a, b))


def test_the_call_began_by_either_side_clashes() -> None:
    (found,) = find(
        agency.find,
        "The call took place at the initiative of the Velland side.",
        "The call took place at the initiative of the Arden side.",
    )
    assert found.clash


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "President Lind spoke by telephone with President Brandt, who had requested the call.",
            "The conversation, which was held at the initiative of the Arden side, lasted an hour.",
        ),
        (
            "The conversation took place at the request of Velland.",
            "President Lind had asked for the conversation, his office said.",
        ),
        ("At Velland's request the two spoke on Monday.", "The meeting was held on the initiative of the Arden side."),
    ],
)
def test_who_wanted_the_talks_clashes_in_whichever_words_it_is_told(a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        (found,) = find(agency.find, one, other)
        assert found.clash
        assert "wanted the talks" in found.explanation


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "President Lind spoke by telephone with President Brandt, who had requested the call.",
            "The conversation, which was held at the initiative of the Velland side, lasted an hour.",
        ),
        (
            "President Brandt, who had requested the release of the crew, spoke with President Lind.",
            "The conversation was held at the initiative of the Arden side.",
        ),
        (
            "The observers were admitted at the request of Velland.",
            "The conversation was held at the initiative of the Arden side.",
        ),
        (
            "President Brandt had not asked for the call.",
            "The call took place at the initiative of the Arden side.",
        ),
        ("The call had been requested.", "The call took place at the initiative of the Arden side."),
    ],
)
def test_one_wish_for_talks_told_twice_or_a_wish_for_something_else_does_not_clash(a: str, b: str) -> None:
    assert not any(one.clash for one in find(agency.find, a, b))


def test_both_against_one_alone_is_a_softer_difference() -> None:
    (found,) = find(
        agency.find,
        "The two leaders condemned the attack on the ferry.",
        "President Brandt condemned the attack on the ferry.",
    )
    assert not found.clash
    assert "both" in found.explanation


def test_active_and_passive_are_one_act() -> None:
    assert not any(
        one.clash
        for one in find(
            agency.find,
            "President Lind asked for the release of the crew.",
            "The release of the crew was asked for by President Lind.",
        )
    )
