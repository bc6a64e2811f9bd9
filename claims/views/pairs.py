"""The pair's own page: its claims in context, the verdict and its grounds, reviews, annotations, history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from claims.models import Claim, Decision, Pair, PairClaim, Weight
from claims.models.verdict import REASON_KINDS
from claims.views.access import open_to_readers
from claims.views.marking import Mark, marked
from claims.views.review import KEYS

_AROUND = 1  # sentences of context before and after a claim


@dataclass(frozen=True, slots=True)
class InContext:
    """A claim of the pair with its marks, and the sentences around it."""

    claim: Claim
    html: SafeString
    before: str
    after: str


@open_to_readers
@require_GET
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pair."""
    return render(request, "claims/pair.html", page_of(request, pk))


def page_of(request: HttpRequest, pk: int, **more: Any) -> dict[str, Any]:
    """Return what the pair's page needs; ``more`` is added (a refused form with what was typed)."""
    found = get_object_or_404(Pair.objects.with_shown().whole(), pk=pk)
    mine = next((one.decision for one in found.reviews.all() if one.reviewer_id == request.user.pk), "")
    typed = more.pop("typed", {})
    return {
        "pair": found,
        "comparison": found.comparison,
        "event": found.comparison.event,
        "sides": _sides(found),
        "relation": Decision.NO_MATCH if found.outcome == "no_match" else found.shown,
        "mine": mine,
        "decisions": KEYS,
        "kinds": REASON_KINDS,
        "weights": Weight.choices,
        "changes": found.changes.select_related("actor").order_by("-pk"),
        "can_review": request.user.has_perm("claims.add_review"),
        "can_annotate": request.user.has_perm("claims.add_annotation"),
        "typed": typed,
        **more,
    }


def _sides(found: Pair) -> list[tuple[str, list[InContext]]]:
    marks = _marks(found)
    members = list(found.members.all())
    around = _around([member.claim for member in members])
    sides: dict[str, list[InContext]] = {"a": [], "b": []}
    for member in members:
        claim = member.claim
        text = marked(claim.text, claim.start, [*marks[claim.pk], *_differing(member, found)])
        before, after = around[claim.pk]
        sides[member.side].append(InContext(claim, text, before, after))
    return [(found.comparison.a.name, sides["a"]), (found.comparison.b.name, sides["b"])]


def _differing(member: PairClaim, found: Pair) -> list[Mark]:
    return [] if found.shown == "agree" else [Mark(start, end, "differs") for start, end in member.differing]


def _marks(found: Pair) -> dict[int, list[Mark]]:
    """Return the words of reasons and of annotations by claim."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for reason in found.verdict.reasons.all():
        for words in reason.words.all():
            name = f"words {found.verdict.relation}"
            marks[words.claim_id].append(Mark(words.start, words.end, name, f"{found.pk}-{reason.kind}"))
    for annotation in found.annotations.all():
        if annotation.claim_id is not None and annotation.start is not None and annotation.end is not None:
            marks[annotation.claim_id].append(Mark(annotation.start, annotation.end, "noted"))
    return marks


def _around(claims: list[Claim]) -> Mapping[int, tuple[str, str]]:
    """Return the sentences before and after each claim, in one query for all of them."""
    articles = {claim.article_id for claim in claims}
    told: dict[int, list[Claim]] = defaultdict(list)
    for one in Claim.objects.current().filter(article__in=articles).only("article_id", "start", "end", "text"):
        told[one.article_id].append(one)
    found = {}
    for claim in claims:
        earlier = [one.text for one in told[claim.article_id] if one.end <= claim.start]
        later = [one.text for one in told[claim.article_id] if one.start >= claim.end]
        found[claim.pk] = " ".join(earlier[-_AROUND:]), " ".join(later[:_AROUND])
    return found
