"""Figures as values."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.quantities import Quantity, number_of, quantities


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("one hundred and twenty", 120),
        ("twenty-four", 24),
        ("two million", 2_000_000),
        ("three hundred thousand", 300_000),
        ("zero", 0),
    ],
)
def test_numbers_in_words_have_their_value(words: str, value: int) -> None:
    assert number_of(words) == value


def test_a_word_that_is_no_number_has_none() -> None:
    assert number_of("and") is None
    assert number_of("several") is None


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("They spoke for one hour and 15 minutes.", "one hour and 15 minutes", 75),
        ("It took 75 minutes.", "75 minutes", 75),
        ("A 75-minute call", "75-minute", 75),
        ("The talk (1h15m) ended", "1h15m", 75),
        ("They met for two and a half hours", "two and a half hours", 150),
        ("after 2½ hours", "2½ hours", 150),
        ("within half an hour", None, 30),
        ("three quarters of an hour", "three quarters of an hour", 45),
        ("over two weeks", None, 20160),
    ],
)
def test_durations_are_minutes(text: str, words: str | None, minutes: int | None) -> None:
    found = quantities(text)[0]
    if words:
        assert found.span.of(text) == words
    if minutes:
        assert found.dimension == "duration"
        assert found.low <= minutes <= found.high


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("for 90 days", "for three months"),
        ("approximately one hour and 15 minutes", "70 minutes"),
        ("12,000 people", "11,870 people"),
        ("almost 40 trucks", "38 trucks"),
        ("more than 200 men", "210 men"),
        ("half a dozen ships", "six ships"),
        ("$5 billion", "$5,000 million"),
        ("5-6 km", "5.5 km"),
        ("two thirds of voters", "⅔ of voters"),
    ],
)
def test_what_can_be_the_same_figure_fits(one: str, other: str) -> None:
    assert only(one).fits(only(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("one hour and 15 minutes", "50 minutes"),
        ("30 days", "three months"),
        ("12 men", "14 men"),
        ("40 percent", "45 percent"),
        ("$5 billion", "€5 billion"),
        ("at least 300 men", "240 men"),
    ],
)
def test_what_cannot_be_the_same_figure_does_not_fit(one: str, other: str) -> None:
    assert not only(one).fits(only(other))


def test_it_knows_what_is_counted() -> None:
    found = only("They will exchange 340 badly wounded prisoners of war.")
    assert found.head == "prison"
    assert found.low <= Fraction(340) <= found.high


@pytest.mark.parametrize(
    "text",
    [
        "They met on 4 June 2025.",
        "The call began at 15:30.",
        "No one left, and one of them stayed.",
        "On the one hand, the first round was the 3rd.",
        "Since 2022 nothing has moved.",
        "Article 5 and Resolution 1701 were read.",
    ],
)
def test_dates_times_ordinals_and_pronouns_are_no_figures(text: str) -> None:
    assert quantities(text) == ()


@given(st.text(alphabet="0123456789 ½,.-$%abnhom'\nmillion two and half hours", max_size=60))
def test_any_text_has_ordered_spans_inside_it(text: str) -> None:
    found = quantities(text)
    assert all(one.span.end <= len(text) and one.low <= one.high for one in found)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
