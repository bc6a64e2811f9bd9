"""Working agreement out: which verdicts count, for which events, and what is stored."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from claims.models import Agreement, Comparison, Pair
from claims.services.adjudicate import adjudicate
from claims.services.agreement import decisions_since, measure_agreement, request_agreement
from claims.services.review import decide
from tests.factories import make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[User, User]:
    return make_user(name="ana"), make_user(name="ben")


def decided(comparison: Comparison, ana: User, ben: User, *, differ: int) -> list[Pair]:
    """Have both decide on all pairs, the one agree and diverge by turns, the other otherwise on the first few."""
    pairs = list(comparison.pairs.order_by("pk"))
    for place, pair in enumerate(pairs):
        first, second = ("agree", "diverge") if place % 2 else ("diverge", "agree")
        decide(pair, ana, first)
        decide(pair, ben, second if place < differ else first)
    return pairs


def test_events_and_all_together_have_their_figures(two: tuple[User, User]) -> None:
    decided(make_large(20, pairs=20), *two, differ=4)
    decided(make_large(10, pairs=10), *two, differ=5)
    measure_agreement()
    every, *events = Agreement.objects.listed()
    # By turns, so chance is one half: 16 of 20 is 0.6, 5 of 10 is 0, 21 of 30 is 0.4.
    assert [one.kappas.get().value for one in (every, *events)] == pytest.approx([0.4, 0, 0.6])
    assert [one.pairs for one in (every, *events)] == [30, 10, 20]
    assert (every.event, every.reviews) == (None, 60)
    kappa = events[1].kappas.get()
    assert (kappa.a, kappa.b, kappa.pairs, kappa.same) == (*two, 20, 16)


def test_too_few_pairs_are_stored_without_a_figure(two: tuple[User, User]) -> None:
    decided(make_large(4, pairs=4), *two, differ=1)
    measure_agreement()
    for one in Agreement.objects.all():
        assert (one.value, one.low, one.high) == (None, None, None)
        assert one.refusal.startswith("Too few pairs: 4")
        assert one.kappas.get().refusal.startswith("Too few pairs: 4 that both decided")


def test_withdrawn_pairs_and_final_verdicts_do_not_count(two: tuple[User, User]) -> None:
    pairs = decided(make_large(12, pairs=12), *two, differ=0)
    Pair.objects.filter(pk=pairs[0].pk).update(withdrawn=True)
    adjudicate(pairs[1], make_user("editor"), decision="partial", why="So it is.", version=0)
    measure_agreement()
    kappa = Agreement.objects.get(event=None).kappas.get()
    assert (kappa.pairs, kappa.same) == (11, 11)


def test_working_it_out_again_replaces_what_was_there(two: tuple[User, User]) -> None:
    pairs = decided(make_large(12, pairs=12), *two, differ=6)
    measure_agreement()
    for pair in pairs:
        decide(pair, two[1], pair.reviews.get(reviewer=two[0]).decision)
    assert decisions_since(Agreement.objects.get(event=None)) == 12
    measure_agreement()
    assert Agreement.objects.count() == 2
    assert Agreement.objects.get(event=None).value == pytest.approx(1)


def test_without_reviews_it_says_so() -> None:
    measure_agreement()
    assert "Too few pairs: 0" in Agreement.objects.get().refusal


def test_the_worker_is_asked_once_for_what_the_page_wants() -> None:
    request_agreement()
    assert DBTaskResult.objects.get().task_path.endswith("work_out_agreement")


def test_the_command_tells_the_figures(two: tuple[User, User]) -> None:
    decided(make_large(20, pairs=20), *two, differ=4)
    told, plain = StringIO(), StringIO()
    call_command("agreement", stdout=told)
    call_command("agreement", "--json", stdout=plain)
    assert "ana and ben: kappa 0.60" in told.getvalue()
    assert "(16 of 20 the same)" in told.getvalue()
    every, event = (json.loads(line) for line in plain.getvalue().splitlines())
    assert (every["event"], event["event"]) == (None, "a-long-call-of-20")
    assert event["kappa"][0]["value"] == pytest.approx(0.6)
