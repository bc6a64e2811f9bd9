"""How long and how detailed an account is: its words, and the figures and names that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .quantities import quantities
from .reasons.entity import names_in

_WORD = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True, slots=True)
class Detail:
    """What an account of some statements holds.

    ``figures`` are all counts, shares, sums and measures that are given, ``names`` the different people, places and
    bodies that are named. Dates are neither: to read them loads a library that the web process does without.
    """

    statements: int = 0
    words: int = 0
    figures: int = 0
    names: int = 0


def detail_of(texts: Iterable[str]) -> Detail:
    """Measure the statements of one account. What is found is what the detectors of differences go by, in English."""
    texts = list(texts)
    names: set[frozenset[str]] = set()
    for text in texts:
        names |= {keys for _, keys in names_in(text) if keys}
    return Detail(
        statements=len(texts),
        words=sum(len(_WORD.findall(text)) for text in texts),
        figures=sum(len(quantities(text)) for text in texts),
        names=len(names),
    )
