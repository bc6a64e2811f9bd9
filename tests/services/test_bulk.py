"""Deciding on many pairs: the plan, the one transaction, the one entry, and taking it back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Change, Lone, Pair, ReasonReview, Review
from claims.models.pair import PairQuerySet
from claims.services.bulk import PlanChanged, Wish, carry_out, plan
from claims.services.reasons import say
from claims.services.refusals import Refused
from claims.services.review import decide, undo
from tests.factories import make_call, make_pairs, make_user

pytestmark = pytest.mark.django_db

AGREE = Wish(decision="agree")


@pytest.fixture
def ana() -> User:
    return make_user(name="ana")


@pytest.fixture
def ben() -> User:
    return make_user(name="ben")


@pytest.fixture
def pairs() -> PairQuerySet:
    make_call()
    return Pair.objects.order_by("pk")


def do(pairs: PairQuerySet, user: User, wish: Wish, *, why: str = "") -> Change:
    entry = carry_out(pairs, user, wish, mark=plan(pairs, user, wish).mark, why=why, about="all pairs")
    assert entry is not None
    return entry


def outcomes() -> list[str]:
    return list(Pair.objects.order_by("pk").values_list("outcome", flat=True))


def test_a_plan_counts_and_writes_nothing(pairs: PairQuerySet, ana: User) -> None:
    first, second, *_ = pairs
    decide(first, ana, "agree")
    decide(second, ana, "diverge")
    made = plan(pairs, ana, AGREE)
    assert (len(made.steps), made.same, made.kept, made.total) == (3, 1, 1, 5)
    assert Review.objects.count() == 2


def test_a_bulk_is_one_entry_with_a_part_for_each_pair(pairs: PairQuerySet, ana: User) -> None:
    entry = do(pairs, ana, AGREE, why="Read them all.")
    assert outcomes() == ["agree"] * 5
    assert list(Change.objects.entries()) == [entry]
    assert (entry.size, entry.after, entry.why, entry.about, entry.pair) == (
        5,
        "agree",
        "Read them all.",
        "all pairs",
        None,
    )
    assert {part.pair_id for part in entry.parts.all()} == {pair.pk for pair in pairs}


def test_what_i_decided_is_kept_unless_i_say_otherwise(pairs: PairQuerySet, ana: User) -> None:
    decide(pairs[0], ana, "diverge")
    do(pairs, ana, AGREE)
    assert outcomes() == ["diverge", *["agree"] * 4]
    entry = do(pairs, ana, Wish(decision="agree", over=True))
    assert outcomes() == ["agree"] * 5
    assert [(part.before, part.after) for part in entry.parts.all()] == [("diverge", "agree")]


def test_what_others_decided_stays_theirs(pairs: PairQuerySet, ana: User, ben: User) -> None:
    decide(pairs[0], ben, "diverge")
    do(pairs, ana, AGREE)
    assert outcomes()[0] == "disputed"
    assert Review.objects.get(reviewer=ben).decision == "diverge"


def test_claims_of_pairs_rejected_in_bulk_are_alone_again(pairs: PairQuerySet, ana: User) -> None:
    before = Lone.objects.standing().count()
    do(pairs, ana, Wish(decision="no_match"))
    assert Lone.objects.standing().count() > before
    assert not Pair.objects.standing().exists()


@pytest.mark.parametrize("wish", [Wish(), Wish(decision="maybe"), Wish(kind="mood")])
def test_an_odd_wish_is_refused(pairs: PairQuerySet, ana: User, wish: Wish) -> None:
    with pytest.raises(Refused):
        plan(pairs, ana, wish)


def test_a_ground_that_is_too_long_stores_nothing(pairs: PairQuerySet, ana: User) -> None:
    with pytest.raises(Refused):
        do(pairs, ana, AGREE, why="w" * 501)
    assert not Review.objects.exists()


def test_what_has_changed_since_the_preview_is_not_done(pairs: PairQuerySet, ana: User) -> None:
    mark = plan(pairs, ana, AGREE).mark
    decide(pairs[2], ana, "partial")
    with pytest.raises(PlanChanged) as changed:
        carry_out(pairs, ana, AGREE, mark=mark)
    assert len(changed.value.plan.steps) == 4
    assert Review.objects.count() == 1


def test_where_nothing_is_to_be_done_nothing_is_logged(pairs: PairQuerySet, ana: User) -> None:
    do(pairs, ana, AGREE)
    assert carry_out(pairs, ana, AGREE, mark=plan(pairs, ana, AGREE).mark) is None
    assert Change.objects.entries().count() == 1


# Dismissals


def test_reasons_that_quote_the_same_are_dismissed_together(ana: User) -> None:
    comparison = make_pairs(9)
    wish = Wish(kind="number", words="SHIPS / ships")
    entry = do(comparison.pairs.all(), ana, wish)
    assert entry.size == ReasonReview.objects.filter(kind="number", says="dismissed").count() == 6
    assert set(ReasonReview.objects.values_list("words", flat=True)) == {"ships / ships"}


def test_other_words_of_the_kind_are_left_unless_the_kind_is_meant(pairs: PairQuerySet, ana: User) -> None:
    assert plan(pairs, ana, Wish(kind="agency", words="nobody / somebody")).total == 0
    assert plan(pairs, ana, Wish(kind="agency")).total == 1


def test_a_reason_that_i_hold_for_right_is_kept(pairs: PairQuerySet, ana: User) -> None:
    pair = pairs.get(verdict__reasons__kind="tone")
    say(pair, ana, kind="tone", words=pair.verdict.reasons.get().quoted, says="right")
    made = plan(pairs, ana, Wish(kind="tone"))
    assert (len(made.steps), made.kept) == (0, 1)
    assert len(plan(pairs, ana, Wish(kind="tone", over=True)).steps) == 1


# Taking it back


def test_a_whole_bulk_is_taken_back_at_once(pairs: PairQuerySet, ana: User) -> None:
    decide(pairs[0], ana, "diverge")
    do(pairs, ana, Wish(decision="no_match", over=True))
    undone = undo(ana)
    assert undone is not None
    assert (undone.done, undone.left) == (5, ())
    assert outcomes() == ["diverge", "", "", "", ""]
    entries = list(Change.objects.entries().order_by("pk"))
    assert [(one.what, one.size) for one in entries] == [("review", 0), ("review", 5), ("undo", 5)]
    undo(ana)
    assert outcomes() == [""] * 5


def test_a_pair_that_somebody_else_decided_since_is_left(pairs: PairQuerySet, ana: User, ben: User) -> None:
    do(pairs, ana, AGREE)
    decide(pairs[1], ben, "diverge")
    undone = undo(ana)
    assert undone is not None
    assert (undone.done, [(one.pair_id, one.by) for one in undone.left]) == (4, [(pairs[1].pk, "ben")])
    assert outcomes() == ["", "disputed", "", "", ""]
    assert set(Review.objects.values_list("reviewer__username", flat=True)) == {"ana", "ben"}


def test_what_somebody_decided_before_does_not_stand_in_the_way(pairs: PairQuerySet, ana: User, ben: User) -> None:
    decide(pairs[1], ben, "diverge")
    do(pairs, ana, AGREE)
    undo(ana)
    assert outcomes() == ["", "diverge", "", "", ""]


def test_what_i_decided_again_since_is_left(pairs: PairQuerySet, ana: User) -> None:
    entry = do(pairs, ana, AGREE)
    decide(pairs[0], ana, "partial")
    undone = undo(ana, entry=entry.pk)
    assert undone is not None
    assert [(one.pair_id, one.by) for one in undone.left] == [(pairs[0].pk, "")]
    assert outcomes() == ["partial", "", "", "", ""]


def test_one_part_of_a_bulk_is_taken_back_by_itself(pairs: PairQuerySet, ana: User) -> None:
    entry = do(pairs, ana, AGREE)
    undo(ana, entry=entry.parts.order_by("pk")[0].pk)
    assert outcomes() == ["", *["agree"] * 4]
    undone = undo(ana)
    assert undone is not None
    assert undone.done == 4
    assert outcomes() == [""] * 5


def test_an_entry_is_taken_back_once_and_by_its_own_person(pairs: PairQuerySet, ana: User, ben: User) -> None:
    entry = decide(pairs[0], ana, "agree")
    with pytest.raises(Refused):
        undo(ben, entry=entry.pk)
    undo(ana, entry=entry.pk)
    with pytest.raises(Refused):
        undo(ana, entry=entry.pk)
    with pytest.raises(Refused):
        undo(ana, entry=Change.objects.get(what="undo").pk)


def test_a_single_step_says_who_decided_since_and_leaves_their_decision(
    pairs: PairQuerySet, ana: User, ben: User
) -> None:
    decide(pairs[0], ana, "agree")
    decide(pairs[0], ben, "diverge")
    undone = undo(ana)
    assert undone is not None
    assert (undone.done, undone.others) == (1, ("ben",))
    assert outcomes()[0] == "diverge"


def test_a_dismissal_in_bulk_is_taken_back(ana: User) -> None:
    comparison = make_pairs(6)
    do(comparison.pairs.all(), ana, Wish(kind="number"))
    undo(ana)
    assert not ReasonReview.objects.exists()
