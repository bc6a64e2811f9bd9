"""The claims of a pair, to be moved, split off or merged with another pair's by hand."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from claims.models import Claim, Pair
from claims.services.joining import merge, move, split
from claims.services.refusals import Refused
from claims.views.asked import number
from claims.views.columns import shorten
from claims.views.going_on import see_other
from claims.views.joining import numbers
from claims.views.person import person_of, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("claims.add_fix", raise_exception=True)
def regroup(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pair's claims with what can be done with them, or do it."""
    viewer = viewer_of(request)
    pair = get_object_or_404(Pair.objects.with_shown(viewer).whole(viewer), pk=pk)
    if request.method != "POST":
        return _page(request, pair)
    ticked = numbers(request, "claims")
    try:
        shown = _do(request, pair, ticked)
    except Refused as refused:
        return _page(request, pair, ticked=ticked, problems=refused.problems)
    messages.success(request, gettext("Done. The worker judges what was changed and matches the undecided rest anew."))
    return see_other(shown.get_absolute_url())


def _do(request: HttpRequest, pair: Pair, ticked: list[int]) -> Pair:
    """Do what the pressed button says; return the pair to show then."""
    person, to = person_of(request), _target(request, pair)
    match request.POST.get("action"):
        case "out":
            move(pair, person, ticked, to=None)
        case "split":
            return split(pair, person, ticked)
        case "move" if to is not None:
            move(pair, person, ticked, to=to)
        case "merge" if to is not None:
            merge(pair, person, into=to)
            return to
        case "move" | "merge":
            raise Refused({"to": gettext("Choose a pair from the list.")})
        case _:
            raise Refused({"": gettext("Choose what to do with the claims.")})
    return pair


def _target(request: HttpRequest, pair: Pair) -> Pair | None:
    key = number(request.POST.get("to"))
    if key is None:
        return None
    return Pair.objects.standing(viewer_of(request)).filter(comparison=pair.comparison_id, pk=key).first()


def _page(
    request: HttpRequest, pair: Pair, *, ticked: list[int] | None = None, problems: dict[str, str] | None = None
) -> HttpResponse:
    comparison = pair.comparison
    others = Pair.objects.standing(viewer_of(request)).filter(comparison=comparison).exclude(pk=pair.pk).with_claims()
    context = {
        "pair": pair,
        "comparison": comparison,
        "event": comparison.event,
        "sides": [(comparison.a.name, pair.claims_of("a")), (comparison.b.name, pair.claims_of("b"))],
        "others": [(other.pk, _short(other.claims_of("a")), _short(other.claims_of("b"))) for other in others],
        "ticked": ticked or [],
        "to": number(request.POST.get("to")),
        "problems": problems or {},
        "stands": not pair.withdrawn and vars(pair)["seen_outcome"] != "no_match",
    }
    return render(request, "claims/regroup.html", context, status=422 if problems else 200)


def _short(claims: list[Claim]) -> str:
    return shorten(str(claims[0]), 48) if claims else ""
