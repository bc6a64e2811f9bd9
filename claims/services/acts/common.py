"""What taking back an act needs, whatever its kind."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from claims.models import Change
from claims.services.refusals import Refused

# In a blind event more words would tell what others did meanwhile.
_STANDS = gettext_noop("This cannot be taken back any more: it does not stand as you left it. Put it right by hand.")


class Gone(Refused):
    """An act that cannot be taken back, since what it did does not stand as it was left."""

    def __init__(self) -> None:
        super().__init__({"": gettext(_STANDS)})


def log_back(change: Change, what: Change.What, *, before: str, after: str) -> None:
    """Note in the history what taking an act back did, in the words of its kind."""
    Change.objects.create(
        pair_id=change.pair_id,
        claim_id=change.claim_id,
        annotation_id=change.annotation_id,
        actor_id=change.actor_id,
        what=what,
        before=before,
        after=after,
        takes_back=True,
    )
