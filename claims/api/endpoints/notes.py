"""Annotations and their threads."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, conditional
from claims.api.endpoints.pairs import Reasons
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.models import Annotation, Reply, Viewer


class AnnotationFilters(Schema):
    """Which annotations."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    pair: Annotated[shapes.AnyKey, Field(description="The id of a pair; 0 for any.")] = 0
    author: shapes.Word = ""
    kind: Reasons = ""
    weight: Literal["", "note", "minor", "major"] = ""
    state: Literal["", "open", "resolved"] = ""


@router.get("/annotations", response=Page[shapes.Annotation], tags=["annotations"])
def annotation_list(
    request: HttpRequest, filters: Query[AnnotationFilters], paging: Query[Paging]
) -> Page[shapes.Annotation]:
    """List annotations with their threads, the oldest first."""
    rows = Annotation.objects.threads(access_of(request).viewer)
    if filters.event:
        rows = rows.filter(pair__comparison__event__slug=filters.event)
    if filters.pair:
        rows = rows.filter(pair=filters.pair)
    if filters.author:
        rows = rows.filter(author__username=filters.author)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.weight:
        rows = rows.filter(weight=filters.weight)
    if filters.state:
        rows = rows.filter(resolved_at__isnull=filters.state == "open")
    return paged(request, rows, paging, shapes.Annotation.of)


@router.get("/annotations/{pk}", response=shapes.Annotation, tags=["annotations"], openapi_extra=IF_NONE_MATCH)
def annotation(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show an annotation with its thread."""
    return conditional(request, shown_annotation(pk, access_of(request).viewer))


@router.get("/replies/{pk}", response=shapes.Reply, tags=["annotations"], openapi_extra=IF_NONE_MATCH)
def reply(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a reply."""
    return conditional(request, shapes.Reply.of(reply_or_404(pk, access_of(request).viewer)))


def shown_annotation(pk: int, viewer: Viewer) -> shapes.Annotation:
    """Return an annotation, if somebody may see it."""
    return shapes.Annotation.of(get_object_or_404(Annotation.objects.threads(viewer), pk=pk))


def reply_or_404(pk: int, viewer: Viewer) -> Reply:
    """Return a reply, if somebody may see it."""
    seen = Reply.objects.visible_to(viewer).select_related("author", "annotation")
    return get_object_or_404(seen.filter(annotation__in=Annotation.objects.visible_to(viewer)), pk=pk)
