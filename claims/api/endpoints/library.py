"""The library as a whole: its history, what is kept twice, and what events have that it does not keep."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input, Named
from claims.api.writing import Written, reads, writes
from claims.models import LibraryChange
from claims.models.token import Scope
from claims.services.library.adopting import Unkept, adopt, unkept
from claims.services.library.merging import take_back_merge
from claims.services.library.twice import Twice, kept_twice
from claims.services.refusals import Refused


class ChangeFilters(Schema):
    """Which lines of the library's history."""

    party: Annotated[shapes.AnyKey, Field(description="The id of a party; 0 for any.")] = 0
    person: Annotated[shapes.AnyKey, Field(description="The id of a person; 0 for any.")] = 0
    what: Literal["", "kept", "changed", "merged", "parted", "apart", "linked", "loaded"] = ""


class KeptTwice(Schema):
    """Two entries of one ``kind`` ("party", "person") that may be the same, and by what."""

    kind: str
    one: Named
    other: Named
    why: str


class UnkeptSource(Schema):
    """A source of events that the library does not keep: its ids in them, and what would be kept."""

    name: str
    side: str
    sources: list[int]
    events: list[str]
    aliases: list[str]
    people: list[str]


class Taking(Input):
    """Sources of events, each by one of its ids."""

    sources: Annotated[list[shapes.Key], Field(min_length=1, max_length=500)]


class Taken(Schema):
    """The parties that the sources are linked to now."""

    parties: list[Named]


@router.get("/library/changes", response=Page[shapes.LibraryChange], tags=["library"])
def library_changes(
    request: HttpRequest, filters: Query[ChangeFilters], paging: Query[Paging]
) -> Page[shapes.LibraryChange]:
    """List the library's history, the newest first."""
    rows = LibraryChange.objects.select_related("actor").order_by("-pk")
    if filters.party:
        rows = rows.filter(party=filters.party)
    if filters.person:
        rows = rows.filter(person=filters.person)
    if filters.what:
        rows = rows.filter(what=filters.what)
    return paged(request, rows, paging, shapes.LibraryChange.of)


@router.post(
    "/library/changes/{pk}/undo",
    response=shapes.LibraryChange,
    tags=["library"],
    **writes(Scope.EDIT, "claims.change_party"),
)
def library_part(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Take a merge back: the other entry stands by itself again, with what it had."""
    take_back_merge(get_object_or_404(LibraryChange, pk=pk), access_of(request).person)
    return Written(shapes.LibraryChange.of(LibraryChange.objects.select_related("actor").get(pk=pk)))


@router.get("/library/twice", response=list[KeptTwice], tags=["library"], **reads("claims.change_party"))
def library_twice(request: HttpRequest) -> list[KeptTwice]:
    """List entries that are perhaps the same, to be merged or said to be two: twenty at most."""
    return [_twice(one) for one in kept_twice()]


@router.get("/library/unkept", response=Page[UnkeptSource], tags=["library"], **reads("claims.change_party"))
def library_unkept(request: HttpRequest, paging: Query[Paging]) -> Page[UnkeptSource]:
    """List the sources of events that the library does not keep, those of most events first."""
    return paged(request, unkept(), paging, _unkept)


@router.post("/library/take", response={201: Taken}, tags=["library"], **writes(Scope.EDIT, "claims.add_party"))
def library_take(request: HttpRequest, told: Taking) -> Written:
    """Keep sources of events in the library, by the names that the events have, and link them to it."""
    wanted, person = set(told.sources), access_of(request).person
    found = [one for one in unkept() if any(row.pk in wanted for row in one.rows)]
    if not found:
        raise Refused({"sources": "The library keeps these already, or there are none of these ids."})
    parties = [adopt(one, person) for one in found]
    return Written(Taken(parties=[Named(id=one.pk, name=one.label) for one in parties]), 201)


def _twice(row: Twice) -> KeptTwice:
    one, other = (Named(id=entry.pk, name=str(entry)) for entry in (row.one, row.other))
    return KeptTwice(kind=row.kind, one=one, other=other, why=row.why)


def _unkept(row: Unkept) -> UnkeptSource:
    draft = row.draft()
    return UnkeptSource(
        name=row.name,
        side=row.side,
        sources=[one.pk for one in row.rows],
        events=[one.event.slug for one in row.rows],
        aliases=list(draft.aliases),
        people=[f"{term.title} {term.name}".strip() for term in draft.terms],
    )
