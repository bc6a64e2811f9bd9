"""What a person did last, whichever kind it was; and taking back what is neither a decision nor a change by hand.

Decisions are taken back by ``undo``, changes by hand by ``fixing``. All are walked back in one order, the newest first;
what only took something back is no act of its own. What has gone on since stays, and the act with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Change, Fix
from claims.services.acts.editors import assign_again, unassign, uncorrect, unsettle
from claims.services.acts.threads import (
    resolve_again,
    rewrite_reply,
    unedit_note,
    unedit_reply,
    unresolve,
    unwrite_note,
    unwrite_reply,
)
from claims.services.refusals import Refused
from claims.services.undo import Undone

__all__ = ["last_act", "name_of", "take_back"]

_What = Change.What
_Taker = Callable[[Change, AbstractBaseUser], Undone | None]

_TAKERS: dict[str, tuple[str, _Taker]] = {
    _What.ANNOTATION: ("claims.add_annotation", unwrite_note),
    _What.NOTE_EDITED: ("claims.add_annotation", unedit_note),
    _What.RESOLVED: ("claims.add_reply", unresolve),
    _What.REOPENED: ("claims.add_reply", resolve_again),
    _What.REPLY: ("claims.add_reply", unwrite_reply),
    _What.REPLY_EDITED: ("claims.add_reply", unedit_reply),
    _What.REPLY_TAKEN_BACK: ("claims.add_reply", rewrite_reply),
    _What.CORRECTION: ("claims.add_correction", uncorrect),
    _What.FINAL: ("claims.add_adjudication", unsettle),
    _What.FINAL_REOPENED: ("claims.add_adjudication", unsettle),
    _What.ASSIGNED: ("claims.delete_assignment", unassign),
    _What.UNASSIGNED: ("claims.add_assignment", assign_again),
}


def last_act(user_id: int, *, save: Sequence[str] = ()) -> Change | Fix | None:
    """Return what a person did last of all that still stands and can be taken back.

    Args:
        save: acts to pass over, as ``name_of`` names them: those that were refused to be taken back.
    """
    changes, fixes = ([int(name[1:]) for name in save if name[0] == kind] for kind in "cf")
    fix = Fix.objects.undoable_by(user_id).exclude(pk__in=fixes).select_related("comparison").first()
    change = Change.objects.acts_of(user_id).exclude(pk__in=changes).first()
    if fix is not None and (change is None or change.at <= fix.at):
        return fix
    return change


def name_of(act: Change | Fix) -> str:
    """Return a short name by which an act is known among one person's."""
    return f"{'f' if isinstance(act, Fix) else 'c'}{act.pk}"


@transaction.atomic
def take_back(entry: int, person: AbstractBaseUser) -> Undone:
    """Take back an act of one's own that is in the history: a note, a correction, assignments, a final verdict.

    Raises:
        Refused: if it is somebody else's or no act, was taken back already, or does not stand as it was left.
    """
    found = Change.objects.select_for_update().filter(pk=entry, actor_id=person.pk, takes_back=False)
    change = found.filter(what__in=_TAKERS).first()
    permission, taker = _TAKERS[change.what] if change is not None else ("", None)
    if change is None or taker is None or not person.has_perm(permission):  # type: ignore[attr-defined]
        raise Refused({"": gettext("You can take back what you did yourself, and nothing else.")})
    if change.undone_at is not None:
        raise Refused({"": gettext("This was taken back already.")})
    undone = taker(change, person) or Undone(change, 1, ())
    if undone.done:
        Change.objects.filter(pk=change.pk).update(undone_at=timezone.now())
    return undone
