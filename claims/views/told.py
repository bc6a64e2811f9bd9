"""Reasons as pages show them: the machine's, and what people made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.models import Pair, Says


@dataclass(frozen=True, slots=True)
class Said:
    """One person's word on one reason; ``own`` if it is the word of whoever looks at the page."""

    kind: str
    words: str
    says: str
    name: str
    own: bool


@dataclass(slots=True)
class ReasonTold:
    """One reason of a pair, with what people said of it. Without an ``explanation`` the machine does not give it."""

    kind: str
    explanation: str
    words: str
    said: list[Said] = field(default_factory=list)

    @property
    def right(self) -> list[str]:
        """Return who holds it for right."""
        return self._by(Says.RIGHT)

    @property
    def dismissed(self) -> list[str]:
        """Return who dismissed it."""
        return self._by(Says.DISMISSED)

    @property
    def added(self) -> list[str]:
        """Return who added it."""
        return self._by(Says.ADDED)

    @property
    def is_out(self) -> bool:
        """Tell whether it counts no longer: somebody dismissed it, and nobody stands by it."""
        return bool(self.dismissed) and not self.right and not self.added

    @property
    def is_earlier(self) -> bool:
        """Tell whether people spoke of a reason that the machine gave once and gives no longer."""
        return not self.explanation and not self.added

    @property
    def mine(self) -> str:
        """Return what whoever looks at the page says of it."""
        return next((one.says for one in self.said if one.own), "")

    def _by(self, says: str) -> list[str]:
        return [one.name for one in self.said if one.says == says]


def with_people(reasons: list[ReasonTold], said: Iterable[Said]) -> list[ReasonTold]:
    """Return the machine's reasons with what people said of them, and then the reasons that people added."""
    found = {(reason.kind, reason.words): reason for reason in reasons}
    for one in said:
        key = one.kind, one.words
        if key not in found:
            found[key] = ReasonTold(one.kind, "", one.words)
        found[key].said.append(one)
    return list(found.values())


def reasons_of(pair: Pair, user_id: int | None) -> list[ReasonTold]:
    """Return the reasons of a pair that was brought whole (``PairQuerySet.whole``)."""
    machines = [ReasonTold(one.kind, one.explanation, one.quoted) for one in pair.verdict.reasons.all()]
    said = [
        Said(one.kind, one.words, one.says, one.reviewer.get_username(), own=one.reviewer_id == user_id)
        for one in pair.reason_reviews.all()
    ]
    return with_people(machines, said)
