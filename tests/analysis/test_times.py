"""Dates and times, relative to the article's day."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.times import Role, Time, times

DAY = dt.date(2031, 3, 18)  # a Tuesday


def only(text: str, base: dt.date | None = DAY) -> Time:
    (found,) = times(text, base)
    return found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It ends on 4 June 2031.", (2031, 6, 4), (2031, 6, 4)),
        ("It ends on June 4.", (2031, 6, 4), (2031, 6, 4)),
        ("It began on 28 December.", (2030, 12, 28), (2030, 12, 28)),
        ("It ends in April.", (2031, 4, 1), (2031, 4, 30)),
        ("It was so in 2029.", (2029, 1, 1), (2029, 12, 31)),
        ("They met yesterday.", (2031, 3, 17), (2031, 3, 17)),
        ("They met on Monday.", (2031, 3, 17), (2031, 3, 17)),
        ("Talks will resume on Thursday.", (2031, 3, 20), (2031, 3, 20)),
        ("They meet next month.", (2031, 4, 1), (2031, 4, 30)),
        ("By the end of the year all is done.", (2031, 12, 1), (2031, 12, 31)),
        ("The truce lasts until spring.", (2031, 3, 1), (2031, 5, 31)),
    ],
)
def test_a_date_is_a_range_of_days(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    found = only(text)
    assert (found.first, found.last) == (dt.date(*first), dt.date(*last))


def test_a_deadline_a_beginning_and_a_moment_are_told_apart() -> None:
    assert only("It must be done by 1 May.").role is Role.BY
    assert only("It is open from 1 May.").role is Role.FROM
    assert only("They meet on 1 May.").role is Role.AT


def test_the_same_moment_in_two_zones_fits() -> None:
    moscow, utc = only("They spoke at 6 p.m. Moscow time."), only("They spoke at 15:00 GMT.")
    assert moscow.fits(utc)
    assert not moscow.fits(only("They spoke at 17:00 GMT."))


def test_a_day_in_its_month_fits_and_another_day_does_not() -> None:
    assert only("on 4 April").fits(only("in April"))
    assert not only("on 4 April").fits(only("on 5 April"))


@pytest.mark.parametrize(
    "text", ["They may march on.", "It may be so.", "For three hours they spoke.", "The second point."]
)
def test_words_that_only_look_like_times_are_none(text: str) -> None:
    assert times(text, DAY) == ()


def test_without_a_day_to_start_from_only_full_dates_are_read() -> None:
    assert times("They met on Tuesday, on 4 June.", None) == ()
    assert only("They met on 4 June 2025.", None).first == dt.date(2025, 6, 4)


@given(st.text(alphabet="0123456789 :.-JunemarchMayTuesdaynextweek,\n", max_size=50))
def test_any_text_has_ordered_spans_inside_it(text: str) -> None:
    found = times(text, DAY)
    assert all(one.span.end <= len(text) for one in found)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
