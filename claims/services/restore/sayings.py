"""Store what is said of pairs: by the machine (verdicts), by people (reviews, notes), and when (changes)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db.models import Model

from claims.analysis.structures import ReasonKind
from claims.models import (
    Adjudication,
    Annotation,
    Assignment,
    Change,
    Claim,
    Decision,
    Pair,
    Reason,
    ReasonReview,
    ReasonWords,
    Reply,
    Review,
    Says,
    Verdict,
    Wording,
)
from claims.models.pair import Side
from claims.services.restore.shelf import AT_ONCE, Shelf, stored
from claims.services.restore.told import Told

Rows = Sequence[tuple[Pair, Told]]


def store_verdicts(rows: Rows, shelf: Shelf) -> None:
    """Store the machine's verdicts with their reasons and the words that show them."""
    told = [(_verdict(pair, one), one) for pair, row in rows if (one := row.inner("verdict")) is not None]
    stored([(verdict, {"made_at": one.moment("made_at")}) for verdict, one in told])
    reasons = [(_reason(verdict, one), one) for verdict, row in told for one in row.each("reasons")]
    Reason.objects.bulk_create([reason for reason, _ in reasons], batch_size=AT_ONCE)
    words = [_words(reason, one, shelf) for reason, row in reasons for one in row.each("words")]
    ReasonWords.objects.bulk_create(words, batch_size=AT_ONCE)


def _verdict(pair: Pair, told: Told) -> Verdict:
    return Verdict(
        pair=pair,
        relation=told.text("relation"),
        kind=told.text("kind"),
        confidence=told.share("confidence"),
        judge=told.text("judge"),
    )


def _reason(verdict: Verdict, told: Told) -> Reason:
    return Reason(
        verdict=verdict,
        kind=told.text("kind"),
        explanation=told.text("explanation"),
        position=told.whole("position"),
    )


def _words(reason: Reason, told: Told, shelf: Shelf) -> ReasonWords:
    side = told.word("side", Side.values)
    return ReasonWords(
        reason=reason, side=side, claim=shelf.claim(told), start=told.whole("start"), end=told.whole("end")
    )


def store_reviews(rows: Rows, shelf: Shelf) -> None:
    """Store people's verdicts."""
    _store(((pair, one) for pair, row in rows for one in row.each("reviews")), _review, shelf)


def _review(pair: Pair, told: Told, shelf: Shelf) -> Review:
    return Review(pair=pair, reviewer_id=shelf.somebody(told), decision=told.text("decision"))


def store_words(rows: Rows, shelf: Shelf) -> None:
    """Store what people say of reasons."""
    _store(((pair, one) for pair, row in rows for one in row.each_if_told("words")), _word, shelf)


def _word(pair: Pair, told: Told, shelf: Shelf) -> ReasonReview:
    return ReasonReview(
        pair=pair,
        reviewer_id=shelf.somebody(told),
        kind=told.word("kind", list(ReasonKind)),
        words=told.text("words"),
        says=told.word("says", Says.values),
    )


def store_adjudications(rows: Rows, shelf: Shelf) -> None:
    """Store editors' last words."""
    _store(((pair, one) for pair, row in rows for one in row.each_if_told("adjudications")), _adjudication, shelf)


def _adjudication(pair: Pair, told: Told, shelf: Shelf) -> Adjudication:
    return Adjudication(
        pair=pair,
        version=told.whole("version"),
        decision=told.word("decision", ("", *Decision.values)),
        why=told.text("why"),
        editor_id=shelf.somebody(told),
    )


def store_assignments(rows: Rows, shelf: Shelf) -> None:
    """Store whose pairs are to decide."""
    _store(((pair, one) for pair, row in rows for one in row.each_if_told("assignments")), _assignment, shelf)


def _assignment(pair: Pair, told: Told, shelf: Shelf) -> Assignment:
    to = told.inner("to") or told.refuse("“to” is to say whose the pair is.")
    return Assignment(pair=pair, reviewer_id=shelf.somebody(to), by_id=shelf.somebody(told))


def _store(told: Iterable[tuple[Pair, Told]], make: Callable[[Pair, Told, Shelf], Model], shelf: Shelf) -> None:
    """Store one row for each thing that is told of a pair, as of the moment at which somebody said it."""
    stored([(make(pair, one, shelf), {"made_at": one.moment("at")}) for pair, one in told])


def store_annotations(rows: Rows, shelf: Shelf) -> None:
    """Store people's notes with their threads and earlier wordings."""
    made = [(_annotation(pair, one, shelf), one) for pair, row in rows for one in row.each("annotations")]
    stored([(note, {"created_at": one.moment("at")}) for note, one in made])
    replies = [(_reply(note, one, shelf), one) for note, row in made for one in row.each("replies")]
    stored([(answer, {"created_at": one.moment("at")}) for answer, one in replies])
    wordings = [(Wording(annotation=note), one) for note, row in made for one in row.each_if_told("earlier")]
    wordings += [(Wording(reply=answer), one) for answer, row in replies for one in row.each_if_told("earlier")]
    for wording, one in wordings:
        wording.version, wording.text, wording.by_id = one.whole("version"), one.text("text"), shelf.somebody(one)
    stored([(wording, {"replaced_at": one.moment("at")}) for wording, one in wordings])
    for note, _ in made:
        shelf.notes[note.pair_id].append(note)


def _reply(note: Annotation, told: Told, shelf: Shelf) -> Reply:
    return Reply(
        annotation=note,
        author_id=shelf.somebody(told),
        text=told.text("text"),
        version=told.whole("version") if told.tells("version") else 1,
        deleted_at=told.moment("deleted_at") if told.tells("deleted_at") else None,
    )


def _annotation(pair: Pair, told: Told, shelf: Shelf) -> Annotation:
    note = Annotation(
        pair=pair,
        author_id=shelf.somebody(told),
        text=told.text("text"),
        kind=told.word("kind", ("", *ReasonKind)),
        weight=told.text("weight"),
        version=told.whole("version") if told.tells("version") else 1,
    )
    if (resolved := told.inner("resolved")) is not None:
        note.resolved_by_id, note.resolved_at = shelf.somebody(resolved), resolved.moment("at")
    if (anchor := told.inner("anchor")) is not None:
        note.claim, note.start, note.end = shelf.claim(anchor), anchor.whole("start"), anchor.whole("end")
        note.quote, note.prefix, note.suffix = (anchor.text(key) for key in ("quote", "prefix", "suffix"))
    return note


def store_changes(rows: Rows, shelf: Shelf) -> None:
    """Store the histories and the bulks, oldest first: undo goes by their numbers.

    Which fixes their lines belong to is written with the fixes.
    """
    made = [(_change(one, shelf, pair=pair), one) for pair, row in rows for one in row.each("changes")]
    made += [(_change(one, shelf, claim=claim), one) for claim, one in shelf.of_claims]
    bulks = [(_change(one, shelf), one) for one in shelf.bulks]
    parts = [(change, entry) for change, one in made if (entry := _bulk_of(one, bulks)) is not None]
    for _, entry in parts:
        entry.size += 1
    for entry, one in bulks:
        entry.about = one.text("about")
    timed = [
        (change, one.known_moment("at"))
        for change, one in (*made, *((entry, one) for entry, one in bulks if entry.size))
    ]
    stored([(change, {"at": at}) for change, at in sorted(timed, key=lambda row: row[1])])
    for change, entry in parts:
        change.part_of = entry
    Change.objects.bulk_update([change for change, _ in parts], ["part_of"], batch_size=AT_ONCE)
    shelf.by_fix += [(change, one) for change, one in made if one.whole_or_none("fix") is not None]


def _bulk_of(told: Told, bulks: Sequence[tuple[Change, Told]]) -> Change | None:
    """Return the bulk that a change is part of, or None."""
    place = told.whole_or_none("bulk") if told.tells("bulk") else None
    if place is not None and place >= len(bulks):
        told.refuse(f"there is no bulk {place} in this event; the first is 0.")
    return None if place is None else bulks[place][0]


def _change(told: Told, shelf: Shelf, *, pair: Pair | None = None, claim: Claim | None = None) -> Change:
    note = told.whole_or_none("annotation") if told.tells("annotation") else None
    notes = shelf.notes[pair.pk] if pair is not None else []
    if note is not None and note >= len(notes):
        told.refuse(f"there is no annotation {note} on this pair; the first is 0.")
    reason, words, why = (told.text(key) if told.tells(key) else "" for key in ("reason", "words", "why"))
    return Change(
        pair=pair,
        claim=claim,
        annotation=None if note is None else notes[note],
        actor_id=shelf.person(told),
        what=told.word("what", Change.What.values),
        reason=reason,
        words=words,
        before=told.text("before"),
        after=told.text("after"),
        why=why,
        undone_at=told.moment("undone_at"),
        takes_back=told.tells("takes_back") and told.flag("takes_back"),
    )


SAYINGS: tuple[Callable[[Rows, Shelf], None], ...] = (
    store_verdicts,
    store_reviews,
    store_words,
    store_adjudications,
    store_assignments,
    store_annotations,
    store_changes,
)
