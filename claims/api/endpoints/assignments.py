"""Assignments: who is to decide on what, and sharing an event's pairs out among reviewers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, check_unchanged, conditional
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, reads, writes
from claims.models import Assignment, Event
from claims.models.assignment import reviewers
from claims.models.token import Scope
from claims.services.assign import Plan, assign, chosen, plan, take_back
from claims.services.refusals import Refused

_ASSIGN = "claims.add_assignment"


class AssignmentFilters(Schema):
    """Which assignments."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""
    reviewer: Annotated[shapes.Word, Field(description="A reviewer's name.")] = ""
    state: Annotated[Literal["", "waiting", "done"], Field(description="Still to be decided, or not.")] = ""


class NewSharing(Input):
    """Which pairs are shared out, among whom, and how many reviewers each gets."""

    reviewers: Annotated[list[shapes.Word], Field(min_length=1, max_length=100)]
    per_pair: Annotated[int, Field(ge=1, le=100)] = 1
    comparison: shapes.Key | None = None
    relation: Annotated[Literal["", "agree", "partial", "diverge"], Field(description="What the machine says.")] = ""
    which: Annotated[
        Literal["", "open", "disputed", "nobody"],
        Field(description="Decided by nobody, reviewers differ, assigned to nobody."),
    ] = ""


@router.get("/assignments", response=Page[shapes.Assignment], tags=["assignments"])
def assignment_list(
    request: HttpRequest, filters: Query[AssignmentFilters], paging: Query[Paging]
) -> Page[shapes.Assignment]:
    """List assignments: your own; for editors everybody's."""
    user = access_of(request).user
    waiting = Exists(Assignment.objects.waiting().filter(pk=OuterRef("pk")))
    rows = Assignment.objects.select_related("reviewer", "by", "pair__comparison__event").annotate(is_waiting=waiting)
    if not user.has_perm(_ASSIGN):
        rows = rows.filter(reviewer=user.pk)
    if filters.event:
        rows = rows.filter(pair__comparison__event__slug=filters.event)
    if filters.reviewer:
        rows = rows.filter(reviewer__username=filters.reviewer)
    if filters.state:
        rows = rows.filter(is_waiting=filters.state == "waiting")
    return paged(request, rows.order_by("pk"), paging, shapes.Assignment.of)


@router.get("/events/{slug}/sharing", response=shapes.Sharing, tags=["assignments"], **reads(_ASSIGN, **IF_NONE_MATCH))
def sharing(request: HttpRequest, slug: Path[shapes.Slug]) -> HttpResponse:
    """Show how an event's pairs are shared out."""
    return conditional(request, shapes.Sharing.of(get_object_or_404(Event, slug=slug)))


@router.post(
    "/events/{slug}/sharing/preview",
    response=shapes.SharePlan,
    tags=["assignments"],
    **writes(Scope.EDIT, _ASSIGN),
)
def sharing_preview(request: HttpRequest, slug: Path[shapes.Slug], told: NewSharing) -> Written:
    """Say how pairs would be shared out; nothing is stored."""
    event, people = get_object_or_404(Event, slug=slug), _people(told)
    made = _told(lambda: plan(chosen(event, **_choice(told)), list(people), per_pair=told.per_pair))
    return Written(shapes.SharePlan.of(made, people))


@router.post(
    "/events/{slug}/sharing",
    response=shapes.Sharing,
    tags=["assignments"],
    **writes(Scope.EDIT, _ASSIGN, if_match=True),
)
def share(request: HttpRequest, slug: Path[shapes.Slug], told: NewSharing) -> Written:
    """Share pairs out: each goes to those who have least, and what somebody has already is counted."""
    event, people = _unchanged(request, slug), _people(told)
    pairs, person = chosen(event, **_choice(told)), access_of(request).person
    _told(lambda: assign(event, person, pairs, list(people), per_pair=told.per_pair, version=event.shared_out))
    return _stands(slug)


@router.delete(
    "/events/{slug}/sharing/{reviewer}",
    response=shapes.Sharing,
    tags=["assignments"],
    **writes(Scope.EDIT, "claims.delete_assignment", if_match=True),
)
def unshare(request: HttpRequest, slug: Path[shapes.Slug], reviewer: Path[shapes.Word]) -> Written:
    """Take from a reviewer what they have not decided of an event."""
    event = _unchanged(request, slug)
    found = get_object_or_404(reviewers(), username=reviewer)
    take_back(event, access_of(request).person, found.pk, version=event.shared_out)
    return _stands(slug)


def _unchanged(request: HttpRequest, slug: str) -> Event:
    event = get_object_or_404(Event.objects.select_for_update(), slug=slug)
    check_unchanged(request, shapes.Sharing.of(event))
    return event


def _stands(slug: str) -> Written:
    return Written(shapes.Sharing.of(Event.objects.get(slug=slug)))


def _people(told: NewSharing) -> dict[int, str]:
    """Return the reviewers who were named, by their keys."""
    found = dict(reviewers().filter(username__in=told.reviewers).values_list("pk", "username"))
    if unknown := sorted(set(told.reviewers) - set(found.values())):
        raise Refused({"reviewers": f"Nobody called “{unknown[0]}” may review. Leave them out, or give them the role."})
    return found


def _choice(told: NewSharing) -> dict[str, Any]:
    return told.dict(include={"comparison", "relation", "which"})


def _told(made: Any) -> Plan:
    """Return a plan; what is wrong with the people is told of the field that the API calls so."""
    try:
        found: Plan = made()
    except Refused as refused:
        if "people" not in refused.problems:
            raise
        raise Refused(
            {"reviewers" if key == "people" else key: text for key, text in refused.problems.items()}
        ) from None
    return found
