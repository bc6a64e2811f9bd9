"""Decide on a pair, and take the last decision back."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims.models import Decision, Pair
from claims.services.refusals import Refused
from claims.services.review import decide
from claims.services.review import undo as take_back
from claims.views.person import person_of

KEYS = ((Decision.AGREE, "a"), (Decision.PARTIAL, "p"), (Decision.DIVERGE, "d"), (Decision.NO_MATCH, "n"))


@require_POST
@permission_required("claims.add_review", raise_exception=True)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the reviewer's decision on a pair, and go on to ``next``."""
    pair = get_object_or_404(Pair.objects.select_related("comparison"), pk=pk)
    if not pair.can_be_decided:
        problem = "This pair is no longer proposed: one of its claims has changed. Your decision was not stored."
        return render(request, "claims/refused.html", {"problem": problem, "back": pair.get_absolute_url()}, status=409)
    try:
        decide(pair, person_of(request), request.POST.get("decision", ""))
    except Refused as refused:
        problem = " ".join(refused.problems.values())
        return render(request, "claims/refused.html", {"problem": problem, "back": pair.get_absolute_url()}, status=422)
    return see_other(next_address(request, pair.get_absolute_url()))


@require_POST
@permission_required("claims.add_review", raise_exception=True)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the reviewer's last decision, and show the pair that it was on."""
    change = take_back(person_of(request))
    address = next_address(request, reverse("queue"))
    if change is None:
        messages.info(request, "There is no decision of yours left to take back.")
        return see_other(address)
    shown = urlsplit(address)
    if shown.path == change.pair.comparison.get_absolute_url() or shown.path == reverse("queue"):
        query = {**dict(parse_qsl(shown.query)), "pair": str(change.pair_id)}
        return see_other(f"{shown.path}?{urlencode(query)}")
    return see_other(change.pair.get_absolute_url())


def next_address(request: HttpRequest, default: str) -> str:
    """Return where the form wants to go on, if that is a page of this site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else default


def see_other(address: str) -> HttpResponseRedirect:
    """Redirect so that the next request is a GET, whatever this one was."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
