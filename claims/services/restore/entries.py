"""The library's part of an event that is loaded: an entry that is here already is taken as it is, a new one is kept."""

from __future__ import annotations

import datetime as dt

from claims.analysis.library import Entry, Holder, names_at
from claims.models import Source
from claims.services.library.loading import keep_entry
from claims.services.library.taking import as_entry
from claims.services.restore.told import Told


def link_told(source: Source, told: Told, day: dt.date | None) -> None:
    """Link a source that is being made to its entry of the library, with the names that it had from there.

    Names that the entry gave it elsewhere, and that the one here does not, become the source's own: nothing is lost.
    """
    entry = entry_of(told.inner("entry") or told.refuse("“entry” is missing."))
    inherited = told.inner("inherited") or told.refuse("“inherited” is missing.")
    source.entry = keep_entry(entry)
    source.library_aliases, source.library_spokespeople = inherited.texts("aliases"), inherited.texts("spokespeople")
    here = names_at(as_entry(source.entry), day)
    keep_lost(source, {*here.aliases, *here.spokespeople})


def keep_lost(source: Source, here: set[str]) -> None:
    """Make names that the library here does not give the source's own, and have it read anew where there are any."""
    aliases = [name for name in source.library_aliases if name not in here and name not in source.aliases]
    people = [name for name in source.library_spokespeople if name not in here and name not in source.spokespeople]
    source.aliases, source.spokespeople = [*source.aliases, *aliases], [*source.spokespeople, *people]
    source.outdated = bool(aliases or people)


def entry_of(told: Told) -> Entry:
    """Return the entry that a file tells."""
    within = told.inner("within")
    people = tuple(
        Holder(one.text("name"), one.text("title"), tuple(one.texts("aliases")), one.day("since"), one.day("until"))
        for one in told.each("people")
    )
    return Entry(told.text("name"), tuple(told.texts("aliases")), people, entry_of(within) if within else None)
