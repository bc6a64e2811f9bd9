"""Overviews: how the accounts of one event relate, and those of the whole library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.models import Comparison, Event, Pair, Source
from claims.services.languages import unmatched_of
from claims.templatetags.moments import told
from claims.views import drawing
from claims.views.access import open_to_readers
from claims.views.bars import RELATIONS, bar
from claims.views.drawing import Row
from claims.views.person import viewer_of
from claims.views.points import Point, Table, every_point, table_of
from claims.views.similarity import map_of
from claims.views.tallies import Tally, bar_of, by_event, reasons_of, tallies_of

EVENTS_A_PAGE = 20
MOST_ROWS = 10  # of a chart that would grow with the library
MOST_SILENCES = 6  # of a source, written out


@dataclass(frozen=True, slots=True)
class Silence:
    """What one source is silent on in an event: its strip over all points, and the points most others speak on."""

    source: Source
    strip: list[tuple[str, SafeString]]
    points: list[Point]
    count: int


@dataclass(frozen=True, slots=True)
class Office:
    """A source over all events: how many statements of others it has no counterpart for, of how many.

    ``share`` is of those, in hundredths.
    """

    source: Source
    silent: int
    of: int

    @property
    def share(self) -> float:
        """Return how much it is silent on."""
        return round(100 * self.silent / self.of, 1) if self.of else 0


@open_to_readers
@require_safe
def event_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the accounts of an event relate: by comparison, by reason, claim by claim, and who is silent."""
    event = get_object_or_404(Event.objects.prefetch_related("sources"), slug=slug)
    viewer = viewer_of(request)
    table = table_of(event, viewer, with_words=False)
    tallies = tallies_of(event.comparisons.all(), viewer)
    names = {source.pk: source for source in table.sources}
    chosen = _chosen(tallies, request.GET.get("comparison", ""))
    context = {
        "event": event,
        "whole": bar_of(tallies),
        "rows": [_comparison_row(event, names, tally) for tally in tallies],
        "relations": RELATIONS,
        "reasons": reasons_of(event.comparisons.all(), viewer=viewer),
        "comparisons": [(tally.pk, names[tally.a], names[tally.b], tally is chosen) for tally in tallies],
        "map": map_of(table, chosen) if chosen else None,
        "a": names[chosen.a] if chosen else None,
        "b": names[chosen.b] if chosen else None,
        "silences": silences_of(table, every_point(table)),
        "unmatched": unmatched_of(*table.sources),
        "due": event.comparisons.due().count(),
        "stale_count": Pair.objects.stale_in(event.pk, viewer),
    }
    return render(request, "claims/event_overview.html", context)


@open_to_readers
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how accounts relate over all events."""
    viewer = viewer_of(request)
    tallies = tallies_of(Comparison.objects.order_by("pk"), viewer)
    page = Paginator(Event.objects.order_by("-date", "-pk"), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    of_event = by_event(tallies, [event.pk for event in page])
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "whole": bar_of(tallies),
        "rows": [
            Row(event.title, reverse("event_overview", args=[event.slug]), bar_of(of_event[event.pk]), _date(event))
            for event in page
        ],
        "relations": RELATIONS,
        "reasons": reasons_of(viewer=viewer),
        **_offices(tallies),
    }
    return render(request, "claims/overview.html", context)


def silences_of(table: Table, points: Sequence[Point]) -> list[Silence]:
    """Return for each source on which points it is silent, those first on which most others speak."""
    found = []
    for place, source in enumerate(table.sources):
        silent = [point for point in points if point.cells[place].state == "silent"]
        strip = drawing.strip([point.cells[place].state for point in points])
        heaviest = sorted(silent, key=lambda point: (-point.speaking, point.number))[:MOST_SILENCES]
        found.append(Silence(source, strip, heaviest, len(silent)))
    return found


def _chosen(tallies: Sequence[Tally], asked: str) -> Tally | None:
    fallback = tallies[0] if tallies else None
    return next((tally for tally in tallies if str(tally.pk) == asked), fallback)


def _comparison_row(event: Event, names: Mapping[int, Source], tally: Tally) -> Row:
    a, b = names[tally.a], names[tally.b]
    href = reverse("comparison", args=[event.slug, a.slug, b.slug])
    return Row(
        gettext("%(a)s and %(b)s") % {"a": a.name, "b": b.name}, href, bar(tally.counts, reviewed=tally.reviewed)
    )


def _date(event: Event) -> str:
    return told(event.date, "day")


def _offices(tallies: Sequence[Tally]) -> dict[str, Any]:
    """Return who is silent on how much, and how every two sources relate, over all events. Takes two queries."""
    office = Source.objects.by_office()
    silent, of = defaultdict[int, int](int), defaultdict[int, int](int)
    together: dict[tuple[int, int], list[Tally]] = defaultdict(list)
    weight = defaultdict[tuple[int, int], int](int)
    for tally in tallies:
        both = sorted((office[tally.a], office[tally.b]))
        together[both[0], both[1]].append(tally)
        weight[both[0], both[1]] += tally.total
        for key in (tally.a, tally.b):
            silent[office[key]] += tally.silent(key)
            of[office[key]] += tally.silent(key) + tally.pairs
    most = sorted(together, key=lambda two: (-weight[two], two))[:MOST_ROWS]
    quiet = sorted(silent, key=lambda key: (-silent[key], key))[:MOST_ROWS]
    named = Source.objects.in_bulk({*quiet, *(key for two in most for key in two)})
    return {
        "offices": [Office(named[key], silent[key], of[key]) for key in quiet if silent[key]],
        "together": [
            Row(
                named[a].name,
                named[a].get_absolute_url(),
                bar_of(together[a, b]),
                other=named[b].name,
                other_href=named[b].get_absolute_url(),
            )
            for a, b in most
            if weight[a, b]
        ],
        "all_together": len(together) <= MOST_ROWS,
        "all_offices": len(silent) <= MOST_ROWS,
    }
