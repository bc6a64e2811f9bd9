"""The rules of what several reviewers do together, each broken once: the database itself refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.models import Adjudication, Agreement, Annotation, Assignment, Kappa, Notice, Pair, Reply, Wording
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_call().pairs.all()[0]


@pytest.fixture
def ana() -> User:
    return make_user(name="ana")


def refuses(model: Any, **fields: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**fields)


def test_an_adjudication_has_its_version_once_a_reason_and_a_known_decision(pair: Pair, ana: User) -> None:
    good = {"pair": pair, "editor": ana, "version": 1, "decision": "agree", "why": "So."}
    for wrong in ({"why": ""}, {"decision": "maybe"}, {"version": 0}):
        refuses(Adjudication, **good | wrong)
    Adjudication.objects.create(**good)
    refuses(Adjudication, **good)


def test_a_final_pair_has_a_decision(pair: Pair) -> None:
    for outcome in ("", "disputed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pair.objects.filter(pk=pair.pk).update(final=True, outcome=outcome)


def test_a_pair_is_assigned_to_a_reviewer_once(pair: Pair, ana: User) -> None:
    Assignment.objects.create(pair=pair, reviewer=ana, by=ana)
    refuses(Assignment, pair=pair, reviewer=ana, by=ana)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"value": 0.5},
        {"value": 0.5, "low": 0.6, "high": 0.7},
        {"value": 0.5, "low": 0.4, "high": 0.7, "refusal": "Too few."},
        {"low": 0.4, "high": 0.7, "refusal": "Too few."},
    ],
)
def test_an_agreement_has_a_figure_within_its_interval_or_says_why_not(
    pair: Pair, ana: User, wrong: dict[str, Any]
) -> None:
    refuses(Agreement, pairs=3, reviews=6, **wrong)
    whole = Agreement.objects.create(pairs=3, reviews=6, refusal="Too few.")
    refuses(Kappa, agreement=whole, a=ana, b=make_user(name="ben"), pairs=3, same=1, **wrong)


def test_there_is_one_agreement_over_all_and_one_for_an_event(pair: Pair) -> None:
    for event in (None, pair.comparison.event):
        fields = {"event": event, "pairs": 3, "reviews": 6, "refusal": "Too few."}
        Agreement.objects.create(**fields)
        refuses(Agreement, **fields)


def test_a_kappa_is_of_two_people_in_order_once_with_no_more_alike_than_pairs(ana: User) -> None:
    ben = make_user(name="ben")
    whole = Agreement.objects.create(pairs=3, reviews=6, refusal="Too few.")
    good = {"agreement": whole, "a": ana, "b": ben, "pairs": 3, "same": 2, "refusal": "Too few."}
    for wrong in ({"a": ben, "b": ana}, {"b": ana}, {"same": 4}):
        refuses(Kappa, **good | wrong)
    Kappa.objects.create(**good)
    refuses(Kappa, **good)


def test_nobody_is_told_twice_of_the_same_words(pair: Pair, ana: User) -> None:
    note = Annotation.objects.create(pair=pair, author=ana, text="Note")
    reply = Reply.objects.create(annotation=note, author=ana, text="Answer")
    for fields in ({"what": "mention"}, {"what": "reply", "reply": reply}):
        Notice.objects.create(recipient=ana, actor=ana, annotation=note, **fields)
        refuses(Notice, recipient=ana, actor=ana, annotation=note, **fields)
    refuses(Notice, recipient=ana, actor=ana, annotation=note, what="gossip")


def test_a_wording_is_of_one_note_or_one_reply_and_once(pair: Pair, ana: User) -> None:
    note = Annotation.objects.create(pair=pair, author=ana, text="Note")
    reply = Reply.objects.create(annotation=note, author=ana, text="Answer")
    refuses(Wording, version=1, text="Was.", by=ana)
    refuses(Wording, version=1, text="Was.", by=ana, annotation=note, reply=reply)
    for owner in ({"annotation": note}, {"reply": reply}):
        Wording.objects.create(version=1, text="Was.", by=ana, **owner)
        refuses(Wording, version=1, text="Was.", by=ana, **owner)
