"""Confirm that the other side says nothing of a claim, and take that back."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext

from claims.models import Claim, Comparison, Fix, Lone, PairClaim, Silence
from claims.models.pair import Pair
from claims.services.ledger import quoted
from claims.services.refusals import Refused
from claims.services.roles import viewer_for


@transaction.atomic
def confirm_silence(comparison: Comparison, claim: Claim, actor: AbstractBaseUser) -> Silence:
    """Say that the other source says nothing of a claim. New matchings leave the claim alone.

    Raises:
        Refused: if the claim is of neither source, or in a pair that stands.
    """
    if not Claim.objects.of_sources(comparison.a, comparison.b).filter(pk=claim.pk).exists():
        raise Refused({"claim": gettext("This claim is of neither source now.")})
    standing = Pair.objects.standing(viewer_for(actor)).filter(comparison=comparison)
    if (member := PairClaim.objects.filter(claim=claim, pair__in=standing).first()) is not None:
        raise Refused(
            {
                "claim": gettext("The other side speaks of it in pair %(pair_id)s. Reject that pair first.")
                % {"pair_id": member.pair_id}
            }
        )
    silence, made = Silence.objects.get_or_create(comparison=comparison, claim=claim, defaults={"by_id": actor.pk})
    if made:
        Lone.objects.get_or_create(comparison=comparison, claim=claim)
        _write(Fix.Kind.SILENT, silence, actor)
    return silence


@transaction.atomic
def take_back_silence(silence: Silence, actor: AbstractBaseUser) -> None:
    """Say that it is open again whether the other source says something of a claim."""
    _write(Fix.Kind.HEARD, silence, actor)
    silence.delete()


def _write(kind: Fix.Kind, silence: Silence, actor: AbstractBaseUser) -> None:
    state = {"claim": silence.claim_id, "by": silence.by_id, "at": silence.at.isoformat()}
    words = quoted(silence.claim.text, 200)
    confirmed = f"{words}: {silence.by} confirmed that the other side says nothing of it"
    heard = kind == Fix.Kind.HEARD
    Fix.objects.create(
        event_id=silence.comparison.event_id,
        comparison=silence.comparison,
        actor_id=actor.pk,
        kind=kind,
        before={"silence": state if heard else None},
        after={"silence": None if heard else state},
        was=confirmed if heard else words,
        now=words if heard else confirmed,
    )
