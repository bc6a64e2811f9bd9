"""Ticking, dismissing and adding reasons on the pages, and what the pages show of it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Comparison, Pair, ReasonReview
from claims.services.adjudicate import adjudicate
from claims.services.reasons import say
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db

TONE = "frank / warm and highly productive"


@pytest.fixture
def pair() -> Pair:
    return make_call().pairs.get(verdict__reasons__kind="tone")


def send(client: Client, pair: Pair, **fields: str) -> str:
    form = {"reason_kind": "tone", "reason_words": TONE, "says": "right", **fields}
    return client.post(f"/pairs/{pair.pk}/reasons/", form, follow=True).text


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_reason_is_ticked_as_right_and_the_page_says_by_whom(reviewer: Client, pair: Pair) -> None:
    page = send(reviewer, pair)
    assert ReasonReview.objects.get().says == "right"
    assert "Right: reviewer." in plain(page)
    assert f"Pair {pair.pk}: tone is right." in page


def test_a_dismissed_reason_stands_struck_out_until_somebody_stands_by_it(reviewer: Client, pair: Pair) -> None:
    assert 'class="told out"' in send(reviewer, pair, says="dismissed")
    say(pair, make_user(name="ben"), kind="tone", words=TONE, says="right")
    page = reviewer.get(pair.get_absolute_url()).text
    assert 'class="told out"' not in page
    assert "Right: ben. Dismissed: reviewer." in plain(page)


def test_the_pressed_button_takes_the_word_back(reviewer: Client, pair: Pair) -> None:
    page = send(reviewer, pair, says="dismissed")
    assert re.search(r'name="says" value="" id="reason-out-1" aria-pressed="true"', page)
    send(reviewer, pair, says="")
    assert not ReasonReview.objects.exists()


def test_an_added_reason_is_shown_as_a_persons(reviewer: Client, pair: Pair) -> None:
    page = send(reviewer, pair, reason_kind="number", reason_words="two <hours>", says="added")
    assert "“two &lt;hours&gt;”" in page
    assert "Added by reviewer." in plain(page)


def test_a_refused_reason_keeps_what_was_typed(reviewer: Client, pair: Pair) -> None:
    form = {"reason_kind": "number", "reason_words": "w" * 501, "says": "added"}
    answer = reviewer.post(f"/pairs/{pair.pk}/reasons/", form)
    assert answer.status_code == 422
    assert "Quote at most 500 characters" in answer.text
    assert "w" * 501 in answer.text
    assert '<option value="number" selected>' in answer.text


def test_a_withdrawn_pair_takes_no_word(reviewer: Client, pair: Pair) -> None:
    Pair.objects.filter(pk=pair.pk).update(withdrawn=True)
    answer = reviewer.post(f"/pairs/{pair.pk}/reasons/", {"reason_kind": "tone", "says": "right"})
    assert answer.status_code == 409
    assert not ReasonReview.objects.exists()


def test_a_word_on_a_reason_that_the_machine_gives_no_longer_is_kept_and_told(reviewer: Client, pair: Pair) -> None:
    send(reviewer, pair, says="dismissed")
    pair.verdict.reasons.all().delete()
    page = plain(reviewer.get(pair.get_absolute_url()).text)
    assert "The machine gave this reason once and gives it no longer. Dismissed: reviewer." in page


def test_the_queue_goes_on_showing_the_pair_whose_reason_was_ticked(reviewer: Client, pair: Pair) -> None:
    page = reviewer.get(f"/review/?relation=partial&pair={pair.pk}").text
    here = re.search(r'action="/pairs/\d+/reasons/".*?name="next" value="([^"]+)"', page, re.DOTALL)
    assert here
    address = here[1].replace("&amp;", "&")
    assert address == f"/review/?relation=partial&pair={pair.pk}"
    assert "Right: reviewer." in plain(send(reviewer, pair, next=address))


def test_dismissing_all_alike_begins_with_the_count_in_the_queues_selection(reviewer: Client, pair: Pair) -> None:
    page = reviewer.get(f"/review/?relation=partial&pair={pair.pk}").text
    found = re.search(r'href="(/review/bulk/\?[^"]+)"', page)
    assert found
    preview = reviewer.get(found[1].replace("&amp;", "&")).text
    assert "“tone” dismissed on 1 pair?" in preview
    assert "partial" in preview
    assert not ReasonReview.objects.exists()


def comparison_page(client: Client, comparison: Comparison, pair: Pair) -> str:
    return client.get(f"{comparison.get_absolute_url()}?pair={pair.pk}").text


def test_the_comparison_shows_what_people_made_of_the_reasons(reviewer: Client, pair: Pair) -> None:
    send(reviewer, pair, says="dismissed")
    say(pair, make_user(name="ben"), kind="number", words="two", says="added")
    page = comparison_page(reviewer, pair.comparison, pair)
    assert "Dismissed: reviewer." in plain(page)
    assert "“two”" in page
    assert "Added by ben." in plain(page)


def test_words_on_reasons_cost_no_more_queries(reviewer: Client, pair: Pair) -> None:
    counts = []
    for number in range(2):
        for person in range(number, 1 + number * 4):
            somebody = make_user(name=f"person-{person}")
            say(pair, somebody, kind="tone", words=TONE, says="right")
            say(pair, somebody, kind="number", words=str(person), says="added")
        with CaptureQueriesContext(connection) as queries:
            comparison_page(reviewer, pair.comparison, pair)
            reviewer.get(pair.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_pair_with_a_final_verdict_takes_no_words_on_reasons(reviewer: Client) -> None:
    pair = make_call().pairs.get(verdict__reasons__kind="tone")
    adjudicate(pair, make_user("editor"), decision="diverge", why="Two moods.", version=0)
    assert "Add a reason" not in reviewer.get(pair.get_absolute_url()).text
    answer = reviewer.post(f"/pairs/{pair.pk}/reasons/", {"reason_kind": "number", "says": "added"})
    assert answer.status_code == 409
    assert not ReasonReview.objects.exists()
