"""What a noun phrase that speaks is: somebody of the event, a pronoun, a document, an office, a stranger.

"The president of Zavod" is known, "a nurse in Zavod" and "Zavod's opposition" are strangers: whether a side's name makes
somebody speak for it depends on the noun beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from . import naming
from .inflection import word_set
from .nouns import (
    BODIES,
    DOCUMENTS,
    HUMAN,
    MEMBERS,
    OFFICE_PEOPLE,
    OFFICIAL,
    ONE_OF_THEM,
    PLACED,
    PRIVATE,
    RANKS,
    SENT,
    TEXTS,
    WRITTEN,
)
from .outsiders import decapitalized, span_of, unknown
from .phrases import Phrase
from .roster import Mention, MentionKind
from .structures import Span
from .subject import Subject, SubjectKind
from .words import DETERMINERS, OBJECTS, PREPOSITIONS, PRONOUNS, Word

_PRESS = word_set("media press newspaper news television radio")
_SOME = word_set("one some two three four several many most another few both")
_NAME_IN_ASIDE = re.compile(r", (?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]+(?: [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+){1,3})(?:,|$)")


def subject_of(phrase: Phrase, masked: str, mentions: Sequence[Mention], both: Sequence[Span]) -> Subject | None:
    """Return what a phrase names, or None if it cannot speak."""
    first = phrase.first_part
    core, named = span_of(phrase.core), phrase.span
    if len(phrase.core) == 1 and first[0].low in PRONOUNS | OBJECTS.keys() | ONE_OF_THEM:
        return _pronoun(phrase)
    rest = phrase.core[len(first) + 1 :]
    if len(first) == 1 and first[0].low in _SOME and rest and phrase.core[len(first)].low == "of":
        found = subject_of(Phrase(rest, len(rest)), masked, mentions, both)
        found = replace(found, span=core, named=named, described=decapitalized(core.of(masked))) if found else None
        if found and found.kind is SubjectKind.PRONOUN and phrase.asides:
            found = replace(found, kind=SubjectKind.NOUN)  # "one of them, Subhon Rahim,"
        return _with_name(found, phrase, masked) if found else None
    officials = {word.low for word in first} & OFFICIAL
    if _names_both(phrase, mentions, both) or (officials and any(one.overlaps(core) for one in both)):
        return Subject(SubjectKind.BOTH, core, named)
    if found := _of_author(phrase, masked, mentions, both) or _titled(phrase, mentions):
        return found
    head = [one for one in mentions if core.start <= one.span.start < first[-1].end]
    if head:
        return _led_by(head, phrase, masked, mentions)
    found = _appositive(phrase, masked, mentions) or _placed(phrase, masked, mentions) or unknown(phrase, masked)
    return _with_name(found, phrase, masked) if found else None


def _titled(phrase: Phrase, mentions: Sequence[Mention]) -> Subject | None:
    """Return the person whose name ends a long title: "Union Minister for Water Resources Harish Kaulgud"."""
    core, first = phrase.core, phrase.first_part
    if len(first) == len(core) or not first[0].is_capital or first[-1].low not in OFFICE_PEOPLE:
        return None
    end = core[-1].end
    person = next((one for one in mentions if one.person is not None and one.span.end == end), None)
    before = next((word for word in reversed(core) if person and word.end <= person.span.start), None)
    if (
        person is None
        or before is None
        or before.low in PREPOSITIONS | DETERMINERS
        or person.kind is not MentionKind.PERSON
    ):
        return None
    return Subject(SubjectKind.KNOWN, span_of(core), phrase.span, person, personal=True)


def _pronoun(phrase: Phrase) -> Subject | None:
    word, core = phrase.core[0].low, span_of(phrase.core)
    if word == "you":
        return None
    if word in ONE_OF_THEM:
        return Subject(SubjectKind.NOUN, core, phrase.span, personal=True)
    kind = SubjectKind.OUTLET if word in {"we", "i"} else SubjectKind.PRONOUN
    return Subject(kind, core, phrase.span, personal=word in {"he", "she", "him", "her"})


def _with_name(found: Subject, phrase: Phrase, masked: str) -> Subject:
    """Return somebody with the name that an aside gives: "her skipper, Yannick Kerdoret"."""
    if (
        found.kind not in {SubjectKind.NOUN, SubjectKind.STRANGER}
        or not phrase.asides
        or (phrase.first_part[-1].is_capital and phrase.first_part[-1].low not in _SOME)
    ):
        return found
    named = _NAME_IN_ASIDE.match(masked[phrase.asides[0].start : phrase.asides[-1].end])
    return replace(found, kind=SubjectKind.STRANGER, name=named["name"], personal=True) if named else found


def _of_author(phrase: Phrase, masked: str, mentions: Sequence[Mention], both: Sequence[Span]) -> Subject | None:
    """Return whose text a phrase names: "a survey by Shelfwise", "a detention notice from the Port Authority"."""
    first, core = phrase.first_part, phrase.core
    if first[-1].low not in TEXTS | WRITTEN:
        return None
    place = len(first)
    while place < len(core) and not (core[place].low in {"by", "from", "of"} and place + 1 < len(core)):
        place += 1
    rest = core[place + 1 :]
    if not rest or not any(word.is_capital or word.low in DOCUMENTS for word in rest):
        return None
    of = core[place].low == "of"
    found = subject_of(Phrase(rest, len(rest)), masked, mentions, both)
    if found is None or found.kind is SubjectKind.PRONOUN or (of and found.kind is not SubjectKind.KNOWN):
        return None
    return replace(found, span=span_of(core), named=phrase.span)


def _names_both(phrase: Phrase, mentions: Sequence[Mention], both: Sequence[Span]) -> bool:
    """Tell whether a phrase names two sides: "both sides", "the two leaders", "Issoure and Bandal"."""
    span = span_of(phrase.first_part)
    if any(one.start <= span.start + 4 and one.overlaps(span) for one in both):
        return True
    inside = [one for one in mentions if one.span.overlaps(span)]
    if len({one.source for one in inside}) < 2:
        return False
    between = {word.low for word in phrase.first_part if inside[0].span.end <= word.start < inside[-1].span.start}
    return "and" in between


def _led_by(head: Sequence[Mention], phrase: Phrase, masked: str, mentions: Sequence[Mention]) -> Subject | None:
    """Return what a phrase names whose first part holds a side's name: the side's people, its office, or a stranger."""
    people = [one for one in head if one.person is not None and one.kind is MentionKind.PERSON]
    side = people[-1] if people else head[-1]
    core = span_of(phrase.core)
    rest = [word for word in phrase.first_part if word.start >= side.span.end]
    before = {word.low for word in phrase.first_part if word.end <= side.span.start}
    lower = {word.low for word in rest if not word.is_capital}
    inside = set() if side.kind is MentionKind.OFFICE else _inside_words(side, masked)
    if (before | lower | inside) & PRIVATE and not people:
        return unknown(phrase, masked)
    if phrase.first_part[-1].low in TEXTS and lower & _PRESS and "state" not in lower | before:
        return unknown(phrase, masked)
    name = " ".join(word.text for word in rest if word.is_capital)
    if people and not rest:
        return Subject(SubjectKind.KNOWN, core, phrase.span, side, personal=True)
    if name and (lower & OFFICIAL or side.kind in {MentionKind.TITLE, MentionKind.OFFICE}):
        return Subject(SubjectKind.KNOWN, core, phrase.span, side, naming.bare_name(name), personal=True)
    if name and not lower and _is_title(rest):
        return Subject(SubjectKind.KNOWN, core, phrase.span, side)
    if name or (lower and not lower & (OFFICIAL | WRITTEN | TEXTS)):
        return unknown(phrase, masked)
    apposed = _person_beside(phrase, side, mentions)
    described = "" if apposed else _described(phrase, masked)
    return Subject(SubjectKind.KNOWN, core, phrase.span, apposed or side, described=described, personal=bool(apposed))


def _inside_words(side: Mention, masked: str) -> set[str]:
    return set(side.span.of(masked).lower().split())


def _is_title(rest: Sequence[Word]) -> bool:
    return {word.low for word in rest} <= OFFICIAL | RANKS


def _person_beside(phrase: Phrase, side: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return the person whom an aside names: "Voskan's spokesman, Milan Drustan"."""
    if not phrase.asides:
        return None
    start, end = phrase.asides[0].start, phrase.asides[-1].end
    for one in mentions:
        if start <= one.span.start < end and one.person is not None and one.source == side.source:
            opened = [word for word in phrase.asides if word.end <= one.span.start]
            if not any(word.low in {"who", "whose", "which", "citing", "with"} for word in opened):
                return one
    return None


def _described(phrase: Phrase, masked: str) -> str:
    """Return the words for somebody without a name who speaks, or an empty string for an office or a state."""
    noun = phrase.first_part[-1].low
    if noun not in OFFICE_PEOPLE | PRIVATE | MEMBERS:
        return ""
    text = span_of(phrase.core).of(masked)
    return decapitalized(text) if phrase.core[0].low in DETERMINERS else text


def _appositive(phrase: Phrase, masked: str, mentions: Sequence[Mention]) -> Subject | None:
    """Return whom an aside ties to a side: "Fan Yulin, a ministry spokesman", "its premier, Ragna Dahl"."""
    if not phrase.asides:
        return None
    start = phrase.asides[0].start
    for one in mentions:
        if not start <= one.span.start < phrase.asides[-1].end:
            continue
        opened = {word.low for word in phrase.asides if word.end <= one.span.start}
        told = {word.low for word in phrase.asides if one.span.end <= word.start}
        if opened & {"who", "whose", "which", "citing", "with"} or (told | opened) & PRIVATE:
            return None
        core = span_of(phrase.core)
        if one.person is not None and one.kind is MentionKind.PERSON:
            return Subject(SubjectKind.KNOWN, core, phrase.span, one, personal=True)
        placed = naming.is_located(masked, one.span.start) and not opened & OFFICIAL
        if placed or (len(opened) > 1 and opened & HUMAN and not opened & OFFICIAL):
            return None  # "Marta Lund, a dockworker in Lusk"
        if opened & OFFICIAL or told & OFFICIAL or one.kind in {MentionKind.TITLE, MentionKind.OFFICE}:
            name = naming.bare_name(core.of(masked)) if phrase.core[-1].is_capital else ""
            return Subject(SubjectKind.KNOWN, core, phrase.span, one, name, personal=bool(name))
    return None


def _placed(phrase: Phrase, masked: str, mentions: Sequence[Mention]) -> Subject | None:
    """Return the side whose people or office a phrase names by a preposition: "a spokesman for the Karskan guard"."""
    first, core = phrase.first_part, span_of(phrase.core)
    if len(first) == len(phrase.core):
        return None
    words = {word.low for word in first}
    later = [one for one in mentions if first[-1].end < one.span.start < core.end]
    joined = {word.low for word in phrase.core[len(first) :] if not later or word.end <= later[0].span.start}
    if not later or not joined & PLACED or joined & PRIVATE or (words & SENT and "to" in joined):
        return None  # "the US ambassador to Moscow" is not Moscow's
    side = later[0]
    member = words & MEMBERS and {word.low for word in phrase.core[len(first) :]} & BODIES
    if words & PRIVATE and not member:
        return None
    if (
        not words & OFFICIAL
        and not member
        and naming.ROLE.search(span_of(first).of(masked)) is None
        and not first[-1].is_capital
    ):
        return None
    if first[-1].is_capital and first[-1].low not in OFFICIAL and "of" not in joined:
        return None
    name = (
        naming.bare_name(span_of(first).of(masked)) if first[-1].is_capital and " " in span_of(first).of(masked) else ""
    )
    if name and name.split()[-1].lower() in OFFICIAL | RANKS:
        name = ""
    holder = _person_beside(phrase, side, mentions)
    described = "" if name or holder else _described(phrase, masked)
    return Subject(
        SubjectKind.KNOWN,
        core,
        phrase.span,
        holder or side,
        "" if holder else name,
        described or "-",
        bool(name or holder),
    )
