"""Differences of dates, deadlines and durations."""

from __future__ import annotations

import pytest

from claims.analysis.reasons import date_time

from .sides import find, texts


@pytest.mark.parametrize(
    ("a", "b", "words_a", "words_b"),
    [
        ("The truce lasts 90 days.", "The truce lasts 30 days.", "90 days", "30 days"),
        ("The talk took two hours.", "They spoke for 50 minutes.", "two hours", "50 minutes"),
        ("The bridge opens on 1 May.", "The bridge opens on 10 June.", "1 May", "10 June"),
        ("They meet on Monday.", "They meet on Friday.", "Monday", "Friday"),
    ],
)
def test_two_times_that_cannot_be_the_same_clash(a: str, b: str, words_a: str, words_b: str) -> None:
    (found,) = find(date_time.find, a, b)
    assert found.clash
    assert (texts(found.a), texts(found.b)) == ([words_a], [words_b])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The truce lasts 90 days.", "The truce holds for three months."),
        ("They spoke for about an hour.", "The talk took 58 minutes."),
        ("The bridge opens in May.", "The bridge opens on 12 May."),
        ("They spoke yesterday.", "They spoke on Monday."),
    ],
)
def test_the_same_time_told_otherwise_is_no_difference(a: str, b: str) -> None:
    assert not any(one.clash for one in find(date_time.find, a, b))


def test_a_beginning_and_an_end_do_not_clash() -> None:
    assert not any(one.clash for one in find(date_time.find, "It is open from 1 May.", "It is open until 1 July."))


def test_a_date_of_one_side_alone_is_a_softer_difference() -> None:
    (found,) = find(date_time.find, "Talks resume on 1 May.", "Talks resume.")
    assert not found.clash
    assert texts(found.a) == ["1 May"]
