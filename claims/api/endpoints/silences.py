"""Silences: a person's word that the other source says nothing of a claim."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query

from claims.api import shapes
from claims.api.access import access_of
from claims.api.endpoints.events import comparison_or_404
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.writing import Written, writes
from claims.models import Claim, Silence
from claims.models.token import Scope
from claims.services.silence import confirm_silence, take_back_silence


@router.get("/comparisons/{pk}/silences", response=Page[shapes.Silence], tags=["comparisons"])
def silence_list(request: HttpRequest, pk: Path[shapes.Key], paging: Query[Paging]) -> Page[shapes.Silence]:
    """List the silences that people confirmed in a comparison."""
    rows = Silence.objects.filter(comparison=comparison_or_404(pk)).select_related("by").order_by("pk")
    return paged(request, rows, paging, shapes.Silence.of)


@router.put(
    "/comparisons/{pk}/silences/{claim}",
    response=shapes.Silence,
    tags=["comparisons"],
    **writes(Scope.REVIEW, "claims.add_fix"),
)
def silence_confirm(request: HttpRequest, pk: Path[shapes.Key], claim: Path[shapes.Key]) -> Written:
    """Confirm that the other source says nothing of a claim; nothing happens where somebody did."""
    comparison, found = comparison_or_404(pk), get_object_or_404(Claim.objects.current(), pk=claim)
    return Written(shapes.Silence.of(confirm_silence(comparison, found, access_of(request).person)))


@router.delete(
    "/comparisons/{pk}/silences/{claim}",
    response={204: None},
    tags=["comparisons"],
    **writes(Scope.REVIEW, "claims.add_fix"),
)
def silence_take_back(request: HttpRequest, pk: Path[shapes.Key], claim: Path[shapes.Key]) -> Written:
    """Say that it is open again whether the other source says something of a claim."""
    held = get_object_or_404(Silence.objects.select_for_update(), comparison=pk, claim=claim)
    take_back_silence(held, access_of(request).person)
    return Written(None)
