"""The page of a source: how its accounts compare over all events in which it occurs."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_safe

from claims.models import Claim, Comparison, Event, Lone, Source, Viewer
from claims.models.pair import differing_for
from claims.models.verdict import ReasonWords
from claims.services.detail import commitments_of
from claims.services.languages import covers
from claims.templatetags.moments import told
from claims.views import drawing
from claims.views.access import open_to_readers
from claims.views.bars import RELATIONS
from claims.views.drawing import Column, Row
from claims.views.person import viewer_of
from claims.views.suggestions import suggested_in
from claims.views.tallies import Tally, bar_of, by_event, counts_of, reasons_of, tallies_of

MOST_COLUMNS = 24
MOST_EXAMPLES = 8
NEWEST = 20  # events in which examples are looked for
MOST_READ = 150  # newest claims whose wording is read: a hundredth of a second
STEPS = {
    7: gettext_noop("is agreed, decided"),
    6: gettext_noop("commits, promises"),
    5: gettext_noop("accepts"),
    4: gettext_noop("offers, is ready to"),
    3: gettext_noop("proposes, asks"),
    2: gettext_noop("considers"),
    1: gettext_noop("discusses, notes, hopes"),
    0: gettext_noop("refuses, denies, does not agree"),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder of commitment: how often the source's words reach it, and which words those are.

    ``share`` is of the fullest step, in hundredths.
    """

    step: int
    meaning: str
    count: int
    share: float
    words: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Binding:
    """A pair in which one account binds further: the words on both sides, and by how many steps ours do.

    ``step`` is 0 where the difference does not lie in words of the ladder.
    """

    pair: int
    ours: str
    theirs: str
    other: str
    step: int


@open_to_readers
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a source compares over all its events, by whichever of its rows the address names."""
    shown = get_object_or_404(Source.objects.select_related("event"), pk=pk)
    office = Source.objects.by_office()
    own = {key for key, first in office.items() if first == office[shown.pk]}
    comparisons = Comparison.objects.filter(Q(a__in=own) | Q(b__in=own)).order_by("pk")
    viewer = viewer_of(request)
    tallies = tallies_of(comparisons, viewer)
    events = list(Event.objects.filter(sources__in=own).distinct().order_by("-date", "-pk"))
    rungs, read = ladder_of(own)
    newest = _of_newest(tallies, events)
    context = {
        "source": shown,
        "suggested": suggested_in(request, shown),
        "events": events,
        "recent": events[:MOST_EXAMPLES],
        "whole": bar_of(tallies),
        "relations": RELATIONS,
        "others": others_of(tallies, office, own),
        "silent": sum(_silent(tally, own) for tally in tallies),
        "left_out": left_out_by(newest, own, viewer),
        "most_examples": MOST_EXAMPLES,
        "reasons": reasons_of(comparisons, viewer=viewer),
        "rungs": rungs,
        "read": read,
        "bindings": bindings_of(newest, own, viewer),
        "columns": over_time(tallies, events),
        "height": drawing.HEIGHT,
    }
    return render(request, "claims/source.html", context)


def others_of(tallies: Iterable[Tally], office: Mapping[int, int], own: set[int]) -> list[tuple[Row, int]]:
    """Return a bar for each other source that it was compared with, and on how much it is silent. One query."""
    found: dict[int, list[Tally]] = defaultdict(list)
    for tally in tallies:
        found[office[tally.b if tally.a in own else tally.a]].append(tally)
    named = Source.objects.in_bulk(found)
    rows = []
    for key, several in found.items():
        events = len({tally.event for tally in several})
        note = ngettext("%(count)s event", "%(count)s events", events) % {"count": events}
        row = Row(named[key].name, named[key].get_absolute_url(), bar_of(several), note)
        rows.append((row, sum(_silent(tally, own) for tally in several)))
    return sorted(rows, key=lambda one: (-one[0].bar.total, one[0].name))


def left_out_by(newest: Sequence[Tally], own: set[int], viewer: Viewer) -> list[Lone]:
    """Return the newest statements of others that it has no counterpart for, with their source and event. One query."""
    keys = [tally.pk for tally in newest if _silent(tally, own)][:MOST_EXAMPLES]
    standing = Lone.objects.standing(viewer).filter(comparison__in=keys)
    found = standing.select_related("claim__source", "claim__standing_correction__source", "comparison__event")
    of_others = [lone for lone in found.order_by("pk") if getattr(lone.claim.standing_source, "pk", None) not in own]
    return sorted(of_others, key=lambda lone: keys.index(lone.comparison_id))[:MOST_EXAMPLES]


def ladder_of(own: set[int]) -> tuple[list[Rung], int]:
    """Return how far its newest statements bind, step by step, and how many were read. One query."""
    language = Coalesce(NullIf("article__stated_language", Value("")), "article__language")
    claims = Claim.objects.current().attributed().filter(attributed_to__in=own).order_by("-pk")  # type: ignore[misc]
    texts = claims.annotate(language=language).values_list("text", "language")[:MOST_READ]
    words: dict[int, Counter[str]] = defaultdict(Counter)
    read = [text for text, code in texts if covers(code)]
    for text in read:
        for one in commitments_of(text):
            told = text[one.start : one.end].lower()
            words[one.step][gettext("not: %(words)s") % {"words": told} if one.negated else told] += 1
    counts = {step: sum(words[step].values()) for step in STEPS}
    most = max(counts.values()) or 1
    rungs = [
        Rung(step, gettext(meaning), counts[step], round(100 * counts[step] / most, 1), words[step].most_common(4))
        for step, meaning in STEPS.items()
    ]
    return rungs if any(counts.values()) else [], len(read)


def bindings_of(newest: Sequence[Tally], own: set[int], viewer: Viewer) -> list[Binding]:
    """Return the newest pairs that differ in how far somebody is bound, with the words of both sides. One query."""
    words = ReasonWords.objects.filter(
        differing_for(viewer, "reason__verdict__pair__"),
        reason__verdict__pair__comparison__in=[tally.pk for tally in newest],
        reason__verdict__pair__withdrawn=False,
        reason__kind="commitment",
    )
    pair = "reason__verdict__pair"
    rows = words.order_by(f"-{pair}", "side", "start").annotate(
        pair=F(pair),
        a=F(f"{pair}__comparison__a"),
        a_name=F(f"{pair}__comparison__a__name"),
        b_name=F(f"{pair}__comparison__b__name"),
    )
    said: dict[int, dict[str, str]] = defaultdict(dict)
    about: dict[int, tuple[bool, str]] = {}
    for row in rows.select_related("claim")[: 4 * MOST_EXAMPLES]:
        known = vars(row)
        said[known["pair"]].setdefault(row.side, row.text)
        is_a = known["a"] in own
        about[known["pair"]] = is_a, known["b_name"] if is_a else known["a_name"]
    found = [_binding(key, sides, *about[key]) for key, sides in said.items() if len(sides) == 2]
    return found[:MOST_EXAMPLES]


def over_time(tallies: Iterable[Tally], events: Sequence[Event]) -> list[Column]:
    """Return columns from the oldest event to the newest: each event's, or by month or year where there are many.

    Events without a date are left out.
    """
    of_event = {event: counts_of(several) for event, several in by_event(tallies, [one.pk for one in events]).items()}
    dated = sorted((event for event in events if event.date), key=attrgetter("date", "pk"))
    if len(dated) <= MOST_COLUMNS:
        return drawing.columns([(_day(event), _address(event), of_event[event.pk]) for event in dated])
    months = _spans(dated, of_event, lambda day: told(day, "short month"))
    return drawing.columns(months if len(months) <= MOST_COLUMNS else _spans(dated, of_event, lambda day: f"{day:%Y}"))


def _spans(
    events: Iterable[Event], of_event: Mapping[int, Mapping[str, int]], name: Callable[[dt.date], str]
) -> list[tuple[str, str, Counter[str]]]:
    spans: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        if event.date is not None:
            spans[name(event.date)].update(of_event[event.pk])
    return [(span, "", counts) for span, counts in spans.items()]


def _day(event: Event) -> str:
    return told(event.date, "short day")


def _address(event: Event) -> str:
    return reverse("event_overview", args=[event.slug])


def _of_newest(tallies: Iterable[Tally], events: Sequence[Event]) -> list[Tally]:
    """Return the tallies of the newest events, newest first."""
    of_event = by_event(tallies, [event.pk for event in events[:NEWEST]])
    return [tally for several in of_event.values() for tally in several]


def _silent(tally: Tally, own: set[int]) -> int:
    return tally.silent(tally.a if tally.a in own else tally.b)


def _binding(pair: int, sides: Mapping[str, str], is_a: bool, other: str) -> Binding:
    ours, theirs = (sides["a"], sides["b"]) if is_a else (sides["b"], sides["a"])
    height, others = _height(ours), _height(theirs)
    step = 0 if height is None or others is None else height - others
    return Binding(pair, ours, theirs, other, step)


def _height(words: str) -> int | None:
    return max((one.step for one in commitments_of(words)), default=None)
