"""Take back what editors do: whose claim it is, a final verdict, who is to decide on which pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Adjudication, Assignment, Change, Correction, Event, Pair, Review
from claims.models.assignment import reviewers
from claims.models.webhook import Kind
from claims.services.acts.common import Gone, log_back
from claims.services.analyse import request_run
from claims.services.assign import log
from claims.services.outcomes import AT_ONCE, batches, sum_up
from claims.services.undo import Left, Undone
from claims.services.webhooks import announce

_What = Change.What


def uncorrect(change: Change, person: AbstractBaseUser) -> Undone:
    """Let the claim be whose it was before the correction, which stays among the claim's corrections."""
    claim = change.claim
    stands = claim.standing_correction if claim is not None else None
    if claim is None or claim.past_version or stands is None or stands.editor_id != person.pk:
        raise Gone
    if claim.standing_voice[: len(change.after)] != change.after:
        raise Gone
    owner = claim.standing_source
    claim.standing_correction = _correction_before(change)
    claim.save(update_fields=["standing_correction"])
    log_back(change, _What.CORRECTION, before=change.after, after=change.before)
    if owner != claim.standing_source:
        event = claim.article.event
        event.owe_matching(owner, claim.standing_source)
        request_run(event)
    return Undone(change, 1, ())


def _correction_before(change: Change) -> Correction | None:
    """Return the correction that stood before the one of a change: the last that was not taken back itself."""
    earlier = Change.objects.filter(claim=change.claim_id, what=_What.CORRECTION, undone_at__isnull=True)
    last = earlier.filter(pk__lt=change.pk, takes_back=False).order_by("-pk").first()
    if last is None:
        return None
    return Correction.objects.filter(claim=change.claim_id, made_at__lte=last.at).order_by("-made_at", "-pk").first()


def unsettle(change: Change, person: AbstractBaseUser) -> Undone:
    """Write what was final before as the pair's last word, or that it is open; the rows of then stay."""
    pair = Pair.objects.select_for_update(of=("self",)).select_related("comparison__event").get(pk=change.pair_id or 0)
    last = Adjudication.objects.latest_of(pair.pk)
    if last is None or last.editor_id != person.pk or last.decision != change.after:
        raise Gone
    earlier = Adjudication.objects.filter(pair=pair, version__lt=last.version, decision=change.before)
    before = earlier.order_by("-version").first() if change.before else None
    why = before.why if before is not None else gettext("Taken back.")
    Adjudication.objects.create(
        pair=pair, editor_id=person.pk, decision=change.before, why=why, version=last.version + 1
    )
    what = _What.FINAL if change.before else _What.FINAL_REOPENED
    log_back(change, what, before=change.after, after=change.before)
    sum_up([pair.pk])
    said = {"decision": change.before, "editor": person.get_username()}
    announce(Kind.FINAL_VERDICT, pair.comparison.event, {"pair": pair.pk}, said)
    return Undone(change, 1, ())


def unassign(change: Change, person: AbstractBaseUser) -> Undone:
    """Take the assignments away again, save those of reviewers who have decided since."""
    steps = _steps(change)
    rows = Assignment.objects.filter(pair__in=_pairs_of(change)).select_related("reviewer")
    given = {(row.pair_id, row.reviewer.get_username()): row for row in rows}
    reviews = Review.objects.filter(pair__in=_pairs_of(change), made_at__gte=change.at)
    decided = set(reviews.values_list("pair_id", "reviewer__username"))
    done = [step for step in steps if (step.pair_id, step.after) in given.keys() - decided]
    gone = [given[step.pair_id or 0, step.after].pk for step in done]
    for some in batches(gone):
        Assignment.objects.filter(pk__in=some).delete()
    return _shared_out(change, person, steps, done, _What.UNASSIGNED)


def assign_again(change: Change, person: AbstractBaseUser) -> Undone:
    """Give the pairs back to whom they were taken from, where they may still be decided on."""
    steps = _steps(change)
    of_steps = Pair.objects.filter(pk__in=_pairs_of(change), final=False, withdrawn=False)
    open_pairs = set(of_steps.values_list("pk", flat=True))
    people = {one.get_username(): one.pk for one in reviewers()}
    done = [step for step in steps if step.pair_id in open_pairs and step.after in people]
    rows = [Assignment(pair_id=step.pair_id or 0, reviewer_id=people[step.after], by_id=person.pk) for step in done]
    Assignment.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return _shared_out(change, person, steps, done, _What.ASSIGNED)


def _steps(change: Change) -> list[Change]:
    return list(change.parts.filter(undone_at__isnull=True)) if change.size else [change]


def _pairs_of(change: Change) -> QuerySet[Change, Any] | list[int]:
    return change.parts.values("pair") if change.size else [change.pair_id or 0]


def _shared_out(
    change: Change, person: AbstractBaseUser, steps: Sequence[Change], done: Sequence[Change], what: Change.What
) -> Undone:
    """Note what was taken back, and that the event's pairs are shared out otherwise by now.

    Raises:
        Gone: if nothing was left to take back.
    """
    if not done:
        raise Gone
    Event.objects.filter(comparisons__pairs=done[0].pair_id or 0).update(shared_out=F("shared_out") + 1)
    log(person, what, [(step.pair_id or 0, step.after) for step in done], about=change.about, takes_back=True)
    now = timezone.now()
    for some in batches([step.pk for step in done]):
        Change.objects.filter(pk__in=some).update(undone_at=now)
    left = {step.pk for step in steps} - {step.pk for step in done}
    told = tuple(Left(step.pair_id, None) for step in steps if step.pk in left and step.pair_id)
    return Undone(change, len(done), told)
