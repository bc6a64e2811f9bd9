"""What a reviewer does by hand on the comparison page: a pair, a silence, the rest matched anew; and the list of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from claims.models import Claim, Comparison, Fix
from claims.services import joining
from claims.services.fixing import take_back
from claims.services.grouping import owe
from claims.services.refusals import Refused
from claims.services.silence import confirm_silence, take_back_silence
from claims.views.access import open_to_readers
from claims.views.asked import number
from claims.views.comparison import comparison_page
from claims.views.going_on import next_address, see_other
from claims.views.person import person_of

_SHOWN = 200  # fixes on one page


@require_POST
@permission_required("claims.add_fix", raise_exception=True)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a pair of the claims that were ticked, and show it."""
    comparison = _fetch(pk)
    ticked = numbers(request, "claims")
    try:
        pair = joining.join(comparison, person_of(request), ticked, relation=request.POST.get("relation", ""))
    except Refused as refused:
        return comparison_page(request, comparison, ticked=ticked, problems=refused.problems)
    messages.success(
        request,
        gettext("Pair %(pair)s is made. The worker judges it and matches the undecided rest anew.") % {"pair": pair.pk},
    )
    return see_other(f"{comparison.get_absolute_url()}?pair={pair.pk}")


@require_POST
@permission_required("claims.add_fix", raise_exception=True)
def silence(request: HttpRequest, pk: int, claim: int) -> HttpResponse:
    """Confirm that the other side says nothing of a claim, or take that back."""
    comparison = _fetch(pk)
    found = get_object_or_404(Claim.objects.current(), pk=claim)
    held = comparison.silences.filter(claim=found).first()
    try:
        if request.POST.get("silent") != "no":
            confirm_silence(comparison, found, person_of(request))
        elif held is not None:
            take_back_silence(held, person_of(request))
    except Refused as refused:
        return comparison_page(request, comparison, problems=refused.problems)
    return see_other(f"{next_address(request, comparison.get_absolute_url())}#claim-{found.pk}")


@require_POST
@permission_required("claims.add_fix", raise_exception=True)
def rematch(request: HttpRequest, pk: int) -> HttpResponse:
    """Have whatever nobody decided matched anew."""
    comparison = _fetch(pk)
    owe(comparison)
    messages.success(
        request, gettext("The undecided rest is matched again. What people decided or made by hand stays.")
    )
    return see_other(next_address(request, comparison.get_absolute_url()))


@open_to_readers
@require_GET
def fixes(request: HttpRequest, pk: int) -> HttpResponse:
    """List what people changed by hand in a comparison."""
    return _fixes(request, _fetch(pk))


@require_POST
@permission_required("claims.add_fix", raise_exception=True)
def fix_undo(request: HttpRequest, pk: int, fix: int) -> HttpResponse:
    """Take back one of one's own changes."""
    comparison = _fetch(pk)
    found = get_object_or_404(Fix.objects.seen_from(comparison), pk=fix)
    try:
        take_back(found, person_of(request))
    except Refused as refused:
        return _fixes(request, comparison, problem=str(refused))
    messages.success(request, gettext("Taken back. The undecided rest is matched again."))
    return see_other(reverse("fixes", args=[comparison.pk]))


def numbers(request: HttpRequest, name: str) -> list[int]:
    """Return the numbers that a form sent under a name; what is none is left out."""
    return [found for text in request.POST.getlist(name) if (found := number(text)) is not None]


def _fixes(request: HttpRequest, comparison: Comparison, *, problem: str = "") -> HttpResponse:
    context = {
        "comparison": comparison,
        "event": comparison.event,
        "fixes": Fix.objects.seen_from(comparison)[:_SHOWN],
        "problem": problem,
    }
    return render(request, "claims/fixes.html", context, status=422 if problem else 200)


def _fetch(pk: int) -> Comparison:
    return get_object_or_404(Comparison.objects.for_its_page(), pk=pk)
