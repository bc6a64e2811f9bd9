"""What reviewers do with pairs, and an editor's final verdict."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path
from ninja.errors import HttpError
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import check_unchanged
from claims.api.endpoints.events import comparison_or_404
from claims.api.endpoints.pairs import Decisions, shown_pair
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, writes
from claims.models import Adjudication, Change, Pair, Review
from claims.models.token import Scope
from claims.services import adjudicate, joining, undo
from claims.services.refusals import Refused
from claims.services.review import decide

Keys = Annotated[list[shapes.Key], Field(min_length=1, max_length=500)]
WITHDRAWN = "This pair is no longer proposed: one of its claims has changed. Your decision was not stored."
FINAL = "This pair has a final verdict. Your decision was not stored: ask an editor to reopen the pair first."


class NewPair(Input):
    """Claims of both sources, and the maker's own verdict if they give one at once."""

    claims: Keys
    relation: Literal["", "agree", "partial", "diverge"] = ""


class NewReview(Input):
    """A verdict, and why."""

    decision: Decisions
    why: shapes.Line = ""


class Final(Input):
    """A final verdict, and why: reviewers who said otherwise read it."""

    decision: Decisions
    why: Annotated[shapes.Note, Field(min_length=1, max_length=2000, pattern=r"\S")]


class Reopening(Input):
    """Why a final verdict is reopened."""

    why: Annotated[shapes.Note, Field(min_length=1, max_length=2000, pattern=r"\S")]


class Chosen(Input):
    """Claims of a pair."""

    claims: Keys


class Moving(Chosen):
    """Claims of a pair, and the pair that they go to; null takes them out."""

    to: shapes.Key | None = None


class Merging(Input):
    """The pair that takes the claims of this one."""

    into: shapes.Key


@router.post(
    "/comparisons/{pk}/pairs", response={201: shapes.Pair}, tags=["pairs"], **writes(Scope.REVIEW, "claims.add_fix")
)
def join(request: HttpRequest, pk: Path[shapes.Key], told: NewPair) -> Written:
    """Make a pair of claims of both sources; the worker judges it."""
    made = joining.join(comparison_or_404(pk), access_of(request).person, told.claims, relation=told.relation)
    return _made(request, made)


@router.post(
    "/pairs/{pk}/split",
    response={201: shapes.Pair},
    tags=["pairs"],
    **writes(Scope.REVIEW, "claims.add_fix", if_match=True),
)
def split(request: HttpRequest, pk: Path[shapes.Key], told: Chosen) -> Written:
    """Split claims off into a pair of their own."""
    return _made(request, joining.split(_unchanged(request, pk), access_of(request).person, told.claims))


@router.post(
    "/pairs/{pk}/move", response=shapes.Pair, tags=["pairs"], **writes(Scope.REVIEW, "claims.add_fix", if_match=True)
)
def move(request: HttpRequest, pk: Path[shapes.Key], told: Moving) -> Written:
    """Move claims to another pair, or out of this one."""
    to = get_object_or_404(Pair, pk=told.to) if told.to is not None else None
    joining.move(_unchanged(request, pk), access_of(request).person, told.claims, to=to)
    return _stands(request, pk)


@router.post(
    "/pairs/{pk}/merge", response=shapes.Pair, tags=["pairs"], **writes(Scope.REVIEW, "claims.add_fix", if_match=True)
)
def merge(request: HttpRequest, pk: Path[shapes.Key], told: Merging) -> Written:
    """Merge a pair into another, which is answered."""
    into = get_object_or_404(Pair, pk=told.into)
    joining.merge(_unchanged(request, pk), access_of(request).person, into=into)
    return _stands(request, into.pk)


@router.put(
    "/pairs/{pk}/reviews/mine",
    response=shapes.Pair,
    tags=["reviews"],
    **writes(Scope.REVIEW, "claims.add_review", if_match=False),
)
def review(request: HttpRequest, pk: Path[shapes.Key], told: NewReview) -> Written:
    """Decide on a pair: one verdict for each reviewer, an earlier one of yours is replaced and kept in the history."""
    pair = get_object_or_404(Pair.objects.select_for_update(), pk=pk)
    person = access_of(request).person
    check_unchanged(request, shown_pair(pk, access_of(request).viewer), required=False)
    if not pair.can_be_decided:
        raise HttpError(409, FINAL if pair.final else WITHDRAWN)
    stands = Review.objects.filter(pair=pair, reviewer_id=person.pk, decision=told.decision).exists()
    if not stands or told.why.strip():
        decide(pair, person, told.decision, why=told.why)
    return _stands(request, pk)


@router.post("/pairs/{pk}/undo", response=shapes.Pair, tags=["reviews"], **writes(Scope.REVIEW, "claims.add_review"))
def take_back(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Take back your last verdict on a pair, so that what you said before it stands again."""
    pair, person = get_object_or_404(Pair.objects.select_for_update(), pk=pk), access_of(request).person
    mine = Change.objects.filter(pair=pair, actor_id=person.pk, what=Change.What.REVIEW, undone_at__isnull=True)
    last = mine.order_by("-pk").first()
    if last is None:
        raise Refused({"": "There is no verdict of yours on this pair to take back."})
    undo.undo(person, entry=last.pk)
    return _stands(request, pk)


@router.put(
    "/pairs/{pk}/final",
    response=shapes.Pair,
    tags=["reviews"],
    **writes(Scope.EDIT, "claims.add_adjudication", if_match=True),
)
def final(request: HttpRequest, pk: Path[shapes.Key], told: Final) -> Written:
    """Give a pair its final verdict, over the reviews and beside them."""
    pair = _unchanged(request, pk)
    adjudicate.adjudicate(
        pair, access_of(request).person, decision=told.decision, why=told.why, version=_version_of(pair)
    )
    return _stands(request, pk)


@router.post(
    "/pairs/{pk}/final/reopen",
    response=shapes.Pair,
    tags=["reviews"],
    **writes(Scope.EDIT, "claims.add_adjudication", if_match=True),
)
def final_reopen(request: HttpRequest, pk: Path[shapes.Key], told: Reopening) -> Written:
    """Reopen a pair that has a final verdict."""
    pair = _unchanged(request, pk)
    adjudicate.reopen_final(pair, access_of(request).person, why=told.why, version=_version_of(pair))
    return _stands(request, pk)


def _unchanged(request: HttpRequest, pk: int) -> Pair:
    """Return a pair, locked, that stands as whoever edits it saw it."""
    pair = get_object_or_404(Pair.objects.select_for_update(), pk=pk)
    check_unchanged(request, shown_pair(pk, access_of(request).viewer))
    return pair


def _version_of(pair: Pair) -> int:
    last = Adjudication.objects.latest_of(pair.pk)
    return last.version if last else 0


def _stands(request: HttpRequest, pk: int) -> Written:
    return Written(shown_pair(pk, access_of(request).viewer))


def _made(request: HttpRequest, pair: Pair) -> Written:
    return Written(shown_pair(pair.pk, access_of(request).viewer), 201, f"/api/v1/pairs/{pair.pk}")
