"""Claims, and searching them."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from ninja.responses import Status
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, conditional
from claims.api.paging import Page, Paging, page_of, paged
from claims.api.routing import router
from claims.models import Claim, Viewer
from claims.models.claim import ClaimQuerySet
from claims.services import meaning
from claims.services.query import Query as Asked
from claims.services.query import parse
from claims.services.refusals import Refused
from claims.services.search import find


class ClaimFilters(Schema):
    """Which claims; those of the newest reading alone unless ``current`` is false."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    article: Annotated[shapes.AnyKey, Field(description="The id of an article; 0 for any.")] = 0
    source: Annotated[shapes.AnyKey, Field(description="The id of whose they are now; 0 for any.")] = 0
    current: bool = True


class SearchFilters(Schema):
    """What is looked for, as on the page of the search."""

    q: Annotated[
        shapes.Line,
        Field(
            min_length=1,
            pattern=r"\S",
            description='Words, "exact words", -not, source: party: event: relation: reason: before: after:',
        ),
    ]
    by: Literal["words", "meaning"] = "words"


class Waiting(Schema):
    """That the worker has still to read what was typed: ask again."""

    state: str


@router.get("/claims", response=Page[shapes.Claim], tags=["claims"])
def claims(request: HttpRequest, filters: Query[ClaimFilters], paging: Query[Paging]) -> Page[shapes.Claim]:
    """List claims in the order of their texts."""
    rows = whose(Claim.objects.attributed()).order_by("article_id", "start", "pk")
    if filters.current:
        rows = rows.current()
    if filters.event:
        rows = rows.filter(article__event__slug=filters.event)
    if filters.article:
        rows = rows.filter(article=filters.article)
    if filters.source:
        rows = rows.filter(attributed_to=filters.source)  # type: ignore[misc]
    return paged(request, rows, paging, shapes.Claim.of)


@router.get("/claims/{pk}", response=shapes.Claim, tags=["claims"], openapi_extra=IF_NONE_MATCH)
def claim(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a claim."""
    return conditional(request, shapes.Claim.of(get_object_or_404(whose(Claim.objects.all()), pk=pk)))


@router.get("/search", response={200: Page[shapes.Found], 202: Waiting}, tags=["search"])
def search(
    request: HttpRequest, response: HttpResponse, filters: Query[SearchFilters], paging: Query[Paging]
) -> Page[shapes.Found] | Status[Waiting]:
    """Find claims by words or by meaning, the newest or the nearest first.

    A text whose meaning was never looked for is read by the worker first: the answer is 202 then, to be asked again.
    """
    viewer, query = access_of(request).viewer, parse(filters.q)
    if filters.by == "words":
        rows = _asked_for(query, viewer).newest_first()
        keys = list(rows.values_list("pk", flat=True)[paging.part])
        return page_of(request, _found(keys, viewer), rows.count(), paging)
    near_to = _asked_for(query, viewer, words=False)
    if not query.text:
        raise Refused({"q": "Type some words: without them there is no meaning to look for."})
    vector = meaning.vector_of(query.text)
    if vector is None:
        response["Retry-After"] = "1"
        return Status(202, Waiting(state=_ask(request, query.text)))
    near = meaning.nearest(near_to, vector, least=meaning.LEAST_TYPED)
    scores = {one.claim: one.score for one in near[paging.part]}
    return page_of(request, _found(list(scores), viewer, scores), len(near), paging)


def whose(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Bring what a claim's answer shows, without the texts of articles."""
    related = ("article__event", "source", "made_by", "standing_correction__source", "standing_correction__editor")
    return claims.select_related(*related).defer("article__text")


def _asked_for(query: Asked, viewer: Viewer, *, words: bool = True) -> ClaimQuerySet:
    try:
        return find(query, viewer, words=words)
    except Refused as refused:
        raise Refused({"q": str(refused)}) from None


def _ask(request: HttpRequest, text: str) -> str:
    # Who shows no token costs the worker nothing.
    if access_of(request).token is None:
        raise Refused({"by": "Send a token to have the meaning of new words looked for, or look for the words."})
    return meaning.ask(text)


def _found(keys: list[int], viewer: Viewer, scores: dict[int, float] | None = None) -> list[shapes.Found]:
    rows = {row.pk: row for row in Claim.objects.filter(pk__in=keys).listed(viewer)}
    return [shapes.Found.of(rows[key], (scores or {}).get(key)) for key in keys if key in rows]
