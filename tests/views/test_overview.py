"""The overviews: bars by comparison and event, reasons, the map of a comparison, who is silent on what."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Annotation, Comparison, Pair, Source
from claims.services.review import decide
from claims.views import drawing
from claims.views.overview import silences_of
from claims.views.points import every_point, table_of
from claims.views.similarity import map_of
from claims.views.tallies import reasons_of, tallies_of
from tests.factories import make_call, make_event, make_large, make_user

pytestmark = pytest.mark.django_db


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_an_events_overview_has_a_bar_with_words_and_a_table_for_each_comparison(reviewer: Client) -> None:
    comparison = make_call()
    page = reviewer.get(f"/events/{comparison.event.slug}/overview/").text
    assert f'href="{comparison.get_absolute_url()}"' in page
    assert 'fill="url(#fill-diverge)"' in page
    told = plain(page)
    assert "1 agree 2 partial 2 diverge 2 one side only" in told
    assert "Arden and Velland 1 2 2 2 0 of 5" in told


def test_counts_follow_what_people_decided() -> None:
    comparison = make_call()
    diverging, other = comparison.pairs.filter(verdict__relation="diverge")
    decide(diverging, make_user("reviewer"), "agree")
    decide(other, make_user("reviewer", name="second"), "no_match")
    [tally] = tallies_of(Comparison.objects.all())
    assert tally.relations == {"agree": 2, "partial": 2}
    assert tally.reviewed == 1
    assert tally.counts["only"] == 4  # the claims of a rejected pair are alone


def test_a_lone_claim_that_was_put_into_a_pair_is_lone_no_more() -> None:
    comparison = make_call()
    pair = comparison.pairs.filter(verdict__relation="agree").get()
    decide(pair, make_user("reviewer"), "no_match")
    lone = comparison.lone.get(claim=pair.claims_of("a")[0])
    assert tallies_of(Comparison.objects.all())[0].lone == {comparison.a_id: 2, comparison.b_id: 2}
    decide(pair, make_user("reviewer", name="second"), "agree")
    decide(pair, make_user("reviewer", name="third"), "agree")
    assert tallies_of(Comparison.objects.all())[0].lone == {comparison.a_id: 1, comparison.b_id: 1}
    assert lone not in comparison.lone.standing()


def test_only_the_comparisons_that_are_asked_for_are_counted() -> None:
    make_large(4)
    comparison = make_call()
    [tally] = tallies_of(comparison.event.comparisons.all())
    assert (tally.pk, tally.pairs, tally.lone) == (comparison.pk, 5, {comparison.a_id: 1, comparison.b_id: 1})


def test_who_is_silent_is_the_other_side() -> None:
    comparison = make_call()
    comparison.lone.filter(claim__source=comparison.b).delete()
    [tally] = tallies_of(Comparison.objects.all())
    assert (tally.silent(comparison.a_id), tally.silent(comparison.b_id)) == (0, 1)


def test_reasons_are_the_machines_and_peoples_apart() -> None:
    comparison = make_call()
    pair = comparison.pairs.filter(verdict__reasons__kind="agency").get()
    Annotation.objects.create(pair=pair, author=make_user(), text="The figures too.", kind="number")
    found = {one.kind: (one.machine, one.people) for one in reasons_of(comparison.event.comparisons.all())}
    assert found["agency"] == (1, 0)
    assert found["number"] == (0, 1)
    decide(pair, make_user("reviewer", name="second"), "agree")
    assert "agency" not in {one.kind for one in reasons_of()}


def test_the_map_holds_pairs_and_candidates_at_the_places_of_their_claims() -> None:
    comparison = make_call()
    [tally] = tallies_of(Comparison.objects.all())
    drawn = map_of(table_of(comparison.event), tally)
    assert (drawn.across, drawn.down) == (6, 6)
    places = {(point.relation, point.a, point.b) for point in drawn.points}
    assert {("agree", 1, 1), ("diverge", 6, 6), ("partial", 4, 2), ("near", 2, 1), ("near", 5, 5)} <= places
    assert len(drawn.bands) == 2


def test_a_pair_that_people_confirmed_has_no_score_on_the_map() -> None:
    comparison = make_call()
    decide(comparison.pairs.order_by("pk")[0], make_user("reviewer"), "agree")
    [tally] = tallies_of(Comparison.objects.all())
    scores = {(p.a, p.b): p.score for p in map_of(table_of(comparison.event), tally).points}
    assert scores[1, 1] is None
    assert scores[3, 3] == pytest.approx(0.79)


def test_relations_differ_in_form_not_only_in_colour() -> None:
    forms = [drawing.form_of(relation, 2, 3, 0.5) for relation in ("agree", "partial", "diverge", "near")]
    assert len(set(forms)) == 4
    larger, smaller = (float(re.search(r'r="([\d.]+)"', drawing.form_of("near", 0, 0, score))[1]) for score in (1, 0))  # type: ignore[index]
    assert larger > smaller > 0


def test_columns_are_as_high_as_their_share_of_the_highest() -> None:
    low, high = drawing.columns([("May", "", {"agree": 1}), ("June", "", {"agree": 1, "only": 3})])
    assert f'height="{drawing.HEIGHT / 4:.2f}"' in low.blocks[0].box
    assert [block.relation for block in high.blocks] == ["agree", "only"]
    assert 'y="0.00"' in high.blocks[1].box
    assert high.table == [1, 0, 0, 3]
    assert drawing.columns([("May", "", {})])[0].blocks == ()


def test_silences_name_the_points_that_others_speak_on(reviewer: Client) -> None:
    comparison = make_call()
    table = table_of(comparison.event)
    arden, velland = silences_of(table, every_point(table))
    assert (arden.count, velland.count) == (1, 1)
    assert velland.points[0].first.text == "The call lasted one hour and 20 minutes."
    assert len(arden.strip) == 7
    told = plain(reviewer.get(f"/events/{comparison.event.slug}/overview/").text)
    assert "Arden does not say The President recalled the sinking of the trawler Maribel." in told


def test_another_comparison_is_chosen_by_the_address(reviewer: Client) -> None:
    event = make_event(sources=("Arden", "Velland", "Omber"))
    source = event.sources.get(name="Omber")
    make_call(title="Another")
    chosen = event.comparisons.get(a__name="Velland", b=source)
    for query in ("", f"?comparison={chosen.pk}", "?comparison=9999999", "?comparison=x"):
        assert reviewer.get(f"/events/{event.slug}/overview/{query}").status_code == 200


def test_an_event_without_pairs_says_what_to_do(reviewer: Client) -> None:
    assert "There is nothing to draw yet." in reviewer.get(f"/events/{make_event().slug}/overview/").text


def test_the_overview_sums_up_all_events(reviewer: Client) -> None:
    make_call(title="First call")
    second = make_call(title="Second call")
    told = plain(reviewer.get("/overview/").text)
    assert "2 events, 10 pairs of claims" in told
    assert "2 agree 4 partial 4 diverge 4 one side only" in told
    assert "Arden and Velland 2 4 4 4 0 of 10" in told
    assert "Velland 2 of 12" in told
    assert f'href="/events/{second.event.slug}/overview/"' in reviewer.get("/overview/").text


def test_the_overview_of_nothing_says_so(reviewer: Client) -> None:
    assert "There are no events yet." in reviewer.get("/overview/").text


def test_the_overview_shows_events_page_by_page(reviewer: Client) -> None:
    for number in range(26):
        make_event(f"Call {number:02}", date=None)
    assert "Call 00" not in reviewer.get("/overview/").text
    assert "Call 00" in reviewer.get("/overview/?page=2").text


def test_the_queries_of_an_events_overview_do_not_grow(reviewer: Client) -> None:
    small, large = make_large(2), make_large(24)
    addresses = [f"/events/{one.event.slug}/overview/" for one in (small, large)]
    assert queries(reviewer, addresses[0]) == queries(reviewer, addresses[1]) <= 20


def test_the_queries_of_the_overview_do_not_grow(reviewer: Client) -> None:
    make_call(title="First call")
    few = queries(reviewer, "/overview/")
    for number in range(4):
        make_call(title=f"Call {number}")
    assert queries(reviewer, "/overview/") == few <= 16


def test_rows_of_one_office_are_told_by_name_and_side() -> None:
    events = [make_event(f"Call {n}", sources=("Arden", "Velland")) for n in range(4)]
    first, second, third, fourth = (event.sources.get(name="Arden") for event in events)
    Source.objects.filter(pk=second.pk).update(name="  ARDEN ", party="government  of arden")
    Source.objects.filter(pk=third.pk).update(party="")
    office = Source.objects.by_office()
    assert office[first.pk] == office[second.pk] == office[third.pk]
    assert office[first.pk] != office[events[0].sources.get(name="Velland").pk]
    Source.objects.filter(pk=fourth.pk).update(party="The opposition of Arden")
    office = Source.objects.by_office()
    assert office[first.pk] == office[second.pk]
    assert len({office[one.pk] for one in (first, third, fourth)}) == 3


def test_a_rejected_pair_is_on_no_map() -> None:
    comparison = make_call()
    for pair in Pair.objects.all():
        decide(pair, make_user("reviewer", name=f"r{pair.pk}"), "no_match")
    [tally] = tallies_of(Comparison.objects.all())
    assert {point.relation for point in map_of(table_of(comparison.event), tally).points} == {"near"}
