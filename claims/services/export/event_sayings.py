"""What people said of pairs, as JSON tells it: verdicts, words on reasons, notes, final verdicts, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from claims.models import (
    Adjudication,
    Annotation,
    Assignment,
    Change,
    Event,
    Pair,
    ReasonReview,
    Reply,
    Review,
    Wording,
)
from claims.services.export.event_fixes import Numbers, place_of
from claims.services.export.moments import moment

Told = dict[str, Any]
M = TypeVar("M", bound=Model)

NOWHERE = Numbers({}, {}, {})


def sayings_told(pair: Pair, numbers: Numbers) -> Told:
    """Tell everything that people said of a pair, each kind oldest first."""
    notes = by_key(pair.annotations.all())
    places = {note.pk: place for place, note in enumerate(notes)}
    return {
        "reviews": [review_told(one) for one in by_key(pair.reviews.all())],
        "words": [word_told(one) for one in by_key(pair.reason_reviews.all())],
        "adjudications": [adjudication_told(one) for one in by_key(pair.adjudications.all())],
        "assignments": [assignment_told(one) for one in by_key(pair.assignments.all())],
        "annotations": [annotation_told(one) for one in notes],
        "changes": [change_told(one, numbers, places) for one in by_key(pair.changes.all())],
    }


def review_told(review: Review) -> Told:
    """Tell one reviewer's verdict."""
    return {"decision": review.decision, **by(review.reviewer, review.made_at)}


def word_told(word: ReasonReview) -> Told:
    """Tell what one reviewer says of a reason, which is known by its kind and its words."""
    return {"kind": word.kind, "words": word.words, "says": word.says, **by(word.reviewer, word.made_at)}


def adjudication_told(one: Adjudication) -> Told:
    """Tell an editor's last word; one without a decision reopened the pair."""
    return {"version": one.version, "decision": one.decision, "why": one.why, **by(one.editor, one.made_at)}


def assignment_told(one: Assignment) -> Told:
    """Tell whose the pair is to decide, and who said so."""
    return {"to": {"by": one.reviewer.get_username()}, **by(one.by, one.made_at)}


def annotation_told(note: Annotation) -> Told:
    """Tell a note with its anchor and its thread."""
    anchor: Told | None = None
    if note.claim is not None:
        anchor = {"claim": place_of(note.claim), "start": note.start, "end": note.end}
        anchor |= {"quote": note.quote, "prefix": note.prefix, "suffix": note.suffix}
    return {
        "text": note.text,
        "kind": note.kind,
        "weight": note.weight,
        "anchor": anchor,
        "version": note.version,
        "earlier": [wording_told(one) for one in by_key(note.earlier.all())],
        **by(note.author, note.created_at),
        "resolved": by(note.resolved_by, note.resolved_at) if note.resolved_by else None,
        "replies": [reply_told(one) for one in by_key(note.replies.all())],
    }


def reply_told(answer: Reply) -> Told:
    """Tell an answer; a deleted one has its moment, and its text still."""
    return {
        "text": answer.text,
        "version": answer.version,
        "earlier": [wording_told(one) for one in by_key(answer.earlier.all())],
        "deleted_at": moment(answer.deleted_at),
        **by(answer.author, answer.created_at),
    }


def wording_told(one: Wording) -> Told:
    """Tell what a note or a reply said before it was edited."""
    return {"version": one.version, "text": one.text, **by(one.by, one.replaced_at)}


def bulks_of(event: Event) -> Iterator[Told]:
    """Yield the decisions on many pairs at once that touched pairs of the event, oldest first.

    Of one that went over several events, each has its own pairs' part.
    """
    for bulk in Change.objects.bulks_of(event).select_related("actor"):
        yield {"about": bulk.about, **_change(bulk)}


def change_told(change: Change, numbers: Numbers, notes: dict[int, int] | None = None) -> Told:
    """Tell one line of a history; nobody's where the machine made it.

    ``fix`` and ``bulk`` are its places among the event's, ``annotation`` that among its pair's.
    """
    return {
        **_change(change),
        "annotation": (notes or {}).get(change.annotation_id or 0),
        "fix": None if change.fix_id is None else numbers.fixes[change.fix_id],
        "bulk": None if change.part_of_id is None else numbers.bulks[change.part_of_id],
    }


def _change(change: Change) -> Told:
    return {
        "what": change.what,
        "reason": change.reason,
        "words": change.words,
        "before": change.before,
        "after": change.after,
        "why": change.why,
        **by(change.actor, change.at),
        "undone_at": moment(change.undone_at),
        "takes_back": change.takes_back,
    }


def by(person: AbstractBaseUser | None, at: dt.datetime | None) -> Told:
    """Tell who did something, and when."""
    return {"by": person.get_username() if person else None, "at": moment(at)}


def by_key(rows: Iterable[M]) -> list[M]:
    """Return rows in the order in which they were made."""
    return sorted(rows, key=lambda one: one.pk)
