"""Annotate a pair or words of its claims; reply, resolve and reopen."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from claims.models import Annotation, Claim, Pair
from claims.services import annotate as services
from claims.services.refusals import Refused, Stale
from claims.views.asked import number
from claims.views.going_on import next_address, see_other
from claims.views.pairs import whole_page_of
from claims.views.person import person_of, viewer_of


@require_POST
@permission_required("claims.add_annotation", raise_exception=True)
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an annotation on a pair, or on words that were selected in one of its claims."""
    pair = get_object_or_404(Pair, pk=pk)
    typed = {name: request.POST.get(name, "") for name in ("text", "kind", "weight", "claim", "start", "end", "quote")}
    try:
        annotation = services.annotate(
            pair,
            person_of(request),
            text=typed["text"],
            kind=typed["kind"],
            weight=typed["weight"] or "note",
            claim=_claim(typed["claim"]),
            start=number(typed["start"]),
            end=number(typed["end"]),
            quote=typed["quote"],
        )
    except Refused as refused:
        page = whole_page_of(request, pk, typed=typed, problems=refused.problems)
        return render(request, "claims/pair.html", page, status=409 if isinstance(refused, Stale) else 422)
    return see_other(next_address(request, annotation.get_absolute_url()))


@require_POST
@permission_required("claims.add_reply", raise_exception=True)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in an annotation's thread."""
    annotation = seen_or_404(request, pk)
    text = request.POST.get("text", "")
    try:
        services.reply(annotation, person_of(request), text)
    except Refused as refused:
        page = whole_page_of(request, annotation.pair_id, reply_to=pk, reply_text=text, reply_problems=refused.problems)
        return render(request, "claims/pair.html", page, status=422)
    return see_other(annotation.get_absolute_url())


@require_POST
@permission_required("claims.change_annotation", raise_exception=True)
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a thread as resolved."""
    annotation = seen_or_404(request, pk)
    services.resolve(annotation, person_of(request))
    return see_other(annotation.get_absolute_url())


@require_POST
@permission_required("claims.change_annotation", raise_exception=True)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a resolved thread again."""
    annotation = seen_or_404(request, pk)
    services.reopen(annotation, person_of(request))
    return see_other(annotation.get_absolute_url())


def seen_or_404(request: HttpRequest, pk: int) -> Annotation:
    """Return an annotation that whoever asks may see."""
    return get_object_or_404(Annotation.objects.visible_to(viewer_of(request)), pk=pk)


def _claim(typed: str) -> Claim | None:
    """Return the claim whose words were selected; a note on words never becomes one on the whole pair."""
    if not typed:
        return None
    key = number(typed)
    claim = Claim.objects.filter(pk=key).first() if key is not None else None
    if claim is None:
        raise Refused({"words": gettext("The selected words are not in this pair. Select words of one of its claims.")})
    return claim
