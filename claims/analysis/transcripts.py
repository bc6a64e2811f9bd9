"""Labels of speakers in a printed conversation: "DRENOV: …", "Minister Stamm: …", "Question: …".

Under a label everything is what the labelled one says, whoever is named in it, until the next label or until the outlet
tells on in a paragraph of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import naming
from .inflection import word_set
from .roster import Person, Roster
from .structures import Span

_LABEL = re.compile(
    r"\s*(?P<name>[A-ZÀ-Þ][\w’'. -]{0,50}?)(?: \([^)]{1,60}\)|(?P<role>, [a-z][\w’' -]{2,50}))?\s?:\s+(?=\S)"
)
_ASKING = re.compile(
    r"(?:q|question|journalist|reporter|correspondent|moderator|interviewer|host|presenter)s?\.?", re.I
)
_ANSWERING = re.compile(r"(?:a|answer|reply|response)\.?", re.I)
# Words of headings: "WHY IT MATTERS: …" names nobody.
_HEADING = word_set(
    "a an the it this that what why how who when where is was are were and or then now we i you they in on at of to by "
    "for with from next background context analysis update updated latest breaking exclusive live correction note "
    "editor's key facts factbox timeline explainer summary recap more read watch"
)
_SPOKEN = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Ww]e|[Oo]ur|[Mm]y|me|us|[Yy]ou|[Yy]our|[Ll]et['’]s)\b")


@dataclass(frozen=True, slots=True)
class Label:
    """Who is said to speak at the head of a line: ``name`` as it is to be shown; ``asks`` for who only asks."""

    span: Span
    end: int
    name: str
    person: Person | None = None
    source: str | None = None
    asks: bool = False
    outlet: bool = False
    answers: bool = False


def label_of(sentence: str, roster: Roster, outlet: str) -> Label | None:
    """Return the label at the head of a sentence, or None if it names nobody who can speak."""
    match = _LABEL.match(sentence)
    if match is None:
        return None
    printed = match["name"].strip()
    span = Span(match.start("name"), match.start("name") + len(printed))
    if _ASKING.fullmatch(printed):
        return Label(span, match.end(), "journalist", asks=True)
    if _ANSWERING.fullmatch(printed):
        return Label(span, match.end(), printed, answers=True)
    person = _person(printed, roster)
    if person is not None:
        return Label(span, match.end(), person.name, person, person.source)
    if match["role"]:
        return None
    words = printed.casefold().split()
    if printed.isupper() and set(words) <= set(outlet.casefold().split()):
        return Label(span, match.end(), outlet, asks=True, outlet=True)
    source = roster.source_of(printed)
    if source is not None:
        return Label(span, match.end(), "", source=source)
    if printed.isupper() and len(printed) > 3 and not set(words) & _HEADING:
        return Label(span, match.end(), printed.title())
    return None


def _person(printed: str, roster: Roster) -> Person | None:
    """Return the person of a label, whatever title stands before the name and however it is printed."""
    words = [word.casefold().strip(".") for word in printed.split()]
    found = []
    for person in roster.people:
        name = [word.casefold().strip(".") for word in person.name.split()]
        if words == name or (words[-1] == naming.surname(person.name).casefold() and _is_named(words, name)):
            found.append(person)
    return found[0] if len(found) == 1 else None


def _is_named(words: list[str], name: list[str]) -> bool:
    """Tell whether the words before a surname are the rest of a name, or a title."""
    before = " ".join(words[:-1])
    title = naming.ROLE.fullmatch(before) or re.fullmatch(r"mr|mrs|ms|dr|gen|col|sir", before)
    return not before or set(words[:-1]) <= set(name) or title is not None


def is_spoken(sentence: str) -> bool:
    """Tell whether a sentence has words of speech outside quotation marks: "I", "we", "you"."""
    return _SPOKEN.search(sentence) is not None
