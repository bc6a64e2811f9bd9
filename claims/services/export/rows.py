"""The table that people make by hand: a row for each two claims of a pair, and one for each claim that stays alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import product

from claims.models import Annotation, Claim, Comparison, Decision, Lone, Pair, Reason, Review, Silence, Source
from claims.services.export.scope import Scope
from claims.services.export.version import version_of

Cell = str | int | float | None
SAID: dict[str, str] = {  # in English whatever the reader's language, as everything in a file
    Decision.AGREE: "agree",
    Decision.PARTIAL: "partial",
    Decision.DIVERGE: "diverge",
    Decision.NO_MATCH: "not a match",
    "disputed": "disputed",
    "only": "only one side",
    "": "not judged yet",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row; the names of its fields are the table's columns. Offsets count code points of the article's text."""

    event: str
    sources: str
    pair: int | None
    relation: str
    decision: str
    source_a: str
    speaker_a: str
    text_a: str
    source_b: str
    speaker_b: str
    text_b: str
    differs_in: str
    reasons: str
    verdicts: str
    reviewers: str
    decided_at: str
    text_changed: str
    notes: str
    nearest: str
    score: float | None
    match: str
    model: str
    machine_relation: str
    machine_kind: str
    confidence: float | None
    judge: str
    claim_a: int | None
    article_a: str
    start_a: int | None
    end_a: int | None
    claim_b: int | None
    article_b: str
    start_b: int | None
    end_b: int | None
    permalink: str
    version: str

    def cells(self) -> list[Cell]:
        """Return the cells from left to right."""
        return [getattr(self, column) for column in COLUMNS]


COLUMNS = tuple(field.name for field in fields(Row))

MEANINGS: dict[str, str] = {
    "event": "the event's short name, as in its address",
    "sources": "the two sources that are held against each other",
    "pair": "the pair's number; rows of one number are one pair",
    "relation": "how the two relate: what people say where they agree, else what the machine says",
    "decision": "to be filled in: agree, partial, diverge or not a match; read back as your decision; "
    "empty, too, where the text changed since you decided",
    "source_a": "who makes the claim on side a; so b",
    "speaker_a": "who speaks for the source, as the text names them",
    "text_a": "the claim, to the letter; so b",
    "differs_in": "the kinds of difference that the machine names",
    "reasons": "each difference in a sentence, with the words of a and of b that show it",
    "verdicts": "what each reviewer said, and when; for a claim that stays alone, who confirmed the silence",
    "reviewers": "who decided",
    "decided_at": "when the last of them did (UTC)",
    "text_changed": "where the text changed since they decided: on which version of it, and on which words, they did",
    "notes": "people's notes on the pair or on words of it, with the replies",
    "nearest": "for a claim that stays alone: what came nearest on the other side, with its score",
    "score": "how strongly the two match, from 0 to 1; empty where a person put them together",
    "match": "sure or suggested, or who made the pair by hand",
    "model": "what said which statements belong together",
    "machine_relation": "what the machine says of the pair; empty while it has not judged it",
    "machine_kind": "whether the accounts or the positions diverge, where it says diverge",
    "confidence": "how sure the machine is of its relation, from 0 to 1",
    "judge": "who judged, if a judge read the two",
    "claim_a": "the claim's number; so b",
    "article_a": "the file's name of the article",
    "start_a": "where the claim begins in the article's text, in Unicode code points from 0",
    "end_a": "where it ends: behind its last code point",
    "permalink": "where the pair, or the claim, stands in Crossread",
    "version": "the pair as it was exported: leave it as it is, or the decision cannot be read back",
}


def rows_of(scope: Scope) -> Iterator[Row]:
    """Yield the rows: the pairs in the order of the texts, then what only one side says."""
    for pair in scope.each_pair():
        yield from _of_pair(pair, scope)
    for lone in scope.each_lone():
        yield _of_lone(lone, scope)


def own_decision(pair: Pair, reviewer_id: int | None) -> str:
    """Return what this reviewer said of the pair, or nothing."""
    return next((one.decision for one in pair.reviews.all() if one.reviewer_id == reviewer_id), "")


def _of_pair(pair: Pair, scope: Scope) -> Iterator[Row]:
    verdict = getattr(pair, "verdict", None)
    reviews = list(pair.reviews.all())
    reasons = list(verdict.reasons.all()) if verdict else []
    own = "" if pair.stale else own_decision(pair, scope.reviewer_id)
    shared: dict[str, Cell] = {
        **_place(pair.comparison),
        "pair": pair.pk,
        "relation": _relation(pair),
        "decision": SAID[own] if own else "",
        "differs_in": ", ".join(reason.get_kind_display() for reason in reasons),
        "reasons": "\n".join(map(reason_told, reasons)),
        "verdicts": "; ".join(map(review_told, reviews)),
        "reviewers": ", ".join(review.reviewer.get_username() for review in reviews),
        "decided_at": time_told(max(review.made_at for review in reviews)) if reviews else "",
        "text_changed": change_told(pair),
        "notes": "\n".join(map(note_told, pair.annotations.all())),
        "nearest": "",
        "score": None if pair.score is None else round(pair.score, 4),
        "match": match_told(pair),
        "machine_relation": verdict.relation if verdict else "",
        "machine_kind": verdict.kind if verdict else "",
        "confidence": round(verdict.confidence, 4) if verdict and verdict.relation else None,
        "judge": verdict.judge if verdict else "",
        "permalink": scope.link(pair.get_absolute_url()),
        "version": version_of(pair, own).written(),
    }
    sides = (pair.claims_of("a"), pair.claims_of("b"))
    for a, b in product(*sides):
        yield _row(shared | _side("a", pair.comparison.a, a) | _side("b", pair.comparison.b, b))


def _of_lone(lone: Lone, scope: Scope) -> Row:
    comparison, claim = lone.comparison, lone.claim
    on_a = claim.standing_source == comparison.a
    silence = next((one for one in claim.silences.all() if one.comparison_id == comparison.pk), None)
    cells = {
        **_place(comparison),
        "relation": SAID["only"],
        **(_confirmed(silence) if silence else {}),
        "nearest": "\n".join(f"{near.score:.2f} “{near.claim.text}”" for near in lone.candidates.all()),
        "permalink": scope.link(claim.get_absolute_url()),
        **_side("a", comparison.a, claim if on_a else None),
        **_side("b", comparison.b, None if on_a else claim),
    }
    return _row(cells)


def _confirmed(silence: Silence) -> dict[str, Cell]:
    """Return who confirmed that the other side says nothing."""
    by, at = silence.by.get_username(), time_told(silence.at)
    return {"verdicts": f"{by}: the other side says nothing ({at})", "reviewers": by, "decided_at": at}


def _row(cells: dict[str, Cell]) -> Row:
    empty: dict[str, Cell] = dict.fromkeys(COLUMNS, "")
    numbers: dict[str, Cell] = dict.fromkeys(("pair", "score", "confidence"))
    return Row(**(empty | numbers | cells))  # type: ignore[arg-type]


def _place(comparison: Comparison) -> dict[str, Cell]:
    return {"event": comparison.event.slug, "sources": str(comparison), "model": comparison.model}


def _side(side: str, source: Source, claim: Claim | None) -> dict[str, Cell]:
    """Return one side's cells; the source is named where it is silent, too."""
    told: dict[str, Cell] = {"source": source.name, "speaker": "", "text": "", "article": ""}
    told |= {"claim": None, "start": None, "end": None}
    if claim is not None:
        told |= {"speaker": claim.speaker, "text": claim.text, "article": claim.article.name}
        told |= {"claim": claim.pk, "start": claim.start, "end": claim.end}
    return {f"{name}_{side}": value for name, value in told.items()}


def _relation(pair: Pair) -> str:
    shown = "no_match" if pair.outcome == "no_match" else vars(pair)["shown"]  # added by PairQuerySet.with_shown
    return SAID.get(shown or "", shown)


def change_told(pair: Pair) -> str:
    """Return what people decided on where the text changed since, and nothing where it did not.

    Args:
        pair: as ``PairQuerySet.exported`` brings it.
    """
    if not pair.stale:
        return ""
    names = {"a": pair.comparison.a.name, "b": pair.comparison.b.name}
    had = [
        f"{names[one.side]} in version {one.claim.past_version} of {one.claim.article.name}: “{one.claim.text}”"
        for one in pair.formers.all()
    ]
    return "\n".join(["changed since it was decided, and not decided anew", *had])


def match_told(pair: Pair) -> str:
    """Return how a pair came about: by how strong a match, or by whose hand."""
    if pair.made_by is not None:
        return f"made by hand by {pair.made_by.get_username()}"
    return "sure" if pair.sure else "suggested"


def reason_told(reason: Reason) -> str:
    """Return a reason in one line, with the words of both sides."""
    words = list(reason.words.all())
    sides = (" … ".join(f"“{one.text}”" for one in words if one.side == side) or "nothing" for side in ("a", "b"))
    return f"{reason.get_kind_display()}: {reason.explanation} ({' against '.join(sides)})"


def review_told(review: Review) -> str:
    """Return one reviewer's verdict with its time."""
    return f"{review.reviewer.get_username()}: {review.get_decision_display()} ({time_told(review.made_at)})"


def note_told(note: Annotation) -> str:
    """Return a note with its thread."""
    marks = ", ".join(filter(None, [note.weight, note.get_kind_display(), "resolved" if note.resolved_at else ""]))
    quoted = f"on “{note.quote}”: " if note.quote else ""
    said = [f"{note.author.get_username()} ({time_told(note.created_at)}, {marks}): {quoted}{note.text}"]
    said += [f"↳ {one.author.get_username()} ({time_told(one.created_at)}): {one.text}" for one in note.replies.all()]
    return "\n".join(said)


def time_told(moment: dt.datetime) -> str:
    """Return a moment as a spreadsheet reads it, in UTC."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}"
