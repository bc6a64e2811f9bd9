"""What an entry of the library gives a source of one event: its names, and those of who held office on that day.

An entry is a state, a body or an office that is kept once and serves many events. Whoever held an office at another
time is left out: a text of 2010 means somebody else by "the president" than one of 2025.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from . import naming


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office from one day to another, both included; a day that is not known is None."""

    name: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    def holds_at(self, day: dt.date | None) -> bool:
        """Tell whether the person held it on a day; where that is not known, whether the person holds it still."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    """A state, a body or an office: what it is called, who holds it, and what it belongs to."""

    name: str
    aliases: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()
    within: Entry | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What a source gets from the library, as ``structures.Source`` takes it."""

    aliases: tuple[str, ...] = ()
    spokespeople: tuple[str, ...] = ()


def names_at(entry: Entry, day: dt.date | None, *, whole: bool = True, taken: Iterable[str] = ()) -> Names:
    """Return the names that an entry gives a source of an event on a day.

    Args:
        whole: with the names of what the entry belongs to; False where another source of the event belongs to it too,
            and they would stand for both.
        taken: names of the event's other sources, which stay theirs.
    """
    entries = [entry] if entry.within is None or not whole else [entry, entry.within]
    aliases = [alias for one in entries for alias in one.aliases]
    speaking: list[str] = []
    if len(entries) > 1:
        aliases.append(entries[1].name)
    for holder in (one for each in entries for one in each.holders if one.holds_at(day)):
        titled = _titled(holder)
        (speaking if titled else aliases).append(titled or holder.name)
        aliases += holder.aliases
    kept = {name.casefold() for name in taken}
    return Names(_once(aliases, kept), _once(speaking, kept))


def people_in(aliases: Iterable[str], spokespeople: Iterable[str]) -> tuple[tuple[str, ...], tuple[Holder, ...]]:
    """Tell apart what an event's source is called: names of its own, and people with their titles.

    A surname alone of somebody who is named in full is no name of the source: it follows from the full one.
    """
    found: dict[str, Holder] = {}
    own = []
    for alias in aliases:
        title, name = naming.split_title(alias)
        if title:
            found.setdefault(name, Holder(name, title))
        else:
            own.append(alias)
    for listed in spokespeople:
        title, name = naming.split_title(listed)
        known = found.get(name)
        found[name] = known if known and known.title else Holder(name, title or "Spokesperson")
    people = tuple(holder for holder in found.values() if not _is_part(holder, found.values()))
    parts = {word for holder in people for word in holder.name.split()}
    return tuple(alias for alias in dict.fromkeys(own) if alias not in parts), people


def _is_part(holder: Holder, others: Iterable[Holder]) -> bool:
    """Tell whether somebody is named by surname alone who is named in full too."""
    return any(len(other.name) > len(holder.name) and naming.surname(other.name) == holder.name for other in others)


def _titled(holder: Holder) -> str:
    """Return the person after the title, where that is read as one; "" where it would be taken for part of the name."""
    titled = f"{holder.title} {holder.name}"
    return titled if holder.title and naming.split_title(titled)[1] == naming.fold(holder.name) else ""


def _once(names: Iterable[str], kept: set[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name and name.casefold() not in kept)
