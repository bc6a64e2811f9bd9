"""The versions of an article: the texts that it had, and storing a new one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Self

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims import models
from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import check_unchanged
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input, added, named
from claims.api.writing import Written, writes
from claims.models import Article, Version
from claims.models.token import Scope
from claims.models.version import LONGEST_WHY
from claims.services.revise import revise

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class VersionLine(Schema):
    """A version in the list of an article's; ``length`` is that of its text, in code points."""

    article: int
    number: int
    at: dt.datetime
    by: str | None
    why: str
    length: int

    @classmethod
    def of(cls, row: models.Version) -> Self:
        """Bring what ``listed`` does."""
        return cls(**_told_of(row), length=added(row, "signs"))


class VersionText(Schema):
    """One text that an article had."""

    article: int
    number: int
    at: dt.datetime
    by: str | None
    why: str
    text: str

    @classmethod
    def of(cls, row: models.Version) -> Self:
        """Bring ``by``."""
        return cls(**_told_of(row), text=row.text)


class NewVersion(Input):
    """A corrected text, and why."""

    text: Annotated[str, Field(min_length=1, pattern=r"\S")]
    why: Annotated[shapes.Line, Field(max_length=LONGEST_WHY)] = ""


@router.get("/articles/{pk}/versions", response=Page[VersionLine], tags=["articles"])
def version_list(request: HttpRequest, pk: Path[shapes.Key], paging: Query[Paging]) -> Page[VersionLine]:
    """List the versions of an article, the newest first."""
    article = get_object_or_404(Article.objects.only("pk"), pk=pk)
    return paged(request, article.versions.listed(), paging, VersionLine.of)


@router.get("/articles/{pk}/versions/{number}", response=VersionText, tags=["articles"])
def version(request: HttpRequest, pk: Path[shapes.Key], number: Path[Number]) -> VersionText:
    """Show one text that an article had."""
    rows = Version.objects.select_related("by").filter(article=pk)
    return VersionText.of(get_object_or_404(rows, number=number))


@router.post(
    "/articles/{pk}/versions",
    response={201: VersionText},
    tags=["articles"],
    **writes(Scope.EDIT, "claims.change_article", if_match=True),
)
def version_add(request: HttpRequest, pk: Path[shapes.Key], told: NewVersion) -> Written:
    """Store a corrected text: what stands is kept, what changed is read and compared again."""
    get_object_or_404(Article.objects.select_for_update(), pk=pk)
    article = Article.objects.select_related("event", "publisher").get(pk=pk)
    check_unchanged(request, shapes.ArticleText.of(article))
    made = revise(article, told.text, access_of(request).person, told.why, seen=article.version).version
    return Written(VersionText.of(made), 201, f"/api/v1/articles/{pk}/versions/{made.number}")


def _told_of(row: models.Version) -> dict[str, Any]:
    return {"article": row.article_id, "number": row.number, "at": row.at, "by": named(row.by), "why": row.why}
