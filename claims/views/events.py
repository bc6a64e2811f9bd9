"""Events: the list, one event with the state of its run, and adding one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from claims.models import Comparison, Event, FeedItem, Lone, Pair, Run, Viewer
from claims.services.analyse import request_run
from claims.services.feeds.deciding import accept_item
from claims.services.feeds.placing import parties_named
from claims.services.ingest import add_event
from claims.services.languages import unmatched_of
from claims.services.refusals import Refused
from claims.templatetags.crossread import UNJUDGED
from claims.views.access import open_to_readers
from claims.views.asked import number
from claims.views.bars import Bar, bar
from claims.views.feeds import shown_first
from claims.views.forms import MOST_SOURCES, EventForm, SourceForms
from claims.views.person import person_of, viewer_of
from claims.views.points import points_of
from claims.views.suggestions import names_in

EVENTS_A_PAGE = 20
MOST_POINTS = 8  # on the event's own page; the matrix has all
STOP_POLLING = 286  # htmx's own status: swap this answer in and ask no more


@open_to_readers
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def events(request: HttpRequest) -> HttpResponse:
    """List the events, newest first, or those that the search finds."""
    words = request.GET.get("q", "").replace("\0", " ").strip()
    page = Paginator(Event.objects.search(words).listed(viewer_of(request)), EVENTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    for event in page:
        event.bar = _bar_of(event)  # type: ignore[attr-defined]
    context = {"page": page, "words": words, "pages": page.paginator.get_elided_page_range(page.number)}
    partial = "#found" if getattr(request, "htmx", None) and request.headers.get("HX-Target") == "found" else ""
    return render(request, f"claims/events.html{partial}", context)


@open_to_readers
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event: its articles, sources and comparisons, and how far reading and comparing have come."""
    shown = get_object_or_404(Event.objects.prefetch_related("sources__entry__within"), slug=slug)
    context = {**_whole(shown, viewer_of(request)), **names_in(request, shown)}
    return render(request, "claims/event.html", context)


@open_to_readers
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def event_progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer a page that asks how far the run is: nothing while nothing has moved, everything when it has ended."""
    shown = get_object_or_404(Event.objects.prefetch_related("sources__entry__within"), slug=slug)
    if not request.headers.get("HX-Request"):
        return redirect(shown)
    progress = progress_of(shown)
    if not progress.under_way:
        context = {**_whole(shown, viewer_of(request)), "swapped": True}
        return render(request, "claims/event.html#ended", context, status=STOP_POLLING)
    if request.GET.get("seen") == progress.mark:
        return HttpResponse(status=204)
    return render(request, "claims/event.html#progress", {"event": shown, "progress": progress})


@require_POST
@permission_required("claims.add_article", raise_exception=True)
def event_retry(request: HttpRequest, slug: str) -> HttpResponse:
    """Read and compare again what the event still owes."""
    shown = get_object_or_404(Event, slug=slug)
    request_run(shown)
    return redirect(shown)


@permission_required("claims.add_event", raise_exception=True)
def event_add(request: HttpRequest) -> HttpResponse:
    """Add an event with its sources. “Add another source” brings a row more and keeps what was typed."""
    item = _item_of(request)
    if request.method != "POST":
        begun = {"title": item.title, "date": item.at.date()} if item else {}
        named = [{"entry": party.label} for party in parties_named(item)[:MOST_SOURCES]] if item else []
        begun_rows = [*named, {}, {}][: max(2, len(named))]
        return _event_form(request, EventForm(initial=begun), SourceForms(initial=begun_rows), item=item)
    if "more" in request.POST:
        data = request.POST.copy()
        typed = SourceForms(data).total_form_count()
        data["form-TOTAL_FORMS"] = str(min(typed + 1, MOST_SOURCES))
        return _event_form(request, EventForm(initial=data.dict()), _typed(data), item=item)
    form, rows = EventForm(request.POST), SourceForms(request.POST)
    problem = ""
    if form.is_valid() & rows.is_valid():
        drafts = [row.draft() for row in rows if not row.is_blank()]
        try:
            return _added(request, add_event(**form.cleaned_data, sources=drafts), item)
        except Refused as refused:
            problem = refused.problems.pop("sources", "")
            form.refuse(refused)
    return _event_form(request, form, rows, problem=problem, status=422, item=item)


def _added(request: HttpRequest, event: Event, item: FeedItem | None) -> HttpResponse:
    """Lead to a new event, or to the draft of the feed's item that it was begun for."""
    if item is None:
        return redirect(event)
    try:
        return redirect(shown_first(accept_item(item, event, person_of(request))))
    except Refused as refused:
        messages.error(request, f"The event is there. {refused}")
        return redirect(event)


def _item_of(request: HttpRequest) -> FeedItem | None:
    """Return the feed's item that an event is begun for."""
    key = number(request.GET.get("item") or request.POST.get("item"))
    if not key or not request.user.has_perm("claims.change_feed"):
        return None
    return FeedItem.objects.filter(pk=key, state=FeedItem.State.NEW).select_related("feed").first()


def _event_form(
    request: HttpRequest,
    form: EventForm,
    rows: Any,
    *,
    problem: str = "",
    status: int = 200,
    item: FeedItem | None = None,
) -> HttpResponse:
    context = {
        "item": item,
        "form": form,
        "rows": rows,
        "problem": problem,
        "room": rows.total_form_count() < MOST_SOURCES,
    }
    return render(request, "claims/event_add.html", context, status=status)


def _typed(data: Any) -> Any:
    """Return the rows as typed, without saying yet what is wrong with them."""
    rows = SourceForms(data)
    initial = [{name: data.get(f"{row.prefix}-{name}", "") for name in row.fields} for row in rows]
    return SourceForms(initial=initial)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading and comparing of an event has come."""

    run: Run | None
    articles: int
    unread: int
    comparisons: int
    due: int

    @property
    def under_way(self) -> bool:
        """Tell whether a worker has the event or will have it."""
        return self.run is not None and self.run.under_way

    @property
    def mark(self) -> str:
        """Return what changes whenever there is something new to say."""
        return f"{self.run.pk if self.run else 0}-{self.run.state if self.run else ''}-{self.unread}-{self.due}"

    @property
    def read(self) -> int:
        """Return how many articles are read."""
        return self.articles - self.unread

    @property
    def compared(self) -> int:
        """Return how many comparisons are made."""
        return self.comparisons - self.due


def progress_of(event: Event) -> Progress:
    """Return an event's progress, in three queries."""
    articles = event.articles.aggregate(n=Count("pk"), unread=Count("pk", filter=Q(read_at__isnull=True)))
    comparisons = event.comparisons.aggregate(n=Count("pk"), due=Count("pk", filter=Q(due_since__isnull=False)))
    run = event.runs.order_by("-pk").first()
    return Progress(run, articles["n"], articles["unread"], comparisons["n"], comparisons["due"])


def _whole(event: Event, viewer: Viewer) -> dict[str, Any]:
    """Return what the event's page shows to somebody, in a fixed number of queries."""
    sources = list(event.sources.all())
    current = Count("claims", filter=Q(claims__withdrawn=False))
    return {
        "event": event,
        "sources": sources,
        "outdated": [source.name for source in sources if source.outdated],
        "articles": event.articles.select_related("publisher").defer("text").annotate(claim_count=current),
        "comparisons": _comparisons(event, viewer),
        "points": points_of(event, viewer) if len(sources) > 2 else [],
        "most_points": MOST_POINTS,
        "shown_points": f":{MOST_POINTS}",
        "progress": progress_of(event),
        "stale_count": Pair.objects.stale_in(event.pk, viewer),
        "unmatched": unmatched_of(*sources),
    }


def _comparisons(event: Event, viewer: Viewer) -> list[Comparison]:
    """Return the event's comparisons, each with its ``bar``. Takes three queries."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    reviewed: dict[int, int] = defaultdict(int)
    pairs = Pair.objects.standing(viewer).filter(comparison__event=event).order_by()
    for row in pairs.values("comparison", "shown", "reviewed").annotate(n=Count("pk")):  # type: ignore[misc]
        key, relation = row["comparison"], row["shown"] or UNJUDGED
        counts[key][relation] = counts[key].get(relation, 0) + row["n"]
        reviewed[key] += row["n"] if row["reviewed"] else 0
    lone = Lone.objects.standing(viewer).filter(comparison__event=event).order_by()
    for row in lone.values("comparison").annotate(n=Count("pk")):
        counts[row["comparison"]]["only"] = row["n"]
    shown = list(event.comparisons.select_related("event", "a", "b"))
    for comparison in shown:
        comparison.bar = bar(counts[comparison.pk], reviewed=reviewed[comparison.pk])  # type: ignore[attr-defined]
    return shown


def _bar_of(event: Any) -> Bar:
    counts = {name: getattr(event, f"{name}_count") for name in ("agree", "partial", "diverge", "only")}
    counts[UNJUDGED] = event.pair_count - counts["agree"] - counts["partial"] - counts["diverge"]
    return bar(counts, reviewed=event.reviewed_count)
