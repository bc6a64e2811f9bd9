"""Store what a matching brought: pairs with their verdicts, and the claims that stay alone.

Everything is written in bulk, since a comparison of two long readouts has hundreds of rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.analysis import structures
from claims.analysis.wording import differing_words
from claims.models import Candidate, Change, Claim, Comparison, Lone, Pair, PairClaim, Verdict
from claims.models.pair import Outcome, Side, pair_key, pair_members
from claims.models.verdict import LONGEST_JUDGE, Reason, ReasonWords

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A pair as the machine proposes it now, with the rows of its claims."""

    pair: structures.Pair
    a: tuple[Claim, ...]
    b: tuple[Claim, ...]

    @property
    def key(self) -> str:
        return pair_key((row.pk for row in self.a), (row.pk for row in self.b))

    @property
    def languages(self) -> set[str]:
        """Return the languages of its texts, as far as they are known."""
        return {row.article.standing_language for row in (*self.a, *self.b)} - {""}

    @property
    def sides(self) -> tuple[tuple[Side, tuple[Claim, ...], tuple[Claim, ...]], ...]:
        return (Side.A, self.a, self.b), (Side.B, self.b, self.a)


def store_pairs(comparison: Comparison, result: structures.Comparison, a: Sequence[Claim], b: Sequence[Claim]) -> None:
    """Write the pairs of a matching over those of the one before.

    Args:
        a: rows of side a's claims, in the order of ``result.claims_a``; so b.
    """
    proposals = {proposal.key: proposal for proposal in _proposals(result, a, b)}
    found = comparison.pairs.filter(merged_into__isnull=True).select_related("verdict")
    earlier = {pair.key: pair for pair in found}
    known = {row.pk for row in (*a, *b)}
    _drop([pair for key, pair in earlier.items() if key not in proposals and not _is_kept(pair, known)])
    pairs = {key: earlier.get(key) or _new(comparison, key) for key in proposals}
    log: list[Change] = []
    for key, pair in pairs.items():
        if pair.pk is not None:
            log += _changes(pair, proposals[key].pair.verdict)
        match = proposals[key].pair.match
        if pair.made_by_id is None:
            pair.score, pair.sure = match.score, match.certainty is structures.Certainty.SURE
        pair.withdrawn = False
    new = [pair for pair in pairs.values() if pair.pk is None]
    Pair.objects.bulk_create(new, batch_size=_AT_ONCE)
    Pair.objects.bulk_update(
        [pair for key, pair in pairs.items() if key in earlier], ["score", "sure", "withdrawn"], batch_size=_AT_ONCE
    )
    PairClaim.objects.bulk_create(_members(new, proposals), batch_size=_AT_ONCE)
    _mark_differing([pair for key, pair in pairs.items() if key in earlier and not pair.verdict.relation], proposals)
    if earlier:
        Reason.objects.filter(verdict__pair__in=[pair for key, pair in pairs.items() if key in earlier]).delete()
    _store_verdicts({pair: proposals[key] for key, pair in pairs.items()})
    Change.objects.bulk_create(log)


def store_lone(comparison: Comparison, result: structures.Comparison, a: Sequence[Claim], b: Sequence[Claim]) -> None:
    """Write which claims stay alone, each with the nearest claims of the other side."""
    if comparison.matched_at is not None:
        comparison.lone.all().delete()
    found = [(one, a, b) for one in result.lone_a] + [(one, b, a) for one in result.lone_b]
    rows = [Lone(comparison=comparison, claim=own[one.claim]) for one, own, _ in found]
    Lone.objects.bulk_create(rows, batch_size=_AT_ONCE)
    Candidate.objects.bulk_create(
        [
            Candidate(lone=row, claim=other[near.claim], score=near.score)
            for row, (one, _, other) in zip(rows, found, strict=True)
            for near in one.candidates
        ],
        batch_size=_AT_ONCE,
    )


def _proposals(result: structures.Comparison, a: Sequence[Claim], b: Sequence[Claim]) -> Iterator[_Proposal]:
    for pair in result.pairs:
        yield _Proposal(pair, tuple(a[i] for i in pair.match.a), tuple(b[j] for j in pair.match.b))


def _new(comparison: Comparison, key: str) -> Pair:
    return Pair(comparison=comparison, key=key)


def _is_kept(pair: Pair, known: Collection[int]) -> bool:
    """Tell whether a pair stays without being proposed: made by hand, perhaps while the worker was matching."""
    return pair.made_by_id is not None and {claim for side in pair_members(pair.key) for claim in side} <= {*known}


def _mark_differing(pairs: Sequence[Pair], proposals: Mapping[str, _Proposal]) -> None:
    """Find the words that differ in pairs that a person put together."""
    found = {(row.pair_id, row.claim_id): row.differing for row in _members(pairs, proposals)}
    rows = list(PairClaim.objects.filter(pair__in=pairs))
    for row in rows:
        row.differing = found[row.pair_id, row.claim_id]
    PairClaim.objects.bulk_update(rows, ["differing"], batch_size=_AT_ONCE)


def _drop(pairs: Sequence[Pair]) -> None:
    """Delete the pairs that are no longer proposed; those that a person worked on are withdrawn instead."""
    if not pairs:
        return
    gone = Pair.objects.filter(pk__in=[pair.pk for pair in pairs if pair.outcome != Outcome.NO_MATCH])
    worked_on = list(gone.worked_on().values_list("pk", "withdrawn"))
    touched = [pk for pk, withdrawn in worked_on if not withdrawn]
    gone.exclude(pk__in=[pk for pk, _ in worked_on]).delete()
    Pair.objects.filter(pk__in=touched).update(withdrawn=True)
    Change.objects.bulk_create([Change(pair_id=pk, what=Change.What.WITHDRAWN) for pk in touched])


def _changes(pair: Pair, verdict: structures.Verdict) -> Iterator[Change]:
    """Yield what the new matching changes on a pair that stood before."""
    if pair.withdrawn:
        yield Change(pair=pair, what=Change.What.RESTORED)
    before = pair.verdict.relation
    if before != verdict.relation:
        yield Change(pair=pair, what=Change.What.VERDICT, before=before, after=verdict.relation.value)


def _members(pairs: Sequence[Pair], proposals: Mapping[str, _Proposal]) -> list[PairClaim]:
    found = []
    for pair in pairs:
        # Across languages every word differs, and to mark them all says nothing.
        one_language = len(proposals[pair.key].languages) <= 1
        for side, own, other in proposals[pair.key].sides:
            others = " ".join(row.text for row in other)
            for row in own:
                spans, _ = differing_words(row.text, others) if one_language else ([], [])
                differing = [[row.start + span.start, row.start + span.end] for span in spans]
                found.append(PairClaim(pair=pair, claim=row, side=side, differing=differing))
    return found


def _store_verdicts(pairs: Mapping[Pair, _Proposal]) -> None:
    verdicts = [_verdict(pair, proposal.pair.verdict) for pair, proposal in pairs.items()]
    Verdict.objects.bulk_create(
        verdicts,
        update_conflicts=True,
        unique_fields=["pair"],
        update_fields=["relation", "kind", "confidence", "judge", "made_at"],
        batch_size=_AT_ONCE,
    )
    reasons, words = [], []
    for verdict, proposal in zip(verdicts, pairs.values(), strict=True):
        for position, told in enumerate(proposal.pair.verdict.reasons):
            reason = Reason(verdict=verdict, kind=told.kind, explanation=told.explanation, position=position)
            reasons.append(reason)
            words += [_words(reason, Side.A, one, proposal.a) for one in told.a]
            words += [_words(reason, Side.B, one, proposal.b) for one in told.b]
    Reason.objects.bulk_create(reasons, batch_size=_AT_ONCE)
    ReasonWords.objects.bulk_create(words, batch_size=_AT_ONCE)


def _verdict(pair: Pair, verdict: structures.Verdict) -> Verdict:
    return Verdict(
        pair=pair,
        relation=verdict.relation,
        kind=verdict.kind or "",
        confidence=verdict.confidence,
        judge=verdict.judge[:LONGEST_JUDGE],
    )


def _words(reason: Reason, side: Side, told: structures.Words, rows: Sequence[Claim]) -> ReasonWords:
    row = next(row for row in rows if row.article.name == told.claim.article and row.start <= told.span.start < row.end)
    return ReasonWords(reason=reason, side=side, claim=row, start=told.span.start, end=told.span.end)
