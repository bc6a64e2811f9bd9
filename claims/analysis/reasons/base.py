"""What every detector of differences takes and gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..structures import Claim, Event, ReasonKind, Source, Span, Words

if TYPE_CHECKING:
    from ..roster import Roster


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: its source, its claims in document order, and the date of its article."""

    source: Source
    claims: tuple[Claim, ...]
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What both sides of a pair share: the event and who is who in it."""

    event: Event
    roster: Roster

    def languages(self, *sides: Side) -> set[str]:
        """Return the languages of the articles that the sides' claims stand in; "" where one is not known."""
        told = {article.name: article.language for article in self.event.articles}
        return {told.get(claim.article, "") for side in sides for claim in side.claims}


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference that a detector found; ``clash`` says that both cannot be a fair account, ``weight`` is 0 to 1."""

    kind: ReasonKind
    a: tuple[Words, ...]
    b: tuple[Words, ...]
    explanation: str
    clash: bool
    weight: float


Detector = Callable[[Side, Side, Context], list[Finding]]


def words(claim: Claim, start: int, end: int) -> Words:
    """Return the words of a claim between two offsets that count in the claim's text."""
    return Words(claim, Span(claim.span.start + start, claim.span.start + end))


def one_sided(
    kind: ReasonKind, a: Side, b: Side, *, only_a: Sequence[Words], only_b: Sequence[Words], says: str
) -> Finding:
    """Return the softer difference that only one side, or each side alone, says something: its first words are shown.

    Args:
        says: what a side does with its words, for the explanation ("gives the figure").
    """
    shown_a, shown_b = tuple(only_a[:1]), tuple(only_b[:1])
    sides = [(a.source.name, shown_a), (b.source.name, shown_b)]
    told = " ".join(f"Only {name} {says} “{shown[0].text}”." for name, shown in sides if shown)
    return Finding(kind, shown_a, shown_b, told, False, 0.35 + 0.1 * (bool(shown_a) != bool(shown_b)))
