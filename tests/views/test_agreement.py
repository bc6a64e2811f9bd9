"""The page of agreement: figures with their intervals, what they rest on, and for whom they are."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from claims.models import Comparison, Event
from claims.services.agreement import measure_agreement
from claims.services.review import decide
from claims.views.agreement import figure_of
from tests.factories import make_large, make_user

pytestmark = pytest.mark.django_db


def reviewed(comparison: Comparison, people: list[User]) -> None:
    for place, pair in enumerate(comparison.pairs.order_by("pk")):
        for number, person in enumerate(people):
            decide(pair, person, "agree" if place % 2 or place == number else "diverge")


@pytest.fixture
def people() -> list[User]:
    return [make_user(name=name) for name in ("ana", "ben")]


def test_figures_come_with_interval_number_of_pairs_and_a_word(reviewer: Client, people: list[User]) -> None:
    reviewed(make_large(20, pairs=20), people)
    measure_agreement()
    page = reviewer.get("/agreement/").text
    assert "All events" in page
    assert "A long call of 20" in page
    assert "20 pairs decided by two or more" in page
    assert "ana and ben" in page
    # 19 of 20 the same; by chance 0.45 * 0.5 + 0.55 * 0.5 = 0.5, or 0.55 * 0.5 + 0.45 * 0.5: kappa is 0.9.
    assert "19 of 20" in page
    assert '0.90 <span class="soft">almost perfect' in page


def test_too_few_pairs_have_a_reason_in_place_of_a_figure(reviewer: Client, people: list[User]) -> None:
    reviewed(make_large(4, pairs=4), people)
    measure_agreement()
    page = reviewer.get("/agreement/").text
    assert "no figure. Too few pairs: 4" in page
    assert "<rect" not in page[page.index("<h1>") :]


def test_without_anything_worked_out_it_says_what_is_needed(reviewer: Client) -> None:
    page = reviewer.get("/agreement/").text
    assert "Nothing is worked out yet" in page
    assert "How to read the figures" in page


def test_asking_for_it_has_the_worker_do_it(reviewer: Client) -> None:
    assert "The worker works them out now" in reviewer.post("/agreement/again/", follow=True).text
    assert DBTaskResult.objects.count() == 1


def test_it_says_how_old_the_figures_are(reviewer: Client, people: list[User]) -> None:
    reviewed(make_large(12, pairs=12), people)
    measure_agreement()
    assert "No decision since." in reviewer.get("/agreement/").text
    decide(Event.objects.get().comparisons.get().pairs.all()[0], people[0], "partial")
    assert "1 decision since." in reviewer.get("/agreement/").text


def test_figures_of_a_blind_event_are_for_editors(client: Client, people: list[User]) -> None:
    reviewed(make_large(12, pairs=12), people)
    reviewed(make_large(14, pairs=14), people)
    Event.objects.filter(title="A long call of 12").update(blind=True)
    measure_agreement()
    client.force_login(people[0])
    page = client.get("/agreement/").text
    assert "A long call of 14" in page
    assert "A long call of 12" not in page
    assert 'aria-labelledby="of-' in page
    assert ">All events<" not in page
    client.force_login(make_user("editor"))
    page = client.get("/agreement/").text
    assert "A long call of 12" in page
    assert ">All events<" in page


def test_a_coefficient_is_drawn_from_the_middle(people: list[User]) -> None:
    reviewed(make_large(20, pairs=20), people)
    [every, *_] = measure_agreement()
    every.value, every.low, every.high = -0.5, -1.0, 0.2
    drawn = figure_of(every)
    assert drawn is not None
    assert (drawn.x, drawn.width, drawn.low, drawn.range, drawn.word) == (25.0, 25.0, 0.0, 60.0, "less than chance")


def test_more_events_and_people_cost_no_more_queries(client: Client) -> None:
    client.force_login(make_user("editor"))
    counts = []
    for size in (3, 6):
        reviewed(make_large(size, pairs=size), [make_user(name=f"{size}-{number}") for number in range(size)])
        measure_agreement()
        with CaptureQueriesContext(connection) as queries:
            client.get("/agreement/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
