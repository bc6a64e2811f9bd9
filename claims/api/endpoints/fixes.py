"""What people put right by hand in pairs and claims: the list of it, taking it back, and claims' edges."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import check_unchanged
from claims.api.endpoints.claims import whose
from claims.api.endpoints.events import comparison_or_404
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, writes
from claims.models import Claim, Fix
from claims.models.token import Scope
from claims.services import edges
from claims.services.fixing import take_back as undo_fix
from claims.services.grouping import owe
from claims.services.refusals import Refused

_FIX = "claims.add_fix"


class Cut(Input):
    """Where a claim is split: the offset in its article of the word that begins the second one."""

    at: Annotated[int, Field(ge=0, le=2**31 - 1)]


class Uniting(Input):
    """The claim right before or after, of the same source."""

    other: shapes.Key


class Edged(Schema):
    """The claims that stand now instead of what was split or merged."""

    claims: list[shapes.Claim]


@router.get("/comparisons/{pk}/fixes", response=Page[shapes.Fix], tags=["fixes"])
def fix_list(request: HttpRequest, pk: Path[shapes.Key], paging: Query[Paging]) -> Page[shapes.Fix]:
    """List what people put right by hand in a comparison and in the claims of its two sources, the newest first."""
    return paged(request, Fix.objects.seen_from(comparison_or_404(pk)), paging, shapes.Fix.of)


@router.post("/fixes/{pk}/undo", response=shapes.Fix, tags=["fixes"], **writes(Scope.REVIEW, _FIX))
def fix_undo(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Take back one of your own changes: every row that it touched stands again as before."""
    undo_fix(get_object_or_404(Fix, pk=pk), access_of(request).person)
    return Written(shapes.Fix.of(Fix.objects.select_related("actor").get(pk=pk)))


@router.post(
    "/comparisons/{pk}/rematch", response={202: shapes.Comparison}, tags=["fixes"], **writes(Scope.REVIEW, _FIX)
)
def rematch(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Have whatever nobody decided matched anew."""
    owe(comparison_or_404(pk))
    return Written(shapes.Comparison.of(comparison_or_404(pk)), 202, f"/api/v1/comparisons/{pk}")


@router.post("/claims/{pk}/cut", response={201: Edged}, tags=["fixes"], **writes(Scope.REVIEW, _FIX, if_match=True))
def claim_cut(request: HttpRequest, pk: Path[shapes.Key], told: Cut) -> Written:
    """Split a claim at a word. The pairs that it is in have both parts instead."""
    return _edged(*edges.cut(_unchanged(request, pk), access_of(request).person, told.at))


@router.post("/claims/{pk}/unite", response={201: Edged}, tags=["fixes"], **writes(Scope.REVIEW, _FIX, if_match=True))
def claim_unite(request: HttpRequest, pk: Path[shapes.Key], told: Uniting) -> Written:
    """Merge a claim with its neighbour."""
    claim = _unchanged(request, pk)
    other = next((one for one in edges.neighbours(claim) if one.pk == told.other), None)
    if other is None:
        raise Refused({"other": "Choose the claim right before or after this one."})
    return _edged(edges.unite(claim, access_of(request).person, other))


def _unchanged(request: HttpRequest, pk: int) -> Claim:
    """Return a claim of the newest reading, locked, that stands as whoever splits or merges it saw it."""
    get_object_or_404(Claim.objects.current().select_for_update(of=("self",)), pk=pk)
    check_unchanged(request, shapes.Claim.of(whose(Claim.objects.all()).get(pk=pk)))
    related = ("article__event", "article__publisher", "source", "standing_correction__source", "made_by")
    return Claim.objects.select_related(*related).get(pk=pk)


def _edged(*claims: Claim) -> Written:
    rows = whose(Claim.objects.filter(pk__in=[one.pk for one in claims])).order_by("start")
    return Written(Edged(claims=[shapes.Claim.of(one) for one in rows]), 201)
