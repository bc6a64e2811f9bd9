"""The versions of an article: storing a new text, the list, one text, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from claims.models import Article, Claim, Pair
from claims.services.refusals import Refused, Stale
from claims.services.revise import Revised, revise
from claims.services.versions import difference
from claims.views.access import open_to_readers
from claims.views.person import person_of, viewer_of
from claims.views.version_forms import VersionForm

LAYOUTS = ("sides", "inline")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an earlier text: a claim that changed or went after it, or what stands between those."""

    text: str
    claim: Claim | None = None


@permission_required("claims.change_article", raise_exception=True)
def article_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a new text of an article, pasted or uploaded; ``?begin=text`` puts the text as it stands in the form."""
    article = _fetch(pk)
    context = {"article": article, "event": article.event}
    if request.method != "POST":
        begun = {"text": article.text} if request.GET.get("begin") == "text" else {}
        form = VersionForm(initial={"seen": article.version, **begun})
        return render(request, "claims/article_revise.html", {**context, "form": form})
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            revised = revise(article, **form.arguments(), by=person_of(request))
            messages.success(request, told(revised))
            return redirect("diff", pk, revised.version.number - 1, revised.version.number)
        except Stale as stale:
            return _overtaken(request, pk, form, stale)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "claims/article_revise.html", {**context, "form": form}, status=422)


@open_to_readers
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions of an article, newest first."""
    article = _fetch(pk)
    context = {"article": article, "event": article.event, "versions": article.versions.listed()}
    return render(request, "claims/versions.html", context)


@open_to_readers
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one text that an article had, what changed or went after it marked."""
    article = _fetch(pk)
    shown = get_object_or_404(article.versions.select_related("by"), number=number)
    past = article.claims.filter(past_version=number).order_by("start", "end")
    chosen = request.GET.get("claim", "")
    context = {
        "article": article,
        "event": article.event,
        "version": shown,
        "stretches": list(_stretches(shown.text, past)),
        "chosen": int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else None,
    }
    return render(request, "claims/version.html", context)


@open_to_readers
@require_safe
def diff(request: HttpRequest, pk: int, since: int, until: int) -> HttpResponse:
    """Show what changed from one version of an article to another, side by side or (``?layout=inline``) in one text."""
    article = _fetch(pk)
    found = {one.number: one for one in article.versions.select_related("by").filter(number__in=[since, until])}
    old, new = (found.get(number) or get_object_or_404(article.versions, number=number) for number in (since, until))
    layout = request.GET.get("layout", "")
    first, last = sorted((since, until))
    context = {
        "article": article,
        "event": article.event,
        "old": old,
        "new": new,
        "rows": difference(old, new),
        "layout": layout if layout in LAYOUTS else LAYOUTS[0],
        "pairs": Pair.objects.touched_by(article, viewer_of(request), since=first, until=last),
        "previous": since - 1 if until == since + 1 and since > 1 else None,
        "following": until + 1 if until == since + 1 and until < article.version else None,
        "numbers": range(1, article.version + 1),
    }
    return render(request, "claims/diff.html", context)


def _overtaken(request: HttpRequest, pk: int, form: VersionForm, stale: Stale) -> HttpResponse:
    """Show the form again as it was typed, made on the version that somebody else stored meanwhile."""
    article = _fetch(pk)
    seen = form.cleaned_data["seen"]
    form.refuse(stale)
    form.take_up(article.version)
    since = seen if 0 < seen < article.version else 0
    context = {"article": article, "event": article.event, "form": form, "since": since}
    return render(request, "claims/article_revise.html", context, status=409)


def told(revised: Revised) -> str:
    """Say what a new version brought."""
    number = gettext("Version %(number)s is stored.") % {"number": revised.version.number}
    if not (revised.changed or revised.gone):
        return " ".join([number, gettext("Every statement that was there still stands.")])
    counts = ngettext(
        "%(standing)s statement stands, %(changed)s changed, %(gone)s went. What changed is read and compared again.",
        "%(standing)s statements stand, %(changed)s changed, %(gone)s went. What changed is read and compared again.",
        revised.standing,
    ) % {"standing": revised.standing, "changed": revised.changed, "gone": revised.gone}
    if not revised.stale:
        return f"{number} {counts}"
    waits = ngettext(
        "%(count)s pair that people decided waits to be decided anew.",
        "%(count)s pairs that people decided wait to be decided anew.",
        revised.stale,
    ) % {"count": revised.stale}
    return f"{number} {counts} {waits}"


def _stretches(text: str, claims: Iterable[Claim]) -> Iterator[Stretch]:
    """Cut a text into the claims that stood in it last and what stands between them; of two that overlap, the first."""
    place = 0
    for claim in claims:
        if claim.start < place:
            continue
        if claim.start > place:
            yield Stretch(text[place : claim.start])
        yield Stretch(claim.text, claim)
        place = claim.end
    if place < len(text):
        yield Stretch(text[place:])


def _fetch(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("event", "publisher").defer("text"), pk=pk)
