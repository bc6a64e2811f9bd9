"""Sources of events that the library does not keep yet: listed once each, and taken into it when somebody says so.

Nothing is put together by itself. What one event calls a source stays the event's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from claims.analysis.library import people_in
from claims.models import Party, Source
from claims.models.library import folded
from claims.services.library.keeping import PartyDraft, TermDraft, add_party, note_taken


@dataclass(frozen=True, slots=True)
class Unkept:
    """One source by name and side, and its rows in events."""

    name: str
    side: str
    rows: tuple[Source, ...]

    @property
    def first(self) -> Source:
        """Return the row that it is known by."""
        return self.rows[0]

    def draft(self) -> PartyDraft:
        """Return what would be kept: every name that its events have, people apart with their titles."""
        aliases = dict.fromkeys(name for row in self.rows for name in row.aliases)
        spokespeople = dict.fromkeys(name for row in self.rows for name in row.spokespeople)
        own, people = people_in(aliases, spokespeople)
        terms = tuple(TermDraft(one.name, one.title) for one in people)
        within = "" if folded(self.side) == folded(self.name) else self.side
        return PartyDraft(self.name, within, own, terms)


def unkept() -> list[Unkept]:
    """Return the sources of events that the library does not keep, those of most events first. One or two queries."""
    office = Source.objects.by_office()
    rows = Source.objects.filter(entry__isnull=True).select_related("event").order_by("pk")
    found: dict[int, list[Source]] = defaultdict(list)
    for row in rows:
        found[office[row.pk]].append(row)
    several = [_unkept(rows) for rows in found.values()]
    return sorted(several, key=lambda one: (-len(one.rows), one.name.casefold()))


def _unkept(rows: list[Source]) -> Unkept:
    side = next((row.party for row in rows if row.party), "")
    return Unkept(rows[0].name, side, tuple(rows))


def unkept_of(source: Source) -> Unkept | None:
    """Return what a source's row belongs to, or None where it is kept."""
    return next((one for one in unkept() if any(row.pk == source.pk for row in one.rows)), None)


@transaction.atomic
def adopt(found: Unkept, by: AbstractBaseUser, draft: PartyDraft | None = None) -> Party:
    """Keep a source of events in the library, by its own names or as somebody corrected them, and link its rows.

    One that the library has by now is linked to that, and its names stay with the events.

    Raises:
        Refused: as ``add_party``.
    """
    told = draft or found.draft()
    known = None if draft else _known(told)
    party = known or add_party(told, by)
    link(found.rows, party, by)
    return party


def link(rows: Iterable[Source], party: Party, by: AbstractBaseUser) -> None:
    """Have sources of events take their names from a party, beside their own, when the events are next read."""
    for row in rows:
        row.entry, row.outdated = party, True
        row.save(update_fields=["entry", "outdated"])
        note_taken(party, by, str(row.event))


def _known(draft: PartyDraft) -> Party | None:
    within = folded(draft.within) if folded(draft.within) != folded(draft.name) else ""
    named = Party.objects.standing().filter(folded=folded(draft.name))
    return (named.filter(within__folded=within) if within else named.filter(within__isnull=True)).first()
