"""Decide on pairs, and take decisions back."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from claims.models import Change, Decision, Lone, Pair, Review
from claims.models.pair import Outcome
from claims.services.refusals import Refused


@transaction.atomic
def decide(pair: Pair, reviewer: AbstractBaseUser, decision: str) -> Review:
    """Write this reviewer's verdict on the pair, in place of an earlier one, which the pair's changes keep.

    Raises:
        Refused: if the decision is none that a reviewer can take.
    """
    if decision not in Decision.values:
        raise Refused({"decision": "Choose agree, partial, diverge or not a match."})
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    earlier = Review.objects.filter(pair=pair, reviewer_id=reviewer.pk).first()
    before = earlier.decision if earlier else ""
    review, _made = Review.objects.update_or_create(pair=pair, reviewer_id=reviewer.pk, defaults={"decision": decision})
    Change.objects.create(pair=pair, actor_id=reviewer.pk, what=Change.What.REVIEW, before=before, after=decision)
    _sum_up(pair)
    return review


@transaction.atomic
def undo(reviewer: AbstractBaseUser) -> Change | None:
    """Take back this person's last decision that still stands, so that what stood before it stands again.

    Returns:
        The change that was undone, or None if there is nothing to undo.
    """
    change = Change.objects.undoable_by(reviewer.pk).select_for_update().first()
    if change is None:
        return None
    pair = Pair.objects.select_for_update().get(pk=change.pair_id)
    if change.before:
        Review.objects.update_or_create(pair=pair, reviewer_id=reviewer.pk, defaults={"decision": change.before})
        _date_back(pair, reviewer, change)
    else:
        Review.objects.filter(pair=pair, reviewer_id=reviewer.pk).delete()
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    Change.objects.create(
        pair=pair, actor_id=reviewer.pk, what=Change.What.UNDO, before=change.after, after=change.before
    )
    _sum_up(pair)
    return change


def _date_back(pair: Pair, reviewer: AbstractBaseUser, change: Change) -> None:
    """Give a review that stands again the day of its decision, which tells what text that was on."""
    standing = pair.changes.filter(
        actor_id=reviewer.pk, what=Change.What.REVIEW, undone_at__isnull=True, pk__lt=change.pk
    )
    if (earlier := standing.order_by("-pk").first()) is not None:
        Review.objects.filter(pair=pair, reviewer_id=reviewer.pk).update(made_at=earlier.at)


def _is_stale(pair: Pair) -> bool:
    """Tell whether nobody has decided on the pair since the text of its claims changed."""
    if pair.changed_at is None or not pair.reviews.exists():
        return False
    since = pair.changes.filter(what=Change.What.REVIEW, undone_at__isnull=True, at__gte=pair.changed_at)
    return not since.exists()


def _sum_up(pair: Pair) -> None:
    """Write down what the pair's reviews say together; claims of a rejected pair are alone again."""
    decisions = set(pair.reviews.values_list("decision", flat=True))
    if len(decisions) > 1:
        pair.outcome = Outcome.DISPUTED
    else:
        pair.outcome = decisions.pop() if decisions else Outcome.UNDECIDED
    pair.stale = _is_stale(pair)
    pair.save(update_fields=["outcome", "stale"])
    if pair.outcome == Outcome.NO_MATCH:
        Lone.objects.bulk_create(
            [Lone(comparison_id=pair.comparison_id, claim_id=member.claim_id) for member in pair.members.all()],
            ignore_conflicts=True,
        )
