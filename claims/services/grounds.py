"""Why somebody decided as they did, where they say it."""

from __future__ import annotations

from django.utils.translation import gettext

from claims.models.change import LONGEST_WHY
from claims.services.refusals import Refused


def checked_why(why: str) -> str:
    """Return the ground as it is stored.

    Raises:
        Refused: if it is too long.
    """
    told = " ".join(why.split())
    if len(told) > LONGEST_WHY:
        raise Refused(
            {
                "why": gettext(
                    "Say why in at most %(longest_why)s characters; these are %(told)s. An annotation can be longer."
                )
                % {"longest_why": LONGEST_WHY, "told": len(told)}
            }
        )
    return told
