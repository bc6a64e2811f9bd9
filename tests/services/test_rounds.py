"""Rounds: an order that stays, new pairs at its end, the place that is kept."""

from __future__ import annotations

import pytest

from claims.models import Pair, Round, Verdict
from claims.services import rounds
from claims.services.rounds import begin_anew, round_of, stay_at
from tests.factories import make_call, make_pairs, make_user

pytestmark = pytest.mark.django_db


def test_an_order_stays_whatever_a_new_matching_makes_of_the_scores() -> None:
    make_call()
    user, by_score = make_user(), Pair.objects.order_by("score")
    before = round_of(user.pk, "", by_score.all, entering=True).order
    for place, pair in enumerate(Pair.objects.order_by("-score")):
        Pair.objects.filter(pk=pair.pk).update(score=place / 10)
    assert round_of(user.pk, "", by_score.all, entering=True).order == before


def test_pairs_that_came_later_stand_at_the_end_once_somebody_comes_back() -> None:
    make_call()
    user = make_user()
    before = round_of(user.pk, "", Pair.objects.order_by("pk").all, entering=True).order
    make_pairs(2)
    assert round_of(user.pk, "", Pair.objects.order_by("-pk").all, entering=False).order == before
    now = round_of(user.pk, "", Pair.objects.order_by("-pk").all, entering=True).order
    assert now[:5] == before
    assert now[5:] == list(Pair.objects.order_by("-pk").values_list("pk", flat=True)[:2])


def test_everybody_and_every_selection_has_a_round_of_its_own() -> None:
    make_call()
    ana, ben = make_user(name="ana"), make_user(name="ben")
    made = [
        round_of(user.pk, selection, Pair.objects.all, entering=True)
        for user in (ana, ben)
        for selection in ("", "relation=agree")
    ]
    stay_at(made[0], made[0].order[3])
    assert [one.at_id for one in Round.objects.order_by("pk")] == [made[0].order[3], None, None, None]


def test_nobodys_round_is_not_stored() -> None:
    make_call()
    found = round_of(None, "", Pair.objects.order_by("pk").all, entering=True)
    stay_at(found, found.order[0])
    assert len(found.order) == 5
    assert not Round.objects.exists()


def test_the_next_that_waits_is_found_near_and_far() -> None:
    make_pairs(230)
    user = make_user()
    found = round_of(user.pk, "", Pair.objects.order_by("pk").all, entering=True)
    waiting = Pair.objects.filter(pk__in=[found.order[40], found.order[220]])
    assert found.next_of(waiting) == found.order[40]
    assert found.next_of(waiting, after=found.order[40]) == found.order[220]
    assert found.next_of(waiting, after=found.order[220]) is None
    assert found.next_of(waiting, after=0) == found.order[40]


def test_a_pair_that_is_gone_is_no_previous_one() -> None:
    make_call()
    found = round_of(make_user().pk, "", Pair.objects.order_by("pk").all, entering=True)
    Pair.objects.filter(pk=found.order[1]).update(withdrawn=True)
    standing = Pair.objects.filter(withdrawn=False)
    assert found.previous_of(standing, found.order[2]) == found.order[0]
    assert found.previous_of(standing, found.order[0]) is None


def test_to_begin_anew_forgets_order_and_place() -> None:
    make_call()
    user = make_user()
    found = round_of(user.pk, "", Pair.objects.order_by("pk").all, entering=True)
    stay_at(found, found.order[2])
    begin_anew(user.pk, "")
    again = round_of(user.pk, "", Pair.objects.order_by("-pk").all, entering=True)
    assert (again.order, again.at_id) == (found.order[::-1], None)


def test_the_round_that_was_left_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "KEPT", 2)
    user = make_user()
    for name in ("agree", "partial", "diverge"):
        round_of(user.pk, f"relation={name}", Pair.objects.all, entering=True)
    assert set(Round.objects.values_list("selection", flat=True)) == {"relation=partial", "relation=diverge"}


def test_the_order_of_a_decision_counts_the_frozen_confidence() -> None:
    make_call()
    user, sure_last = make_user(), Pair.objects.order_by("verdict__confidence")
    before = round_of(user.pk, "", sure_last.all, entering=True).order
    Verdict.objects.filter(pair=before[0]).update(confidence=0.99)
    assert round_of(user.pk, "", sure_last.all, entering=True).order[0] == before[0]
