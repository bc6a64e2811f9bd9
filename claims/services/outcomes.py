"""What the reviews of pairs say together, or an editor over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Exists, OuterRef, Q

from claims.models import Adjudication, Lone, Pair, PairClaim, Review
from claims.models.pair import Outcome

AT_ONCE = 500  # rows that one statement of a bulk names


def sum_up(pairs: Sequence[int]) -> None:
    """Write down what the reviews of each pair say together, or its final verdict; claims of a rejected pair are alone.

    A final verdict is the latest adjudication of the pair, unless that reopened it. A pair whose text changed is stale
    while no review is newer than the change; one with a final verdict, while that verdict is not.
    """
    decisions: dict[int, set[str]] = {pk: set() for pk in pairs}
    final: dict[int, str] = {}
    for some in batches(pairs):
        for pk, decision in Review.objects.filter(pair__in=some).order_by().values_list("pair_id", "decision"):
            decisions[pk].add(decision)
        adjudications = Adjudication.objects.filter(pair__in=some).order_by("version")
        final |= dict(adjudications.values_list("pair_id", "decision"))
    told: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for pk, said in decisions.items():
        last_word = final.get(pk, "")
        told[last_word or _outcome_of(said), bool(last_word)].append(pk)
    for (outcome, is_final), keys in told.items():
        for some in batches(keys):
            Pair.objects.filter(pk__in=some).update(outcome=outcome, final=is_final)
            if outcome == Outcome.NO_MATCH:
                _leave_alone(some)
    for some in batches(pairs):
        _settle_changed(some)


def batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the keys in parts of a length that every database takes in one statement."""
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def _settle_changed(pairs: Sequence[int]) -> None:
    found = Pair.objects.filter(pk__in=pairs, changed_at__isnull=False).order_by().values_list("pk", flat=True)
    if not (keys := list(found)):
        return
    changed = Pair.objects.filter(pk__in=keys)
    reviews = Review.objects.filter(pair=OuterRef("pk"))
    reviewed, anew = Q(Exists(reviews)), Q(Exists(reviews.filter(made_at__gte=OuterRef("changed_at"))))
    settled = Adjudication.objects.filter(pair=OuterRef("pk"), made_at__gte=OuterRef("changed_at"))
    of_reviews = Q(final=False) & reviewed & ~anew
    of_an_editor = Q(final=True) & ~Q(Exists(settled.exclude(decision="")))
    stale = set(changed.filter(of_reviews | of_an_editor).values_list("pk", flat=True))
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
