"""What a row remembers of its pair, so that a decision which comes back can be held against what happened since."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from claims.models import Decision, Pair

_FORM = re.compile(r"v(?P<change>\d{1,18})\.(?P<decision>[a-z_]*)\.(?P<texts>[0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Version:
    """The pair's last decision by its number, what the decision column held, and a mark of the pair's texts."""

    change: int
    decision: str
    texts: str

    def written(self) -> str:
        """Return it as a cell: ``v12.agree.3fa9c1d2``."""
        return f"v{self.change}.{self.decision}.{self.texts}"

    @classmethod
    def read(cls, cell: str) -> Self | None:
        """Read it from a cell, or return None if that is no version."""
        found = _FORM.fullmatch(cell.strip())
        if found is None or found["decision"] not in ("", *Decision.values):
            return None
        return cls(int(found["change"]), found["decision"], found["texts"])


def version_of(pair: Pair, decision: str) -> Version:
    """Return the version of a pair that ``PairQuerySet.exported`` brought, for a row that holds this decision."""
    return Version(vars(pair)["last_decision"], decision, texts_mark(pair))


def texts_mark(pair: Pair) -> str:
    """Return a short mark of which pair it is and of what its claims say: another installation's pair has another."""
    texts = [member.claim.text for side in "ab" for member in pair.members.all() if member.side == side]
    return hashlib.sha256("\0".join([str(pair.pk), *texts]).encode()).hexdigest()[:8]
