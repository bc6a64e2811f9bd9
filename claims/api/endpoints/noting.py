"""Annotations: writing and editing them, replies, and settling a thread."""

from __future__ import annotations

from typing import Annotated, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import check_unchanged
from claims.api.endpoints.notes import reply_or_404, shown_annotation
from claims.api.endpoints.pairs import Reasons
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, writes
from claims.models import Annotation, Claim, Pair, Reply
from claims.models.token import Scope
from claims.services import annotate, threads
from claims.services.refusals import Refused

Text = Annotated[shapes.Note, Field(min_length=1, pattern=r"\S")]
Offset = Annotated[int, Field(ge=0, le=2**31 - 1)]
_ELSEWHERE = "The words are not in this pair. Name one of its claims."


class NewAnnotation(Input):
    """A note on a pair, or on words of one of its claims, at offsets of the claim's article."""

    text: Text
    kind: Reasons = ""
    weight: Literal["note", "minor", "major"] = "note"
    claim: shapes.Key | None = None
    start: Offset | None = None
    end: Offset | None = None


class NewText(Input):
    """What a note or a reply says."""

    text: Text


@router.post(
    "/pairs/{pk}/annotations",
    response={201: shapes.Annotation},
    tags=["annotations"],
    **writes(Scope.REVIEW, "claims.add_annotation"),
)
def annotation_add(request: HttpRequest, pk: Path[shapes.Key], told: NewAnnotation) -> Written:
    """Annotate a pair, or words of one of its claims; “@name” tells somebody."""
    pair = get_object_or_404(Pair, pk=pk)
    claim = Claim.objects.filter(pk=told.claim).first() if told.claim is not None else None
    if claim is None and told.claim is not None:
        raise Refused({"claim": _ELSEWHERE})
    if claim is None and (told.start is not None or told.end is not None):
        raise Refused({"claim": "Name the claim whose words these are, or leave out “start” and “end”."})
    made = annotate.annotate(
        pair,
        access_of(request).person,
        text=told.text,
        kind=told.kind,
        weight=told.weight,
        claim=claim,
        start=told.start,
        end=told.end,
    )
    return _stands(request, made.pk, 201, f"/api/v1/annotations/{made.pk}")


@router.patch(
    "/annotations/{pk}",
    response=shapes.Annotation,
    tags=["annotations"],
    **writes(Scope.REVIEW, "claims.change_annotation", if_match=True),
)
def annotation_edit(request: HttpRequest, pk: Path[shapes.Key], told: NewText) -> Written:
    """Give a note another text: your own, or anybody's where you may. The earlier one is kept."""
    access = access_of(request)
    note = _seen(request, pk)
    if note.author_id != access.user.pk and not access.user.has_perm("claims.edit_any_annotation"):
        raise PermissionDenied
    check_unchanged(request, shown_annotation(pk, access.viewer))
    threads.edit_annotation(note, access.person, text=told.text, version=note.version)
    return _stands(request, pk)


@router.post(
    "/annotations/{pk}/resolve",
    response=shapes.Annotation,
    tags=["annotations"],
    **writes(Scope.REVIEW, "claims.change_annotation"),
)
def resolve(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Mark a thread as settled; nothing happens where it is."""
    annotate.resolve(_seen(request, pk), access_of(request).person)
    return _stands(request, pk)


@router.post(
    "/annotations/{pk}/reopen",
    response=shapes.Annotation,
    tags=["annotations"],
    **writes(Scope.REVIEW, "claims.change_annotation"),
)
def reopen(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Open a settled thread again."""
    annotate.reopen(_seen(request, pk), access_of(request).person)
    return _stands(request, pk)


@router.post(
    "/annotations/{pk}/replies",
    response={201: shapes.Reply},
    tags=["annotations"],
    **writes(Scope.REVIEW, "claims.add_reply"),
)
def reply_add(request: HttpRequest, pk: Path[shapes.Key], told: NewText) -> Written:
    """Answer in a thread."""
    made = annotate.reply(_seen(request, pk), access_of(request).person, told.text)
    return Written(_shown_reply(request, made.pk), 201, f"/api/v1/replies/{made.pk}")


@router.patch(
    "/replies/{pk}",
    response=shapes.Reply,
    tags=["annotations"],
    **writes(Scope.REVIEW, "claims.add_reply", if_match=True),
)
def reply_edit(request: HttpRequest, pk: Path[shapes.Key], told: NewText) -> Written:
    """Give your own reply another text; the earlier one is kept."""
    reply = _own(request, pk)
    threads.edit_reply(reply, access_of(request).person, text=told.text, version=reply.version)
    return Written(_shown_reply(request, pk))


@router.delete(
    "/replies/{pk}",
    response={204: None},
    tags=["annotations"],
    **writes(Scope.REVIEW, "claims.add_reply", if_match=True),
)
def reply_delete(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Delete your own reply; that it was there stays in the thread."""
    reply = _own(request, pk)
    threads.take_reply_back(reply, access_of(request).person, version=reply.version)
    return Written(None)


def _seen(request: HttpRequest, pk: int) -> Annotation:
    visible = Annotation.objects.visible_to(access_of(request).viewer)
    return get_object_or_404(visible.select_for_update(of=("self",)), pk=pk)


def _own(request: HttpRequest, pk: int) -> Reply:
    """Return one's own reply, locked, that stands as one saw it."""
    access = access_of(request)
    reply_or_404(pk, access.viewer)
    reply = Reply.objects.select_for_update(of=("self",)).select_related("author", "annotation").get(pk=pk)
    if reply.author_id != access.user.pk:
        raise PermissionDenied
    check_unchanged(request, shapes.Reply.of(reply))
    return reply


def _shown_reply(request: HttpRequest, pk: int) -> shapes.Reply:
    return shapes.Reply.of(reply_or_404(pk, access_of(request).viewer))


def _stands(request: HttpRequest, pk: int, status: int = 200, location: str = "") -> Written:
    return Written(shown_annotation(pk, access_of(request).viewer), status, location)
