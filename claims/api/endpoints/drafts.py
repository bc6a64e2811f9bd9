"""Drafts: articles that were read from files and pages, put right, and then added or left out."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, check_unchanged, conditional
from claims.api.endpoints.editing import LanguageCode, Title, WebAddress
from claims.api.endpoints.versions import Number, VersionText
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, reads, writes
from claims.models import Draft
from claims.models.token import Scope
from claims.services.incoming.deliver import add_draft, correct_draft, leave_out
from claims.services.incoming.known import add_as_version, known_at

_ADD = "claims.add_article"


class DraftChange(Input):
    """What somebody made of a draft; all of it is stored."""

    text: Annotated[str, Field(max_length=2_000_000), shapes.IS_TEXT]
    title: Title = ""
    publisher: shapes.Word = ""
    author: shapes.Word = ""
    published: dt.date | None = None
    language: LanguageCode = ""
    web_address: WebAddress = ""


class Revising(Input):
    """The article whose new text a draft is, and the version of it that was seen."""

    article: shapes.Key
    seen: Number


@router.get("/drafts/{pk}", response=shapes.Draft, tags=["deliveries"], **reads(_ADD, **IF_NONE_MATCH))
def draft(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show an article as it was read, with what the event has of it already."""
    return conditional(request, shown_draft(pk))


@router.put("/drafts/{pk}", response=shapes.Draft, tags=["deliveries"], **writes(Scope.EDIT, _ADD, if_match=True))
def draft_change(request: HttpRequest, pk: Path[shapes.Key], told: DraftChange) -> Written:
    """Put a draft right, without adding it yet."""
    fields = told.dict(exclude={"web_address"}) | {"url": told.web_address}
    correct_draft(_unchanged(request, pk), {key: _trimmed(key, value) for key, value in fields.items()})
    return Written(shown_draft(pk))


@router.post(
    "/drafts/{pk}/add",
    response={201: shapes.ArticleText},
    tags=["deliveries"],
    **writes(Scope.EDIT, _ADD, if_match=True),
)
def draft_add(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Store a draft as an article; the worker reads and compares it."""
    article = add_draft(_unchanged(request, pk), access_of(request).person)
    return Written(shapes.ArticleText.of(article), 201, f"/api/v1/articles/{article.pk}")


@router.post(
    "/drafts/{pk}/revise",
    response={201: VersionText},
    tags=["deliveries"],
    **writes(Scope.EDIT, "claims.change_article", if_match=True),
)
def draft_revise(request: HttpRequest, pk: Path[shapes.Key], told: Revising) -> Written:
    """Store a draft's text as the new version of an article at its address."""
    found = _unchanged(request, pk)
    article = get_object_or_404(found.delivery.event.articles, pk=told.article)
    made = add_as_version(found, access_of(request).person, article, seen=told.seen).version
    return Written(VersionText.of(made), 201, f"/api/v1/articles/{article.pk}/versions/{made.number}")


@router.post(
    "/drafts/{pk}/leave-out", response=shapes.Draft, tags=["deliveries"], **writes(Scope.EDIT, _ADD, if_match=True)
)
def draft_leave_out(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Let a draft be; what it was read from stays."""
    leave_out(_unchanged(request, pk))
    return Written(shown_draft(pk))


def shown_draft(pk: int) -> shapes.Draft:
    """Return a draft with what the event has of it."""
    row = get_object_or_404(_rows(), pk=pk)
    known = [
        shapes.KnownArticle(article=one.article.pk, version=one.article.version, same=one.same, had=one.had)
        for one in (known_at(row) if row.is_open else ())
    ]
    return shapes.Draft.with_text(row, known)


def _rows() -> QuerySet[Draft]:
    return Draft.objects.select_related("delivery__event", "snapshot").defer("snapshot__data")


def _unchanged(request: HttpRequest, pk: int) -> Draft:
    """Return a draft, locked, that stands as whoever decides on it saw it."""
    get_object_or_404(Draft.objects.select_for_update(), pk=pk)
    check_unchanged(request, shown_draft(pk))
    return _rows().get(pk=pk)


def _trimmed(key: str, value: object) -> object:
    return value.strip() if isinstance(value, str) and key != "text" else value
