"""What somebody brought in: deliveries with their drafts, and tables of articles."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from ninja import Schema

from claims import models
from claims.api.shapes.base import page_of
from claims.services.incoming.bulk import Report


class Snapshot(Schema):
    """The bytes that a draft or a table was read from, as they came; ``page`` leads to them."""

    id: int
    size: int
    checksum: str
    taken_at: dt.datetime
    page: str

    @classmethod
    def of(cls, row: models.Snapshot | None) -> Self | None:
        """Bring nothing beside the row; its bytes may be deferred."""
        if row is None:
            return None
        return cls(id=row.pk, size=row.size, checksum=row.checksum, taken_at=row.taken_at, page=page_of(row))


class DraftLine(Schema):
    """An article before it is stored. ``problem`` says why a file was refused, ``notices`` what was left out of it.

    ``article`` and ``version`` say what became of it, once it was added.
    """

    id: int
    delivery: int
    event: str
    name: str
    state: str
    kind: str
    problem: str
    notices: list[str]
    title: str
    publisher: str
    author: str
    published: dt.date | None
    language: str
    web_address: str
    corrected: bool
    article: int | None
    version: int
    snapshot: Snapshot | None
    page: str

    @classmethod
    def of(cls, row: models.Draft) -> Self:
        """Bring ``delivery__event`` and ``snapshot``."""
        return cls(**_told_of(row))


class KnownArticle(Schema):
    """An article of the event with this very text (``same``), or at this address; ``had`` if it had the text once."""

    article: int
    version: int
    same: bool
    had: bool


class Draft(DraftLine):
    """A draft with its text, and what it has to do with articles that the event has already."""

    text: str
    known: list[KnownArticle]

    @classmethod
    def with_text(cls, row: models.Draft, known: list[KnownArticle]) -> Self:
        """Bring ``delivery__event`` and ``snapshot``."""
        return cls(**_told_of(row), text=row.text, known=known)


class Delivery(Schema):
    """What one person brought in at once. ``waiting`` files are still to be read: ask for it with ``…/read``."""

    id: int
    event: str
    by: str
    at: dt.datetime
    waiting: int
    drafts: list[DraftLine]
    page: str

    @classmethod
    def of(cls, row: models.Delivery) -> Self:
        """Bring what ``shown`` does."""
        drafts = list(row.drafts.all())
        for draft in drafts:
            draft.delivery = row
        return cls(
            id=row.pk,
            event=row.event.slug,
            by=row.by.get_username(),
            at=row.at,
            waiting=sum(draft.state == models.Draft.State.WAITING for draft in drafts),
            drafts=[DraftLine.of(draft) for draft in drafts],
            page=page_of(row),
        )


class RefusedRow(Schema):
    """A row that was not taken: the line that it begins in, and why."""

    line: int
    why: str


class TableLine(Schema):
    """A file of which every row is an article, and how far storing it has come.

    ``columns`` says which of its columns is what: text, title, publisher, author, published, url.
    """

    id: int
    event: str
    name: str
    by: str
    at: dt.datetime
    state: str
    under_way: bool
    problem: str
    columns: dict[str, str]
    publisher: str
    rows: int
    rows_done: int
    added: int
    known: int
    revised: int
    refused: list[RefusedRow]
    snapshot: Snapshot | None
    page: str

    @classmethod
    def of(cls, row: models.Table) -> Self:
        """Bring what ``shown`` does."""
        return cls(**_table(row))


class FirstRow(Schema):
    """One of a table's first rows, by the names of its columns."""

    line: int
    cells: dict[str, str]


class Table(TableLine):
    """A table with the names of its columns and its first rows."""

    names: list[str]
    first: list[FirstRow]

    @classmethod
    def with_rows(cls, row: models.Table, names: list[str], first: list[FirstRow]) -> Self:
        """Bring what ``shown`` does."""
        return cls(**_table(row), names=names, first=first)


class Tried(Schema):
    """What would come of a table: ``known`` rows are there already, ``revised`` are new texts of known articles."""

    rows: int
    added: int
    known: int
    revised: int
    refused_count: int
    refused: list[RefusedRow]
    notice: str

    @classmethod
    def of(cls, report: Report, notice: str) -> Self:
        """Tell a report."""
        return cls(
            rows=report.rows,
            added=report.added,
            known=report.known,
            revised=report.revised,
            refused_count=report.refused_count,
            refused=[RefusedRow(line=line, why=why) for line, why in report.refused],
            notice=notice,
        )


def _told_of(row: models.Draft) -> dict[str, Any]:
    fields = ("name", "state", "kind", "problem", "title", "publisher", "author", "published", "language", "corrected")
    return {
        **{field: getattr(row, field) for field in fields},
        "id": row.pk,
        "delivery": row.delivery_id,
        "event": row.delivery.event.slug,
        "notices": [str(notice) for notice in row.notices],
        "web_address": row.url,
        "article": row.article_id,
        "version": row.version,
        "snapshot": Snapshot.of(row.snapshot),
        "page": page_of(row),
    }


def _table(row: models.Table) -> dict[str, Any]:
    counts = ("state", "under_way", "problem", "publisher", "rows", "rows_done", "added", "known", "revised", "at")
    return {
        **{field: getattr(row, field) for field in counts},
        "id": row.pk,
        "event": row.event.slug,
        "name": str(row),
        "by": row.by.get_username(),
        "columns": row.mapping,
        "refused": [RefusedRow(line=line, why=why) for line, why in row.refused],
        "snapshot": Snapshot.of(row.snapshot),
        "page": page_of(row),
    }
