"""Why somebody decided as they did, where they say it."""

from __future__ import annotations

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
            {"why": f"Say why in at most {LONGEST_WHY} characters; these are {len(told)}. An annotation can be longer."}
        )
    return told
