"""Sending a decision, and taking it back: what is stored, what is refused, where one goes on."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Change, Pair, Review
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_call().pairs.get(verdict__reasons__kind="tone")


def test_a_decision_is_stored_under_its_reviewer(reviewer: Client, pair: Pair) -> None:
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    assert (answer.status_code, answer["Location"]) == (303, pair.get_absolute_url())
    review = Review.objects.get()
    assert (review.pair, review.decision, review.reviewer.username) == (pair, "diverge", "reviewer")


def test_it_goes_on_to_the_page_that_the_form_names(reviewer: Client, pair: Pair) -> None:
    following = f"{pair.comparison.get_absolute_url()}?relation=partial&pair=4"
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "agree", "next": following})
    assert answer["Location"] == following


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test/", "javascript:alert(1)", "\\\\evil.test"])
def test_it_goes_on_to_no_other_site(reviewer: Client, pair: Pair, elsewhere: str) -> None:
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "agree", "next": elsewhere})
    assert answer["Location"] == pair.get_absolute_url()
    assert reviewer.post("/review/undo/", {"next": elsewhere})["Location"].startswith("/review/?pair=")


@pytest.mark.parametrize("decision", ["", "true", "only", "disputed", "AGREE"])
def test_an_unknown_decision_is_refused_in_words(reviewer: Client, pair: Pair, decision: str) -> None:
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": decision})
    assert answer.status_code == 422
    assert "Choose agree, partial, diverge or not a match." in answer.text
    assert pair.get_absolute_url() in answer.text
    assert not Review.objects.exists()


def test_a_withdrawn_pair_takes_no_decision(reviewer: Client, pair: Pair) -> None:
    Pair.objects.filter(pk=pair.pk).update(withdrawn=True)
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"})
    assert answer.status_code == 409
    assert "no longer proposed" in answer.text
    assert not Review.objects.exists()


def test_a_decision_is_sent_not_followed(reviewer: Client, pair: Pair) -> None:
    assert reviewer.get(f"/pairs/{pair.pk}/review/").status_code == 405
    assert reviewer.get("/review/undo/").status_code == 405


def test_undo_returns_to_the_pair_on_the_page_where_it_was_pressed(reviewer: Client, pair: Pair) -> None:
    comparison = pair.comparison.get_absolute_url()
    for page, back in (
        (f"{comparison}?relation=partial&pair=1", f"{comparison}?relation=partial&pair={pair.pk}"),
        ("/review/?event=call", f"/review/?event=call&pair={pair.pk}"),
        ("/pairs/4711/", pair.get_absolute_url()),
        ("", f"/review/?pair={pair.pk}"),
    ):
        reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"})
        answer = reviewer.post("/review/undo/", {"next": page})
        assert (answer.status_code, answer["Location"]) == (303, back)
        assert not Review.objects.exists()


def test_undo_with_nothing_to_undo_says_so(reviewer: Client) -> None:
    page = reviewer.post("/review/undo/", follow=True).text
    assert "nothing of yours left to take back" in page


def test_undo_does_not_touch_the_decisions_of_others(client: Client, pair: Pair) -> None:
    client.force_login(make_user(name="ana"))
    client.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"})
    client.force_login(make_user(name="ben"))
    client.post("/review/undo/")
    assert Review.objects.get().reviewer.username == "ana"
    assert not Change.objects.filter(what="undo").exists()
