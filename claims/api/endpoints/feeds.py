"""Feeds: which addresses are watched and how, and the rules for their items."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, check_unchanged, conditional
from claims.api.endpoints.editing import Name, WebAddress
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, reads, writes
from claims.models import Event, Feed, FeedRule
from claims.models.token import Scope
from claims.services.feeds.ruling import make_rule, switch_rule, tried
from claims.services.feeds.watching import add_feed, change_feed, fetch_soon
from claims.services.refusals import Refused

_VIEW, _CHANGE = "claims.view_feed", "claims.change_feed"


class NewFeed(Input):
    """How a feed is watched: an empty ``title`` is the feed's own, an empty ``publisher`` what its pages say."""

    address: Annotated[WebAddress, Field(min_length=1)]
    title: shapes.Word = ""
    publisher: shapes.Word = ""
    every_minutes: Literal[15, 60, 360, 1440] = 60
    active: bool = True


class NewRule(Input):
    """Parties that an item has to name, all of them, and the slug of the event that it goes to; null for a new one."""

    names: Annotated[list[Name], Field(min_length=1, max_length=20)]
    event: shapes.Slug | None = None


class Switching(Input):
    """Whether a rule acts on the items that come from now on."""

    active: bool


@router.get("/feeds", response=Page[shapes.Feed], tags=["feeds"], **reads(_VIEW))
def feed_list(request: HttpRequest, paging: Query[Paging]) -> Page[shapes.Feed]:
    """List the feeds with what came of each."""
    return paged(request, Feed.objects.listed().select_related("by"), paging, shapes.Feed.of)


@router.get("/feeds/{pk}", response=shapes.Feed, tags=["feeds"], **reads(_VIEW, **IF_NONE_MATCH))
def feed(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a feed; its items are ``/feed-items?feed=``."""
    return conditional(request, _shown(pk))


@router.post("/feeds", response={201: shapes.Feed}, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
def feed_add(request: HttpRequest, told: NewFeed) -> Written:
    """Watch an address from now on; it is fetched as soon as a worker is free."""
    try:
        made = add_feed(access_of(request).person, **_fields(told))
    except Refused as refused:
        raise _named(refused) from None
    return Written(_shown(made.pk), 201, f"/api/v1/feeds/{made.pk}")


@router.put("/feeds/{pk}", response=shapes.Feed, tags=["feeds"], **writes(Scope.EDIT, _CHANGE, if_match=True))
def feed_change(request: HttpRequest, pk: Path[shapes.Key], told: NewFeed) -> Written:
    """Change how a feed is watched, or no longer watch it."""
    get_object_or_404(Feed.objects.select_for_update(), pk=pk)
    check_unchanged(request, _shown(pk))
    try:
        change_feed(Feed.objects.get(pk=pk), **_fields(told))
    except Refused as refused:
        raise _named(refused) from None
    return Written(_shown(pk))


@router.post("/feeds/{pk}/fetch", response={202: shapes.Feed}, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
def feed_fetch(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Have a worker fetch a feed now."""
    fetch_soon(get_object_or_404(Feed, pk=pk))
    return Written(_shown(pk), 202, f"/api/v1/feeds/{pk}")


@router.get("/feeds/{pk}/rules", response=Page[shapes.FeedRule], tags=["feeds"], **reads(_VIEW))
def rule_list(request: HttpRequest, pk: Path[shapes.Key], paging: Query[Paging]) -> Page[shapes.FeedRule]:
    """List the rules of a feed."""
    rows = get_object_or_404(Feed, pk=pk).rules.select_related("event", "by").order_by("pk")
    return paged(request, rows, paging, shapes.FeedRule.of)


@router.post("/feeds/{pk}/rules", response={201: shapes.TriedRule}, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
def rule_add(request: HttpRequest, pk: Path[shapes.Key], told: NewRule) -> Written:
    """Make a rule, switched off; ``fits`` are the items that it would have taken."""
    event = Event.objects.filter(slug=told.event).first() if told.event else None
    if told.event and event is None:
        raise Refused({"event": "There is no such event. Leave it out for a new one."})
    made = make_rule(get_object_or_404(Feed, pk=pk), access_of(request).person, wanted=told.names, event=event)
    return Written(_rule(made.pk), 201, f"/api/v1/feed-rules/{made.pk}")


@router.get("/feed-rules/{pk}", response=shapes.TriedRule, tags=["feeds"], **reads(_VIEW))
def rule(request: HttpRequest, pk: Path[shapes.Key]) -> shapes.TriedRule:
    """Show a rule: the newest items that it fits, and each time that it acted."""
    return _rule(pk)


@router.post("/feed-rules/{pk}/switch", response=shapes.TriedRule, tags=["feeds"], **writes(Scope.EDIT, _CHANGE))
def rule_switch(request: HttpRequest, pk: Path[shapes.Key], told: Switching) -> Written:
    """Switch a rule on or off."""
    switch_rule(get_object_or_404(FeedRule, pk=pk), on=told.active)
    return Written(_rule(pk))


def _shown(pk: int) -> shapes.Feed:
    return shapes.Feed.of(get_object_or_404(Feed.objects.listed().select_related("by"), pk=pk))


def _rule(pk: int) -> shapes.TriedRule:
    row = get_object_or_404(FeedRule.objects.select_related("feed", "event", "by"), pk=pk)
    return shapes.TriedRule.with_items(row, tried(row))


def _fields(told: NewFeed) -> dict[str, Any]:
    return told.dict(exclude={"address"}) | {"url": told.address}


def _named(refused: Refused) -> Refused:
    """Return a refusal by the names that the API has for fields."""
    return Refused({"address" if key == "url" else key: text for key, text in refused.problems.items()})
