"""What is right and what is missed in one event, as counts that add up over events.

A link is a sentence of one side with a sentence of the other. A claim stands for every sentence of which it covers at
least half, or which covers at least half of it. Only sentences that the gold comparison lists count: what a reader did
not look at neither helps nor hurts. A comparison that was not made misses all its links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from enum import StrEnum

from ..structures import ReasonKind, Relation
from .cases import Case, GoldComparison, Labelled, SaidClaim, Sentence

Key = tuple[str, ...]
Counts = dict[Key, float]
Link = tuple[str, str]
Links = Mapping[Link, Labelled]
_Covers = Mapping[str, frozenset[str]]

BINS = 10  # of the match score, of equal width
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # of the attribution's confidence: where each begins


class Outcome(StrEnum):
    """What became of a case: found rightly, said wrongly, missed."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


def counts_of(case: Case) -> Counts:
    """Return the counts of one event."""
    counts: Counts = defaultdict(float)
    covers = {claim.id: sentences_of(claim, case.gold.sentences) for claim in case.said.claims}
    for gold in case.gold.comparisons:
        said = case.said_of(gold)
        _count_comparison(counts, gold, said.pairs if said is not None else (), covers)
    _count_attribution(counts, case)
    return dict(counts)


def sentences_of(claim: SaidClaim, sentences: Iterable[Sentence]) -> frozenset[str]:
    """Return the sentences that a claim stands for: the shorter of the two is covered by half at least."""
    return frozenset(one.id for one in sentences if _stands_for(claim, one))


def _stands_for(claim: SaidClaim, sentence: Sentence) -> bool:
    if claim.article != sentence.article:
        return False
    one, other = claim.span, sentence.span
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and 2 * shared >= min(one.end - one.start, other.end - other.start)


def links_of(pairs: Iterable[Labelled]) -> dict[Link, Labelled]:
    """Return each link with the pair that makes it; of two pairs with one link the later counts."""
    return {(i, j): pair for pair in pairs for i in pair.a for j in pair.b}


def _count_comparison(counts: Counts, gold: GoldComparison, said: Iterable[Labelled], covers: _Covers) -> None:
    labelled_a, labelled_b = gold.labelled_a, gold.turned().labelled_a
    want = links_of(gold.pairs)
    got = {
        (i, j): pair
        for pair in said
        for i in _expanded(pair.a, covers) & labelled_a
        for j in _expanded(pair.b, covers) & labelled_b
    }
    _count_sets(counts, ("align",), want.keys(), got.keys())
    _count_sets(counts, ("diverge",), _diverging(want), _diverging(got))
    for link in want.keys() & got.keys():
        _count_verdict(counts, want[link], got[link])
    for link, pair in got.items():
        _count_score(counts, pair, right=link in want)
    _count_only(counts, gold, {i for i, _ in got})
    _count_only(counts, gold.turned(), {j for _, j in got})


def _expanded(claims: Iterable[str], covers: _Covers) -> frozenset[str]:
    return frozenset(sentence for claim in claims for sentence in covers.get(claim, ()))


def _diverging(links: Links) -> set[Link]:
    return {link for link, pair in links.items() if pair.relation is Relation.DIVERGE}


def _count_sets(counts: Counts, key: Key, want: Set[object], said: Set[object]) -> None:
    counts[*key, Outcome.RIGHT] += len(want & said)
    counts[*key, Outcome.WRONG] += len(said - want)
    counts[*key, Outcome.MISSED] += len(want - said)


def _count_verdict(counts: Counts, want: Labelled, said: Labelled) -> None:
    """Count the relation of a link that both have, the reasons if neither calls it agree, the kind if both diverge."""
    counts["relation", want.relation, said.relation] += 1
    if Relation.AGREE not in (want.relation, said.relation):
        for kind in ReasonKind:
            _count_sets(counts, ("reasons", kind), want.reasons & {kind}, said.reasons & {kind})
    if want.relation is said.relation is Relation.DIVERGE and want.kind is not None:
        counts["kind", "cases"] += 1
        counts["kind", Outcome.RIGHT] += want.kind is said.kind


def _count_score(counts: Counts, said: Labelled, *, right: bool) -> None:
    place = str(min(int(said.score * BINS), BINS - 1))
    counts["score", place, "cases"] += 1
    counts["score", place, "sum"] += said.score
    counts["score", place, Outcome.RIGHT] += right
    if said.sure:
        counts["sure", "cases"] += 1
        counts["sure", Outcome.RIGHT] += right


def _count_only(counts: Counts, gold: GoldComparison, linked: Set[str]) -> None:
    """Count of side a which sentences stay alone, out of those that the gold pairs or leaves alone."""
    judged = gold.only_a | gold.paired_a
    _count_sets(counts, ("only",), gold.only_a, judged - linked)


def _count_attribution(counts: Counts, case: Case) -> None:
    """Count whose each sentence is, over articles of outlets; where claims differ, who makes most of the sentence."""
    for sentence in case.gold.sentences:
        if sentence.article in case.readouts:
            continue
        best = _most_of(sentence, case.said.claims)
        wanted = {case.name_of(source) for source in sentence.sources}
        right = best is not None and case.name_of(best.source) in wanted
        counts["attribution", "cases"] += 1
        counts["attribution", Outcome.RIGHT] += right
        if best is not None:
            band = str(band_of(best.confidence))
            counts["confidence", band, "cases"] += 1
            counts["confidence", band, "sum"] += best.confidence
            counts["confidence", band, Outcome.RIGHT] += right


def band_of(confidence: float) -> int:
    """Return the place of the band that a confidence lies in."""
    return max(place for place, least in enumerate(BANDS) if confidence >= least)


def _most_of(sentence: Sentence, claims: Iterable[SaidClaim]) -> SaidClaim | None:
    """Return the longest claim of the source that has most of what stands for a sentence; of equals the first."""
    standing = [claim for claim in claims if _stands_for(claim, sentence)]
    if not standing:
        return None
    lengths: dict[str, int] = defaultdict(int)
    for claim in standing:
        lengths[claim.source] += _length(claim)
    source = max(lengths, key=lengths.__getitem__)
    return max((claim for claim in standing if claim.source == source), key=_length)


def _length(claim: SaidClaim) -> int:
    return claim.span.end - claim.span.start
