"""Claims: statements at exact offsets, whose they are, and how those that a search finds relate to others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Self

from ninja import Schema

from claims import models
from claims.api.shapes.base import Named, added, named, page_of


class ClaimLine(Schema):
    """A claim within a pair: the statement and its place in its article, in code points."""

    id: int
    article: int
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, row: models.Claim) -> Self:
        """Bring nothing beside the row."""
        return cls(id=row.pk, article=row.article_id, start=row.start, end=row.end, text=row.text)


class Claim(Schema):
    """A statement. ``source`` is whose it is now, null where nobody who is compared makes it; ``voice`` names them.

    ``past_version`` is 0 while it stands in the newest text; once it does not, it is the version whose text its offsets
    count in. ``corrected_by`` is who said so, null where that is the machine's own reading.
    """

    id: int
    event: str
    article: int
    start: int
    end: int
    text: str
    source: Named | None
    voice: str
    speaker: str
    cue: tuple[int, int] | None
    quoted: bool
    implicit: bool
    confidence: float
    current: bool
    past_version: int
    corrected_by: str | None
    made_by: str | None
    page: str

    @classmethod
    def of(cls, row: models.Claim) -> Self:
        """Bring what ``whose`` does."""
        source, correction = row.standing_source, row.standing_correction
        cue = (row.cue_start, row.cue_end)
        return cls(
            id=row.pk,
            event=row.article.event.slug,
            article=row.article_id,
            start=row.start,
            end=row.end,
            text=row.text,
            source=Named(id=source.pk, name=source.name) if source else None,
            voice=row.standing_voice,
            speaker=row.speaker,
            cue=(cue[0], cue[1]) if cue[0] is not None and cue[1] is not None else None,
            quoted=row.quoted,
            implicit=row.implicit,
            confidence=row.confidence,
            current=not row.withdrawn,
            past_version=row.past_version,
            corrected_by=named(correction.editor) if correction else None,
            made_by=named(row.made_by),
            page=page_of(row),
        )


class Relating(Schema):
    """How a found claim relates to what another source says: ``relation`` "only" where that is silent (no pair)."""

    relation: str
    source: str
    comparison: int
    pair: int | None
    reasons: list[str]


class Found(Schema):
    """A claim that a search found; ``score`` is the similarity where it was found by its meaning."""

    claim: ClaimLine
    event: str
    voice: str
    said_on: dt.date | None
    score: float | None
    relations: list[Relating]

    @classmethod
    def of(cls, row: models.Claim, score: float | None = None) -> Self:
        """Bring what ``listed`` does."""
        return cls(
            claim=ClaimLine.of(row),
            event=row.article.event.slug,
            voice=row.standing_voice,
            said_on=added(row, "said_on"),
            score=score,
            relations=list(_relations(row)),
        )


def _relations(row: models.Claim) -> Iterator[Relating]:
    mine = added(row, "attributed_to")
    for pair in sorted(added(row, "standing_pairs"), key=lambda pair: int(pair.pk)):
        # Where people said that a pair agrees, the pages show no reasons either.
        reasons = [] if pair.shown == "agree" else [reason.kind for reason in pair.verdict.reasons.all()]
        yield Relating(
            relation=pair.shown,
            source=_other(pair.comparison, mine),
            comparison=pair.comparison_id,
            pair=pair.pk,
            reasons=reasons,
        )
    for lone in added(row, "standing_lone"):
        told = {"relation": "only", "source": _other(lone.comparison, mine), "comparison": lone.comparison_id}
        yield Relating(**told, pair=None, reasons=[])


def _other(comparison: models.Comparison, mine: int | None) -> str:
    return comparison.b.name if comparison.a_id == mine else comparison.a.name
