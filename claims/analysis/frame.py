"""What a frame is, and a sentence as frames are sought in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from .phrases import Phrase
from .roster import Mention
from .structures import Span
from .subject import Subject
from .subjects import subject_of
from .words import Word


class Rank(IntEnum):
    """Which frame of a sentence counts: one that holds all of it, its main clause's, one of a part of it."""

    HEAD = 0
    OUTER = 1
    MAIN = 2
    PART = 3
    RELAY = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is said to say it: subject and cue, at offsets in the sentence.

    ``talk`` is a verb of what two parties also say to each other, ``stance`` one that takes a side; ``text`` tells that
    a text or an office is the subject; ``after`` that the cue stands before its subject ("said Peskov").
    """

    subject: Subject
    cue: Span
    rank: Rank
    talk: bool = False
    stance: bool = False
    text: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """A sentence as frames are sought in it; ``masked`` has everything inside quotation marks blanked."""

    masked: str
    words: list[Word]
    mentions: Sequence[Mention]
    both: Sequence[Span]

    def subject(self, phrase: Phrase | None) -> Subject | None:
        return subject_of(phrase, self.masked, self.mentions, self.both) if phrase else None

    def at(self, place: int) -> int:
        """Return the index of the first word that ends after a character."""
        return next((index for index, word in enumerate(self.words) if word.end > place), len(self.words))

    def before(self, place: int) -> str:
        return self.masked[:place].rstrip()
