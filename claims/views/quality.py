"""Quality: how often the machine was right here by people's decisions, and what it would learn from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import Calibration, Decision
from claims.services.learning import Proposal, apply, go_back, propose, shipped_scale
from claims.services.measuring import Share, measure
from claims.services.refusals import Refused
from claims.views.access import open_to_readers
from claims.views.going_on import see_other
from claims.views.person import person_of, viewer_of

_MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Figure:
    """A share as a bar on 100 units, with its interval as a line across its end; the numbers are in hundredths."""

    right: int
    count: int
    share: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Return the length of the interval."""
        return round(self.high - self.low, 1)

    @property
    def last(self) -> float:
        """Return where the mark at the interval's end begins."""
        return round(max(0.0, self.high - 0.6), 1)

    @classmethod
    def of(cls, share: Share) -> Figure:
        """Return the figure of a share."""
        low, high = share.bounds
        return cls(share.right, share.count, *(round(100 * one, 1) for one in (share.share, low, high)))


@dataclass(frozen=True, slots=True)
class Line:
    """One of the two lines that are drawn on scores: where it is, and where it would be."""

    name: str
    now: float
    then: float | None


@open_to_readers
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Show the figures, and what applying a new fit would change."""
    return render(request, "claims/quality.html", _page(request))


@require_POST
@permission_required("claims.add_calibration", raise_exception=True)
def quality_apply(request: HttpRequest) -> HttpResponse:
    """Put to use what was shown."""
    try:
        made = apply(person_of(request), seen=request.POST.get("seen", ""))
    except Refused as refused:
        return render(request, "claims/quality.html", _page(request) | {"problem": str(refused)}, status=422)
    messages.success(
        request, gettext("Applied: scores are now read by %(decisions)s decisions.") % {"decisions": made.decisions}
    )
    return see_other(reverse("quality"))


@require_POST
@permission_required("claims.add_calibration", raise_exception=True)
def quality_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to an earlier calibration; 0 is what comes along."""
    go_back(get_object_or_404(Calibration, pk=pk) if pk else None)
    messages.success(request, gettext("Scores are read as before.") if pk else gettext("Scores are read as they come."))
    return see_other(reverse("quality"))


def _page(request: HttpRequest) -> dict[str, Any]:
    proposal = propose()
    figures = measure(proposal.model, proposal.standing, viewer_of(request))
    return {
        "proposal": proposal,
        "lines": _lines(proposal),
        "bands": [(band, Figure.of(band.found)) for band in figures.bands],
        "relations": [(one, Figure.of(one.found)) for one in figures.relations],
        "decisions": [decision.value for decision in Decision],
        "months": [(one, Figure.of(one.matches), Figure.of(one.relations)) for one in figures.months],
        "kept": Calibration.objects.select_related("by")[:_MOST_KEPT],
        "shipped": shipped_scale(),
        "in_use": Calibration.objects.filter(in_use=True).first(),
    }


def _lines(proposal: Proposal) -> list[Line]:
    """Return where the lines lie on scores as the pages show them."""
    now, then = proposal.standing, proposal.fit.scale if proposal.fit else None
    return [
        Line(
            name,
            now.score_at(getattr(now, name)),
            then.score_at(getattr(then, name)) if then is not None else None,
        )
        for name in ("suggested", "sure")
    ]
