"""Put claims in the place of others in every pair that has them, with all that people said and marked there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext

from claims.models import Annotation, Claim, Pair, PairClaim, ReasonWords
from claims.models.pair import Outcome
from claims.services.grouping import Sides, fold
from claims.services.ledger import Ledger
from claims.services.refusals import Refused
from claims.services.roles import viewer_for


def substitute(
    gone: Sequence[Claim],
    made: Sequence[Claim],
    ledger: Ledger,
    *,
    actor: AbstractBaseUser,
    save: Iterable[int] = (),
) -> None:
    """Let every pair of ``gone`` have ``made`` instead: the same words of the article, with other edges.

    Decisions stay, and notes and reasons point to the claim that now holds their words. Pairs whose claims become the
    same are one.

    Args:
        actor: who is told why it is refused, as far as they may know.
        save: pairs that are left as they are.

    Raises:
        Refused: if people decided differently on pairs that would become one.
    """
    found = Pair.objects.filter(members__claim__in=gone, merged_into__isnull=True).exclude(pk__in=save).distinct()
    kept = set(found.worked_on().values_list("pk", flat=True))
    # What people decided comes first, so that the others become part of it.
    for pair in sorted(found, key=lambda one: (one.outcome == Outcome.UNDECIDED, one.pk not in kept, one.pk)):
        if _may_hold(pair, gone, made):
            ledger.enter(pair)
            _substitute_in(pair, gone, made, ledger, actor)
    anchor(gone, made)


def anchor(gone: Sequence[Claim], made: Sequence[Claim]) -> None:
    """Point notes and words of reasons to the claim that holds them now; words across an edge stay where they were."""
    inside = {"claim__in": [claim.pk for claim in gone]}
    for claim in made:
        held = inside | {"start__gte": claim.start, "end__lte": claim.end}
        Annotation.objects.filter(**held, pair__members__claim=claim).update(claim=claim)
        ReasonWords.objects.filter(**held, reason__verdict__pair__members__claim=claim).update(claim=claim)


def _may_hold(pair: Pair, gone: Sequence[Claim], made: Sequence[Claim]) -> bool:
    """Tell whether the new claims belong to the pair's side; a pair of an earlier attribution is left as it is."""
    side = pair.members.filter(claim__in=gone).values_list("side", flat=True)[:1].get()
    source = pair.comparison.a_id if side == "a" else pair.comparison.b_id
    return all((owner := claim.standing_source) is not None and owner.pk == source for claim in made)


def _substitute_in(
    pair: Pair, gone: Sequence[Claim], made: Sequence[Claim], ledger: Ledger, actor: AbstractBaseUser
) -> None:
    old = list(pair.members.filter(claim__in=gone))
    side = old[0].side
    differing = [span for member in old for span in member.differing]
    pair.members.filter(claim__in=gone).delete()
    PairClaim.objects.bulk_create(
        PairClaim(pair=pair, claim=claim, side=side, differing=clipped(differing, claim)) for claim in made
    )
    key = Sides.of(pair).key
    other = Pair.objects.filter(comparison_id=pair.comparison_id, key=key).exclude(pk=pair.pk).first()
    if other is None:
        Pair.objects.filter(pk=pair.pk).update(key=key)
    elif other.withdrawn and not pair.withdrawn:
        fold(other, pair, ledger)
        Pair.objects.filter(pk=pair.pk).update(key=key)
    else:
        _check_same(pair, other, actor)
        fold(pair, other, ledger)


def clipped(spans: Iterable[Sequence[int]], claim: Claim) -> list[list[int]]:
    """Return the parts of spans that lie in a claim, in order."""
    cut = [[max(start, claim.start), min(end, claim.end)] for start, end in spans]
    return sorted([start, end] for start, end in cut if start < end)


def _check_same(pair: Pair, other: Pair, actor: AbstractBaseUser) -> None:
    """Refuse to make one of two pairs that people see differently."""
    outcomes = {pair.outcome, other.outcome} if not (pair.withdrawn or other.withdrawn) else set()
    if len(outcomes) < 2 or (Outcome.UNDECIDED in outcomes and Outcome.NO_MATCH not in outcomes):
        return
    if Pair.objects.open_to(viewer_for(actor)).filter(pk__in=[pair.pk, other.pk]).count() == 2:
        told = gettext(
            "Pairs %(other)s and %(pair)s would become one, but they are decided differently. "
            "Decide alike on both first."
        )
    else:
        told = gettext("Pairs %(other)s and %(pair)s would become one. Decide on both first.")
    raise Refused({"other": told % {"other": other.pk, "pair": pair.pk}})
