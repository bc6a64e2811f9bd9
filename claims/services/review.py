"""Decide on pairs, and take decisions back."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from claims.models import Change, Decision, Pair, Review
from claims.models.webhook import Kind
from claims.services.grounds import checked_why
from claims.services.outcomes import sum_up
from claims.services.refusals import Closed, Refused, Stale
from claims.services.undo import undo
from claims.services.webhooks import announce

__all__ = ["CHANGED", "decide", "undo"]

CHANGED = gettext_noop("The words of this pair changed while you looked at it.")
FINAL = gettext_noop(
    "This pair has a final verdict. Your decision was not stored: ask an editor to reopen the pair first."
)
GONE = gettext_noop("This pair is no longer proposed: one of its claims has changed. Your decision was not stored.")


@transaction.atomic
def decide(pair: Pair, reviewer: AbstractBaseUser, decision: str, *, why: str = "", seen: str = "") -> Change:
    """Write this reviewer's verdict on the pair, in place of an earlier one, which the pair's changes keep.

    Args:
        seen: the key of the pair as the reviewer saw it, where that is known; it changes with the pair's claims.

    Raises:
        Refused: if the decision is none that a reviewer can take, or the ground for it is too long.
        Closed: if the pair is not to be decided on any more.
        Stale: if it holds other claims by now than the reviewer saw.
    """
    if decision not in Decision.values:
        raise Refused({"decision": gettext("Choose agree, partial, diverge or not a match.")})
    why = checked_why(why)
    pair = Pair.objects.select_for_update(of=("self",)).select_related("comparison__event").get(pk=pair.pk)
    if not pair.can_be_decided:
        raise Closed(gettext(FINAL) if pair.final else gettext(GONE))
    if seen and seen != pair.key:
        raise Stale(gettext(CHANGED))
    # The pair's row is held, so no second review of it can come in between.
    review = Review.objects.filter(pair=pair, reviewer_id=reviewer.pk).order_by().first()
    before = review.decision if review else ""
    review = review or Review(pair=pair, reviewer_id=reviewer.pk)
    review.decision = decision
    review.save()
    sum_up([pair.pk])
    said = {"decision": decision, "reviewer": reviewer.get_username()}
    announce(Kind.PAIR_REVIEWED, pair.comparison.event, {"pairs": [pair.pk]}, said)
    return Change.objects.create(
        pair=pair, actor_id=reviewer.pk, what=Change.What.REVIEW, before=before, after=decision, why=why
    )
