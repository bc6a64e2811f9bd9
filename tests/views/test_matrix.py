"""The matrix of an event: points by sources, who is silent, what is filtered, how long each account is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Article, Claim, Event, Pair
from claims.services.detail import detail_of
from claims.services.review import decide
from claims.views.points import every_point, points_of, table_of
from tests.factories import make_article, make_call, make_event, make_pair, make_user

pytestmark = pytest.mark.django_db


def talks(*, matters: int = 3, title: str = "Talks of three") -> Event:
    """Make an event of three sources: all speak of the first matter, two of the others, and each of itself."""
    event = make_event(title, sources=("Arden", "Velland", "Omber"))
    said: dict[str, list[Claim]] = {}
    for source in event.sources.all():
        texts = [f"{source.name} speaks of matter {n}." for n in range(matters if source.name != "Omber" else 1)]
        sentences = [(source, text) for text in [*texts, f"{source.name} praised its own 12 ships."]]
        said[source.name] = list(make_article(event, sentences, name=source.slug).claims.order_by("start"))
    for comparison in event.comparisons.all():
        of_a, of_b = said[comparison.a.name], said[comparison.b.name]
        for n in range(min(len(of_a), len(of_b)) - 1):
            relation = ("agree", "diverge", "partial")[n % 3]
            reasons = {"number": ([f"matter {n}"], [f"matter {n}"])} if relation != "agree" else {}
            make_pair(comparison, of_a[n : n + 1], of_b[n : n + 1], relation=relation, reasons=reasons)
    return event


def rows(page: str) -> int:
    return page.count('<tr id="point-')


def test_it_shows_every_point_with_what_only_one_says(reviewer: Client) -> None:
    page = reviewer.get(f"/events/{talks().slug}/matrix/").text
    assert rows(page) == 6
    assert page.count("</svg>Alone</span>") == 3
    assert "Omber speaks of matter 0." in page
    assert "Omber praised its own 12 ships." in page


def test_a_cell_leads_to_its_claim_and_its_pairs(reviewer: Client) -> None:
    page = reviewer.get(f"/events/{talks().slug}/matrix/").text
    for one in [*Claim.objects.all(), *Pair.objects.all()]:
        assert f'href="{one.get_absolute_url()}"' in page


def test_the_words_that_differ_are_marked_where_accounts_differ(reviewer: Client) -> None:
    page = reviewer.get(f"/events/{talks().slug}/matrix/").text
    assert '<mark class="words diverge">matter 1</mark>' in page
    assert ">matter 0</mark>" not in page


def test_it_is_there_for_two_sources_too(reviewer: Client) -> None:
    event = make_call().event
    assert f'href="/events/{event.slug}/matrix/"' in reviewer.get(event.get_absolute_url()).text
    assert rows(reviewer.get(f"/events/{event.slug}/matrix/").text) == 7


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", 6),
        ("?show=differences", 2),
        ("?show=shared", 1),
        ("?show=alone", 3),
        ("?silent=omber", 4),
        ("?silent=arden", 2),
        ("?show=differences&silent=omber", 2),
        ("?show=shared&silent=omber", 0),
        ("?show=nonsense&silent=nobody", 6),
    ],
)
def test_it_is_filtered_by_its_address(reviewer: Client, query: str, left: int) -> None:
    assert rows(reviewer.get(f"/events/{talks().slug}/matrix/{query}").text) == left


def test_filters_that_leave_nothing_say_what_to_do(reviewer: Client) -> None:
    page = reviewer.get(f"/events/{talks().slug}/matrix/?show=shared&silent=omber").text
    assert "Show all points" in page


def test_an_event_without_articles_says_what_to_do(reviewer: Client) -> None:
    page = reviewer.get(f"/events/{make_event().slug}/matrix/").text
    assert "There is nothing to set side by side yet." in page


def test_a_point_keeps_its_number_whatever_is_filtered(reviewer: Client) -> None:
    event = talks()
    number = next(point.number for point in every_point(table_of(event)) if point.relation == "diverge")
    assert f'id="point-{number}"' in reviewer.get(f"/events/{event.slug}/matrix/?show=differences").text


def test_who_speaks_on_another_point_is_not_called_silent(reviewer: Client) -> None:
    event = make_event(sources=("Arden", "Velland", "Omber"))
    claims = [
        make_article(event, [(source, f"{source.name} speaks.")], name=source.slug).claims.get()
        for source in event.sources.all()
    ]
    make_pair(event.comparisons.get(a__name="Arden", b__name="Velland"), claims[:1], claims[1:2], score=0.9)
    make_pair(event.comparisons.get(a__name="Velland", b__name="Omber"), claims[1:2], claims[2:], score=0.8)
    first, second = every_point(table_of(event))
    assert [cell.state for cell in first.cells] == ["says", "says", "near"]
    assert first.cells[2].elsewhere == (second.number,)
    assert not first.is_silent("omber")
    page = reviewer.get(f"/events/{event.slug}/matrix/").text
    assert f'href="#point-{second.number}"' in page
    assert "silent</span>" not in page


def test_a_pair_that_people_rejected_joins_nothing(reviewer: Client) -> None:
    event = talks(matters=1)
    [point] = points_of(event)
    assert point.speaking == 3
    for pair in Pair.objects.filter(comparison__b__name="Omber"):
        decide(pair, make_user("reviewer", name=f"r{pair.pk}"), "no_match")
    [point] = points_of(event)
    assert [cell.state for cell in point.cells] == ["says", "says", "silent"]


def test_peoples_relation_counts_over_the_machines(reviewer: Client) -> None:
    event = talks(matters=2)
    decide(Pair.objects.get(verdict__relation="diverge"), make_user("reviewer", name="judge"), "agree")
    assert {point.relation for point in points_of(event)} == {"agree"}


def test_a_source_of_which_nothing_was_read_is_not_called_silent() -> None:
    event = talks()
    Claim.objects.filter(source__name="Omber").update(withdrawn=True)
    states = {point.cells[2].state for point in every_point(table_of(event))}
    assert states == {"unread"}


def test_what_is_in_a_language_that_is_not_covered_is_no_point_of_its_own() -> None:
    event = talks()
    Article.objects.filter(name="omber").update(language="ru")
    Pair.objects.filter(comparison__b__name="Omber").delete()
    assert all(point.cells[2].state == "unread" for point in every_point(table_of(event)))


def test_what_is_still_to_be_compared_is_told(reviewer: Client) -> None:
    event = talks()
    event.comparisons.filter(a__name="Arden").update(due_since=timezone.now())
    page = " ".join(reviewer.get(f"/events/{event.slug}/matrix/").text.split())
    assert "2 comparisons of this event are still to be made" in page


def test_each_account_has_its_length_and_its_figures(reviewer: Client) -> None:
    page = reviewer.get(f"/events/{talks().slug}/matrix/").text
    assert page.count('class="length-bar"') == 3
    found = detail_of(["Some 40 ships and 3 tugs passed Sarn.", "Later 40 ships came back to Sarn with Ilse Morn."])
    assert (found.statements, found.figures, found.names) == (2, 3, 2)
    assert found.words == 18


def test_its_queries_do_not_grow(reviewer: Client) -> None:
    small, large = talks(matters=1, title="Small"), talks(matters=9, title="Large")
    counts = []
    for event in (small, large):
        with CaptureQueriesContext(connection) as seen:
            assert reviewer.get(f"/events/{event.slug}/matrix/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 13
