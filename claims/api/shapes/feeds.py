"""Feeds, their items and the rules for them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.urls import reverse
from ninja import Schema

from claims import models
from claims.api.shapes.base import added, named, page_of


class Feed(Schema):
    """An address that is looked at every so often; ``outcome`` says what came of it the last time."""

    id: int
    address: str
    title: str
    publisher: str
    every_minutes: int
    active: bool
    waiting: int
    outcome: str
    failures: int
    fetched_at: dt.datetime | None
    next_at: dt.datetime | None
    by: str
    page: str

    @classmethod
    def of(cls, row: models.Feed) -> Self:
        """Bring ``by`` and what ``listed`` adds."""
        return cls(
            id=row.pk,
            address=row.url,
            title=row.title,
            publisher=row.publisher,
            every_minutes=row.every_minutes,
            active=row.active,
            waiting=added(row, "waiting_count"),
            outcome=row.outcome,
            failures=row.failures,
            fetched_at=row.fetched_at,
            next_at=row.next_at,
            by=row.by.get_username(),
            page=page_of(row),
        )


class Proposed(Schema):
    """An event that an item may belong to, with the score (0 to 1) and what it stands on."""

    event: str
    score: float
    reasons: list[str]


class FeedItem(Schema):
    """One item of a feed. ``event`` is where it was taken to, ``draft`` what was read of its page."""

    id: int
    feed: int
    title: str
    summary: str
    web_address: str
    published: dt.datetime | None
    at: dt.datetime
    state: str
    proposed: list[Proposed]
    event: str | None
    draft: int | None
    rule: int | None
    decided_by: str | None
    decided_at: dt.datetime | None

    @classmethod
    def of(cls, row: models.FeedItem) -> Self:
        """Bring what ``listed`` does."""
        return cls(
            id=row.pk,
            feed=row.feed_id,
            title=row.title,
            summary=row.summary,
            web_address=row.url,
            published=row.published,
            at=row.at,
            state=row.state,
            proposed=[
                Proposed(event=one.event.slug, score=one.score, reasons=one.reasons) for one in row.matches.all()
            ],
            event=row.event.slug if row.event else None,
            draft=row.draft_id,
            rule=row.rule_id,
            decided_by=named(row.decided_by),
            decided_at=row.decided_at,
        )


class FeedRule(Schema):
    """Where items go by themselves that name all of ``names``: to ``event``, or to a new one where that is null."""

    id: int
    feed: int
    names: list[str]
    event: str | None
    active: bool
    by: str
    made_at: dt.datetime
    page: str

    @classmethod
    def of(cls, row: models.FeedRule) -> Self:
        """Bring ``event`` and ``by``."""
        return cls(**_told_of(row))


class Applied(Schema):
    """What a rule did with one item, in a sentence."""

    item: int
    event: str | None
    told: str
    at: dt.datetime


class TriedRule(FeedRule):
    """A rule with the newest items that it fits, and each time that it acted."""

    fits: list[int]
    did: list[Applied]

    @classmethod
    def with_items(cls, row: models.FeedRule, fits: list[models.FeedItem]) -> Self:
        """Bring ``event`` and ``by``. Takes one query."""
        applications = row.applications.select_related("event")[:100]
        did = [
            Applied(item=one.item_id, event=one.event.slug if one.event else None, told=one.told, at=one.at)
            for one in applications
        ]
        return cls(**_told_of(row), fits=[item.pk for item in fits], did=did)


def _told_of(row: models.FeedRule) -> dict[str, Any]:
    return {
        "id": row.pk,
        "feed": row.feed_id,
        "names": row.names,
        "event": row.event.slug if row.event else None,
        "active": row.active,
        "by": row.by.get_username(),
        "made_at": row.made_at,
        "page": reverse("rule", args=[row.pk]),
    }
