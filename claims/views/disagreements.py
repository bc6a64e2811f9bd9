"""Disagreements: the pairs on which reviewers differ, with each verdict side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from claims.models import Adjudication, Claim, Event, Pair
from claims.models.pair import PairQuerySet
from claims.views.access import open_to_readers
from claims.views.person import viewer_of
from claims.views.review import KEYS

PAIRS_A_PAGE = 20
STATES = {
    "open": gettext_noop("not settled"),
    "final": gettext_noop("settled by an editor"),
    "stale": gettext_noop("settled before the text changed"),
    "all": gettext_noop("all"),
}


@dataclass(frozen=True, slots=True)
class Differing:
    """A pair with what each of the page's reviewers said of it by name, "" for nothing, in the order of the columns."""

    pair: Pair
    a: list[Claim]
    b: list[Claim]
    said: list[tuple[str, str]]
    last_word: Adjudication | None


@open_to_readers
@require_safe
def disagreements(request: HttpRequest) -> HttpResponse:
    """List the pairs on which reviewers differ, those that are not settled first."""
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    slug = request.GET.get("event", "").replace("\0", "")
    viewer = viewer_of(request)
    seen = Pair.objects.open_to(viewer)
    pairs = _chosen(seen.final_before_change() if state == "stale" else seen.differing(), slug, state)
    page = Paginator(pairs.side_by_side().order_by("final", "comparison__event", "pk"), PAIRS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        **_table(list(page)),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "state": state,
        "states": [(value, gettext(name)) for value, name in STATES.items()],
        "slug": slug,
        "events": Event.objects.order_by("title").values_list("slug", "title"),
        "decisions": KEYS,
        "can_adjudicate": viewer.sees_all,
        "blind_events": not viewer.sees_all and Event.objects.filter(blind=True).exists(),
    }
    return render(request, "claims/disagreements.html", context)


def _chosen(pairs: PairQuerySet, slug: str, state: str) -> PairQuerySet:
    if slug:
        pairs = pairs.filter(comparison__event__slug=slug)
    return pairs if state in ("all", "stale") else pairs.filter(final=state == "final")


def _table(pairs: list[Pair]) -> dict[str, Any]:
    """Return the rows and the columns: one for each reviewer of these pairs, by name."""
    names = sorted({review.reviewer.get_username() for pair in pairs for review in pair.reviews.all()})
    rows = []
    for pair in pairs:
        said = {review.reviewer.get_username(): review.decision for review in pair.reviews.all()}
        last = next(iter(pair.adjudications.all()), None)
        told = [(name, said.get(name, "")) for name in names]
        rows.append(Differing(pair, pair.claims_of("a"), pair.claims_of("b"), told, last))
    return {"rows": rows, "names": names}
