"""From the library into events: what an entry gives a source is stored with it when the event is read.

A change of the library only says so at the sources that it reaches (``Source.outdated``); the event's next reading
takes it over, so that nothing is read again behind anybody's back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from claims.analysis.library import Entry, Holder, names_at
from claims.models import Event, Party, Person, Source, Term
from claims.services.renaming import owe_for_names


def as_entry(party: Party, *, alone: bool = False) -> Entry:
    """Return a party as the analysis takes it; bring it with ``whole()`` where there are several."""
    within = None if alone or party.within is None else as_entry(party.within, alone=True)
    return Entry(party.name, tuple(party.aliases), tuple(map(as_holder, party.terms.all())), within)


def as_holder(term: Term) -> Holder:
    """Return a term as the analysis takes it."""
    return Holder(term.person.name, term.title, tuple(term.person.aliases), term.since, term.until)


def take_over(event: Event) -> bool:
    """Store with an event's sources what the library gives them now. Return whether anything changed.

    Where something did, what it touches is to be read again. Takes one query where no source is of the library, and a
    fixed number otherwise.
    """
    sources = list(event.sources.select_related("entry__within"))
    kept = [source for source in sources if source.entry_id]
    if not kept:
        return False
    parties = Party.objects.whole().in_bulk([source.entry_id for source in kept if source.entry_id])
    before = {source.pk: {*source.library_aliases, *source.library_spokespeople} for source in kept}
    changed = [source for source in kept if _take(source, parties, sources, event)]
    names = [
        name
        for source in changed
        for name in sorted(before[source.pk] ^ {*source.library_aliases, *source.library_spokespeople})
    ]
    with transaction.atomic():
        Source.objects.bulk_update(changed, ["library_aliases", "library_spokespeople"])
        Source.objects.filter(pk__in=[source.pk for source in kept]).update(outdated=False)
        owe_for_names(event, names)
    return bool(changed)


def _take(source: Source, parties: dict[int, Party], others: list[Source], event: Event) -> bool:
    """Set what the library gives a source; tell whether that is something else than before."""
    entry = parties[source.entry_id or 0]
    sides = Counter((other.entry.within_id or other.entry_id) for other in others if other.entry)
    shared = sides[entry.within_id or entry.pk] > 1
    taken = [source.name, source.party]
    for other in others:
        if other.pk != source.pk:
            taken += [other.name, *other.aliases, *other.spokespeople]
    names = names_at(as_entry(entry), event.date, whole=not shared, taken=taken)
    before = source.library_aliases, source.library_spokespeople
    source.library_aliases, source.library_spokespeople = list(names.aliases), list(names.spokespeople)
    return before != (source.library_aliases, source.library_spokespeople)


def reached_by(parties: Iterable[Party] = (), people: Iterable[Person] = ()) -> QuerySet[Source]:
    """Return the sources of events whose names these entries of the library give."""
    keys = {party.pk for party in parties}
    keys |= set(Term.objects.filter(person__in=list(people)).values_list("party", flat=True))
    return Source.objects.filter(Q(entry__in=keys) | Q(entry__within__in=keys))


def tell_events(parties: Iterable[Party] = (), people: Iterable[Person] = ()) -> None:
    """Say at the sources that these entries reach that the library has changed since they were read."""
    reached_by(parties, people).update(outdated=True)
