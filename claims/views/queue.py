"""The review queue: one pair at a time, of a selection, in an order that the reviewer chooses and that then stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from claims.models import Assignment, Event, Pair, Round, Source
from claims.models.pair import PairQuerySet
from claims.models.verdict import REASON_KINDS, RELATIONS
from claims.services.rounds import begin_anew, round_of, stay_at
from claims.services.selection import ASSIGNEES, ORDERS, SCORES, SOMEBODY, STATES, Selection
from claims.templatetags.crossread import plain, within
from claims.views.access import open_to_readers
from claims.views.asked import number
from claims.views.going_on import see_other
from claims.views.pairs import page_of
from claims.views.person import person_of, viewer_of

_Choice = tuple[str, str, str, list[tuple[str, str]], str]


@open_to_readers
@require_GET
@vary_on_headers("HX-Request", "HX-Target")
def queue(request: HttpRequest) -> HttpResponse:
    """Show the pair that the reviewer is at, of all or of a selection: the one asked for, the next, or where they left.

    ``pair`` asks for one pair, ``after`` for the next that waits behind one (0: the first), ``before`` for the one
    before. Without any of them the round through the selection is resumed.
    """
    selection = Selection.of(request.GET)
    viewer = viewer_of(request)
    waiting = selection.waiting(viewer)
    asked = {name: number(request.GET.get(name)) for name in ("pair", "after", "before")}
    entering = all(value is None for value in asked.values())
    round_ = round_of(viewer.pk, selection.key, lambda: selection.ordered(viewer), entering=entering)
    chosen = _chosen(round_, waiting, Pair.objects.reviewable(viewer), **asked)
    context = choosing(selection, open_state=gettext("not decided by me")) | selection.pairs(viewer).progress(viewer)
    context["assigned"] = Assignment.objects.waiting().filter(reviewer=viewer.pk or 0).count()
    if chosen is not None:
        stay_at(round_, chosen)
        context |= page_of(request, chosen, alike=selection.query, **_steps(selection, round_, chosen))
    elif round_.next_of(waiting) is not None:
        context["again"] = _address(selection, after=0)
    htmx = getattr(request, "htmx", None)
    partial = "#card" if htmx and htmx.target == "desk" else ""
    return render(request, f"claims/queue.html{partial}", context)


@require_POST
@permission_required("claims.add_review", raise_exception=True)
def queue_anew(request: HttpRequest) -> HttpResponse:
    """Sort the selection anew, and begin at its first pair."""
    selection = Selection.of(request.POST)
    user_id: int = person_of(request).pk
    begin_anew(user_id, selection.key)
    return see_other(_address(selection))


def choosing(selection: Selection, *, open_state: str) -> dict[str, Any]:
    """Return what the form that chooses pairs and their order needs.

    Args:
        open_state: what an empty state means on this page.
    """
    choices = _choices(selection, open_state)
    return {
        "selection": selection,
        "events": Event.objects.order_by("title").values_list("slug", "title"),
        "sources": Source.objects.order_by("name").values_list("slug", "name").distinct(),
        "choices": choices,
        "chosen_words": _words(selection, choices),
    }


def _chosen(
    round_: Round,
    waiting: PairQuerySet,
    shown: PairQuerySet,
    *,
    pair: int | None,
    after: int | None,
    before: int | None,
) -> int | None:
    """Return the pair to show, or None where nothing waits (any more, behind the one that was passed over)."""
    if pair is not None and shown.filter(pk=pair).exists():
        return pair
    if after is not None:
        return round_.next_of(waiting, after=after)
    if before is not None and (found := round_.previous_of(shown, before)) is not None:
        return found
    if (stale := round_.next_of(waiting.filter(Q(seen_stale=True)))) is not None:
        return stale
    if round_.at_id is not None and waiting.filter(pk=round_.at_id).exists():
        return round_.at_id
    behind = round_.next_of(waiting, after=round_.at_id) if round_.at_id is not None else None
    return behind or round_.next_of(waiting)


def _steps(selection: Selection, round_: Round, chosen: int) -> dict[str, Any]:
    """Return where a decision, passing over and going back lead, with what narrows the queue; and how far one is."""
    place = round_.place_of(chosen)
    return {
        "next": _address(selection, after=chosen),
        "here": _address(selection, pair=chosen),
        "back": _address(selection, before=chosen) if place > 0 else "",
        "first": _address(selection, after=0),
        "place": place + 1,
        "places": len(round_.order),
    }


def _address(selection: Selection, **asked: int) -> str:
    query = urlencode({**selection.kept, **asked})
    return f"{reverse('queue')}?{query}" if query else reverse("queue")


def told_choices(selection: Selection) -> list[str]:
    """Return what narrows a selection, each choice said in full: "relation diverge", "reviewers differ"."""
    narrowing = replace(selection, order="")
    named = {
        "relation": gettext("relation %(relation)s") % {"relation": within(selection.relation)},
        "reason": gettext("reason %(reason)s") % {"reason": plain(selection.reason)},
    }
    words = _words(narrowing, [one for one in _choices(narrowing, "") if one[0] not in named])
    return [told for name, told in named.items() if getattr(selection, name)] + words


def _words(selection: Selection, choices: Sequence[_Choice]) -> list[str]:
    """Return in words what is chosen, the event left out: its title stands beside them."""
    named = Source.objects.filter(slug=selection.source).values_list("name", flat=True)
    source = named.first() if selection.source else None
    taken = [dict(options).get(value, "") for _, _, _, options, value in choices]
    bounds = {
        gettext("match from %(bound)s"): selection.least,
        gettext("match up to %(bound)s"): selection.most,
        gettext("events since %(bound)s"): selection.since,
        gettext("events until %(bound)s"): selection.until,
    }
    within_bounds = [told % {"bound": bound} for told, bound in bounds.items() if bound]
    return [word for word in (source, *taken, *within_bounds) if word]


def _choices(selection: Selection, open_state: str) -> list[_Choice]:
    """Return the queue's choices but for event and source: name, label, the open choice, all others, the one taken."""
    offered = [
        ("relation", gettext("Relation"), gettext("any relation"), [(one, within(one)) for one, _ in RELATIONS]),
        ("reason", gettext("Reason"), gettext("any reason"), [(kind, plain(kind)) for kind, _ in REASON_KINDS]),
        ("score", gettext("Match"), gettext("any match"), _told(SCORES)),
        ("assignee", gettext("Assigned"), gettext("to anybody"), [*_told(ASSIGNEES), *_people(selection)]),
        ("state", gettext("State"), open_state, [one for one in _told(STATES) if one[1] != open_state]),
        ("order", gettext("Order"), gettext("most uncertain first"), _told(ORDERS)),
    ]
    return [(name, label, none, choices, getattr(selection, name)) for name, label, none, choices in offered]


def _people(selection: Selection) -> list[tuple[str, str]]:
    """Return those who have pairs assigned, as choices, and whoever is chosen."""
    names = Assignment.objects.order_by("reviewer__username").values_list("reviewer__username", flat=True).distinct()
    offered = {f"{SOMEBODY}{name}": name for name in names}
    if selection.assignee.startswith(SOMEBODY):
        offered.setdefault(selection.assignee, selection.assignee.removeprefix(SOMEBODY))
    return [(value, gettext("assigned to %(name)s") % {"name": name}) for value, name in offered.items()]


def _told(choices: dict[str, str]) -> list[tuple[str, str]]:
    """Return choices with their words in the reader's language."""
    return [(value, gettext(name)) for value, name in choices.items()]
