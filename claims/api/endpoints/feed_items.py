"""Items of feeds: taken into an event, dismissed, or to be decided on again."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.endpoints.drafts import shown_draft
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, reads, slow, writes
from claims.models import Event, FeedItem
from claims.models.token import Scope
from claims.services.feeds.deciding import accept_item, dismiss_all, dismiss_item, take_back
from claims.services.refusals import Refused

_VIEW, _CHANGE = "claims.view_feed", "claims.change_feed"


class ItemFilters(Schema):
    """Which items; those that wait for a decision unless ``state`` says otherwise."""

    feed: Annotated[shapes.AnyKey, Field(description="The id of a feed; 0 for any.")] = 0
    state: Literal["", "new", "accepted", "dismissed"] = "new"
    event: Annotated[shapes.Word, Field(description="The slug of an event: taken into it, or proposed for it.")] = ""


class Destination(Input):
    """The slug of the event that an item belongs to."""

    event: shapes.Slug


class Items(Input):
    """Several items."""

    items: Annotated[list[shapes.Key], Field(min_length=1, max_length=500)]


class Dismissed(Schema):
    """How many items were dismissed; those that were decided on before are left alone."""

    dismissed: int


@router.get("/feed-items", response=Page[shapes.FeedItem], tags=["feeds"], **reads(_VIEW))
def item_list(request: HttpRequest, filters: Query[ItemFilters], paging: Query[Paging]) -> Page[shapes.FeedItem]:
    """List items, the newest first, with the events that they may belong to."""
    rows = FeedItem.objects.listed()
    if filters.feed:
        rows = rows.filter(feed=filters.feed)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.event:
        proposed = FeedItem.objects.filter(matches__event__slug=filters.event).values("pk")
        rows = rows.filter(event__slug=filters.event) | rows.filter(event__isnull=True, pk__in=proposed)
    return paged(request, rows, paging, shapes.FeedItem.of)


# Before the address of one item, which this would be taken for.
@router.post("/feed-items/dismiss", response=Dismissed, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
def items_dismiss(request: HttpRequest, told: Items) -> Written:
    """Let all of these items be that still wait."""
    return Written(Dismissed(dismissed=dismiss_all(told.items, access_of(request).person)))


@router.get("/feed-items/{pk}", response=shapes.FeedItem, tags=["feeds"], **reads(_VIEW))
def item(request: HttpRequest, pk: Path[shapes.Key]) -> shapes.FeedItem:
    """Show an item, and what became of it."""
    return _shown(pk)


@router.post("/feed-items/{pk}/accept", response={201: shapes.Draft}, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
@slow
def item_accept(request: HttpRequest, pk: Path[shapes.Key], told: Destination) -> Written:
    """Fetch an item's page for an event; it waits there as a draft, to be looked through and added."""
    found = get_object_or_404(FeedItem.objects.select_related("feed"), pk=pk)
    event = Event.objects.filter(slug=told.event).first()
    if event is None:
        raise Refused({"event": "There is no such event."})
    made = accept_item(found, event, access_of(request).person)
    return Written(shown_draft(made.pk), 201, f"/api/v1/drafts/{made.pk}")


@router.post("/feed-items/{pk}/dismiss", response=shapes.FeedItem, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
def item_dismiss(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Let an item be."""
    dismiss_item(get_object_or_404(FeedItem, pk=pk), access_of(request).person)
    return Written(_shown(pk))


@router.post("/feed-items/{pk}/reopen", response=shapes.FeedItem, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
def item_reopen(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Have a dismissed item wait for a decision again."""
    take_back(get_object_or_404(FeedItem, pk=pk))
    return Written(_shown(pk))


def _shown(pk: int) -> shapes.FeedItem:
    return shapes.FeedItem.of(get_object_or_404(FeedItem.objects.listed(), pk=pk))
