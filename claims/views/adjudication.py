"""An editor's final verdict on a pair, and reopening it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from claims.models import Pair
from claims.services import adjudicate as services
from claims.services.refusals import Refused, Stale
from claims.views.asked import number
from claims.views.going_on import next_address, see_other
from claims.views.pairs import whole_page_of
from claims.views.person import person_of


@require_POST
@permission_required("claims.add_adjudication", raise_exception=True)
def adjudicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a pair its final verdict."""
    return _write(request, pk, partial(services.adjudicate, decision=request.POST.get("decision", "")))


@require_POST
@permission_required("claims.add_adjudication", raise_exception=True)
def reopen_final(request: HttpRequest, pk: int) -> HttpResponse:
    """Reopen a pair that has a final verdict."""
    return _write(request, pk, services.reopen_final)


def _write(request: HttpRequest, pk: int, service: Callable[..., object]) -> HttpResponse:
    """Call a service; what it refuses is shown on the pair's page as it stands now, with what was typed."""
    pair = get_object_or_404(Pair, pk=pk)
    typed = {name: request.POST.get(name, "") for name in ("decision", "why", "version")}
    seen = request.POST.get("seen", "")
    try:
        service(pair, person_of(request), why=typed["why"], version=number(typed["version"]) or 0, seen=seen)
    except Refused as refused:
        status = 409 if isinstance(refused, Stale) else 422
        page = whole_page_of(request, pk, final_typed=typed, final_problems=refused.problems)
        return render(request, "claims/pair.html", page, status=status)
    return see_other(next_address(request, f"{pair.get_absolute_url()}#final"))
