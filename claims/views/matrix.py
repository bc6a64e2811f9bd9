"""The matrix of an event: on each point, what every source says, in its words, or that it is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from claims.models import Event, Pair, Source
from claims.services.detail import detail_of
from claims.services.languages import unmatched_of
from claims.views.access import open_to_readers
from claims.views.person import viewer_of
from claims.views.points import Point, Table, every_point, table_of

SHOWN = {
    "": gettext_noop("All"),
    "differences": gettext_noop("Differences only"),
    "shared": gettext_noop("Said by all"),
    "alone": gettext_noop("Said by one alone"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which points are shown: a name of ``SHOWN``, and the slug of a source that is to be silent; empty is any."""

    show: str = ""
    silent: str = ""

    @classmethod
    def of(cls, request: HttpRequest, sources: Sequence[Source]) -> Filters:
        """Read them from an address; what is no choice there is left open."""
        show, silent = request.GET.get("show", ""), request.GET.get("silent", "")
        return cls(show if show in SHOWN else "", silent if silent in {source.slug for source in sources} else "")

    def keep(self, point: Point) -> bool:
        """Tell whether a point is shown."""
        kept = {
            "": True,
            "differences": point.relation in ("partial", "diverge"),
            "shared": not point.silent,
            "alone": point.speaking == 1,
        }[self.show]
        return kept and (not self.silent or point.is_silent(self.silent))


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as a link: its word, how many points it leaves, its address, and whether it is chosen."""

    word: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Account:
    """One source's account as a whole: how long and how detailed it is, and on how many points it is silent.

    ``length`` is its share of the longest account's words, in hundredths.
    """

    source: Source
    statements: int
    words: int
    figures: int
    names: int
    length: int
    silent: int


@open_to_readers
@require_safe
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event point by point, across its sources."""
    event = get_object_or_404(Event.objects.prefetch_related("sources"), slug=slug)
    viewer = viewer_of(request)
    table = table_of(event, viewer)
    points = every_point(table)
    filters = Filters.of(request, table.sources)
    context = {
        "event": event,
        "sources": table.sources,
        "points": [point for point in points if filters.keep(point)],
        "total": len(points),
        "filters": filters,
        "shown": [
            _choice(points, filters, Filters(show, filters.silent), gettext(word)) for show, word in SHOWN.items()
        ],
        "silences": [
            _choice(points, filters, Filters(filters.show, slug), word)
            for slug, word in [("", gettext("Nobody in particular")), *((one.slug, one.name) for one in table.sources)]
        ],
        "accounts": accounts_of(table, points),
        "due": event.comparisons.due().count(),
        "stale_count": Pair.objects.stale_in(event.pk, viewer),
        "unmatched": unmatched_of(*table.sources),
    }
    return render(request, "claims/matrix.html", context)


def accounts_of(table: Table, points: Sequence[Point]) -> list[Account]:
    """Return how long and how detailed each source's account is."""
    measured = [(source, detail_of(claim.text for claim in table.claims_of(source))) for source in table.sources]
    longest = max((detail.words for _, detail in measured), default=0)
    return [
        Account(
            source,
            detail.statements,
            detail.words,
            detail.figures,
            detail.names,
            round(100 * detail.words / longest) if longest else 0,
            sum(point.is_silent(source.slug) for point in points),
        )
        for source, detail in measured
    ]


def _choice(points: Sequence[Point], now: Filters, then: Filters, word: str) -> Choice:
    kept = {name: value for name, value in (("show", then.show), ("silent", then.silent)) if value}
    return Choice(word, sum(map(then.keep, points)), f"?{urlencode(kept)}", now == then)
