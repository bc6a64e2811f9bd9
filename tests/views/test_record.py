"""The page of a source over all its events."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Comparison, Event, Source
from claims.services.detail import commitments_of
from claims.views.record import ladder_of, over_time
from claims.views.tallies import tallies_of
from tests.factories import make_call, make_event, make_large

pytestmark = pytest.mark.django_db


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def arden(comparison: Comparison) -> Source:
    return comparison.a


def test_it_shows_with_whom_a_source_agrees_and_what_it_leaves_out(reviewer: Client) -> None:
    comparison = make_call()
    page = reviewer.get(arden(comparison).get_absolute_url()).text
    told = plain(page)
    assert "1 agree 2 partial 2 diverge 2 one side only" in told
    assert "silent on 1 statement of it" in told
    assert "The President recalled the sinking of the trawler Maribel." in told
    assert "The call lasted one hour" not in told
    assert f'href="{comparison.b.get_absolute_url()}"' in page


def test_it_gathers_the_events_of_one_office(reviewer: Client) -> None:
    first, second = make_call(title="First call"), make_call(title="Second call")
    pages = [plain(reviewer.get(arden(one).get_absolute_url()).text) for one in (first, second)]
    for told in pages:
        assert "2 events" in told
        assert "2 agree 4 partial 4 diverge 4 one side only" in told
    Source.objects.filter(pk=second.a_id).update(party="Another government")
    assert "1 event" in plain(reviewer.get(arden(first).get_absolute_url()).text)


def test_it_tells_whose_words_bind_further(reviewer: Client) -> None:
    comparison = make_call()
    told = plain(reviewer.get(arden(comparison).get_absolute_url()).text)
    assert "agreed to reopen binds further than Velland’s will consider reopening" in told
    told = plain(reviewer.get(comparison.b.get_absolute_url()).text)
    assert "will consider reopening binds less far than Arden’s agreed to reopen" in told


def test_the_ladder_counts_the_words_that_bind() -> None:
    comparison = make_call()
    rungs, read = ladder_of({comparison.a_id})
    words = {rung.step: dict(rung.words) for rung in rungs}
    assert read == 6
    assert words[7] == {"agreed": 1}
    assert "proposed" in words[3]
    assert words[0]["not: ask"] == 1
    assert ladder_of({0}) == ([], 0)


def test_what_is_denied_stands_on_the_lowest_step() -> None:
    [agreed] = commitments_of("The two sides agreed on a date.")
    [denied] = commitments_of("The two sides did not agree on a date.")
    assert (agreed.step, denied.step, denied.negated) == (7, 0, True)


def test_a_source_that_was_never_compared_says_so(reviewer: Client) -> None:
    source = make_event().sources.all()[0]
    assert "Nothing of this source has been compared yet." in reviewer.get(source.get_absolute_url()).text


def test_an_unknown_source_is_not_found(reviewer: Client) -> None:
    assert reviewer.get("/sources/99999/").status_code == 404


def test_time_runs_from_the_oldest_event_and_is_told_by_year_where_there_are_many() -> None:
    call = make_call()
    tallies = tallies_of(Comparison.objects.all())
    early = make_event("Early", date=dt.date(2030, 1, 1))
    undated = make_event("Undated", date=None)
    drawn = over_time(tallies, [call.event, early, undated])
    assert [column.name for column in drawn] == ["1 Jan 2030", "8 Apr 2031"]
    many = [
        Event(pk=1000 + n, title="Call", slug=f"call-{n}", date=dt.date(2000 + n // 12, n % 12 + 1, 3))
        for n in range(30)
    ]
    assert [column.name for column in over_time([], many)] == ["2000", "2001", "2002"]
    assert len(over_time([], many[:20])) == 20


def test_sources_are_linked_where_they_are_named(reviewer: Client) -> None:
    comparison = make_call()
    event, pair = comparison.event, comparison.pairs.all()[0]
    for address in (
        "/",
        event.get_absolute_url(),
        comparison.get_absolute_url(),
        pair.get_absolute_url(),
        event.articles.get(name="arden.txt").get_absolute_url(),
        f"/events/{event.slug}/matrix/",
        f"/events/{event.slug}/overview/",
    ):
        assert f'href="{arden(comparison).get_absolute_url()}"' in reviewer.get(address).text, address


def test_its_queries_do_not_grow(reviewer: Client) -> None:
    first = make_call(title="First call")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert reviewer.get(arden(first).get_absolute_url()).status_code == 200
        return len(seen)

    few = queries()
    for number in range(3):
        make_call(title=f"Call {number}")
    make_large(12)
    assert queries() == few <= 21
