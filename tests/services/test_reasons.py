"""People's words on reasons: right, dismissed, added; what a new matching leaves of them."""

from __future__ import annotations

import pytest

from claims.models import Change, Pair, ReasonReview
from claims.services.matched import _drop
from claims.services.reasons import alike, say
from claims.services.refusals import Refused
from claims.services.review import undo
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db

TONE = "frank / warm and highly productive"


@pytest.fixture
def pair() -> Pair:
    return make_call().pairs.get(verdict__reasons__kind="tone")


def test_a_reason_is_known_by_the_words_on_both_sides(pair: Pair) -> None:
    assert pair.verdict.reasons.get().quoted == TONE


def test_a_reason_without_words_is_known_by_its_explanation(pair: Pair) -> None:
    reason = pair.verdict.reasons.get()
    reason.words.all().delete()
    assert reason.quoted == "They differ in tone."


def test_a_word_on_a_reason_is_kept_and_logged(pair: Pair) -> None:
    ana = make_user(name="ana")
    say(pair, ana, kind="tone", words=TONE, says="dismissed", why="Both are polite.")
    say(pair, ana, kind="tone", words=TONE, says="right")
    assert [(one.reviewer, one.says) for one in pair.reason_reviews.all()] == [(ana, "right")]
    told = [(one.before, one.after, one.reason, one.words, one.why) for one in pair.changes.order_by("pk")]
    assert told == [
        ("", "dismissed", "tone", TONE, "Both are polite."),
        ("dismissed", "right", "tone", TONE, ""),
    ]


def test_two_people_may_say_different_things_of_a_reason(pair: Pair) -> None:
    say(pair, make_user(name="ana"), kind="tone", words=TONE, says="dismissed")
    say(pair, make_user(name="ben"), kind="tone", words=TONE, says="right")
    assert sorted(ReasonReview.objects.values_list("reviewer__username", "says")) == [
        ("ana", "dismissed"),
        ("ben", "right"),
    ]


def test_an_empty_word_takes_ones_own_back(pair: Pair) -> None:
    ana = make_user(name="ana")
    say(pair, ana, kind="tone", words=TONE, says="right")
    say(pair, ana, kind="tone", words=TONE, says="")
    assert not ReasonReview.objects.exists()
    assert Change.objects.count() == 2


def test_a_reason_is_added_with_or_without_words(pair: Pair) -> None:
    ana = make_user(name="ana")
    say(pair, ana, kind="number", words="", says="added")
    say(pair, ana, kind="number", words="  two   hours ", says="added")
    assert set(ReasonReview.objects.values_list("kind", "words")) == {("number", ""), ("number", "two hours")}


@pytest.mark.parametrize(
    ("kind", "words", "says", "field"),
    [
        ("mood", TONE, "right", "reason_kind"),
        ("tone", TONE, "true", "says"),
        ("tone", "quite other words", "right", "says"),
        ("number", TONE, "dismissed", "says"),
        ("tone", TONE, "added", "reason_kind"),
        ("tone", "w" * 501, "added", "reason_words"),
    ],
)
def test_what_cannot_be_said_is_refused_in_words(pair: Pair, kind: str, words: str, says: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        say(pair, make_user(), kind=kind, words=words, says=says)
    assert field in refused.value.problems
    assert not ReasonReview.objects.exists()
    assert not Change.objects.exists()


def test_a_colleagues_added_reason_can_be_dismissed(pair: Pair) -> None:
    say(pair, make_user(name="ana"), kind="number", words="two", says="added")
    say(pair, make_user(name="ben"), kind="number", words="two", says="dismissed")
    assert pair.reason_reviews.count() == 2


def test_undo_walks_words_back_one_by_one(pair: Pair) -> None:
    ana = make_user(name="ana")
    say(pair, ana, kind="tone", words=TONE, says="right")
    say(pair, ana, kind="tone", words=TONE, says="dismissed")
    undo(ana)
    assert pair.reason_reviews.get().says == "right"
    undo(ana)
    assert not pair.reason_reviews.exists()
    assert undo(ana) is None


def test_an_added_reason_stays_once_a_colleague_has_spoken_of_it(pair: Pair) -> None:
    ana = make_user(name="ana")
    say(pair, ana, kind="number", words="two", says="added")
    say(pair, make_user(name="ben"), kind="number", words="two", says="right")
    undone = undo(ana)
    assert undone is not None
    assert (undone.done, [one.by for one in undone.left]) == (0, ["ben"])
    assert pair.reason_reviews.filter(says="added").exists()


def test_a_pair_with_a_word_on_a_reason_is_withdrawn_and_never_deleted(pair: Pair) -> None:
    say(pair, make_user(), kind="tone", words=TONE, says="dismissed")
    _drop(list(pair.comparison.pairs.all()))
    assert list(Pair.objects.values_list("pk", "withdrawn")) == [(pair.pk, True)]
    assert ReasonReview.objects.get().says == "dismissed"


def test_words_are_alike_whatever_their_case_and_whichever_side_says_which() -> None:
    assert alike("Frank / warm") == alike("WARM / frank")
    assert alike("Frank / warm") != alike("frank / warmer")
