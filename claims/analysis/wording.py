"""Which words of two texts differ: in what they say, and to the letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cydifflib import SequenceMatcher

from .clauses import content_stems
from .inflection import stem
from .quantities import number_of
from .structures import Span

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
_TOKEN = re.compile(rf"(?:{_WORD.pattern}|\S)\s*|\s+")
_UNLIKE = 0.3  # share of the words below which two texts are told as one in place of the other


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of an old text and what stands for it in the new one; either may be empty. ``same`` but for blanks."""

    old: str
    new: str
    same: bool


def edits_between(old: str, new: str) -> list[Edit]:
    """Return how a text was edited, to the letter: the edits' old words put together are the old text, and so the new.

    Two texts that share hardly a word are one edit, since to mark the few that they share would not help to read.
    """
    tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    keys = [[token.strip() for token in side] for side in tokens]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    if old and new and matcher.ratio() < _UNLIKE:
        return [Edit(old, new, same=False)]
    return [
        Edit("".join(tokens[0][i1:i2]), "".join(tokens[1][j1:j2]), same=tag == "equal")
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]


@lru_cache(maxsize=512)  # each side of a pair asks for its words
def differing_words(a: str, b: str) -> tuple[list[Span], list[Span]]:
    """Return the words of each text that the other does not have at that place, neighbours joined.

    Words are compared by their stems, so that neither case nor inflection counts; a run of nothing but function words
    is not marked.

    Returns:
        For each text ordered, non-overlapping spans with offsets in that text.
    """
    if b < a:  # longest matches are sought from the first text: one order, whichever comes first
        of_b, of_a = differing_words(b, a)
        return of_a, of_b
    words = list(_WORD.finditer(a)), list(_WORD.finditer(b))
    stems = [[stem(word[0]) for word in side] for side in words]
    matcher = SequenceMatcher(None, *stems, autojunk=False)
    runs_a, runs_b = [], []
    for tag, from_a, to_a, from_b, to_b in matcher.get_opcodes():
        if tag != "equal":
            runs_a.append(words[0][from_a:to_a])
            runs_b.append(words[1][from_b:to_b])
    return _marked(a, runs_a), _marked(b, runs_b)


def _marked(text: str, runs: Sequence[Sequence[re.Match[str]]]) -> list[Span]:
    spans = [Span(run[0].start(), run[-1].end()) for run in runs if run]
    return [span for span in spans if _says_something(span.of(text))]


def _says_something(words: str) -> bool:
    """Tell whether a run holds a content word or a figure."""
    figure = any(sign.isdigit() for sign in words) or any(number_of(word) is not None for word in _WORD.findall(words))
    return figure or bool(content_stems(words))
