"""The history: who decided, wrote or corrected what, when and why; all of it, or of one event, pair, claim or note."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from claims.models import Annotation, Change, Claim, Event, Pair, Viewer
from claims.models.change import ChangeQuerySet
from claims.views.access import open_to_readers
from claims.views.asked import day, number
from claims.views.person import viewer_of

A_PAGE = 50
MACHINE = "*"  # no name that a person can have


@dataclass(frozen=True, slots=True)
class Scope:
    """What a history is of: its name in an address, the row itself, what it is called, its page and its changes."""

    name: str
    value: str
    title: str
    address: str
    changes: ChangeQuerySet


@open_to_readers
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """Show the entries of the history, newest first, of a person, a kind and a stretch of days if so asked."""
    typed = {name: request.GET.get(name, "") for name in ("person", "kind", "since", "until")}
    problems = {
        name: gettext("Write the day as 2031-04-08.")
        for name in ("since", "until")
        if typed[name] and day(typed[name]) is None
    }
    viewer = viewer_of(request)
    scope = _scope(request, viewer)
    entries = _narrowed(scope.changes if scope else Change.objects.entries(), typed).visible_to(viewer)
    page_number = max(1, number(request.GET.get("page")) or 1)
    # No count of the whole history, which only grows: one entry more than is shown tells whether there are older ones.
    found = list(entries.listed(viewer)[(page_number - 1) * A_PAGE : page_number * A_PAGE + 1])
    kept = {**typed, **({scope.name: scope.value} if scope else {})}
    context = {
        "scope": scope,
        "typed": typed,
        "problems": problems,
        "changes": [] if problems else found[:A_PAGE],
        "people": _people(viewer),
        "machine": MACHINE,
        "kinds": Change.What.choices,
        "newer": _address(kept, page_number - 1) if page_number > 1 else "",
        "older": _address(kept, page_number + 1) if len(found) > A_PAGE else "",
    }
    return render(request, "claims/history.html", context, status=422 if problems else 200)


@open_to_readers
@require_GET
def history_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry: a single change, or a bulk with each pair that it changed."""
    viewer = viewer_of(request)
    entry = get_object_or_404(Change.objects.visible_to(viewer).listed(viewer), pk=pk)
    parts = Paginator(entry.parts.listed(viewer).order_by("pk"), A_PAGE).get_page(request.GET.get("page"))
    stands = entry.what in Change.ACTS and entry.undone_at is None and not entry.takes_back
    undoable = stands and entry.actor_id == request.user.pk
    context = {
        "entry": entry,
        "page": parts,
        "undoable": undoable and request.user.has_perm("claims.add_review"),
    }
    return render(request, "claims/history_entry.html", context)


def _scope(request: HttpRequest, viewer: Viewer) -> Scope | None:
    """Return what the history is asked to be of; a row that does not exist is not found."""
    told = request.GET
    if slug := told.get("event", ""):
        event = get_object_or_404(Event, slug=slug)
        changes = Change.objects.entries().of_event(event)
        return Scope("event", slug, event.title, event.get_absolute_url(), changes)
    for name, of_row in (("pair", _of_pair), ("claim", _of_claim), ("annotation", partial(_of_annotation, viewer))):
        if told.get(name):
            if (key := number(told[name])) is None:
                raise Http404
            return of_row(key)
    return None


def _of_pair(key: int) -> Scope:
    pair = get_object_or_404(Pair, pk=key)
    return Scope(
        "pair",
        str(key),
        gettext("Pair %(key)s") % {"key": key},
        pair.get_absolute_url(),
        Change.objects.filter(pair=pair),
    )


def _of_claim(key: int) -> Scope:
    claim = get_object_or_404(Claim, pk=key)
    return Scope("claim", str(key), f"“{claim}”", claim.get_absolute_url(), Change.objects.of_claim(claim))


def _of_annotation(viewer: Viewer, key: int) -> Scope:
    note = get_object_or_404(Annotation.objects.visible_to(viewer), pk=key)
    changes = Change.objects.filter(annotation=note)
    return Scope(
        "annotation", str(key), gettext("Annotation “%(note)s”") % {"note": note}, note.get_absolute_url(), changes
    )


def _narrowed(changes: ChangeQuerySet, typed: dict[str, str]) -> ChangeQuerySet:
    if typed["person"] == MACHINE:
        changes = changes.filter(actor__isnull=True)
    elif typed["person"]:
        changes = changes.filter(actor__username=typed["person"])
    if typed["kind"] in Change.What.values:
        changes = changes.filter(what=typed["kind"])
    return changes.between(day(typed["since"]), day(typed["until"]))


def _people(viewer: Viewer) -> list[str]:
    seen = Change.objects.visible_to(viewer)
    acted = get_user_model()._default_manager.filter(Exists(seen.filter(actor=OuterRef("pk"))))
    return list(acted.order_by("username").values_list("username", flat=True))


def _address(kept: dict[str, Any], page: int) -> str:
    return f"?{urlencode({name: value for name, value in {**kept, 'page': page}.items() if value})}"
