"""Keep parties and people: add, change, and say that two are not the same. Each is a line of the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from claims.models import LibraryChange, Party, Person, Term
from claims.models.library import LONGEST_TOLD, folded
from claims.services.library.taking import tell_events
from claims.services.refusals import Refused, Stale

_What = LibraryChange.What
Kept = TypeVar("Kept", Party, Person)


@dataclass(frozen=True, slots=True)
class TermDraft:
    """Somebody's time in an office as typed. ``term`` is the row that it changes, or None for a new one."""

    name: str
    title: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    aliases: tuple[str, ...] = ()
    term: int | None = None


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A party as typed; ``terms`` are all that it is to have."""

    name: str
    within: str = ""
    aliases: tuple[str, ...] = ()
    terms: Sequence[TermDraft] = field(default_factory=tuple)


@transaction.atomic
def add_party(draft: PartyDraft, by: AbstractBaseUser | None, what: LibraryChange.What = _What.KEPT) -> Party:
    """Keep a party with its people. What it is within is kept too, where it is not yet.

    Raises:
        Refused: if it has no name, if it is kept already, or for what is wrong with its people.
    """
    party = Party(name=draft.name.strip(), aliases=_clean(draft.aliases), within=_within(draft, by))
    _check_name(party)
    party.save()
    _store_terms(party, draft.terms, by)
    note(party, by, what, after=told_of(party))
    return party


@transaction.atomic
def change_party(party: Party, draft: PartyDraft, by: AbstractBaseUser, *, version: int) -> Party:
    """Change a party and its people; the events that use it take it over when they are next read.

    Raises:
        Stale: if somebody changed it since ``version``.
        Refused: as ``add_party``.
    """
    party = _standing(Party.objects.select_related("within"), party, version)
    before = told_of(party)
    party.name, party.aliases, party.within = draft.name.strip(), _clean(draft.aliases), _within(draft, by)
    _check_name(party)
    if party.within and party.parts.filter(merged_into__isnull=True).exists():
        problem = gettext("Others are within %(party)s, so it cannot be within %(within)s. Empty this field.") % {
            "party": party.name,
            "within": party.within.name,
        }
        raise Refused({"within": problem})
    party.version += 1
    party.save()
    _store_terms(party, draft.terms, by)
    after = told_of(party)
    if after != before:
        note(party, by, _What.CHANGED, before=before, after=after)
        tell_events([party])
    return party


@transaction.atomic
def add_alias(party: Party, alias: str, by: AbstractBaseUser) -> None:
    """Give a party one more name; the events that use it take it over when they are next read."""
    party = Party.objects.select_for_update().get(pk=party.pk)
    if folded(alias) in map(folded, (party.name, *party.aliases)):
        return
    before = told_of(party)
    party.aliases, party.version = [*party.aliases, alias], party.version + 1
    party.save()
    note(party, by, _What.CHANGED, before=before, after=told_of(party))
    tell_events([party])


@transaction.atomic
def change_person(person: Person, by: AbstractBaseUser, *, name: str, aliases: Sequence[str], version: int) -> Person:
    """Change what somebody is called.

    Raises:
        Stale: if somebody changed it since ``version``.
        Refused: if no name is left.
    """
    person = _standing(Person.objects.all(), person, version)
    if not name.strip():
        raise Refused({"name": gettext("Everybody needs a name.")})
    before = told_of_person(person)
    person.name, person.aliases, person.version = name.strip(), _clean(aliases), person.version + 1
    person.save()
    if (after := told_of_person(person)) != before:
        note(person, by, _What.CHANGED, before=before, after=after)
        tell_events(people=[person])
    return person


@transaction.atomic
def keep_apart(one: Kept, other: Kept, by: AbstractBaseUser) -> None:
    """Say that two entries are not the same, so that they are not suggested to be merged again."""
    one.apart.add(other)
    note(one, by, _What.APART, after=str(other))
    note(other, by, _What.APART, after=str(one))


def note_taken(party: Party, by: AbstractBaseUser | None, event: str) -> None:
    """Write down that an event takes its source from here."""
    note(party, by, _What.LINKED, after=event)


def told_of(party: Party) -> str:
    """Tell a party in one line, as the history shows it."""
    people = ", ".join(_told_of_term(term) for term in party.terms.select_related("person").order_by("pk"))
    parts = [party.label, f"also {', '.join(party.aliases)}" if party.aliases else "", people]
    return "; ".join(filter(None, parts))


def told_of_person(person: Person) -> str:
    """Tell a person in one line, as the history shows it."""
    return "; ".join(filter(None, [person.name, f"also {', '.join(person.aliases)}" if person.aliases else ""]))


def _told_of_term(term: Term) -> str:
    ends = f" ({term.since or '…'} to {term.until or '…'})" if term.since or term.until else ""
    return f"{term.title} {term.person.name}".strip() + ends


def _standing(rows: QuerySet[Kept], entry: Kept, version: int) -> Kept:
    found = rows.select_for_update(of=("self",)).get(pk=entry.pk)
    if found.version != version or found.merged_into_id:
        raise Stale(gettext("%(found)s was changed meanwhile by somebody else.") % {"found": found.name})
    return found


def _within(draft: PartyDraft, by: AbstractBaseUser | None) -> Party | None:
    """Return what the party is to be within, which is kept now where it is not yet."""
    name = draft.within.strip()
    if not name or folded(name) == folded(draft.name):
        return None
    found = Party.objects.standing().filter(folded=folded(name), within__isnull=True).first()
    return found or add_party(PartyDraft(name), by)


def _check_name(party: Party) -> None:
    if not folded(party.name):
        raise Refused({"name": gettext("Give it a name, for instance “Kremlin”.")})
    same = Party.objects.standing().filter(folded=folded(party.name), within=party.within).exclude(pk=party.pk)
    if same.exists():
        raise Refused(
            {
                "name": gettext("%(label)s is in the library already. Change that one, or give this another name.")
                % {"label": party.label}
            }
        )


def _store_terms(party: Party, drafts: Sequence[TermDraft], by: AbstractBaseUser | None) -> None:
    """Make the party's terms those of the drafts; a term that is not among them goes."""
    for draft in drafts:
        _check_term(draft)
    known = {term.pk: term for term in party.terms.select_related("person")}
    party.terms.exclude(pk__in=[draft.term for draft in drafts if draft.term]).delete()
    for draft in drafts:
        term = known.get(draft.term or 0) or Term(party=party, person=_person(draft, by))
        if folded(draft.name) != folded(term.person.name):
            term.person = _person(draft, by)  # another name in a row that was there: somebody else held the office
        term.title, term.since, term.until = draft.title.strip(), draft.since, draft.until
        term.save()


def _person(draft: TermDraft, by: AbstractBaseUser | None) -> Person:
    """Return the one person who is kept under this name, or keep them now."""
    found = list(Person.objects.filter(folded=folded(draft.name), merged_into__isnull=True)[:2])
    if len(found) == 1:
        return found[0]
    person = Person.objects.create(name=draft.name.strip(), aliases=_clean(draft.aliases))
    note(person, by, _What.KEPT, after=told_of_person(person))
    return person


def _check_term(draft: TermDraft) -> None:
    if not folded(draft.name):
        raise Refused(
            {"terms": gettext("Somebody in the list of people has a title or dates, and no name. Type the name.")}
        )
    if draft.since and draft.until and draft.until < draft.since:
        raise Refused(
            {
                "terms": gettext("%(draft)s leaves the office before taking it. Look at the two dates.")
                % {"draft": draft.name}
            }
        )


def _clean(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def note(
    entry: Party | Person,
    by: AbstractBaseUser | None,
    what: LibraryChange.What,
    *,
    before: str = "",
    after: str = "",
    moved: dict[str, Any] | None = None,
) -> None:
    """Write a line of the history."""
    LibraryChange.objects.create(
        party=entry if isinstance(entry, Party) else None,
        person=entry if isinstance(entry, Person) else None,
        actor_id=by.pk if by else None,
        what=what,
        before=before[:LONGEST_TOLD],
        after=after[:LONGEST_TOLD],
        moved=moved or {},
    )
