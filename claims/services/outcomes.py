"""What the reviews of pairs say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Exists, OuterRef

from claims.models import Lone, Pair, PairClaim, Review
from claims.models.pair import Outcome

AT_ONCE = 500  # rows that one statement of a bulk names


def sum_up(pairs: Sequence[int]) -> None:
    """Write down what the reviews of each pair say together; claims of a rejected pair are alone again.

    A pair whose text changed is stale while none of its reviews is newer than the change.
    """
    decisions: dict[int, set[str]] = {pk: set() for pk in pairs}
    for some in batches(pairs):
        for pk, decision in Review.objects.filter(pair__in=some).values_list("pair_id", "decision"):
            decisions[pk].add(decision)
    told: dict[str, list[int]] = defaultdict(list)
    for pk, said in decisions.items():
        told[_outcome_of(said)].append(pk)
    for outcome, keys in told.items():
        for some in batches(keys):
            Pair.objects.filter(pk__in=some).update(outcome=outcome)
    for some in batches(pairs):
        _date(some)
    for some in batches(told[Outcome.NO_MATCH]):
        _leave_alone(some)


def batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the keys in parts of a length that every database takes in one statement."""
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def _date(pairs: Sequence[int]) -> None:
    changed = Pair.objects.filter(pk__in=pairs, changed_at__isnull=False)
    reviewed = Exists(Review.objects.filter(pair=OuterRef("pk")))
    anew = Exists(Review.objects.filter(pair=OuterRef("pk"), made_at__gte=OuterRef("changed_at")))
    stale = set(changed.filter(reviewed, ~anew).values_list("pk", flat=True))
    changed.filter(pk__in=stale).update(stale=True)
    changed.exclude(pk__in=stale).update(stale=False)


def _outcome_of(decisions: set[str]) -> str:
    if len(decisions) > 1:
        return Outcome.DISPUTED
    return next(iter(decisions), Outcome.UNDECIDED)


def _leave_alone(pairs: Iterable[int]) -> None:
    members = PairClaim.objects.filter(pair__in=pairs).values_list("pair__comparison_id", "claim_id")
    Lone.objects.bulk_create(
        [Lone(comparison_id=comparison, claim_id=claim) for comparison, claim in members], ignore_conflicts=True
    )
