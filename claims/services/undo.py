"""Take decisions back: one, or a whole bulk. What was decided later, by anybody, stays.

Each person's decision is a row of its own, so that taking one back touches nobody else's. More is left alone: what the
same person has decided again since; of a bulk, every pair (or reason) on which somebody else has decided since, for
they may have decided in view of it; and a reason that somebody added, once another person has said something of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Change, Review, Says
from claims.services.outcomes import AT_ONCE, batches, sum_up
from claims.services.reasons import write_word
from claims.services.refusals import Refused
from claims.services.webhooks import announce_reviews

_Subject = tuple[int | None, str, str, str]


@dataclass(frozen=True, slots=True)
class Left:
    """A pair that was left as it is, and who has decided on it since.

    "" is the person who takes back; None where it is not told who, or nobody did.
    """

    pair_id: int
    by: str | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking back an entry came to. ``others`` have decided on the pair of a single step since."""

    change: Change
    done: int
    left: tuple[Left, ...]
    others: tuple[str, ...] = ()


@transaction.atomic
def undo(reviewer: AbstractBaseUser, *, entry: int | None = None) -> Undone | None:
    """Take back a decision of this person, so that what stood before it stands again: the last one, or the one named.

    Returns:
        What came of it, or None if there is no decision left to take back.

    Raises:
        Refused: if the entry is not a decision of theirs, or was taken back already.
    """
    change = _last(reviewer) if entry is None else _named(reviewer, entry)
    if change is None:
        return None
    steps = list(change.parts.filter(undone_at__isnull=True)) if change.size else [change]
    later = _later(change, steps)
    left = {step.pk: by for step in steps if (by := _stands_in_the_way(step, later, change)) is not None}
    done = [step for step in steps if step.pk not in left]
    if done:
        _take_back(done, reviewer)
        _log(change, done)
    told = tuple(Left(step.pair_id, left[step.pk]) for step in steps if step.pk in left and step.pair_id)
    return Undone(change, len(done), told, () if change.size else _others(change, later))


def _last(reviewer: AbstractBaseUser) -> Change | None:
    return Change.objects.undoable_by(reviewer.pk).select_for_update().first()


def _named(reviewer: AbstractBaseUser, entry: int) -> Change:
    found = Change.objects.select_for_update().filter(pk=entry, what__in=Change.DECISIONS)
    change = found.filter(actor_id=reviewer.pk).first()
    if change is None:
        raise Refused({"": gettext("You can take back decisions of your own, and no others.")})
    if change.undone_at is not None:
        raise Refused({"": gettext("This was taken back already.")})
    return change


def _subject(change: Change) -> _Subject:
    """Return what a decision is about: a pair, or one reason of it."""
    return change.pair_id, change.what, change.reason, change.words


def _later(change: Change, steps: Sequence[Change]) -> dict[_Subject, list[Change]]:
    """Return the standing decisions on the same pairs that came after, by what they are about."""
    newest = max((step.pk for step in steps), default=change.pk)
    found = Change.objects.filter(what=change.what, pk__gt=newest, undone_at__isnull=True)
    of_all = found.filter(pair__in=change.parts.values("pair"))
    found = of_all if change.size else found.filter(pair=change.pair_id)
    later = defaultdict(list)
    for one in found.select_related("actor"):
        later[_subject(one)].append(one)
    return later


def _stands_in_the_way(step: Change, later: dict[_Subject, list[Change]], whole: Change) -> str | None:
    """Return who has decided since, so that this step is left ("" for the same person), or None."""
    since = later.get(_subject(step), [])
    if any(one.actor_id == step.actor_id for one in since):
        return ""
    others = [one.actor.get_username() for one in since if one.actor]
    binding = whole.size > 0 or step.after == Says.ADDED
    return others[0] if others and binding else None


def _others(change: Change, later: dict[_Subject, list[Change]]) -> tuple[str, ...]:
    since = later.get(_subject(change), [])
    names = (one.actor.get_username() for one in since if one.actor and one.actor_id != change.actor_id)
    return tuple(dict.fromkeys(names))


def _take_back(steps: Sequence[Change], reviewer: AbstractBaseUser) -> None:
    reviews = [step for step in steps if step.what == Change.What.REVIEW]
    by_before: dict[str, list[int]] = defaultdict(list)
    for step in reviews:
        if step.pair_id is not None:
            by_before[step.before].append(step.pair_id)
    oldest = min((step.pk for step in reviews), default=0)
    for before, pairs in by_before.items():
        _restore(reviewer.pk, before, pairs, oldest=oldest)
    sum_up([pair for pairs in by_before.values() for pair in pairs])
    for before, pairs in by_before.items():
        announce_reviews(pairs, {"decision": before, "reviewer": reviewer.get_username()})
    for step in steps:
        if step.what == Change.What.REASON and step.pair_id is not None:
            write_word(step.pair_id, reviewer.pk, step.reason, step.words, step.before)


def _restore(reviewer_id: int, before: str, pairs: Sequence[int], *, oldest: int) -> None:
    """Write what stood before, with the day of that decision: it tells what text it was on.

    Args:
        oldest: the first of the entries that are taken back; what stood before is older.
    """
    standing = Change.objects.filter(actor_id=reviewer_id, what=Change.What.REVIEW, undone_at__isnull=True)
    earlier = standing.filter(pair=OuterRef("pair"), pk__lt=oldest).order_by("-pk").values("at")[:1]
    made_at = Coalesce(Subquery(earlier), Value(timezone.now()), output_field=DateTimeField())
    for some in batches(pairs):
        mine = Review.objects.filter(reviewer_id=reviewer_id, pair__in=some)
        if before:
            mine.update(decision=before, made_at=made_at)
        else:
            mine.delete()


def _log(change: Change, done: Sequence[Change]) -> None:
    """Note in the history what was taken back; the undoing of a bulk is one entry too."""
    keys = [step.pk for step in done] + ([change.pk] if change.size else [])
    now = timezone.now()
    for some in batches(keys):
        Change.objects.filter(pk__in=some).update(undone_at=now)
    whole = _entry_of(change, done) if change.size else None
    Change.objects.bulk_create(_entries(done, whole), batch_size=AT_ONCE)


def _entry_of(change: Change, done: Sequence[Change]) -> Change:
    return Change.objects.create(
        actor_id=change.actor_id,
        what=Change.What.UNDO,
        size=len(done),
        reason=change.reason,
        words=change.words,
        before=change.after,
        about=change.about,
    )


def _entries(done: Iterable[Change], whole: Change | None) -> list[Change]:
    return [
        Change(
            pair_id=step.pair_id,
            part_of=whole,
            actor_id=step.actor_id,
            what=Change.What.UNDO,
            reason=step.reason,
            words=step.words,
            before=step.after,
            after=step.before,
        )
        for step in done
    ]
