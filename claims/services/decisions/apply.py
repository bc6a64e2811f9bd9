"""Write the decisions of a table, as if the reviewer had taken each on its page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from claims.models import Pair
from claims.services.decisions.plan import Case, Plan, plan
from claims.services.decisions.sheet import Line
from claims.services.review import decide

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Applied:
    """How many decisions were written, and the plan as it stood then: its conflicts were left unless ticked."""

    written: int
    plan: Plan


@transaction.atomic
def apply(lines: Sequence[Line], reviewer: AbstractBaseUser, *, over: Collection[str] = ()) -> Applied:
    """Write what changes something, held anew against what stands now.

    Args:
        over: the marks (``Case.mark``) of the conflicts in which the reviewer wants the table's decision all the same.
            A mark holds for the state that was shown: if somebody decided since, the conflict stays one.
    """
    keys = [line.pair_id for line in lines if line.pair_id is not None]
    for first in range(0, len(keys), _AT_ONCE):  # nobody decides on them between the look and the writing
        list(Pair.objects.select_for_update().filter(pk__in=keys[first : first + _AT_ONCE]).values_list("pk"))
    standing = plan(lines, reviewer)
    taken = [*standing.changes, *(case for case in standing.conflicts if case.mark in over)]
    for case in taken:
        _write(case, reviewer)
    return Applied(len(taken), standing)


def _write(case: Case, reviewer: AbstractBaseUser) -> None:
    assert case.pair is not None  # noqa: S101 - a change or a conflict has its pair
    decide(case.pair, reviewer, case.decision)
