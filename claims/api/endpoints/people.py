"""People of the library: what they are called, and the offices that they hold."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, check_unchanged, conditional
from claims.api.endpoints.editing import Name, Names
from claims.api.endpoints.parties import Other
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, writes
from claims.models import Person, Term
from claims.models.library import folded
from claims.models.token import Scope
from claims.services.library.keeping import change_person, keep_apart
from claims.services.library.merging import merge_people
from claims.services.refusals import Refused

_CHANGE = "claims.change_person"


class PersonFilters(Schema):
    """Which people."""

    q: Annotated[shapes.Word, Field(description="Words of the name.")] = ""
    party: Annotated[shapes.AnyKey, Field(description="The id of an office; 0 for any.")] = 0


class NewNames(Input):
    """What somebody is called."""

    name: Name
    aliases: Names = []


@router.get("/people", response=Page[shapes.Person], tags=["library"])
def person_list(request: HttpRequest, filters: Query[PersonFilters], paging: Query[Paging]) -> Page[shapes.Person]:
    """List the people of the library by name. They come in with the party whose office they hold."""
    rows = _rows().filter(merged_into__isnull=True).order_by("folded", "pk")
    for word in folded(filters.q).split():
        rows = rows.filter(folded__contains=word)
    if filters.party:
        rows = rows.filter(pk__in=Term.objects.filter(party=filters.party).values("person"))
    return paged(request, rows, paging, shapes.Person.of)


@router.get("/people/{pk}", response=shapes.Person, tags=["library"], openapi_extra=IF_NONE_MATCH)
def person(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a person with the offices that they hold."""
    return conditional(request, _shown(pk))


@router.put("/people/{pk}", response=shapes.Person, tags=["library"], **writes(Scope.EDIT, _CHANGE, if_match=True))
def person_change(request: HttpRequest, pk: Path[shapes.Key], told: NewNames) -> Written:
    """Change what somebody is called."""
    row = _unchanged(request, pk)
    change_person(row, access_of(request).person, name=told.name, aliases=told.aliases, version=row.version)
    return Written(_shown(pk))


@router.post(
    "/people/{pk}/merge", response=shapes.Person, tags=["library"], **writes(Scope.EDIT, _CHANGE, if_match=True)
)
def person_merge(request: HttpRequest, pk: Path[shapes.Key], told: Other) -> Written:
    """Merge another entry of this person into it, with its offices."""
    merge_people(_unchanged(request, pk), _other(told), access_of(request).person)
    return Written(_shown(pk))


@router.post("/people/{pk}/apart", response=shapes.Person, tags=["library"], **writes(Scope.EDIT, _CHANGE))
def person_apart(request: HttpRequest, pk: Path[shapes.Key], told: Other) -> Written:
    """Say that two entries are two people, so that they are not proposed to be merged again."""
    one, other = get_object_or_404(Person, pk=pk, merged_into__isnull=True), _other(told)
    if one.pk == other.pk:
        raise Refused({"other": "This is one person. Choose another."})
    keep_apart(one, other, access_of(request).person)
    return Written(_shown(pk))


def _rows() -> QuerySet[Person]:
    terms = Term.objects.select_related("person", "party__within")
    return Person.objects.prefetch_related(Prefetch("terms", terms))


def _shown(pk: int) -> shapes.Person:
    return shapes.Person.of(get_object_or_404(_rows(), pk=pk))


def _other(told: Other) -> Person:
    found = Person.objects.filter(pk=told.other, merged_into__isnull=True).first()
    if found is None:
        raise Refused({"other": "There is no such person, or the entry was merged meanwhile."})
    return found


def _unchanged(request: HttpRequest, pk: int) -> Person:
    """Return a person, locked, who stands as whoever edits the entry saw it."""
    row = get_object_or_404(Person.objects.select_for_update(), pk=pk)
    check_unchanged(request, _shown(pk))
    if row.merged_into_id:
        raise Refused({"": f"This is person {row.merged_into_id} now. Change that entry."})
    return row
