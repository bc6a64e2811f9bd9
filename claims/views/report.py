"""The report of an event or a comparison, to print; an editor chooses on the same page what goes in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims.models import Annotation, Comparison, Event, Report
from claims.models.report import LONGEST_INTRODUCTION
from claims.services.refusals import Refused
from claims.services.report import edit_report, notes_for, report_of
from claims.views.access import open_to_readers
from claims.views.asked import number
from claims.views.going_on import see_other
from claims.views.person import person_of, viewer_of
from claims.views.reported import content_of

_allowed = require_http_methods(["GET", "HEAD", "POST"])


@open_to_readers
@_allowed
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the report of an event, or store what an editor put into it."""
    return _answer(request, get_object_or_404(Event, slug=slug), None)


@open_to_readers
@_allowed
def comparison_report(request: HttpRequest, slug: str, a: str, b: str) -> HttpResponse:
    """Show the report of a comparison, or store what an editor put into it."""
    found = Comparison.objects.select_related("event", "a", "b")
    comparison = get_object_or_404(found, event__slug=slug, a__slug=a, b__slug=b)
    return _answer(request, comparison.event, comparison)


def page_of(request: HttpRequest, shown: Report, **more: Any) -> dict[str, Any]:
    """Return what the report's page needs; ``more`` is added (what was refused, with what was typed)."""
    context = {
        "report": shown,
        "event": shown.event,
        "content": content_of(shown, viewer_of(request)),
        "now": timezone.now(),
        "inside": True,
    }
    if request.user.has_perm("claims.change_report"):
        context |= _desk(shown)
    return context | more


def _answer(request: HttpRequest, event: Event, comparison: Comparison | None) -> HttpResponse:
    shown = report_of(event, comparison)
    if request.method != "POST":
        return render(request, "claims/report.html", page_of(request, shown))
    if not request.user.has_perm("claims.change_report"):
        raise PermissionDenied
    text, version = request.POST.get("introduction", ""), _number(request.POST.get("version"))
    chosen = {_number(value) for value in request.POST.getlist("notes")}
    try:
        stored = edit_report(event, comparison, person_of(request), introduction=text, notes=chosen, version=version)
    except Refused as refused:
        typed = {"introduction": text, "version": version}
        more = {"problems": refused.problems, "typed": typed, "chosen": chosen}
        return render(request, "claims/report.html", page_of(request, shown, **more), status=422)
    return see_other(stored.get_absolute_url())


def _desk(shown: Report) -> dict[str, Any]:
    """Return what an editor sees beside the report: what can go in, its links and its history."""
    stored = shown.pk is not None
    return {
        "can_edit": True,
        "longest": LONGEST_INTRODUCTION,
        "typed": {"introduction": shown.introduction, "version": shown.version},
        "notes": _choices(shown),
        "chosen": set(shown.notes.values_list("pk", flat=True)) if stored else set(),
        "links": shown.links.select_related("made_by", "revoked_by").order_by("-pk") if stored else [],
        "changes": shown.changes.select_related("actor").order_by("-pk")[:50] if stored else [],
    }


def _choices(shown: Report) -> list[Annotation]:
    found = notes_for(shown.event, shown.comparison).filter(pair__withdrawn=False)
    return list(found.select_related("author", "pair").order_by("pair", "created_at", "pk"))


def _number(text: str | None) -> int:
    """Return a number that a form sent; what is none is one that nothing has."""
    found = number(text)
    return -1 if found is None else found
