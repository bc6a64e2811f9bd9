"""Names that texts use and nobody listed: accepted for a source, dismissed, or proposed again."""

from __future__ import annotations

from typing import Annotated, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, reads, writes
from claims.models import Source, SuggestedName
from claims.models.token import Scope
from claims.services.refusals import Refused
from claims.services.suggesting import accept_name, dismiss_name, reopen_name

_CHANGE = "claims.change_source"


class NameFilters(Schema):
    """Which suggested names."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    source: Annotated[shapes.AnyKey, Field(description="The id of a likely source; 0 for any.")] = 0
    article: Annotated[shapes.AnyKey, Field(description="The id of an article; 0 for any.")] = 0
    state: Literal["", "open", "accepted", "dismissed"] = "open"


class Accepting(Input):
    """Whose name it is; ``everywhere`` keeps it in the library, for all events that use the source's entry."""

    source: shapes.Key
    everywhere: bool = False


@router.get("/names", response=Page[shapes.SuggestedName], tags=["names"], **reads(_CHANGE))
def name_list(request: HttpRequest, filters: Query[NameFilters], paging: Query[Paging]) -> Page[shapes.SuggestedName]:
    """List names that texts use for a source and that nobody listed, with the sentences that they stand in."""
    rows = SuggestedName.objects.whole()
    if filters.event:
        rows = rows.filter(event__slug=filters.event)
    if filters.source:
        rows = rows.filter(sources=filters.source)
    if filters.article:
        rows = rows.filter(places__article=filters.article).distinct()
    if filters.state:
        rows = rows.filter(state=filters.state)
    return paged(request, rows.order_by("-count", "words", "pk"), paging, shapes.SuggestedName.of)


@router.post("/names/{pk}/accept", response=shapes.SuggestedName, tags=["names"], **writes(Scope.EDIT, _CHANGE))
def name_accept(request: HttpRequest, pk: Path[shapes.Key], told: Accepting) -> Written:
    """Make the words a name of a source; what holds them is read again."""
    access, found = access_of(request), get_object_or_404(SuggestedName.objects.select_related("event"), pk=pk)
    if told.everywhere and not access.user.has_perm("claims.change_party"):
        raise PermissionDenied
    rows = Source.objects.select_related("event", "entry")
    source = rows.filter(pk=told.source, event=found.event_id).first()
    if source is None:
        raise Refused({"source": "Choose one of this event's sources."})
    if told.everywhere and source.entry is None:
        raise Refused({"everywhere": "This source is not of the library. Leave “everywhere” out, or link it first."})
    accept_name(found, source, access.person, everywhere=told.everywhere)
    return _stands(pk)


@router.post("/names/{pk}/dismiss", response=shapes.SuggestedName, tags=["names"], **writes(Scope.EDIT, _CHANGE))
def name_dismiss(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Say that the words name none of the event's sources; they are not proposed there again."""
    dismiss_name(get_object_or_404(SuggestedName, pk=pk), access_of(request).person)
    return _stands(pk)


@router.post("/names/{pk}/reopen", response=shapes.SuggestedName, tags=["names"], **writes(Scope.EDIT, _CHANGE))
def name_reopen(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Take a dismissal back: the name waits for a decision again."""
    reopen_name(get_object_or_404(SuggestedName, pk=pk))
    return _stands(pk)


def _stands(pk: int) -> Written:
    return Written(shapes.SuggestedName.of(SuggestedName.objects.whole().get(pk=pk)))
