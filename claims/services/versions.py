"""Tell what a new text changed: two versions beside each other, and the words of a pair that people decided on before.

The web process imports this module: what holds texts against each other is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.models import Claim, Pair, Version

if TYPE_CHECKING:
    from claims.analysis.redline import Piece, Row


@dataclass(frozen=True, slots=True)
class ChangedSide:
    """What became of one side of a pair: its words in one, what was taken out and put in marked.

    ``claim`` is the first that people read when they decided; ``gone`` tells that nothing stands in its place.
    """

    source: str
    pieces: tuple[Piece, ...]
    claim: Claim
    gone: bool

    @property
    def until(self) -> int:
        """Return the number of the version since which its words are no more."""
        return self.claim.past_version + 1


def difference(old: Version, new: Version) -> list[Row]:
    """Return two versions of an article in rows, from the first statement to the last."""
    from claims.analysis.redline import rows_of
    from claims.analysis.revision import Revision

    return list(rows_of(Revision.of(old.text, new.text)))


def changed_sides(pair: Pair) -> list[ChangedSide]:
    """Return what changed in a pair's claims since people decided on it. Takes a query.

    Args:
        pair: with its members and its comparison's sources.
    """
    had: dict[str, list[Claim]] = {}
    for former in pair.formers.by_side():
        had.setdefault(former.side, []).append(former.claim)
    names = {"a": pair.comparison.a.name, "b": pair.comparison.b.name}
    return [_side(names[side], claims, pair.claims_of(side)) for side, claims in had.items()]


def _side(source: str, had: Sequence[Claim], have: Sequence[Claim]) -> ChangedSide:
    from claims.analysis.redline import inline_of
    from claims.analysis.wording import edits_between

    standing = [claim for claim in have if not claim.past_version]
    old, new = (" ".join(claim.text for claim in claims) for claims in (had, standing))
    first = next((claim for claim in had if claim.past_version), had[0])
    return ChangedSide(source, tuple(inline_of(edits_between(old, new))), first, gone=not standing)
