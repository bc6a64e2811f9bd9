"""Agreement: how far reviewers agree beyond chance, as the worker last worked it out."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from claims.models import Agreement, Event, Kappa
from claims.services.agreement import decisions_since, request_agreement
from claims.views.going_on import see_other
from claims.views.person import viewer_of

# Landis and Koch (1977); words for a figure, no more than a convention.
_WORDS = (
    (0.8, gettext_noop("almost perfect")),
    (0.6, gettext_noop("substantial")),
    (0.4, gettext_noop("moderate")),
    (0.2, gettext_noop("fair")),
    (0.0, gettext_noop("slight")),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A coefficient as a bar from -1 to 1 on 100 units, with its interval as a line; and a word for it."""

    x: float
    width: float
    low: float
    range: float
    last: float
    word: str


@require_safe
@permission_required("claims.view_agreement", raise_exception=True)
def agreement(request: HttpRequest) -> HttpResponse:
    """Show the figures, and how to read them. Those of blind events are for who sees all."""
    viewer = viewer_of(request)
    found = list(Agreement.objects.listed())
    blind = not viewer.sees_all and Event.objects.filter(blind=True).exists()
    shown = [one for one in found if not blind or (one.event is not None and not one.event.blind)]
    context = {
        "shown": [_shown(one) for one in shown],
        "made_at": found[0].made_at if found else None,
        "since": decisions_since(found[0]) if found else 0,
        "left_out": blind,
    }
    return render(request, "claims/agreement.html", context)


@require_POST
@permission_required("claims.view_agreement", raise_exception=True)
def agreement_again(request: HttpRequest) -> HttpResponse:
    """Have the figures worked out anew."""
    request_agreement()
    messages.success(request, gettext("The worker works them out now. Open this page again in a moment."))
    return see_other(reverse("agreement"))


def _shown(one: Agreement) -> tuple[Agreement, Figure | None, list[tuple[Kappa, Figure | None]], bool]:
    """Return an event's figures as drawn: alpha, every two reviewers, and whether any of those has a figure."""
    twos = [(two, figure_of(two)) for two in one.kappas.all()]
    return one, figure_of(one), twos, any(drawn for _, drawn in twos)


def figure_of(found: Agreement | Kappa) -> Figure | None:
    """Return how a coefficient is drawn, or None where there is none."""
    if found.value is None or found.low is None or found.high is None:
        return None
    at, low, high = (round(50 + 50 * max(-1.0, min(1.0, one)), 1) for one in (found.value, found.low, found.high))
    word = next((gettext(word) for least, word in _WORDS if found.value >= least), gettext("less than chance"))
    return Figure(
        min(50.0, at), round(abs(at - 50), 1), low, round(high - low, 1), round(max(0.0, high - 0.6), 1), word
    )
