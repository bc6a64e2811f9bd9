"""Store what is said of pairs: by the machine (verdicts), by people (reviews, notes), and when (changes)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.analysis.structures import ReasonKind
from claims.models import Annotation, Change, Pair, Reason, ReasonWords, Reply, Review, Verdict
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
    stored(
        [
            (
                Review(pair=pair, reviewer_id=shelf.somebody(one), decision=one.text("decision")),
                {"made_at": one.moment("at")},
            )
            for pair, row in rows
            for one in row.each("reviews")
        ]
    )


def store_annotations(rows: Rows, shelf: Shelf) -> None:
    """Store people's notes with their threads."""
    made = [(_annotation(pair, one, shelf), one) for pair, row in rows for one in row.each("annotations")]
    stored([(note, {"created_at": one.moment("at")}) for note, one in made])
    replies = [(note, one) for note, row in made for one in row.each("replies")]
    stored(
        [
            (
                Reply(annotation=note, author_id=shelf.somebody(one), text=one.text("text")),
                {"created_at": one.moment("at")},
            )
            for note, one in replies
        ]
    )


def _annotation(pair: Pair, told: Told, shelf: Shelf) -> Annotation:
    note = Annotation(
        pair=pair,
        author_id=shelf.somebody(told),
        text=told.text("text"),
        kind=told.word("kind", ("", *ReasonKind)),
        weight=told.text("weight"),
    )
    if (resolved := told.inner("resolved")) is not None:
        note.resolved_by_id, note.resolved_at = shelf.somebody(resolved), resolved.moment("at")
    if (anchor := told.inner("anchor")) is not None:
        note.claim, note.start, note.end = shelf.claim(anchor), anchor.whole("start"), anchor.whole("end")
        note.quote, note.prefix, note.suffix = (anchor.text(key) for key in ("quote", "prefix", "suffix"))
    return note


def store_changes(rows: Rows, shelf: Shelf) -> None:
    """Store the histories. Which fixes their lines belong to is written with the fixes."""
    made = [(_change(pair, one, shelf), one) for pair, row in rows for one in row.each("changes")]
    stored([(change, {"at": one.moment("at")}) for change, one in made])
    shelf.by_fix += [(change, one) for change, one in made if one.whole_or_none("fix") is not None]


def _change(pair: Pair, told: Told, shelf: Shelf) -> Change:
    return Change(
        pair=pair,
        actor_id=shelf.person(told),
        what=told.word("what", Change.What.values),
        before=told.text("before"),
        after=told.text("after"),
        undone_at=told.moment("undone_at"),
    )


SAYINGS: tuple[Callable[[Rows, Shelf], None], ...] = (store_verdicts, store_reviews, store_annotations, store_changes)
