"""Parties of the library: states, bodies and offices with the people who hold them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, check_unchanged, conditional
from claims.api.endpoints.editing import Name, Names
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, writes
from claims.models import Event, Party
from claims.models.token import Scope
from claims.services.analyse import request_run
from claims.services.library.keeping import PartyDraft, TermDraft, add_party, change_party, keep_apart
from claims.services.library.merging import merge_parties
from claims.services.library.taking import reached_by
from claims.services.refusals import Refused

_CHANGE = "claims.change_party"
MOST_TERMS = 100


class PartyFilters(Schema):
    """Which parties; those that belong to nothing and those within them alike."""

    q: Annotated[shapes.Word, Field(description="Words in the name, in what it is within, its parts or people.")] = ""
    within: Annotated[shapes.AnyKey, Field(description="The id of what they are within; 0 for any.")] = 0


class NewTerm(Input):
    """Somebody's time in an office; ``id`` is that of the term that it changes, null for a new one."""

    name: Name
    title: Annotated[shapes.Word, Field(max_length=120)] = ""
    since: dt.date | None = None
    until: dt.date | None = None
    id: shapes.Key | None = None

    def draft(self) -> TermDraft:
        """Return it as the services take it."""
        return TermDraft(self.name, self.title, self.since, self.until, term=self.id)


class NewParty(Input):
    """A party with all the people that it is to have; what it is ``within`` is kept too, where it is not yet."""

    name: Name
    within: shapes.Word = ""
    aliases: Names = []
    terms: Annotated[list[NewTerm], Field(max_length=MOST_TERMS)] = []

    def draft(self) -> PartyDraft:
        """Return it as the services take it."""
        return PartyDraft(self.name, self.within, tuple(self.aliases), [term.draft() for term in self.terms])


class Other(Input):
    """The other entry."""

    other: shapes.Key


class ToRead(Schema):
    """The events that are read now."""

    events: list[str]


@router.get("/parties", response=Page[shapes.PartyLine], tags=["library"])
def party_list(request: HttpRequest, filters: Query[PartyFilters], paging: Query[Paging]) -> Page[shapes.PartyLine]:
    """List the parties of the library by name."""
    rows = Party.objects.search(filters.q).standing().select_related("within").counted().order_by("folded", "pk")
    if filters.within:
        rows = rows.filter(within=filters.within)
    return paged(request, rows, paging, shapes.PartyLine.of)


@router.get("/parties/{pk}", response=shapes.Party, tags=["library"], openapi_extra=IF_NONE_MATCH)
def party(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a party with its people; one that was merged names what it is part of."""
    return conditional(request, _shown(pk))


@router.post("/parties", response={201: shapes.Party}, tags=["library"], **writes(Scope.EDIT, "claims.add_party"))
def party_add(request: HttpRequest, told: NewParty) -> Written:
    """Keep a party with its people."""
    made = add_party(told.draft(), access_of(request).person)
    return Written(_shown(made.pk), 201, f"/api/v1/parties/{made.pk}")


@router.put("/parties/{pk}", response=shapes.Party, tags=["library"], **writes(Scope.EDIT, _CHANGE, if_match=True))
def party_change(request: HttpRequest, pk: Path[shapes.Key], told: NewParty) -> Written:
    """Change a party and its people; events take it over when they are next read."""
    row = _unchanged(request, pk)
    change_party(row, told.draft(), access_of(request).person, version=row.version)
    return Written(_shown(pk))


@router.post(
    "/parties/{pk}/merge", response=shapes.Party, tags=["library"], **writes(Scope.EDIT, _CHANGE, if_match=True)
)
def party_merge(request: HttpRequest, pk: Path[shapes.Key], told: Other) -> Written:
    """Merge another party into this one, which gets all that it had. ``/library/changes/{pk}/undo`` takes it back."""
    merge_parties(_unchanged(request, pk), _other(told), access_of(request).person)
    return Written(_shown(pk))


@router.post("/parties/{pk}/apart", response=shapes.Party, tags=["library"], **writes(Scope.EDIT, _CHANGE))
def party_apart(request: HttpRequest, pk: Path[shapes.Key], told: Other) -> Written:
    """Say that two parties are not the same, so that they are not proposed to be merged again."""
    one, other = get_object_or_404(Party.objects.standing(), pk=pk), _other(told)
    if one.pk == other.pk:
        raise Refused({"other": "These are one. Choose another."})
    keep_apart(one, other, access_of(request).person)
    return Written(_shown(pk))


@router.post("/parties/{pk}/read", response={202: ToRead}, tags=["library"], **writes(Scope.EDIT, _CHANGE))
def party_read(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Have the events read now that changes of a party have reached."""
    shown = get_object_or_404(Party.objects.standing(), pk=pk)
    events = Event.objects.filter(sources__in=reached_by([shown]).filter(outdated=True)).distinct().order_by("pk")
    for event in events:
        request_run(event)
    return Written(ToRead(events=[event.slug for event in events]), 202)


def _shown(pk: int) -> shapes.Party:
    return shapes.Party.of(get_object_or_404(Party.objects.select_related("within"), pk=pk))


def _other(told: Other) -> Party:
    found = Party.objects.standing().filter(pk=told.other).first()
    if found is None:
        raise Refused({"other": "There is no such party, or it was merged meanwhile."})
    return found


def _unchanged(request: HttpRequest, pk: int) -> Party:
    """Return a party, locked, that stands as whoever edits it saw it."""
    row = get_object_or_404(Party.objects.select_for_update(of=("self",)).select_related("within"), pk=pk)
    check_unchanged(request, shapes.Party.of(row))
    if row.merged_into_id:
        raise Refused({"": f"This is part of party {row.merged_into_id} now. Change that one."})
    return row
