"""A claim's edges: the page that splits it at a word or merges it with its neighbour."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from claims.models import Claim
from claims.services.edges import cut as cut_claim
from claims.services.edges import neighbours, unite, word_starts
from claims.services.refusals import Refused
from claims.views.asked import number
from claims.views.going_on import see_other
from claims.views.person import person_of, viewer_of

_DONE = gettext_noop("The comparisons of this source are matched again; what people decided stays.")


@require_safe
@permission_required("claims.add_fix", raise_exception=True)
def edges(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a claim word by word, and its neighbours."""
    return _page(request, _fetch(pk))


@require_POST
@permission_required("claims.add_fix", raise_exception=True)
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a claim before the chosen word."""
    claim = _fetch(pk)
    try:
        first, _ = cut_claim(claim, person_of(request), number(request.POST.get("at")) or 0)
    except Refused as refused:
        return _page(request, claim, problem=str(refused))
    messages.success(request, " ".join([gettext("Two claims now."), gettext(_DONE)]))
    return see_other(_place(first))


@require_POST
@permission_required("claims.add_fix", raise_exception=True)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a claim with the chosen neighbour."""
    claim = _fetch(pk)
    other = next((one for one in neighbours(claim) if one.pk == number(request.POST.get("other"))), None)
    try:
        if other is None:
            raise Refused({"other": gettext("Choose the claim before or after this one.")})
        whole = unite(claim, person_of(request), other)
    except Refused as refused:
        return _page(request, claim, problem=str(refused))
    messages.success(request, " ".join([gettext("One claim now."), gettext(_DONE)]))
    return see_other(_place(whole))


def _page(request: HttpRequest, claim: Claim, *, problem: str = "") -> HttpResponse:
    starts = word_starts(claim)
    ends = [*starts[1:], claim.end]
    text = claim.article.text
    around = neighbours(claim)
    context = {
        "claim": claim,
        "article": claim.article,
        "event": claim.article.event,
        "words": [(start, text[start:end].strip()) for start, end in zip(starts, ends, strict=True)],
        "at": number(request.POST.get("at")),
        "before": next((one for one in around if one.start < claim.start), None),
        "after": next((one for one in around if one.start > claim.start), None),
        "pairs": claim.pairs.standing(viewer_of(request)).order_by("pk"),
        "problem": problem,
    }
    return render(request, "claims/edges.html", context, status=422 if problem else 200)


def _fetch(pk: int) -> Claim:
    current = Claim.objects.current()
    related = ("article__event", "article__publisher", "source", "standing_correction__source", "made_by")
    return get_object_or_404(current.select_related(*related), pk=pk)


def _place(claim: Claim) -> str:
    return f"{reverse('article', args=[claim.article_id])}?claim={claim.pk}#claim-{claim.pk}"
