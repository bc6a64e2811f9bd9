"""Pairs with the machine's verdict and people's."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from ninja import Schema

from claims import models
from claims.api.shapes.base import added, named, page_of
from claims.api.shapes.claims import ClaimLine


class Quoted(Schema):
    """Words of a claim that show a reason, at offsets of the claim's article."""

    side: str
    claim: int
    start: int
    end: int
    text: str


class Reason(Schema):
    """What two statements differ in. A pair's own answer has the ``words`` on both sides that show it.

    ``quoted`` tells them in one line: by its kind and that a reason is known where somebody says something of it.
    """

    kind: str
    explanation: str
    quoted: str | None = None
    words: list[Quoted] | None = None


class Machine(Schema):
    """What the machine says of a pair; ``relation`` is empty while it has not judged one that was made by hand."""

    relation: str
    kind: str
    confidence: float
    judge: str
    reasons: list[Reason]


class Review(Schema):
    """One reviewer's verdict on a pair."""

    pair: int
    reviewer: str
    decision: str
    made_at: dt.datetime

    @classmethod
    def of(cls, row: models.Review) -> Self:
        """Bring ``reviewer``."""
        return cls(pair=row.pair_id, reviewer=row.reviewer.get_username(), decision=row.decision, made_at=row.made_at)


class WordOnReason(Schema):
    """One reviewer's word on a reason: that it is right, that it is dismissed, or that it is added."""

    reviewer: str
    kind: str
    words: str
    says: str
    made_at: dt.datetime


class FinalVerdict(Schema):
    """An editor's last word on a pair; one without a decision reopened it."""

    version: int
    decision: str
    why: str
    editor: str
    made_at: dt.datetime


class PairLine(Schema):
    """A pair in a list.

    ``relation`` is what counts: people's where they agree, else the machine's. ``outcome`` is what the reviews say
    together ("undecided", "disputed", …) as far as whoever asks may see; ``stale`` that the text changed since, and
    nobody has decided anew; ``hidden`` says that others' are hidden from
    them, since the event is reviewed blind and they have not decided.
    """

    id: int
    event: str
    comparison: int
    a: list[ClaimLine]
    b: list[ClaimLine]
    relation: str
    outcome: str
    final: bool
    stale: bool
    hidden: bool
    mine: str
    score: float | None
    sure: bool
    withdrawn: bool
    machine: Machine
    page: str

    @classmethod
    def of(cls, row: models.Pair) -> Self:
        """Bring what ``listed`` does."""
        reasons = [Reason(kind=one.kind, explanation=one.explanation) for one in row.verdict.reasons.all()]
        return cls(**_told_of(row, reasons), mine=added(row, "mine"))


class Pair(PairLine):
    """A pair with everything that was said of it and that whoever asks may see."""

    made_by: str | None
    merged_into: int | None
    assigned_to: list[str]
    reviews: list[Review]
    words_on_reasons: list[WordOnReason]
    final_verdicts: list[FinalVerdict]
    annotations: list[int]

    @classmethod
    def seen_by(cls, row: models.Pair, viewer: models.Viewer) -> Self:
        """Bring what ``whole`` does, and ``with_shown``."""
        reviews = list(row.reviews.all())
        mine = next((one.decision for one in reviews if one.reviewer_id == viewer.pk), "")
        return cls(
            **_told_of(row, [_reason(one) for one in row.verdict.reasons.all()]),
            mine=mine,
            made_by=named(row.made_by),
            merged_into=row.merged_into_id,
            assigned_to=[one.reviewer.get_username() for one in row.assignments.all()],
            reviews=[Review.of(one) for one in reviews],
            words_on_reasons=[_word(one) for one in row.reason_reviews.all()],
            final_verdicts=[_final(one) for one in row.adjudications.all()],
            annotations=[one.pk for one in row.annotations.all()],
        )


def _told_of(row: models.Pair, reasons: list[Reason]) -> dict[str, Any]:
    verdict = row.verdict
    return {
        "id": row.pk,
        "event": row.comparison.event.slug,
        "comparison": row.comparison_id,
        "a": [ClaimLine.of(claim) for claim in row.claims_of("a")],
        "b": [ClaimLine.of(claim) for claim in row.claims_of("b")],
        "relation": added(row, "shown"),
        "outcome": added(row, "seen_outcome") or "undecided",
        "final": row.final,
        "stale": bool(added(row, "seen_stale")),
        "hidden": bool(added(row, "hidden")),
        "score": row.score,
        "sure": row.sure,
        "withdrawn": row.withdrawn,
        "machine": Machine(
            relation=verdict.relation,
            kind=verdict.kind,
            confidence=verdict.confidence,
            judge=verdict.judge,
            reasons=reasons,
        ),
        "page": page_of(row),
    }


def _reason(row: models.Reason) -> Reason:
    words = [
        Quoted(side=one.side, claim=one.claim_id, start=one.start, end=one.end, text=one.text)
        for one in row.words.all()
    ]
    return Reason(kind=row.kind, explanation=row.explanation, quoted=row.quoted, words=words)


def _word(row: models.ReasonReview) -> WordOnReason:
    reviewer = row.reviewer.get_username()
    return WordOnReason(reviewer=reviewer, kind=row.kind, words=row.words, says=row.says, made_at=row.made_at)


def _final(row: models.Adjudication) -> FinalVerdict:
    editor = row.editor.get_username()
    return FinalVerdict(version=row.version, decision=row.decision, why=row.why, editor=editor, made_at=row.made_at)
