"""Correct who makes a claim."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext

from claims.models import Change, Claim, Correction, Source
from claims.services.analyse import request_run
from claims.services.refusals import Refused


@transaction.atomic
def correct_source(claim: Claim, editor: AbstractBaseUser, *, source: Source | None, voice: str = "") -> Correction:
    """Say that ``source``, or else ``voice`` (an outlet, a third party), makes the claim.

    Only the comparisons that the claim leaves or joins are matched again; the reviews on a pair that the claim leaves
    stay with that pair.

    Raises:
        Refused: if nobody is named, or the source is of another event.
    """
    if source is None and not voice.strip():
        raise Refused({"source": gettext("Say whose claim it is: choose a source, or type a name.")})
    if source is not None and source.event_id != claim.article.event_id:
        raise Refused({"source": gettext("Choose one of this event's sources.")})
    before, voice_before = claim.standing_source, claim.standing_voice
    correction = Correction.objects.create(
        claim=claim, editor_id=editor.pk, source=source, voice="" if source else voice.strip()
    )
    claim.standing_correction = correction
    claim.save(update_fields=["standing_correction"])
    Change.objects.create(
        claim=claim,
        actor_id=editor.pk,
        what=Change.What.CORRECTION,
        before=voice_before[:200],
        after=claim.standing_voice[:200],
    )
    if before != source:
        claim.article.event.owe_matching(before, source)
        request_run(claim.article.event)
    return correction
