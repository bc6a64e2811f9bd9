"""Search: claims by their words and by their meaning, where else one has been said, and searches kept under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from claims.models import Claim, SavedSearch, Viewer
from claims.models.claim import ClaimQuerySet
from claims.services import meaning
from claims.services.query import REASONS, RELATIONS, Query, parse
from claims.services.refusals import Refused
from claims.services.search import complete as completions
from claims.services.search import find, save_search
from claims.views.access import open_to_readers
from claims.views.found import Found, found_claims
from claims.views.going_on import see_other
from claims.views.person import person_of, viewer_of

CLAIMS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search came to: a page of claims, or how far the worker is with the vector of what was typed."""

    page: Page[Any]
    found: list[Found]
    asked: str = ""


@open_to_readers
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def search(request: HttpRequest) -> HttpResponse:
    """Find claims by the words that were typed, or by their meaning."""
    query, by_meaning = parse(request.GET.get("q", "")), request.GET.get("by") == "meaning"
    try:
        answer = None if query.is_empty and not query.problems else _answer(request, query, by_meaning=by_meaning)
    except Refused as refused:
        context = _context(request, query, by_meaning, problems=list(refused.problems.values()))
        return render(request, "claims/search.html", context, status=422)
    return _shown(request, "claims/search.html", answer, _context(request, query, by_meaning, answer=answer))


@open_to_readers
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where else the same has been said: the claims of other articles that lie nearest to one."""
    claims = Claim.objects.select_related("article__event", "article__publisher", "source", "standing_correction")
    claim = get_object_or_404(claims.select_related("standing_correction__source").defer("article__text"), pk=pk)
    answer = _by_meaning(request, meaning.elsewhere(claim), claim.text, least=meaning.LEAST_ELSEWHERE)
    context = {"claim": claim, "event": claim.article.event, "answer": answer, "by_meaning": True}
    return _shown(request, "claims/elsewhere.html", answer, context)


@open_to_readers
@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """Answer a search field with what the last word in it could become."""
    return render(request, "claims/complete.html", {"completions": completions(request.GET.get("q", "")[:500])})


@require_POST
@login_required
def saved_add(request: HttpRequest) -> HttpResponse:
    """Keep a search under a name."""
    typed = {name: request.POST.get(name, "") for name in ("name", "q", "by")}
    by_meaning = typed["by"] == "meaning"
    try:
        saved = save_search(person_of(request), name=typed["name"], query=typed["q"], meaning=by_meaning)
    except Refused as refused:
        context = _context(request, parse(typed["q"]), by_meaning)
        context |= {"name": typed["name"], "name_problem": str(refused)}
        return render(request, "claims/search.html", context, status=422)
    return see_other(saved.get_absolute_url())


@require_POST
@login_required
def saved_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of one's own searches."""
    get_object_or_404(SavedSearch, pk=pk, user_id=request.user.pk).delete()
    return see_other(reverse("search"))


def _shown(request: HttpRequest, template: str, answer: Answer | None, context: dict[str, Any]) -> HttpResponse:
    """Render a page; for one that waits for the worker only what is new, and nothing while nothing is."""
    polls = bool(getattr(request, "htmx", None)) and request.headers.get("HX-Target") == "found"
    if polls and answer is not None and answer.asked and answer.asked == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, f"{template}#found" if polls else template, context)


def _context(
    request: HttpRequest,
    query: Query,
    by_meaning: bool,
    *,
    answer: Answer | None = None,
    problems: list[str] | None = None,
) -> dict[str, Any]:
    saved = SavedSearch.objects.filter(user_id=request.user.pk) if request.user.is_authenticated else []
    return {
        "query": query,
        "by_meaning": by_meaning,
        "answer": answer,
        "problems": problems or [],
        "completions": completions(query.typed),
        "relations": RELATIONS,
        "reasons": REASONS,
        "saved": saved,
    }


def _answer(request: HttpRequest, query: Query, *, by_meaning: bool) -> Answer:
    """Look for what was typed.

    Raises:
        Refused: if a part of it was not understood.
    """
    if not by_meaning:
        return _by_words(request, query)
    claims = find(query, viewer_of(request), words=False)
    if not query.text:
        raise Refused({"": gettext("Type some words: without them there is no meaning to look for.")})
    answer = _by_meaning(request, claims, query.text, least=meaning.LEAST_TYPED)
    if not answer.asked:
        return answer
    words = _by_words(request, query)
    return Answer(words.page, words.found, answer.asked)


def _by_words(request: HttpRequest, query: Query) -> Answer:
    page = Paginator(find(query, viewer_of(request)).newest_first(), CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    claims = _in_order([claim.pk for claim in page], viewer_of(request))
    return Answer(page, found_claims(claims, terms=query.terms))


def _by_meaning(request: HttpRequest, claims: ClaimQuerySet, text: str, *, least: float) -> Answer:
    """Look for what lies nearest to a text, or ask the worker for its vector."""
    vector = meaning.vector_of(text)
    near = meaning.nearest(claims, vector, least=least) if vector is not None else []
    page = Paginator(near, CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    scores = {one.claim: one.score for one in page}
    found = found_claims(_in_order(list(scores), viewer_of(request)), scores=scores)
    if vector is not None:
        return Answer(page, found)
    # Who is not signed in costs the worker nothing.
    return Answer(page, found, meaning.ask(text) if request.user.is_authenticated else "login")


def _in_order(keys: list[int], viewer: Viewer) -> list[Claim]:
    """Return the claims of these ids as a list shows them, in this order."""
    rows = {claim.pk: claim for claim in Claim.objects.filter(pk__in=keys).listed(viewer)}
    return [rows[key] for key in keys if key in rows]
