"""Begin a round through a selection, go on with one, and keep where somebody is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from claims.models import Round
from claims.models.pair import PairQuerySet

KEPT = 30  # rounds of one person; the one left longest ago makes room


def round_of(user_id: int | None, selection: str, ordered: Callable[[], PairQuerySet], *, entering: bool) -> Round:
    """Return somebody's round through a selection: a new one in the order of its pairs, or the one they were in.

    Args:
        user_id: nobody's round is not stored.
        ordered: what gives the pairs of the selection in order; called only where they are looked at.
        entering: whether they come to it now. Only then are pairs that are new since added, at the end, so that a key
            does not pay for it.
    """
    if user_id is None:
        return Round(selection=selection, order=_ids(ordered()))
    found = Round.objects.filter(user_id=user_id, selection=selection).first()
    if found is None:
        return _begin(user_id, selection, _ids(ordered()))
    if entering:
        _add_new(found, _ids(ordered()))
    return found


def stay_at(round_: Round, pair_id: int) -> None:
    """Remember the pair that somebody is at."""
    if round_.pk is not None and round_.at_id != pair_id:
        round_.at_id = pair_id
        round_.save(update_fields=["at", "touched_at"])


@transaction.atomic
def begin_anew(user_id: int, selection: str) -> None:
    """Forget a round, so that the next one has today's order and begins at its first pair."""
    Round.objects.filter(user_id=user_id, selection=selection).delete()


def _begin(user_id: int, selection: str, order: Sequence[int]) -> Round:
    made, _is_new = Round.objects.get_or_create(user_id=user_id, selection=selection, defaults={"order": order})
    kept = Round.objects.filter(user_id=user_id).order_by("-touched_at", "-pk").values_list("pk", flat=True)[:KEPT]
    Round.objects.filter(user_id=user_id).exclude(pk__in=[*kept, made.pk]).delete()
    return made


def _add_new(found: Round, now: Sequence[int]) -> None:
    known = set(found.order)
    if new := [one for one in now if one not in known]:
        found.order = [*found.order, *new]
        found.save(update_fields=["order", "touched_at"])


def _ids(pairs: PairQuerySet) -> list[int]:
    return list(pairs.values_list("pk", flat=True))
