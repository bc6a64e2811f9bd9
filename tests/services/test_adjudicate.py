"""The final verdict: what counts then, what stays, reopening, and two editors at once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Adjudication, Lone, Pair
from claims.services.adjudicate import adjudicate, reopen_final
from claims.services.refusals import Refused, Stale
from claims.services.review import decide, undo
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    pair = make_call().pairs.get(verdict__reasons__kind="tone")
    decide(pair, make_user(name="ana"), "agree")
    decide(pair, make_user(name="ben"), "diverge")
    return pair


@pytest.fixture
def editor() -> User:
    return make_user("editor")


def counted(pair: Pair) -> tuple[str, bool]:
    pair.refresh_from_db()
    return pair.outcome, pair.final


def test_a_final_verdict_counts_and_reviewers_own_stay(pair: Pair, editor: User) -> None:
    adjudicate(pair, editor, decision="partial", why="Each has half of it.", version=0)
    assert counted(pair) == ("partial", True)
    assert vars(Pair.objects.with_shown().get(pk=pair.pk))["shown"] == "partial"
    assert list(pair.reviews.values_list("decision", flat=True)) == ["agree", "diverge"]
    assert [(change.what, change.after) for change in pair.changes.all()[:1]] == [("final", "partial")]


def test_a_reviewers_change_of_mind_leaves_the_final_verdict(pair: Pair, editor: User) -> None:
    adjudicate(pair, editor, decision="partial", why="So it is.", version=0)
    undo(User.objects.get(username="ben"))
    assert counted(pair) == ("partial", True)


def test_reopened_the_reviewers_count_again_and_all_that_was_said_is_kept(pair: Pair, editor: User) -> None:
    adjudicate(pair, editor, decision="partial", why="Each has half of it.", version=0)
    reopen_final(pair, editor, why="A new readout is out.", version=1)
    assert counted(pair) == ("disputed", False)
    adjudicate(pair, editor, decision="diverge", why="It says so.", version=2)
    assert counted(pair) == ("diverge", True)
    kept = Adjudication.objects.order_by("version").values_list("decision", "why")
    assert list(kept) == [
        ("partial", "Each has half of it."),
        ("", "A new readout is out."),
        ("diverge", "It says so."),
    ]


def test_a_pair_that_is_finally_no_match_leaves_its_claims_alone(pair: Pair, editor: User) -> None:
    adjudicate(pair, editor, decision="no_match", why="They speak of two things.", version=0)
    assert not Pair.objects.standing().filter(pk=pair.pk).exists()
    claims = set(pair.members.values_list("claim", flat=True))
    assert claims <= set(Lone.objects.standing().values_list("claim", flat=True))


def test_of_two_editors_on_the_same_ground_the_second_is_told(pair: Pair, editor: User) -> None:
    adjudicate(pair, editor, decision="partial", why="First.", version=0)
    other = make_user("editor", name="olga")
    with pytest.raises(Stale, match="Somebody else adjudicated"):
        adjudicate(pair, other, decision="agree", why="Second.", version=0)
    with pytest.raises(Stale, match="Somebody else adjudicated"):
        reopen_final(pair, other, why="Second.", version=0)
    assert counted(pair) == ("partial", True)
    assert Adjudication.objects.count() == 1


@pytest.mark.parametrize(
    ("decision", "why", "field"),
    [("agree", "  ", "why"), ("maybe", "Because.", "decision"), ("agree", "x" * 2001, "why")],
)
def test_it_needs_a_verdict_and_a_reason_why(pair: Pair, editor: User, decision: str, why: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        adjudicate(pair, editor, decision=decision, why=why, version=0)
    assert list(refused.value.problems) == [field]
    assert counted(pair) == ("disputed", False)


def test_what_is_not_final_is_not_reopened(pair: Pair, editor: User) -> None:
    with pytest.raises(Refused, match="no final verdict"):
        reopen_final(pair, editor, why="Why not.", version=0)


def test_a_final_verdict_is_what_is_learnt_from(pair: Pair, editor: User) -> None:
    decide(pair, User.objects.get(username="ana"), "no_match")
    assert Pair.objects.decided() == [], "one for and one against"
    adjudicate(pair, editor, decision="no_match", why="Two things.", version=0)
    assert Pair.objects.decided() == [(pair.score, False)]


def test_pairs_that_differ_are_found_before_and_after(pair: Pair, editor: User) -> None:
    alike = pair.comparison.pairs.exclude(pk=pair.pk)[0]
    for name in ("ana", "ben"):
        decide(alike, User.objects.get(username=name), "agree")
    adjudicate(alike, editor, decision="diverge", why="Both overlooked it.", version=0)
    assert list(Pair.objects.differing()) == [pair]
    adjudicate(pair, editor, decision="agree", why="So it is.", version=0)
    assert list(Pair.objects.differing()) == [pair]
