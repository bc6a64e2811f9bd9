"""Claims that were found, as a list shows them: in their sentence, with the found words marked and how they relate."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from claims.models import Claim, Comparison, Source
from claims.models.claim import AROUND
from claims.models.index import Spans, Term, spans_of
from claims.templatetags.crossread import UNJUDGED
from claims.views.marking import Mark, marked

_ENDS = re.compile(r"[.!?…][\"”’»)\]]*\s+|\n")


@dataclass(frozen=True, slots=True)
class Relation:
    """How a found claim relates to what another source of its event says; ``pair`` is empty where that is silent."""

    relation: str
    other: str
    address: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A claim with the rest of its sentence; ``score`` is the similarity where it was found by meaning."""

    claim: Claim
    html: SafeString
    lead: str
    tail: str
    said_on: dt.date | None
    relations: tuple[Relation, ...]
    score: float | None = None


def found_claims(
    claims: Sequence[Claim], *, terms: Sequence[Term] = (), scores: Mapping[int, float] | None = None
) -> list[Found]:
    """Return listed claims (see ``ClaimQuerySet.listed``) as the page shows them."""
    spans = spans_of([claim.pk for claim in claims], terms)
    return [_found(claim, spans.get(claim.pk, []), (scores or {}).get(claim.pk)) for claim in claims]


def _found(claim: Claim, spans: Spans, score: float | None) -> Found:
    told = vars(claim)  # annotations and prefetched rows: see ClaimQuerySet.listed
    marks = [Mark(claim.start + start, claim.start + end, "found") for start, end in spans]
    return Found(
        claim=claim,
        html=marked(claim.text, claim.start, marks),
        lead=_lead(told["before"], whole=claim.start <= AROUND),
        tail=_tail(claim.text, told["after"]),
        said_on=told["said_on"],
        relations=tuple(_relations(claim)),
        score=score,
    )


def _lead(before: str, *, whole: bool) -> str:
    """Return what of a sentence stands before a claim, from the text before it, which may begin amid another one."""
    ends = list(_ENDS.finditer(before))
    if ends:
        return before[ends[-1].end() :]
    return before if whole else f"…{before[before.find(' ') :]}"


def _tail(text: str, after: str) -> str:
    """Return what of a sentence stands after a claim that does not end with it."""
    if _ENDS.search(f"{text} "[-6:]) or after[:1] in ("", "\n"):
        return ""
    end = _ENDS.search(after)
    if end is None:
        return after.rstrip() if len(after) < AROUND else f"{after.rpartition(' ')[0]} …"
    return after[: end.end()].rstrip()


def _relations(claim: Claim) -> Iterator[Relation]:
    told = vars(claim)
    mine: int | None = told["attributed_to"]
    for pair in sorted(told["standing_pairs"], key=lambda pair: int(pair.pk)):
        reasons = [] if pair.shown == "agree" else [reason.kind for reason in pair.verdict.reasons.all()]
        shown, other = pair.shown or UNJUDGED, _other(pair.comparison, mine)
        yield Relation(shown, other.name, pair.get_absolute_url(), tuple(reasons))
    for lone in told["standing_lone"]:
        between = lone.comparison
        address = reverse("comparison", args=[claim.article.event.slug, between.a.slug, between.b.slug])
        yield Relation("only", _other(between, mine).name, f"{address}#claim-{claim.pk}")


def _other(comparison: Comparison, mine: int | None) -> Source:
    return comparison.b if comparison.a_id == mine else comparison.a
