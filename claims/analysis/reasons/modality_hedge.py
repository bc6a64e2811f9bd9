"""Fact against possibility: what one account states and the other weakens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..inflection import lowered
from ..lexicon import ASSERTED, HEDGE_STRONG, HEDGE_WEAK
from ..structures import Claim, ReasonKind
from .base import Context, Finding, Side, words

# "would" after a verb of saying is "will" told later, "may" of a date is the month: neither weakens anything.
_BACKSHIFT = re.compile(r"\bthat\b[^,;.]{0,80}$")
_MONTH = re.compile(r"\b(?:\d{1,2} |in |of |by |until |early |late |mid-)$|^\s*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mark:
    """How firm a side is (2 asserted, 1 plain, 0 intended, -1 merely possible), and the word that shows it."""

    firmness: int
    claim: Claim
    span: tuple[int, int] | None


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return the difference in firmness, if one side only weakens what it says."""
    mark_a, mark_b = _firmness(a), _firmness(b)
    if abs(mark_a.firmness - mark_b.firmness) < 2:
        return []
    firm, weak = (mark_a, mark_b) if mark_a.firmness > mark_b.firmness else (mark_b, mark_a)
    shown = tuple((words(mark.claim, *mark.span),) if mark.span else () for mark in (mark_a, mark_b))
    hedge = weak.claim.text[slice(*weak.span)] if weak.span else ""
    explanation = f"{firm.claim.source} says it outright, {weak.claim.source} weakens it with “{hedge}”."
    return [
        Finding(
            ReasonKind.MODALITY_HEDGE,
            shown[0],
            shown[1],
            explanation,
            False,
            0.2 * (firm.firmness - weak.firmness) + 0.1,
        )
    ]


def _firmness(side: Side) -> _Mark:
    for firmness, pattern in ((-1, HEDGE_STRONG), (2, ASSERTED), (0, HEDGE_WEAK)):
        for claim in side.claims:
            for match in pattern.finditer(lowered(claim.text)):
                if _counts(claim.text, match):
                    return _Mark(firmness, claim, match.span())
    return _Mark(1, side.claims[0], None)


def _counts(text: str, match: re.Match[str]) -> bool:
    word = match[0]
    if word == "may":
        return text[match.start()] == "m" and not _MONTH.search(text[: match.start()])
    if word in {"would", "should"}:
        return not _BACKSHIFT.search(text[: match.start()])
    return True
