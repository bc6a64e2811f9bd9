"""Assignments: an editor shares an event's pairs out among reviewers, and sees who has how much to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from claims.models import Assignment, Event
from claims.models.assignment import reviewers, with_load
from claims.models.pair import PairQuerySet
from claims.models.verdict import RELATIONS
from claims.services.assign import WHICH, Plan, assign, assignable, chosen, plan, take_back
from claims.services.refusals import Refused, Stale
from claims.views.asked import number
from claims.views.going_on import see_other
from claims.views.person import person_of


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor chose: which pairs, who reviews them, and how many reviewers each pair gets."""

    comparison: int | None
    relation: str
    which: str
    people: tuple[int, ...]
    per_pair: int | None

    @classmethod
    def of(cls, told: QueryDict) -> Choice:
        """Read it from a form; what is no choice there is left open."""
        relation, which = told.get("relation", ""), told.get("which", "")
        people = {key for one in told.getlist("people") if (key := number(one)) is not None}
        return cls(
            number(told.get("comparison")),
            relation if relation in dict(RELATIONS) else "",
            which if which in WHICH else "",
            tuple(sorted(people)),
            number(told.get("per_pair", "1")),
        )

    def pairs(self, event: Event) -> PairQuerySet:
        """Return the event's pairs that are chosen."""
        return chosen(event, comparison=self.comparison, relation=self.relation, which=self.which)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("claims.add_assignment", raise_exception=True)
def assignments(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who has what to do; a POST shares pairs out, or with ``preview`` only says how it would."""
    event = get_object_or_404(Event, slug=slug)
    if request.method != "POST":
        return render(request, "claims/assignments.html", _page(event, Choice.of(QueryDict())))
    choice = Choice.of(request.POST)
    try:
        if "preview" in request.POST:
            made = plan(choice.pairs(event), choice.people, per_pair=choice.per_pair or 0)
            return render(request, "claims/assignments.html", _page(event, choice, shown=made))
        made = _assign(request, event, choice)
    except Refused as refused:
        event.refresh_from_db()
        page = _page(event, choice, problems=refused.problems)
        return render(request, "claims/assignments.html", page, status=409 if isinstance(refused, Stale) else 422)
    messages.success(request, _in_words(made))
    return see_other(reverse("assignments", args=[event.slug]))


@require_POST
@permission_required("claims.delete_assignment", raise_exception=True)
def assignments_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take from a reviewer what they have not decided of an event."""
    event = get_object_or_404(Event, slug=slug)
    try:
        taken = take_back(event, person_of(request), pk, version=_version(request))
    except Stale as stale:
        event.refresh_from_db()
        page = _page(event, Choice.of(QueryDict()), problems=stale.problems)
        return render(request, "claims/assignments.html", page, status=409)
    messages.success(
        request, ngettext("Taken back: %(count)s pair.", "Taken back: %(count)s pairs.", taken) % {"count": taken}
    )
    return see_other(reverse("assignments", args=[event.slug]))


def _assign(request: HttpRequest, event: Event, choice: Choice) -> Plan:
    return assign(
        event,
        person_of(request),
        choice.pairs(event),
        choice.people,
        per_pair=choice.per_pair or 0,
        version=_version(request),
    )


def _in_words(made: Plan) -> str:
    """Say what was assigned, and what could not be."""
    pairs = len({pair for pair, _ in made.shares})
    told = ngettext(
        "Assigned: %(pairs)s pair, %(shares)s decisions to make.",
        "Assigned: %(pairs)s pairs, %(shares)s decisions to make.",
        pairs,
    ) % {"pairs": pairs, "shares": len(made.shares)}
    if not made.short:
        return told
    short = gettext("%(short)s have fewer reviewers than you wanted: choose more people.") % {"short": made.short}
    return f"{told} {short}"


def _version(request: HttpRequest) -> int:
    """Return the version that the form was made from; one that is no number is never the present one."""
    told = number(request.POST.get("version"))
    return -1 if told is None else told


def _page(
    event: Event, choice: Choice, *, shown: Plan | None = None, problems: dict[str, str] | None = None
) -> dict[str, Any]:
    people = list(with_load(reviewers(), event.pk))
    load = shown.load if shown else {}
    return {
        "event": event,
        "choice": choice,
        "people": [(person, load.get(person.pk, 0)) for person in people],
        "plan": shown,
        "pairs_given": len({pair for pair, _ in shown.shares}) if shown else 0,
        "problems": problems or {},
        "relations": RELATIONS,
        "which": [(value, gettext(name)) for value, name in WHICH.items()],
        "comparisons": event.comparisons.select_related("a", "b"),
        "pairs": assignable(event).count(),
        "unassigned": assignable(event).filter(assignments=None).count(),
        "waiting": Assignment.objects.waiting().filter(pair__comparison__event=event).count(),
    }
