"""The words that a search is typed in, and what is said of those that are not understood."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.models.index import Term
from claims.services.query import Filter, Key, parse


def test_words_exact_words_and_words_left_out_are_told_apart() -> None:
    query = parse('grain "agreed to reopen" -tariffs -"frank exchange"')
    assert query.terms == (
        Term("grain"),
        Term("agreed to reopen", exact=True),
        Term("tariffs", absent=True),
        Term("frank exchange", exact=True, absent=True),
    )
    assert query.text == "grain agreed to reopen"
    assert query.problems == ()


def test_filters_are_told_from_words() -> None:
    query = parse('source:kremlin party:"Government of Arden" -relation:agree reason:date-time port')
    assert query.filters == (
        Filter(Key.SOURCE, "kremlin"),
        Filter(Key.PARTY, "Government of Arden"),
        Filter(Key.RELATION, "agree", absent=True),
        Filter(Key.REASON, "date_time"),
    )
    assert query.text == "port"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("before:2025-06-01", dt.date(2025, 6, 1)),
        ("before:2025-06", dt.date(2025, 6, 1)),
        ("before:2025", dt.date(2025, 1, 1)),
        ("after:2025-06-01", dt.date(2025, 6, 1)),
        ("after:2024-02", dt.date(2024, 2, 29)),
        ("after:2025", dt.date(2025, 12, 31)),
    ],
)
def test_a_month_or_a_year_stands_for_its_nearest_day(typed: str, day: dt.date) -> None:
    (one,) = parse(typed).filters
    assert one.day == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("speaker:putin call", "“speaker:” is not known. Known are source: party:"),
        ("relation:maybe", "“maybe” is no relation. There are agree, partial, diverge, only."),
        ("reason:lies", "“lies” is no reason. There are number,"),
        ("before:soon", "“soon” is no date. Write it as year-month-day, such as before:2025-06-04."),
        ("before:2025-13", "is no date"),
        ("after:2025-02-30", "is no date"),
        ("-before:2025-06-01", "A date cannot be left out: write after: in place of -before:."),
        ('"agreed to', "A quotation mark is missing"),
        ("port & ships", "“&” has no letter or figure"),
        ('source:""', "Nothing stands after “source:”"),
        ("x" * 501, "keep it under 500 characters"),
    ],
)
def test_what_is_not_understood_is_told_with_the_way_out(typed: str, sentence: str) -> None:
    assert sentence in " ".join(parse(typed).problems)


def test_typographic_marks_quote_as_well() -> None:
    assert parse("“agreed to reopen”").terms == (Term("agreed to reopen", exact=True),)


def test_a_colon_at_the_end_of_a_word_is_no_key() -> None:
    query = parse("he said: we agree")
    assert [term.text for term in query.terms] == ["he", "said:", "we", "agree"]
    assert query.problems == ()
