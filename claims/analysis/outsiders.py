"""Subjects that name nobody of the event: documents, offices, strangers, media; and who among them can hold an opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import naming
from .countries import country
from .nouns import (
    BINDING,
    DOCUMENTS,
    HUMAN,
    MASSES,
    MEDIA,
    NO_ONE_OF,
    NOBODY,
    OFFICE_PEOPLE,
    OFFICIAL,
    PRIVATE,
    RANKS,
    TEXTS,
    THINGS,
    WRITTEN,
)
from .phrases import Phrase
from .structures import Span
from .subject import Subject, SubjectKind
from .words import DETERMINERS, Word

_CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.&-]*(?: (?:of|for|de|van|von|al|and|the|bin|der|la)(?: (?:the|la))?(?= [A-ZÀ-ÖØ-ÞĀ-Ž])"
    r"| [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.&-]*)*"
)
_NAME_AT_END = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+ [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+$")
_NAME_AFTER_NOUN = re.compile(r"\b(?P<noun>[a-z]+) (?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+(?: [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+){1,2})$")
# "Secretary of State Marco Rubio", "Ambassador to the U.N. John Danforth".
_TITLED = re.compile(
    r"\b[A-Z]\w+ (?:of|for|to)(?: the)? (?P<of>(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'-]* (?:and )?){1,4}?"
    r"(?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+ [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+))$"
)


def decapitalized(text: str) -> str:
    return text[0].lower() + text[1:]


def is_relay(subject: Subject, masked: str) -> bool:
    """Tell whether a stranger is a news medium, which hands on what others say."""
    return subject.kind is SubjectKind.STRANGER and MEDIA.search(subject.span.of(masked)) is not None


def is_human(subject: Subject, masked: str) -> bool:
    """Tell whether a subject can hold an opinion: it has a name of its own, or a noun for people or bodies."""
    if subject.kind is SubjectKind.NOUN:
        return subject.span.of(masked).lower().rsplit(maxsplit=1)[-1] in HUMAN | TEXTS
    if subject.kind is not SubjectKind.STRANGER or subject.personal:
        return True
    text = subject.span.of(masked)
    if subject.name[:1].isupper() and text.lower().rsplit(maxsplit=1)[-1] in WRITTEN | TEXTS:
        return True
    if text[0].isupper() and " " not in text and not text.endswith("s"):
        return True
    return bool(set(re.findall(r"[\w’'-]+", text.lower())) & HUMAN) or _CAPITALS.search(text, 1) is not None


def span_of(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)


def unknown(phrase: Phrase, masked: str) -> Subject | None:
    """Return a document, an office or a stranger."""
    first, core = phrase.first_part, span_of(phrase.core)
    noun = first[-1].low.removesuffix("'s")
    if (noun in NOBODY and len(first) == 1) or first[0].low in NO_ONE_OF:
        return None
    definite = first[0].low in {"the", "his", "her", "its", "their", "this", "that"}
    plain = not any(word.is_capital and word.low not in RANKS | DOCUMENTS for word in first[1 if definite else 0 :])
    press = noun in TEXTS and {word.low for word in first} & {"media", "press", "newspaper", "news"}
    if plain and noun in DOCUMENTS and (definite or noun in TEXTS) and not press and not _is_named_body(phrase):
        return Subject(SubjectKind.DOCUMENT, core, phrase.span)
    bare_office = re.fullmatch(r"the head of (?:state|government|mission|delegation)", core.of(masked).lower())
    simple = plain and definite and len(phrase.core) == len(first) and not {word.low for word in first} & THINGS
    if bare_office or simple:
        return Subject(SubjectKind.NOUN, core, phrase.span, personal=True)
    return _stranger(phrase, masked)


def _is_named_body(phrase: Phrase) -> bool:
    """Tell whether an office has a name of its own: "the Council of National Minorities"."""
    rest = phrase.core[len(phrase.first_part) :]
    return phrase.first_part[-1].is_capital and len(rest) > 1 and rest[0].low == "of" and rest[1].is_capital


def _stranger(phrase: Phrase, masked: str) -> Subject | None:
    """Return somebody of no side, or None for a thing or for a headline's words."""
    first, core = phrase.first_part, span_of(phrase.core)
    noun = first[-1].low.removesuffix("'s")
    if (
        noun in TEXTS | WRITTEN
        and first[0].is_capital
        and first[0].low not in DETERMINERS
        and (first[0].start != _begins(masked) or first[0].low.endswith("'s"))
    ):
        name = " ".join(word.text for word in first if word.is_capital)
        return Subject(SubjectKind.STRANGER, core, phrase.span, name=name.removesuffix("'s").removesuffix("’s"))
    capitals = [word for word in first if word.is_capital and word is not first[0]]
    if noun in BINDING or (noun in THINGS and not capitals):
        return None
    owned = first[0].is_capital and first[0].low.endswith("'s")
    several = noun.endswith("s") or (noun.endswith("men") and noun in HUMAN)
    bare = first[0].low not in DETERMINERS and not owned and not first[-1].is_capital and not several
    if bare and not capitals and noun not in MASSES and not first[0].text[0].isdigit():
        return None  # "Red-faced minister": nobody is named, as in a headline
    if named := _person_at_end(phrase, masked):
        return Subject(SubjectKind.STRANGER, core, phrase.span, name=named, personal=True)
    name, personal = _name_of(phrase, masked)
    return Subject(SubjectKind.STRANGER, core, phrase.span, name=name, personal=personal) if name else None


def _person_at_end(phrase: Phrase, masked: str) -> str:
    """Return the name with which a phrase ends after a title or a noun for people, or an empty string."""
    text, title = span_of(phrase.core).of(masked), phrase.first_part[-1]
    noun = _NAME_AFTER_NOUN.search(text)
    if noun and noun["noun"] in PRIVATE:
        return noun["name"]
    if title.low not in OFFICE_PEOPLE:
        return ""
    titled = _TITLED.search(text)
    if titled and not country(titled["of"]):
        return titled["name"]
    named = _NAME_AT_END.search(text) if not title.is_capital or title.start == _begins(masked) else None
    return named[0] if named else ""


def _name_of(phrase: Phrase, masked: str) -> tuple[str, bool]:
    """Return a stranger's name and whether it is a human being's."""
    text = span_of(phrase.core).of(masked)
    first = phrase.first_part
    begin = first[0].end if first[0].low in DETERMINERS and len(first) > 1 else first[0].start
    body = masked[begin : first[-1].end].strip()
    runs = [match[0] for match in _CAPITALS.finditer(masked[begin : phrase.core[-1].end])]
    if first[0].low in DETERMINERS and runs and first[-1].is_capital and body.startswith(runs[0].split()[0]):
        return runs[0].removesuffix("’s").removesuffix("'s"), False
    if len(first) == 1 and (first[0].low in HUMAN or first[0].low in MASSES) and first[0].start == _begins(masked):
        return decapitalized(text), True
    roles = list(naming.ROLE.finditer(body)) if first[-1].is_capital else []
    if roles and roles[-1].end() < len(body) and body[roles[-1].end() + 1 :][:1].isupper():
        return naming.bare_name(body[roles[-1].end() + 1 :]), True
    if first[-1].is_capital and runs:
        last = [match[0] for match in _CAPITALS.finditer(body)]
        bare = naming.bare_name(last[-1]) if last else ""
        return bare, " " in bare or first[0].low in {"mr", "mr.", "ms", "ms.", "mrs", "mrs."}
    personal = bool({word.low for word in first} & HUMAN)
    return _owner(phrase, masked) or (decapitalized(text), personal)


def _begins(masked: str) -> int:
    return next((place for place, sign in enumerate(masked) if sign.isalnum()), 0)


def _owner(phrase: Phrase, masked: str) -> tuple[str, bool] | None:
    """Return the body or state that a phrase without a person's name speaks for: "a commission of the World Council"."""
    first = phrase.first_part
    for word in first:
        state = country(word.text.removesuffix("’s").removesuffix("'s"))
        if state is not None and {one.low for one in first} & OFFICIAL:
            return state.names[0], False
    owners = [word for word in first if word.is_capital and word.low.endswith("'s")]
    if owners and {one.low for one in first} & OFFICIAL:
        return owners[0].text[:-2], False
    named = [word for word in first if word.is_capital and word.low not in RANKS | DETERMINERS]
    if first[-1].low.startswith("spokes") and named:
        return span_of(named).of(masked).removesuffix("’s").removesuffix("'s"), False
    joined = phrase.core[len(first) : len(first) + 1]
    capitals = _CAPITALS.search(masked, first[-1].end, phrase.core[-1].end)
    if (
        joined
        and joined[0].low in {"of", "for"}
        and capitals
        and {one.low for one in first} & (OFFICIAL | {"commission"})
    ):
        return capitals[0], False
    return None
