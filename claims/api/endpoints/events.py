"""Events, how far the worker is with them, and their sources, articles and comparisons."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, conditional
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.models import Article, Comparison, Event, Source
from claims.models.comparison import Lone

_ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (F("date").desc(nulls_last=True), "-pk"),
    "oldest": (F("date").asc(nulls_last=True), "pk"),
    "title": ("title", "pk"),
}


class EventFilters(Schema):
    """Which events, and in which order."""

    q: Annotated[shapes.Word, Field(description="Words in the title, a source's name or a side.")] = ""
    order: Literal["newest", "oldest", "title"] = "newest"


class OfEvent(Schema):
    """Those of one event, or of a source."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    source: Annotated[shapes.Word, Field(description="The slug of a source.")] = ""


class SourceFilters(Schema):
    """Which sources."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    party: shapes.Word = ""
    q: Annotated[shapes.Word, Field(description="Letters of the name.")] = ""


class Near(Schema):
    """A claim of the other side that came near and was not taken."""

    claim: shapes.ClaimLine
    score: float


class Only(Schema):
    """A claim that the other source has no counterpart for; ``silent_by`` are those who confirmed that."""

    claim: shapes.ClaimLine
    side: str
    silent_by: list[str]
    near: list[Near]


@router.get("/events", response=Page[shapes.EventLine], tags=["events"])
def events(request: HttpRequest, filters: Query[EventFilters], paging: Query[Paging]) -> Page[shapes.EventLine]:
    """List events."""
    rows = Event.objects.search(filters.q.strip()).listed(access_of(request).viewer)
    return paged(request, rows.order_by(*_ORDERS[filters.order]), paging, shapes.EventLine.of)


@router.get("/events/{slug}", response=shapes.Event, tags=["events"], openapi_extra=IF_NONE_MATCH)
def event(request: HttpRequest, slug: Path[shapes.Slug]) -> HttpResponse:
    """Show an event with its sources, articles and comparisons."""
    return conditional(request, shapes.Event.of(get_object_or_404(Event, slug=slug)))


@router.get("/events/{slug}/progress", response=shapes.Progress, tags=["events"])
def event_progress(request: HttpRequest, slug: Path[shapes.Slug]) -> shapes.Progress:
    """Say how far reading and comparing have come: ask again while ``under_way``."""
    return shapes.Progress.of(get_object_or_404(Event, slug=slug))


@router.get("/sources", response=Page[shapes.Source], tags=["sources"])
def sources(request: HttpRequest, filters: Query[SourceFilters], paging: Query[Paging]) -> Page[shapes.Source]:
    """List sources, event by event."""
    rows = Source.objects.select_related("event").order_by("event", "position", "pk")
    if filters.event:
        rows = rows.filter(event__slug=filters.event)
    if filters.party:
        rows = rows.filter(party__icontains=filters.party)
    if filters.q:
        rows = rows.filter(name__icontains=filters.q)
    return paged(request, rows, paging, shapes.Source.of)


@router.get("/sources/{pk}", response=shapes.Source, tags=["sources"], openapi_extra=IF_NONE_MATCH)
def source(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a source with its aliases and spokespeople."""
    return conditional(request, shapes.Source.of(source_or_404(pk)))


@router.get("/articles", response=Page[shapes.Article], tags=["articles"])
def articles(request: HttpRequest, filters: Query[OfEvent], paging: Query[Paging]) -> Page[shapes.Article]:
    """List articles without their texts; ``source`` is their publisher."""
    rows = Article.objects.select_related("event", "publisher").defer("text").order_by("pk")
    if filters.event:
        rows = rows.filter(event__slug=filters.event)
    if filters.source:
        rows = rows.filter(publisher__slug=filters.source)
    return paged(request, rows, paging, shapes.Article.of)


@router.get("/articles/{pk}", response=shapes.ArticleText, tags=["articles"], openapi_extra=IF_NONE_MATCH)
def article(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show an article with its text."""
    row = get_object_or_404(Article.objects.select_related("event", "publisher"), pk=pk)
    return conditional(request, shapes.ArticleText.of(row))


@router.get("/comparisons", response=Page[shapes.Comparison], tags=["comparisons"])
def comparisons(request: HttpRequest, filters: Query[OfEvent], paging: Query[Paging]) -> Page[shapes.Comparison]:
    """List comparisons; ``source`` is either of their two."""
    rows = Comparison.objects.select_related("event", "a", "b").order_by("event", "a__position", "b__position", "pk")
    if filters.event:
        rows = rows.filter(event__slug=filters.event)
    if filters.source:
        rows = rows.filter(a__slug=filters.source) | rows.filter(b__slug=filters.source)
    return paged(request, rows, paging, shapes.Comparison.of)


@router.get("/comparisons/{pk}", response=shapes.Comparison, tags=["comparisons"], openapi_extra=IF_NONE_MATCH)
def comparison(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a comparison; its pairs are ``/pairs?comparison=``, what one side is silent on is ``…/only``."""
    return conditional(request, shapes.Comparison.of(comparison_or_404(pk)))


@router.get("/comparisons/{pk}/only", response=Page[Only], tags=["comparisons"])
def only(request: HttpRequest, pk: Path[shapes.Key], paging: Query[Paging]) -> Page[Only]:
    """List the claims without a counterpart, with what came nearest."""
    found = comparison_or_404(pk)
    rows = Lone.objects.standing(access_of(request).viewer).filter(comparison=found).exported()
    return paged(request, rows, paging, _only)


def source_or_404(pk: int) -> Source:
    """Return a source with its event."""
    return get_object_or_404(Source.objects.select_related("event"), pk=pk)


def comparison_or_404(pk: int) -> Comparison:
    """Return a comparison with its event and its sources."""
    return get_object_or_404(Comparison.objects.select_related("event", "a", "b"), pk=pk)


def _only(row: Lone) -> Only:
    owner = row.claim.standing_source
    silences = [one for one in row.claim.silences.all() if one.comparison_id == row.comparison_id]
    return Only(
        claim=shapes.ClaimLine.of(row.claim),
        side="a" if owner is not None and owner.pk == row.comparison.a_id else "b",
        silent_by=[one.by.get_username() for one in silences],
        near=[Near(claim=shapes.ClaimLine.of(one.claim), score=one.score) for one in row.candidates.all()],
    )
