"""The comparison page, and the claims that came near a lone one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from claims.models import Candidate, Claim, Comparison, Pair, Source, Viewer, Weight
from claims.models.pair import PairQuerySet
from claims.models.verdict import REASON_KINDS
from claims.services.export.schema_org import in_page
from claims.services.languages import unmatched_of
from claims.views.access import open_to_readers
from claims.views.asked import number
from claims.views.columns import Desk, Filters, PairShown, desk_of, published_by
from claims.views.exports import address_of
from claims.views.map import drawn
from claims.views.person import viewer_of
from claims.views.review import KEYS
from claims.views.rows import rows_of

RELATIONS = ("agree", "partial", "diverge", "only", "differences")
STATES = {
    "undecided": "undecided",
    "reviewed": "reviewed",
    "disputed": "disputed",
    "annotated": "annotated",
    "stale": "text changed",
}


@open_to_readers
@require_GET
@vary_on_headers("HX-Request", "HX-Target")
def comparison(request: HttpRequest, slug: str, a: str, b: str) -> HttpResponse:
    """Show what two sources of an event say, side by side."""
    found = get_object_or_404(Comparison.objects.for_its_page(), event__slug=slug, a__slug=a, b__slug=b)
    return comparison_page(request, found)


def comparison_page(
    request: HttpRequest, found: Comparison, *, ticked: Collection[int] = (), problems: dict[str, str] | None = None
) -> HttpResponse:
    """Render a comparison that ``for_its_page`` brought.

    With ``problems`` it is the answer to a form that was refused, with what was ticked.
    """
    chosen = None if problems else number(request.GET.get("pair"))
    viewer = viewer_of(request)
    desk = desk_of(found, viewer, filters=_filters(request), chosen=chosen, ticked=ticked)
    rows = rows_of(desk)
    context = {
        "comparison": found,
        "event": found.event,
        "desk": desk,
        "rows": rows,
        "query": desk.filters.query,
        "map": drawn(rows, desk.filters.query),
        "sides": [(found.a, desk.a, published_by(desk.a, found.a)), (found.b, desk.b, published_by(desk.b, found.b))],
        "counts": _counts(desk),
        "states": STATES.items(),
        "left_behind": _left_behind(found, viewer) if vars(found)["has_left_behind"] else [],
        "unmatched": unmatched_of(found.a, found.b) if desk.holds_unmatched else [],
        "decisions": KEYS,
        "kinds": REASON_KINDS,
        "weights": Weight.choices,
        "problems": problems or {},
        "relation_given": request.POST.get("relation", ""),
        **_steps(request, found, desk),
    }
    partial = "#desk" if request.headers.get("HX-Target") == "desk" else ""
    if not partial:
        # For machines that read pages; a script of data is run by no browser, so the policy on scripts lets it be.
        context["structured"] = _structured(request, desk, found)
    answer = render(request, f"claims/comparison.html{partial}", context, status=422 if problems else 200)
    if problems:
        answer["HX-Push-Url"] = "false"  # the form's address is none to come back to
    return answer


@open_to_readers
@require_GET
@vary_on_headers("HX-Request")
def nearest(request: HttpRequest, pk: int, claim: int) -> HttpResponse:
    """Show the claims of the other side that came nearest to one that stayed alone, with their scores."""
    found = get_object_or_404(Comparison.objects.select_related("event", "a", "b"), pk=pk)
    silence = found.silences.filter(claim_id=claim).select_related("by").first()
    context = {
        "comparison": found,
        "event": found.event,
        "candidates": Candidate.objects.near(found, claim),
        "claim": claim,
        "silence": silence,
        "other": _other_side(found, claim),
    }
    partial = "#nearest" if request.headers.get("HX-Request") else ""
    return render(request, f"claims/nearest.html{partial}", context)


def _left_behind(found: Comparison, viewer: Viewer) -> PairQuerySet:
    """Return the pairs that were decided, as far as may be seen, and whose words are no longer in a text."""
    return Pair.objects.reviewable(viewer).filter(comparison=found, withdrawn=True)


def _structured(request: HttpRequest, desk: Desk, found: Comparison) -> SafeString:
    claims = [shown.claim for shown in (*desk.a, *desk.b)]
    return mark_safe(in_page(found, claims, address_of(request)))  # noqa: S308 - escaped there


def _other_side(comparison: Comparison, claim: int) -> Source:
    """Return the source that the claim is not of."""
    of_a = Claim.objects.of_sources(comparison.a).filter(pk=claim).exists()
    return comparison.b if of_a else comparison.a


def _filters(request: HttpRequest) -> Filters:
    kinds = {kind for kind, _ in REASON_KINDS}
    relation, reason, state = (request.GET.get(name, "") for name in ("relation", "reason", "state"))
    return Filters(
        relation if relation in RELATIONS else "", reason if reason in kinds else "", state if state in STATES else ""
    )


def _counts(desk: Desk) -> list[tuple[str, int]]:
    return [(relation, desk.count(relation)) for relation in ("agree", "partial", "diverge")] + [
        ("only", len(desk.lone))
    ]


def _steps(request: HttpRequest, comparison: Comparison, desk: Desk) -> dict[str, Any]:
    """Return where previous, next and a decision lead, with the filters kept."""

    path = comparison.get_absolute_url()

    def address(pair: PairShown | None) -> str:
        if pair is None:
            return ""
        return f"{path}{desk.filters.query}pair={pair.pk}"

    return {
        "previous": address(desk.neighbour(-1)) if desk.chosen else "",
        "following": address(desk.neighbour(1)),
        "after": address(desk.next_undecided) or path,
        "here": address(desk.chosen) or path,
        "login": f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}",
    }
