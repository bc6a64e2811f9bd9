"""Entries of the library that come with an event: from a file of JSON, or from an event folder."""

from __future__ import annotations

from claims.analysis.library import Entry
from claims.models import LibraryChange, Party
from claims.models.library import folded
from claims.services.library.keeping import PartyDraft, TermDraft, add_party


def keep_entry(entry: Entry) -> Party:
    """Return the party of this name within the same, as it is here; kept now, with its people, where there is none."""
    found = _known(entry)
    if found is not None:
        return found
    if entry.within is not None:
        keep_entry(entry.within)
    terms = tuple(TermDraft(one.name, one.title, one.since, one.until, one.aliases) for one in entry.holders)
    within = entry.within.name if entry.within else ""
    party = add_party(PartyDraft(entry.name, within, entry.aliases, terms), None, LibraryChange.What.LOADED)
    return Party.objects.whole().get(pk=party.pk)


def _known(entry: Entry) -> Party | None:
    named = Party.objects.whole().standing().filter(folded=folded(entry.name))
    if entry.within is None:
        return named.filter(within__isnull=True).first()
    return named.filter(within__folded=folded(entry.within.name)).first()
