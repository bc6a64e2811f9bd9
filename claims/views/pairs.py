"""The pair's own page: its claims in context, the verdict and its grounds, reviews, annotations, history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from claims.models import Candidate, Change, Claim, Decision, Pair, PairClaim, Source, Viewer, Weight
from claims.models.verdict import REASON_KINDS
from claims.services.versions import changed_sides
from claims.templatetags.crossread import UNJUDGED
from claims.views.access import open_to_readers
from claims.views.columns import languages_of
from claims.views.marking import Mark, marked
from claims.views.person import viewer_of
from claims.views.review import KEYS
from claims.views.told import reasons_of

_NEAR = 4  # claims shown that came near the pair's own and were not taken


@dataclass(frozen=True, slots=True)
class InContext:
    """A claim of the pair with its marks, and the sentences around it."""

    claim: Claim
    html: SafeString
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Near:
    """A claim that came near the pair's claim of the other side and was not matched with it."""

    claim: Claim
    source: str
    score: float


@open_to_readers
@require_GET
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pair."""
    return render(request, "claims/pair.html", whole_page_of(request, pk))


def whole_page_of(request: HttpRequest, pk: int, **more: Any) -> dict[str, Any]:
    """Return what ``page_of`` does, with the pair's history, its neighbours and the claims that came near."""
    page = page_of(request, pk, **more)
    found: Pair = page["pair"]
    viewer = viewer_of(request)
    previous, following = _neighbours(found, viewer)
    changes = Change.objects.filter(pair=found).visible_to(viewer).listed(viewer)
    return {
        **page,
        "changes": changes,
        "previous": previous,
        "following": following,
        "near": _near(found),
        "earlier": Pair.objects.earlier_than(found, viewer),
        "later": Pair.objects.later_than(found, viewer) if found.withdrawn else (),
    }


def page_of(request: HttpRequest, pk: int, **more: Any) -> dict[str, Any]:
    """Return what the pair's page needs; ``more`` is added (a refused form with what was typed)."""
    viewer = viewer_of(request)
    found = Pair.objects.one_whole(pk, viewer)
    if found is None:
        raise Http404
    mine = next((one.decision for one in found.reviews.all() if one.reviewer_id == request.user.pk), "")
    typed = more.pop("typed", {})
    return {
        "pair": found,
        "comparison": found.comparison,
        "event": found.comparison.event,
        "sides": _sides(found),
        "languages": languages_of(_languages(found)),
        "relation": Decision.NO_MATCH if _seen(found) == "no_match" else _shown(found) or UNJUDGED,
        "disputed": _seen(found) == "disputed",
        "final_standing": [text for key, text in more.get("final_problems", {}).items() if not key],
        "last_word": next(iter(found.adjudications.all()), None),
        "assigned_to_me": any(one.reviewer_id == request.user.pk for one in found.assignments.all()),
        "can_adjudicate": viewer.sees_all,
        "mine": mine,
        "stale": _is_stale(found),
        "changed_sides": changed_sides(found) if _is_stale(found) else [],
        "to_confirm": "" if found.final else mine or _decided(found),
        "decisions": KEYS,
        "reasons": reasons_of(found, request.user.pk),
        "alike": urlencode({"event": found.comparison.event.slug}),
        "here": found.get_absolute_url(),
        "kinds": REASON_KINDS,
        "weights": Weight.choices,
        "can_review": request.user.has_perm("claims.add_review"),
        "can_annotate": request.user.has_perm("claims.add_annotation"),
        "typed": typed,
        **more,
    }


def _decided(found: Pair) -> str:
    """Return the decision that the pair's reviews come to, where they are of one mind."""
    return _seen(found) if _seen(found) in Decision.values else ""


def _sides(found: Pair) -> list[tuple[Source, list[InContext]]]:
    marks = _marks(found)
    members = list(found.members.all())
    around = _around([member.claim for member in members])
    sides: dict[str, list[InContext]] = {"a": [], "b": []}
    for member in members:
        claim = member.claim
        text = marked(claim.text, claim.start, [*marks[claim.pk], *_differing(member, found)])
        before, after = around[claim.pk]
        sides[member.side].append(InContext(claim, text, before, after))
    return [(found.comparison.a, sides["a"]), (found.comparison.b, sides["b"])]


def _languages(found: Pair) -> Iterator[str]:
    """Yield the language of each side, by its first claim."""
    for side in ("a", "b"):
        yield from (claim.article.standing_language for claim in found.claims_of(side)[:1])


def _shown(found: Pair) -> str:
    shown: str = vars(found)["shown"]  # added by the query: see PairQuerySet.with_shown
    return shown


def _seen(found: Pair) -> str:
    seen: str = vars(found)["seen_outcome"]
    return seen


def _is_stale(found: Pair) -> bool:
    """Tell whether the text changed since a decision that may be seen."""
    stale: bool = vars(found)["seen_stale"]
    return stale


def _differing(member: PairClaim, found: Pair) -> list[Mark]:
    return [] if _shown(found) == "agree" else [Mark(start, end, "differs") for start, end in member.differing]


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
    """Return the sentences before and after each claim, in one query that reads no other sentences of the article."""
    # What stood beside a past claim stands in another text.
    others = Claim.objects.current().filter(article=OuterRef("article"), past_version=OuterRef("past_version"))
    before = others.filter(end__lte=OuterRef("start")).order_by("-start").values("text")[:1]
    after = others.filter(start__gte=OuterRef("end")).order_by("start").values("text")[:1]
    found = Claim.objects.filter(pk__in=[claim.pk for claim in claims]).annotate(
        earlier=Subquery(before), later=Subquery(after)
    )
    rows = found.values_list("pk", "earlier", "later")
    return {pk: (earlier or "", later or "") for pk, earlier, later in rows}


def _neighbours(found: Pair, viewer: Viewer) -> tuple[int | None, int | None]:
    """Return the pairs before and after this one, as side a's text has them; a pair that no longer stands has none."""
    of_a = Q(members__side="a")
    standing = Pair.objects.standing(viewer).filter(comparison_id=found.comparison_id)
    placed = standing.annotate(
        article=Min("members__claim__article_id", filter=of_a), place=Min("members__claim__start", filter=of_a)
    )
    keys = list(placed.order_by("article", "place", "pk").values_list("pk", flat=True))
    if found.pk not in keys:
        return None, None
    place = keys.index(found.pk)
    return keys[place - 1] if place else None, keys[place + 1] if place + 1 < len(keys) else None


def _near(found: Pair) -> list[Near]:
    """Return the unmatched claims that came nearest to the pair's claims of the other side, nearest first."""
    sides = {member.claim_id: member.side for member in found.members.all()}
    candidates = Candidate.objects.filter(claim__in=sides, lone__comparison=found.comparison_id)
    outside = candidates.exclude(lone__claim__in=sides).select_related("lone__claim").order_by("-score", "pk")
    names = {"a": found.comparison.b.name, "b": found.comparison.a.name}
    return [Near(one.lone.claim, names[sides[one.claim_id]], one.score) for one in outside[:_NEAR]]
