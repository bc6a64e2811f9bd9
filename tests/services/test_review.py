"""Deciding, changing one's mind, and taking it back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Annotation, Change, Claim, Event, Lone, Pair, PairClaim, Review
from claims.services.annotate import annotate, reopen, reply, resolve
from claims.services.ingest import SourceDraft, add_article, add_event
from claims.services.refusals import Refused
from claims.services.review import decide, undo

pytestmark = pytest.mark.django_db
TEXT = "Arden spoke for an hour. Velland says it was two."


@pytest.fixture
def pair() -> Pair:
    event = add_event(title="Call", date=None, sources=[SourceDraft("Arden"), SourceDraft("Velland")])
    article = add_article(event, text=TEXT, publisher="The Courier")
    pair = Pair.objects.create(comparison=event.comparisons.get(), key="1|2", score=0.7)
    for source, side, start, end in zip(event.sources.all(), "ab", (0, 25), (24, 49), strict=True):
        claim = Claim.objects.create(article=article, start=start, end=end, text=TEXT[start:end], source=source)
        PairClaim.objects.create(pair=pair, claim=claim, side=side)
    return pair


@pytest.fixture
def ana() -> User:
    return User.objects.create(username="ana")


@pytest.fixture
def ben() -> User:
    return User.objects.create(username="ben")


def outcome(pair: Pair) -> str:
    pair.refresh_from_db()
    return pair.outcome


def test_a_decision_is_kept_and_counts(pair: Pair, ana: User) -> None:
    decide(pair, ana, "diverge")
    assert outcome(pair) == "diverge"
    assert vars(Event.objects.with_counts().get())["reviewed_count"] == 1


def test_deciding_again_replaces_the_review_and_logs_both(pair: Pair, ana: User) -> None:
    decide(pair, ana, "diverge")
    decide(pair, ana, "partial")
    assert [review.decision for review in pair.reviews.all()] == ["partial"]
    assert [(change.before, change.after) for change in pair.changes.all()] == [("diverge", "partial"), ("", "diverge")]


def test_an_unknown_decision_is_refused_and_changes_nothing(pair: Pair, ana: User) -> None:
    with pytest.raises(Refused):
        decide(pair, ana, "true")
    assert not Review.objects.exists()
    assert not Change.objects.exists()


def test_reviewers_who_disagree_make_a_dispute(pair: Pair, ana: User, ben: User) -> None:
    decide(pair, ana, "agree")
    decide(pair, ben, "agree")
    assert outcome(pair) == "agree"
    decide(pair, ben, "diverge")
    assert outcome(pair) == "disputed"
    assert Pair.objects.standing().filter(pk=pair.pk).exists()


def test_a_rejected_pair_stands_no_longer_and_its_claims_are_alone(pair: Pair, ana: User) -> None:
    decide(pair, ana, "no_match")
    assert not Pair.objects.standing().exists()
    assert {lone.claim for lone in Lone.objects.standing()} == {member.claim for member in pair.members.all()}


def test_undo_walks_back_decision_by_decision(pair: Pair, ana: User) -> None:
    decide(pair, ana, "diverge")
    decide(pair, ana, "no_match")
    undone = undo(ana)
    assert undone is not None
    assert undone.change.after == "no_match"
    assert outcome(pair) == "diverge"
    assert not Lone.objects.standing().exists()
    undo(ana)
    assert outcome(pair) == ""
    assert not Review.objects.exists()
    assert undo(ana) is None


def test_undo_is_ones_own(pair: Pair, ana: User, ben: User) -> None:
    decide(pair, ana, "agree")
    decide(pair, ben, "agree")
    undo(ana)
    assert [review.reviewer for review in pair.reviews.all()] == [ben]


def test_a_note_on_words_is_anchored_by_offsets_and_by_quote(pair: Pair, ana: User) -> None:
    claim = pair.claims_of("b")[0]
    note = annotate(pair, ana, text="Two what?", kind="number", weight="major", claim=claim, start=45, end=48)
    assert (note.quote, note.prefix, note.suffix) == ("two", TEXT[13:45], ".")


@pytest.mark.parametrize(("start", "end"), [(20, 30), (45, 45), (None, None), (0, 5)])
def test_words_outside_the_claim_are_refused(pair: Pair, ana: User, start: int | None, end: int | None) -> None:
    with pytest.raises(Refused) as refused:
        annotate(pair, ana, text="Note", claim=pair.claims_of("b")[0], start=start, end=end)
    assert "words" in refused.value.problems
    assert not pair.annotations.exists()


def test_a_blank_note_and_a_blank_reply_are_refused(pair: Pair, ana: User) -> None:
    with pytest.raises(Refused):
        annotate(pair, ana, text=" \n")
    note = annotate(pair, ana, text="Note")
    with pytest.raises(Refused):
        reply(note, ana, "  ")


def test_a_thread_is_resolved_and_reopened_once_each(pair: Pair, ana: User, ben: User) -> None:
    note = annotate(pair, ana, text="Note")
    reply(note, ben, "Yes.")
    resolve(note, ben)
    resolve(note, ana)
    note.refresh_from_db()
    assert note.resolved_by == ben
    reopen(note, ana)
    again = Annotation.objects.get()
    assert (again.resolved_at, again.resolved_by) == (None, None)
    assert [change.what for change in pair.changes.all()] == ["reopened", "resolved", "reply", "annotation"]
