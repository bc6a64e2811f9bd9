"""Pairs and people's reviews of them."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, conditional
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.models import Pair, Review, Viewer
from claims.services.selection import Selection

ReasonKinds = Literal[
    "number",
    "date_time",
    "agency",
    "negation_polarity",
    "modality_hedge",
    "commitment",
    "tone",
    "entity",
    "scope_detail",
]
Reasons = Literal[""] | ReasonKinds
Decisions = Literal["agree", "partial", "diverge", "no_match"]


_SHARE = r"^(|0(\.\d{1,8})?|1(\.0{1,8})?)$"
_DAY = r"^(|\d{4}-\d\d-\d\d)$"


class PairFilters(Schema):
    """Which pairs, and in which order: as the review queue and the list of pairs choose them."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    source: Annotated[shapes.Word, Field(description="The slug of a source.")] = ""
    comparison: Annotated[shapes.AnyKey, Field(description="The id of a comparison; 0 for any.")] = 0
    relation: Annotated[Literal["", "agree", "partial", "diverge"], Field(description="What the machine says.")] = ""
    reason: Annotated[Reasons, Field(description="A kind of difference that the machine names.")] = ""
    score: Literal["", "sure", "suggested"] = ""
    state: Annotated[
        Literal["", "stale", "open", "disputed", "waiting", "mine", "undecided"],
        Field(
            description="The text changed since, decided by nobody, reviewers differ, not decided by whom it is "
            "assigned to, decided by me, not decided by me."
        ),
    ] = ""
    assignee: Annotated[
        str, Field(pattern=r"^(|mine|nobody|@[\w.@+-]+)$", description="Mine, nobody, or a name after an @.")
    ] = ""
    least: Annotated[str, Field(description="The least score of the match, from 0 to 1.", pattern=_SHARE)] = ""
    most: Annotated[str, Field(description="The highest score of the match.", pattern=_SHARE)] = ""
    since: Annotated[str, Field(description="The first day of the events, as 2031-04-08.", pattern=_DAY)] = ""
    until: Annotated[str, Field(description="Their last day.", pattern=_DAY)] = ""
    order: Annotated[
        Literal["", "diverge", "match", "text"],
        Field(description="The most uncertain first; divergences, the least certain matches, or as in the texts."),
    ] = ""

    def selected(self, viewer: Viewer) -> Selection:
        """Return it as the pages read it."""
        return Selection(**self.dict(exclude={"comparison"}))


class ReviewFilters(Schema):
    """Which reviews."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    reviewer: Annotated[shapes.Word, Field(description="A reviewer's name.")] = ""
    decision: Literal["", "agree", "partial", "diverge", "no_match"] = ""


@router.get("/pairs", response=Page[shapes.PairLine], tags=["pairs"])
def pairs(request: HttpRequest, filters: Query[PairFilters], paging: Query[Paging]) -> Page[shapes.PairLine]:
    """List the pairs of a selection, decided or not."""
    viewer = access_of(request).viewer
    rows = filters.selected(viewer).listed(viewer).listed(viewer)
    if filters.comparison:
        rows = rows.filter(comparison=filters.comparison)
    return paged(request, rows, paging, shapes.PairLine.of)


@router.get("/pairs/{pk}", response=shapes.Pair, tags=["pairs"], openapi_extra=IF_NONE_MATCH)
def pair(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show a pair with the machine's verdict and its grounds, and everything that people said of it."""
    return conditional(request, shown_pair(pk, access_of(request).viewer))


@router.get("/reviews", response=Page[shapes.Review], tags=["reviews"])
def reviews(request: HttpRequest, filters: Query[ReviewFilters], paging: Query[Paging]) -> Page[shapes.Review]:
    """List the reviews that whoever asks may see, the newest first."""
    rows = Review.objects.visible_to(access_of(request).viewer).select_related("reviewer").order_by("-made_at", "-pk")
    if filters.event:
        rows = rows.filter(pair__comparison__event__slug=filters.event)
    if filters.reviewer:
        rows = rows.filter(reviewer__username=filters.reviewer)
    if filters.decision:
        rows = rows.filter(decision=filters.decision)
    return paged(request, rows, paging, shapes.Review.of)


def shown_pair(pk: int, viewer: Viewer) -> shapes.Pair:
    """Return a pair as somebody may see it."""
    row = get_object_or_404(Pair.objects.with_shown(viewer).whole(viewer), pk=pk)
    return shapes.Pair.seen_by(row, viewer)
