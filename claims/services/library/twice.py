"""Entries of the library that are perhaps the same, for a person to merge or to keep apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from django.utils.translation import gettext

from claims.analysis.countries import country
from claims.analysis.naming import fold, same_person, surname
from claims.models import Party, Person
from claims.models.library import folded

MOST_ALIKE = 30  # entries of one name that are held against each other: more are no accident of typing
Kept = TypeVar("Kept", Party, Person)


@dataclass(frozen=True, slots=True)
class Twice:
    """Two entries that may be one, and by what."""

    kind: str
    one: Party | Person
    other: Party | Person
    why: str


def kept_twice(*, most: int = 20) -> list[Twice]:
    """Return pairs of entries that are likely the same and that nobody told apart. Takes four queries."""
    found = {(one.kind, one.one.pk, one.other.pk): one for one in (*_people(), *_parties())}
    return list(found.values())[:most]


def _parties() -> Iterator[Twice]:
    standing = list(Party.objects.standing().select_related("within").prefetch_related("apart").order_by("pk"))
    by_name: dict[str, list[Party]] = defaultdict(list)
    for party in standing:
        for name in {folded(fold(name)) for name in (party.name, *party.aliases)}:
            by_name[name].append(party)
        known = country(party.name)
        if known is not None and party.within_id is None and party.name in known.names:
            by_name[f"state: {known.names[0]}"].append(party)
    for name, parties in by_name.items():
        for one, other in _apart(parties):
            sides = {one.within_id, other.within_id} - {None}
            if len(sides) < 2 and one.pk not in (other.within_id,) and other.pk not in (one.within_id,):
                yield Twice("party", one, other, _why(name))


def _people() -> Iterator[Twice]:
    standing = Person.objects.filter(merged_into__isnull=True).prefetch_related("apart", "terms").order_by("pk")
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for person in standing:
        by_surname[folded(surname(person.name))].append(person)
    for people in by_surname.values():
        for one, other in _apart(people):
            long, short = sorted((one.name, other.name), key=len, reverse=True)
            offices = {term.party_id for term in one.terms.all()} & {term.party_id for term in other.terms.all()}
            if folded(long) == folded(short):
                yield Twice("person", one, other, gettext("they have the same name"))
            elif offices and same_person(long, short):
                yield Twice(
                    "person", one, other, gettext("they hold the same office, and one name is part of the other")
                )


def _apart(entries: Iterable[Kept]) -> Iterator[tuple[Kept, Kept]]:
    unique = list(dict.fromkeys(entries))[:MOST_ALIKE]
    for one, other in combinations(unique, 2):
        if other not in one.apart.all():
            yield one, other


def _why(name: str) -> str:
    return (
        gettext("both are %(name)s") % {"name": name.removeprefix("state: ")}
        if name.startswith("state: ")
        else gettext("both are called “%(name)s”") % {"name": name}
    )
