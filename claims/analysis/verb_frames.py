"""The frames that a verb of reporting can head: active, passive, in a relative clause, with a shared subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .clause_subjects import inverted, opening, with_subject
from .frame import Frame, Rank, Scanned
from .inflection import word_set
from .nouns import TEXTS
from .outsiders import is_human
from .phrases import phrase_after, phrase_before
from .subject import SubjectKind
from .verbs import Verb
from .words import BE, DETERMINERS

_QUOTED_AS = re.compile(r"\s+(?P<who>[^,;“\"]{2,60}?) as (?:having )?\w+(?:ing|said)\b", re.I)
_AS_SAYING = re.compile(r"(?:\s+(?:on|in|by|last|late)\b[^,;“\"]{1,50}?)? as (?:having )?(?:\w+ing|said)\b", re.I)
_FINITE_ING = re.compile(r"\b(?:is|was|are|were|be|been) (?:\w+ )?$", re.I)
_PASSIVE_BY = re.compile(r"[^,;:.“\"]{0,70}?\bby\s+")


def of_verb(sentence: Scanned, verb: Verb) -> Iterator[Frame]:
    """Yield the frames that a verb can head, by its form and by what stands beside it."""
    place = sentence.at(verb.span.start)
    before = sentence.words[place - 1].low if place else ""
    word = sentence.words[place].low if place < len(sentence.words) else ""
    if word.endswith("ing") and not _FINITE_ING.search(sentence.masked, 0, verb.span.start):
        yield from _shared(sentence, verb, place)
        return
    if before == "to":
        yield from _eager(sentence, verb, place)
        return
    if _is_attribute(sentence, verb, place):
        return
    if _is_passive(sentence, place) and not word.endswith("ing"):
        yield from _passive(sentence, verb, place)
    elif before in {"who", "which"}:
        yield from _relative(sentence, verb, place)
    else:
        yield from _active(sentence, verb, place)


def _active(sentence: Scanned, verb: Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of a verb in the active voice: its subject stands before it, after it, or before another verb."""
    before = sentence.words[place - 1].low if place else ""
    word = sentence.words[place].low if place < len(sentence.words) else ""
    quoting = _QUOTED_AS.match(sentence.masked, verb.span.end) if word.startswith(("quot", "cit")) else None
    if quoting and (subject := sentence.subject(phrase_after(sentence.words, sentence.at(quoting.start("who"))))):
        yield Frame(subject, verb.span, Rank.OUTER)
        return
    frame = inverted(sentence, verb, place) or with_subject(sentence, verb, place)
    if frame is not None:
        yield frame
    elif before in {"and", "but", "then", "also"}:
        yield from _shared(sentence, verb, place)


# An article before a word makes it no verb; "that said" and "all agreed" are.
_ARTICLES = DETERMINERS - {"this", "that", "these", "those", "both", "each", "all", "some", "many"}


def _is_attribute(sentence: Scanned, verb: Verb, place: int) -> bool:
    """Tell whether a participle tells more of a noun: "an informed source", "photos snapped by our man"."""
    word, before = sentence.words[place].low, sentence.words[place - 1].low if place else ""
    by = sentence.masked.startswith(" by ", verb.span.end) and word.endswith("ed") and not _is_passive(sentence, place)
    whom = before == "her" and place > 1 and sentence.words[place - 2].low == "to"  # "a source close to her said"
    return by or word == "have" or (before in _ARTICLES and not whom)


_EAGER = word_set(
    "quick keen careful eager anxious pains hastened rushed sought moved took forced happy swift fast willing ready "
    "continued seemed appeared chose able used"
)
_PASSIVE_AFTER = BE | word_set("remain remains remained get gets got stay stays stayed left went goes go seem seems")


def _eager(sentence: Scanned, verb: Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of what somebody is quick, keen or at pains to say, or takes to the air to say."""
    words = sentence.words
    for at in range(place - 2, max(0, place - 6), -1):
        if words[at].low in _EAGER:
            start = at - 1 if words[at - 1].low in {"at", "as"} else at
            frame = with_subject(sentence, verb, start)
            if frame is not None and (not verb.talk or words[at].low in {"used", "took"}):
                yield replace(frame, talk=False)
            return
        if not words[at].is_word or words[at].low in BE:
            return


def _is_passive(sentence: Scanned, place: int) -> bool:
    """Tell whether a form of "be" stands before a verb: "was said", "has been denied"."""
    while place and (sentence.words[place - 1].low.endswith("ly") or sentence.words[place - 1].low in {"also", "not"}):
        place -= 1
    return place > 0 and sentence.words[place - 1].low in _PASSIVE_AFTER


def _passive(sentence: Scanned, verb: Verb, place: int) -> Iterator[Frame]:
    """Yield who is quoted as saying, and who does it in the passive voice: "was announced by Crane"."""
    if _AS_SAYING.match(sentence.masked, verb.span.end):
        subject = sentence.subject(phrase_before(sentence.words, place, sentence.masked, sentence.mentions))
        if subject:
            yield Frame(subject, verb.span, Rank.MAIN)
        return
    agent = _PASSIVE_BY.match(sentence.masked, verb.span.end)
    if agent is None or verb.giving or _in_relative_clause(sentence, place):
        return
    phrase = phrase_after(sentence.words, sentence.at(agent.end()))
    subject = sentence.subject(phrase)
    if phrase and phrase.first_part[-1].low in {"reporters", "journalists", "correspondents"}:
        return  # "was asked by foreign reporters"
    if subject and subject.kind is not SubjectKind.PRONOUN and is_human(subject, sentence.masked):
        yield Frame(subject, verb.span, Rank.MAIN, talk=verb.talk, stance=verb.stance)


def _in_relative_clause(sentence: Scanned, place: int) -> bool:
    """Tell whether a passive tells more of a noun: "four officials whose resignations were announced by the palace"."""
    before = next((at for at in range(place - 1, -1, -1) if not sentence.words[at].is_word), -1)
    return any(sentence.words[at].low in {"who", "whose", "which", "that"} for at in range(max(before, 0), place))


def _relative(sentence: Scanned, verb: Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of a relative clause ("the side, which said") unless it tells more of the main subject."""
    stop = place - 1
    while stop and sentence.words[stop - 1].text == ",":
        stop -= 1
    phrase = phrase_before(sentence.words, stop, sentence.masked, sentence.mentions)
    subject = sentence.subject(phrase)
    first = sentence.words[min(opening(sentence), len(sentence.words) - 1)].start
    if subject and phrase and subject.kind is SubjectKind.KNOWN and not verb.talk and phrase.words[0].start > first:
        yield Frame(subject, verb.span, Rank.PART)


def _shared(sentence: Scanned, verb: Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of a verb that shares its clause's subject: "Iwase left, saying …", "… and said"."""
    if place < 2 or verb.giving or verb.talk or not _is_joined(sentence, place):
        return
    phrase = phrase_after(sentence.words, opening(sentence), leads=True)
    subject = sentence.subject(phrase)
    if subject is None or subject.kind is SubjectKind.BOTH or subject.span.end >= verb.span.start:
        return
    speaks = subject.kind is not SubjectKind.NOUN or is_human(subject, sentence.masked)
    if speaks and (subject.kind in {SubjectKind.KNOWN, SubjectKind.PRONOUN} or subject.personal):
        yield Frame(subject, verb.span, Rank.PART)


def _is_joined(sentence: Scanned, place: int) -> bool:
    """Tell whether a verb follows a comma, a conjunction or a text: "left, saying", "a statement denouncing"."""
    words = sentence.words
    at = place - 1
    while at and (words[at].low.endswith("ly") or words[at].low in {"also", "then", "even", "later"}):
        at -= 1
    word = words[at]
    return not word.is_word or word.low in _JOINING or word.low in TEXTS


_JOINING = word_set(
    "and but then by while when after before on interview remarks speech call briefing monday tuesday "
    "wednesday thursday friday saturday sunday yesterday today"
)
