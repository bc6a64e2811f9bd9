"""Frames by verbs of any kind: before "that", and beside a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .clause_subjects import ENDS, opening, with_subject
from .frame import Frame, Rank, Scanned
from .inflection import word_set
from .outsiders import is_human
from .phrases import phrase_after, phrase_before
from .structures import Span
from .subject import SubjectKind
from .verbs import Verb
from .words import BE, DETERMINERS, PAST, Word

_FACTS = word_set(
    "found ensured showed proved proves shows ensures means meant knew knows learned learnt learns realised realized "
    "saw sees provided heard noticed discovered discovers required requires decided ruled voted ordered agreed"
)


def by_any_verb(sentence: Scanned) -> Iterator[Frame]:
    """Find people who by any verb hold "that …", or whom any verb names at the end: "…, frets Sunniva Dahl."."""
    words = sentence.words
    for place in range(1, len(words) - 1):
        word, after = words[place], words[place + 1]
        if after.low == "that" and word.low not in _FACTS and _is_finite(words, place):
            frame = with_subject(sentence, Verb(Span(word.start, word.end)), place)
            if frame is not None and (frame.subject.personal or frame.subject.described):
                yield frame
                return
        if (
            words[place - 1].text == ","
            and word.low not in PAST
            and _ANY_VERB.fullmatch(word.text)
            and after.is_capital
        ):
            phrase = phrase_after(words, place + 1)
            subject = sentence.subject(phrase)
            ends = phrase and ENDS.match(sentence.masked, phrase.words[-1].end)
            if subject and ends and subject.personal:
                yield Frame(subject, Span(word.start, word.end), Rank.OUTER, aside=True)
                return


def _is_finite(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.low in BE or not (_ANY_VERB.fullmatch(word.text) or word.low in PAST):
        return False
    return words[place - 1].low not in DETERMINERS | BE


_QUOTED_LENGTH = 12  # code points: shorter ones are words in quotation marks, and nobody's speech
_ANY_VERB = re.compile(r"[a-z]{3,}ed|[a-z]{2,}s")


def beside_quotation(sentence: Scanned) -> Iterator[Frame]:
    """Find who speaks a quotation by any verb: “No,” Peskov grinned; Peskov on television: “No”."""
    for at, quote in enumerate(sentence.words):
        if "\x00" not in quote.text or quote.end - quote.start < _QUOTED_LENGTH:
            continue
        begins = at == 0 or sentence.words[at - 1].text in {",", ":"}
        frame = (_after_quotation(sentence, at) if begins else None) or _before_quotation(sentence, at)
        if frame is not None:
            yield frame
            return


def _after_quotation(sentence: Scanned, at: int) -> Frame | None:
    words = sentence.words
    begin = at + 2 if at + 1 < len(words) and words[at + 1].text == "," else at + 1
    for place in range(begin, min(begin + 14, len(words))):
        if not _is_any_verb(words, place, begin):
            continue
        if place == begin:
            phrase = phrase_after(words, place + 1)
        else:
            phrase = phrase_before(words, place, sentence.masked, sentence.mentions)
            if phrase is None or phrase.words[0] is not words[begin]:
                return None
        subject = sentence.subject(phrase)
        if subject is None or not is_human(subject, sentence.masked) or subject.kind is SubjectKind.BOTH:
            return None
        return Frame(subject, Span(words[place].start, words[place].end), Rank.OUTER, aside=True)
    return None


def _is_any_verb(words: Sequence[Word], place: int, begin: int) -> bool:
    word, before = words[place], words[place - 1]
    if word.low in BE or word.low == "has" or not (_ANY_VERB.fullmatch(word.text) or word.low in PAST):
        return False
    return not word.low.endswith("s") or (place > begin and (before.is_capital or before.low in {"he", "she", ","}))


def _before_quotation(sentence: Scanned, at: int) -> Frame | None:
    """Find who speaks what follows a colon: "The minister on Relay: “No”", "Peskov grinned: “No”"."""
    words = sentence.words
    if at < 2 or words[at - 1].text != ":":
        return None
    phrase = phrase_after(words, opening(sentence), leads=True)
    subject = sentence.subject(phrase)
    if phrase is None or subject is None or not is_human(subject, sentence.masked):
        return None
    rest = sentence.masked[phrase.words[-1].end : words[at - 1].start]
    said = subject.kind is SubjectKind.KNOWN or subject.personal
    if not said or len(rest) > 60 or any(sign in rest for sign in ";\x00"):
        return None
    cue = rest.strip() and Span(phrase.words[-1].end + 1, words[at - 1].start)
    return Frame(subject, cue or Span(words[at - 1].start, words[at - 1].end), Rank.MAIN)
