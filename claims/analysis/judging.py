"""What a judge gives that has read two statements together, and what it is asked.

A judge is a second opinion beside the rules: the detectors of ``reasons`` say what differs in words that they know,
a judge has learnt from examples how statements of two accounts relate. ``relations`` weighs both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .structures import ReasonKind, Relation, Span

Texts = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge says of two statements.

    ``relation`` holds the chance of each relation and ``reasons`` that of each kind of difference (0 to 1);
    ``position`` is the chance that a divergence is one of stances. ``words_a`` and ``words_b`` are the stretches of
    each text in which it sees the difference, the strongest first; they count in the text that the judge was given.
    ``settled`` says that the relation stands as it is, instead of being weighed with what the detectors found.
    ``by`` names who said so where that is not the judge that was asked.
    """

    relation: Mapping[Relation, float]
    position: float = 0.0
    reasons: Mapping[ReasonKind, float] = field(default_factory=dict)
    words_a: tuple[Span, ...] = ()
    words_b: tuple[Span, ...] = ()
    settled: bool = field(default=False, kw_only=True)
    by: str = field(default="", kw_only=True)

    def turned(self) -> Opinion:
        """Return the same opinion with the sides changed."""
        return replace(self, words_a=self.words_b, words_b=self.words_a)


class Judge(Protocol):
    """Says how statements relate. ``name`` goes beside what it said, so that one can see who did.

    ``english_only`` says that it is not to be asked about texts in other languages.
    """

    name: str
    english_only: bool

    def opinions(self, pairs: Sequence[Texts]) -> list[Opinion]:
        """Return an opinion on each pair of texts; the same whichever text comes first, but for the sides of words."""


class Linker(Protocol):
    """Says how likely two statements are about the same act, item or proposition."""

    name: str

    def link_scores(self, pairs: Sequence[Texts]) -> NDArray[np.float64]:
        """Return the log-odds that two texts belong together, shape (pairs,); the same in either order."""
