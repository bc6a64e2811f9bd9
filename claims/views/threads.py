"""Edit a note or a reply, delete a reply, and who can be named in one."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from claims.models import Annotation, Reply
from claims.services import threads as services
from claims.services.refusals import Refused, Stale
from claims.views.annotations import seen_or_404
from claims.views.asked import number
from claims.views.going_on import see_other
from claims.views.pairs import whole_page_of
from claims.views.person import person_of, viewer_of

_MOST_NAMES = 8


@require_POST
@permission_required("claims.change_annotation", raise_exception=True)
def annotation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a note another text: one's own, or anybody's where one may."""
    annotation = seen_or_404(request, pk)
    if annotation.author_id != request.user.pk and not request.user.has_perm("claims.edit_any_annotation"):
        raise PermissionDenied
    text = request.POST.get("text", "")
    try:
        services.edit_annotation(annotation, person_of(request), text=text, version=_version(request))
    except Refused as refused:
        return _refused(request, annotation, refused, edit_note=pk, edit_text=text)
    return see_other(annotation.get_absolute_url())


@require_POST
@permission_required("claims.add_reply", raise_exception=True)
def reply_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's own reply another text."""
    reply = _own(request, pk)
    text = request.POST.get("text", "")
    try:
        services.edit_reply(reply, person_of(request), text=text, version=_version(request))
    except Refused as refused:
        return _refused(request, reply.annotation, refused, edit_reply=pk, edit_text=text)
    return see_other(reply.annotation.get_absolute_url())


@require_POST
@permission_required("claims.add_reply", raise_exception=True)
def reply_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own reply from its thread."""
    reply = _own(request, pk)
    try:
        services.take_reply_back(reply, person_of(request), version=_version(request))
    except Stale as stale:
        return _refused(request, reply.annotation, stale, edit_reply=pk, edit_text=reply.text)
    return see_other(reply.annotation.get_absolute_url())


@require_safe
@permission_required("claims.add_reply", raise_exception=True)
def people(request: HttpRequest) -> HttpResponse:
    """Return the names that begin with what was typed after an "@", for the module that completes it."""
    begun = request.GET.get("begins", "").replace("\0", "")
    return JsonResponse({"names": services.people_beginning(begun, most=_MOST_NAMES)})


def _own(request: HttpRequest, pk: int) -> Reply:
    """Return a reply; refuse those of others."""
    seen = Reply.objects.visible_to(viewer_of(request)).select_related("annotation")
    reply = get_object_or_404(seen, pk=pk)
    if reply.author_id != request.user.pk:
        raise PermissionDenied
    return reply


def _version(request: HttpRequest) -> int:
    return number(request.POST.get("version")) or 0


def _refused(request: HttpRequest, annotation: Annotation, refused: Refused, **typed: object) -> HttpResponse:
    """Show the pair's page as it stands now, with what was typed and what is wrong with it."""
    page = whole_page_of(request, annotation.pair_id, edit_problem=str(refused), **typed)
    return render(request, "claims/pair.html", page, status=409 if isinstance(refused, Stale) else 422)
