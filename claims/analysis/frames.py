"""Frames: the part of a sentence that says whose statement it is.

A frame is a subject (somebody of the event, a pronoun, a document, a stranger) and a cue (a verb of reporting,
"according to", "in her words"). What stands inside quotation marks never frames anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import background, cues
from .any_verb import beside_quotation, by_any_verb
from .frame import Frame, Rank, Scanned
from .inflection import lowered
from .outsiders import is_relay
from .roster import Mention
from .structures import Span
from .subject import SubjectKind
from .verb_frames import of_verb
from .verbless import verbless_frames
from .verbs import verbs
from .words import words_of

_CONTRAST = re.compile(r"[,;—–] ?(?:though|but|while|whereas|although|yet)\s", re.I)


def frames(masked: str, mentions: Sequence[Mention], both: Sequence[Span] = ()) -> list[Frame]:
    """Return the frames of a sentence, the one that counts first.

    Args:
        masked: the sentence with everything inside quotation marks blanked, of the same length.
        mentions: who is named outside quotation marks, at offsets of the sentence.
        both: the words that name all sides at once.
    """
    sentence = Scanned(masked, words_of(masked), mentions, both)
    found = [*verbless_frames(sentence)]
    unsaid = [Span(*match.span()) for match in cues.UNSAID.finditer(lowered(masked))]
    for verb in verbs(masked):
        if not any(span.overlaps(verb.span) for span in unsaid):
            found += of_verb(sentence, verb)
    if "\x00" in masked and all(frame.rank >= Rank.PART for frame in found):
        found += beside_quotation(sentence)
    if all(frame.rank > Rank.PART for frame in found):
        found += by_any_verb(sentence)
    found = [frame for frame in found if not _hangs_on(frame, masked, unsaid)]
    return sorted(_settled(found, sentence), key=lambda frame: (frame.rank, frame.cue))


def _settled(found: list[Frame], sentence: Scanned) -> Iterator[Frame]:
    """Yield the frames with their final ranks: news media hand on, and a contrast ends what an aside holds."""
    first = min((frame.cue.start for frame in found if frame.rank is Rank.MAIN and not frame.talk), default=None)
    cites = any(
        frame.cue.of(sentence.masked) in {"citing", "quoting"} and frame.subject.kind is SubjectKind.KNOWN
        for frame in found
    )
    for frame in found:
        handed = cites and frame.subject.kind is SubjectKind.STRANGER and not frame.subject.personal
        if handed or is_relay(frame.subject, sentence.masked):
            yield replace(frame, rank=Rank.RELAY)
            continue
        end = min(frame.cue.start, frame.subject.span.start)
        parted = first is not None and first < end and _CONTRAST.search(sentence.masked, first, end + 1)
        yield replace(frame, rank=Rank.PART) if frame.rank is Rank.OUTER and parted else frame


def _hangs_on(frame: Frame, masked: str, unsaid: Sequence[Span]) -> bool:
    """Tell whether a frame only tells more within the outlet's own clause.

    "Jian did not mention the collision, an incident that Tarriela disclosed"; "The call comes as Xi considers a visit".
    """
    start = min(frame.cue.start, frame.subject.span.start)
    trails = frame.rank is Rank.OUTER and frame.aside
    if not trails and any(
        span.end <= start and _CONTRAST.search(masked, span.end, start + 1) is None for span in unsaid
    ):
        return frame.cue.end < len(masked.rstrip(' .”"')) - 2
    beside = background.sets_beside(masked)
    named = frame.rank in {Rank.MAIN, Rank.PART} and not masked.startswith("who ", frame.cue.start - 4)
    return beside is not None and beside <= start and named
