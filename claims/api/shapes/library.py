"""The library: parties, people and their terms, its history, and names that texts use and nobody listed."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from ninja import Schema

from claims import models
from claims.api.shapes.base import Named, added, named, page_of


class Term(Schema):
    """Somebody's time in an office, both days included; a day that is not known is null."""

    id: int
    person: Named
    party: Named
    title: str
    since: dt.date | None
    until: dt.date | None

    @classmethod
    def of(cls, row: models.Term) -> Self:
        """Bring ``person`` and ``party__within``."""
        return cls(
            id=row.pk,
            person=Named(id=row.person.pk, name=row.person.name),
            party=Named(id=row.party.pk, name=row.party.label),
            title=row.title,
            since=row.since,
            until=row.until,
        )


class PartyLine(Schema):
    """A state, a body or an office in a list; ``label`` is its name with what it is within."""

    id: int
    name: str
    label: str
    within: Named | None
    aliases: list[str]
    people: int
    events: int
    page: str

    @classmethod
    def of(cls, row: models.Party) -> Self:
        """Bring ``within`` and what ``counted`` adds."""
        counts = {"people": added(row, "people_count"), "events": added(row, "event_count")}
        return cls(**_told_of(row), **counts)


class Party(Schema):
    """A state, a body or an office, with the people who hold it. One that was merged leads to what it is part of."""

    id: int
    name: str
    label: str
    within: Named | None
    aliases: list[str]
    terms: list[Term]
    parts: list[Named]
    merged_into: int | None
    version: int
    page: str

    @classmethod
    def of(cls, row: models.Party) -> Self:
        """Bring ``within``. Takes two queries."""
        parts = models.Party.objects.standing().filter(within=row).order_by("folded")
        return cls(
            **_told_of(row),
            terms=[Term.of(one) for one in row.terms.select_related("person", "party__within")],
            parts=[Named(id=one.pk, name=one.name) for one in parts],
            merged_into=row.merged_into_id,
            version=row.version,
        )


class Person(Schema):
    """Somebody who holds offices."""

    id: int
    name: str
    aliases: list[str]
    terms: list[Term]
    merged_into: int | None
    version: int
    page: str

    @classmethod
    def of(cls, row: models.Person) -> Self:
        """Bring the terms with ``party__within`` and ``person``, or it takes a query."""
        return cls(
            id=row.pk,
            name=row.name,
            aliases=row.aliases,
            terms=[Term.of(one) for one in row.terms.all()],
            merged_into=row.merged_into_id,
            version=row.version,
            page=page_of(row),
        )


class LibraryChange(Schema):
    """One line of the library's history, of a party or of a person; ``by`` is null where a file was loaded."""

    id: int
    party: int | None
    person: int | None
    by: str | None
    what: str
    before: str
    after: str
    at: dt.datetime
    undone_at: dt.datetime | None

    @classmethod
    def of(cls, row: models.LibraryChange) -> Self:
        """Bring ``actor``."""
        return cls(
            id=row.pk,
            party=row.party_id,
            person=row.person_id,
            by=named(row.actor),
            what=row.what,
            before=row.before,
            after=row.after,
            at=row.at,
            undone_at=row.undone_at,
        )


class NamePlace(Schema):
    """A sentence with suggested words at these offsets of it, and how often its article has them."""

    article: int
    count: int
    sentence: str
    start: int
    end: int


class SuggestedName(Schema):
    """Words that likely name one of ``sources`` and that nobody listed."""

    id: int
    event: str
    words: str
    count: int
    why: str
    state: str
    sources: list[Named]
    accepted_for: int | None
    decided_by: str | None
    decided_at: dt.datetime | None
    places: list[NamePlace]

    @classmethod
    def of(cls, row: models.SuggestedName) -> Self:
        """Bring what ``whole`` does."""
        return cls(
            id=row.pk,
            event=row.event.slug,
            words=row.words,
            count=row.count,
            why=row.why,
            state=row.state,
            sources=[Named(id=one.pk, name=one.name) for one in row.sources.all()],
            accepted_for=row.accepted_for_id,
            decided_by=named(row.decided_by),
            decided_at=row.decided_at,
            places=[_place(one) for one in row.places.all()],
        )


def _place(row: models.SuggestedPlace) -> NamePlace:
    return NamePlace(article=row.article_id, count=row.count, sentence=row.sentence, start=row.start, end=row.end)


def _told_of(row: models.Party) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "label": row.label,
        "within": Named(id=row.within.pk, name=row.within.name) if row.within else None,
        "aliases": row.aliases,
        "page": page_of(row),
    }
