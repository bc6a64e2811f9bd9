"""Events with their sources, articles and comparisons, and how far reading and comparing have come."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from ninja import Schema

from claims import models
from claims.api.shapes.base import Named, added, page_of


class Source(Schema):
    """Who makes claims: unique in its event. ``entry`` is the party of the library that gives it names beside these."""

    id: int
    event: str
    slug: str
    name: str
    party: str
    aliases: list[str]
    spokespeople: list[str]
    entry: int | None
    page: str

    @classmethod
    def of(cls, row: models.Source) -> Self:
        """Bring ``event``."""
        return cls(
            id=row.pk,
            event=row.event.slug,
            slug=row.slug,
            name=row.name,
            party=row.party,
            aliases=row.aliases,
            spokespeople=row.spokespeople,
            entry=row.entry_id,
            page=page_of(row),
        )


class Article(Schema):
    """One published text, without the text; ``version`` counts the texts that it had.

    ``read_at`` is null while the worker has still to read it.
    """

    id: int
    event: str
    name: str
    title: str
    author: str
    publisher: str
    source: Named | None
    published: dt.date | None
    web_address: str
    language: str
    version: int
    checksum: str
    read_at: dt.datetime | None
    created_at: dt.datetime
    page: str

    @classmethod
    def of(cls, row: models.Article) -> Self:
        """Bring ``event`` and ``publisher``."""
        return cls(**_told_of(row))


class ArticleText(Article):
    """An article with its text; a claim's offsets count its characters (Unicode code points)."""

    text: str

    @classmethod
    def of(cls, row: models.Article) -> Self:
        """Bring ``event`` and ``publisher``."""
        return cls(**_told_of(row), text=row.text)


def _told_of(row: models.Article) -> dict[str, Any]:
    return {
        "id": row.pk,
        "event": row.event.slug,
        "name": row.name,
        "title": row.title,
        "author": row.author,
        "publisher": row.publisher_name,
        "source": Named(id=row.publisher.pk, name=row.publisher.name) if row.publisher else None,
        "published": row.published,
        "web_address": row.url,
        "language": row.standing_language,
        "version": row.version,
        "checksum": row.checksum,
        "read_at": row.read_at,
        "created_at": row.created_at,
        "page": page_of(row),
    }


class Comparison(Schema):
    """Two sources of one event held against each other. ``is_due`` while the worker owes a matching."""

    id: int
    event: str
    a: Named
    b: Named
    is_due: bool
    matched_at: dt.datetime | None
    model: str
    page: str

    @classmethod
    def of(cls, row: models.Comparison) -> Self:
        """Bring ``event``, ``a`` and ``b``."""
        return cls(
            id=row.pk,
            event=row.event.slug,
            a=Named(id=row.a.pk, name=row.a.name),
            b=Named(id=row.b.pk, name=row.b.name),
            is_due=row.due_since is not None,
            matched_at=row.matched_at,
            model=row.model,
            page=page_of(row),
        )


class EventLine(Schema):
    """An event in a list, with the counts of its bar as whoever asks sees them."""

    slug: str
    title: str
    date: dt.date | None
    invented: bool
    blind: bool
    sources: list[Named]
    agree: int
    partial: int
    diverge: int
    only: int
    pairs: int
    reviewed: int
    page: str

    @classmethod
    def of(cls, row: models.Event) -> Self:
        """Bring what ``listed`` does."""
        counts = {name: added(row, f"{name}_count") for name in ("agree", "partial", "diverge", "only", "reviewed")}
        return cls(
            slug=row.slug,
            title=row.title,
            date=row.date,
            invented=row.invented,
            blind=row.blind,
            sources=[Named(id=source.pk, name=source.name) for source in row.sources.all()],
            pairs=added(row, "pair_count"),
            page=page_of(row),
            **counts,
        )


class Event(Schema):
    """What sources talk about, with its sources, articles and comparisons."""

    slug: str
    title: str
    date: dt.date | None
    invented: bool
    blind: bool
    created_at: dt.datetime
    sources: list[Source]
    articles: list[Article]
    comparisons: list[Comparison]
    page: str

    @classmethod
    def of(cls, row: models.Event) -> Self:
        """Take four queries."""
        return cls(
            slug=row.slug,
            title=row.title,
            date=row.date,
            invented=row.invented,
            blind=row.blind,
            created_at=row.created_at,
            sources=[Source.of(source) for source in row.sources.select_related("event")],
            articles=[Article.of(one) for one in row.articles.select_related("event", "publisher").defer("text")],
            comparisons=[Comparison.of(one) for one in row.comparisons.select_related("event", "a", "b")],
            page=page_of(row),
        )


class Progress(Schema):
    """How far the worker is with an event. ``state`` is that of its newest run; "none" where there was none."""

    state: str
    under_way: bool
    articles: int
    articles_read: int
    comparisons: int
    comparisons_made: int
    problem: str
    notices: list[str]
    started_at: dt.datetime | None
    ended_at: dt.datetime | None

    @classmethod
    def of(cls, row: models.Event) -> Self:
        """Take five queries."""
        run = row.runs.order_by("-pk").first()
        return cls(
            state=run.state if run else "none",
            under_way=run is not None and run.under_way,
            articles=row.articles.count(),
            articles_read=row.articles.filter(read_at__isnull=False).count(),
            comparisons=row.comparisons.count(),
            comparisons_made=row.comparisons.filter(due_since__isnull=True).count(),
            problem=run.problem if run else "",
            notices=run.notices if run else [],
            started_at=run.started_at if run else None,
            ended_at=run.ended_at if run else None,
        )
