"""Annotations with their threads."""

from __future__ import annotations

import datetime as dt
from typing import Self

from ninja import Schema

from claims import models
from claims.api.shapes.base import named, page_of


class Anchor(Schema):
    """The words that a note is on, by position in the claim's article and by quotation with context."""

    claim: int
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


class Reply(Schema):
    """An answer in a thread; one that its author deleted stays, without its text."""

    id: int
    annotation: int
    author: str
    text: str
    version: int
    created_at: dt.datetime
    deleted_at: dt.datetime | None

    @classmethod
    def of(cls, row: models.Reply) -> Self:
        """Bring ``author``."""
        return cls(
            id=row.pk,
            annotation=row.annotation_id,
            author=row.author.get_username(),
            text="" if row.deleted_at else row.text,
            version=row.version,
            created_at=row.created_at,
            deleted_at=row.deleted_at,
        )


class Annotation(Schema):
    """A note on a pair, or on words of one of its claims (``anchor``)."""

    id: int
    pair: int
    author: str
    text: str
    kind: str
    weight: str
    anchor: Anchor | None
    version: int
    created_at: dt.datetime
    resolved_at: dt.datetime | None
    resolved_by: str | None
    replies: list[Reply]
    page: str

    @classmethod
    def of(cls, row: models.Annotation) -> Self:
        """Bring what ``threads`` does."""
        return cls(
            id=row.pk,
            pair=row.pair_id,
            author=row.author.get_username(),
            text=row.text,
            kind=row.kind,
            weight=row.weight,
            anchor=_anchor(row),
            version=row.version,
            created_at=row.created_at,
            resolved_at=row.resolved_at,
            resolved_by=named(row.resolved_by),
            replies=[Reply.of(one) for one in row.replies.all()],
            page=page_of(row),
        )


def _anchor(row: models.Annotation) -> Anchor | None:
    if row.claim_id is None or row.start is None or row.end is None:
        return None
    words = {"quote": row.quote, "prefix": row.prefix, "suffix": row.suffix}
    return Anchor(claim=row.claim_id, start=row.start, end=row.end, **words)
