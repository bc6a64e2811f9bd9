"""Whom a subject means that names nobody of the event's roster: somebody's official after all, or a third party."""

from __future__ import annotations

import re
from dataclasses import replace

from . import naming
from .countries import country
from .inflection import word_set
from .memory import Memory, Voice
from .nouns import BODIES, BODIES_OF_OFFICE, HUMAN, MEMBERS, OFFICE_PEOPLE, OFFICIAL, PRIVATE, RANKS
from .roster import Mention, MentionKind
from .subject import Subject
from .words import AT_HEAD

_INSIDERS = re.compile(
    r"\b(?:familiar with|briefed on|close to|with (?:direct |close )?knowledge of) (?:the |these |those )?(?:\w+ )?"
    r"(?:talks|matter|negotiations|discussions|situation|plans?|thinking|deliberations|process)\b"
)
_COURTESY_AND_PART = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Mme|M)\.? (?P<name>[\w’'-]+)\.?")
# Words that say of an unnamed official, or of a source, that it is none of the sides'.
_OF_NO_SIDE = word_set("local diplomatic western regional lawyers lawmaker lawmakers independent industry")
_OWNED = re.compile(
    r" (?:(?:of|for|in|at|to|from|inside|within|close to|on) (?P<owner>his|her|its|their) |"
    r"(?:close|loyal) to (?P<whom>him|her|them)$)"
)
_SOME_MEDIA = re.compile(
    r"(?:(?:several|some|other|various|many) )?(?:(?:local|domestic|national|regional|foreign|international|news) )?"
    r"(?:media(?: outlets| reports)?|newspapers|news (?:outlets|reports))",
    re.I,
)
_GOVERNMENTAL = re.compile(
    r"\b(?:ministry|government|presidency|presidential|president|prime minister|cabinet|chancellery|palace|department|"
    r"administration|treasury|office of)\b",
    re.I,
)
# What follows an opening that has only a pronoun for it: "According to a readout from his office, Rzayev …".
_COMES_NEXT = re.compile(r"[\w’' ]{0,20}, (?:[A-Z]\w+ ){0,3}?")


class Strangers(Memory):
    """Tell for whom a stranger speaks: for a side, a medium, or only for themselves."""

    def _stranger(self, subject: Subject, masked: str, mentions: list[Mention]) -> Voice | None:
        if owned := self._owned(subject, masked, mentions):
            return owned
        words = subject.span.of(masked)
        if _SOME_MEDIA.fullmatch(words):
            return Voice(self.outlet, None, 0.6)  # no medium in particular: what the outlet has heard
        if (
            words.lower().startswith("the ")
            and not country(subject.name)
            and (epithet := self._epithet(words.rsplit(maxsplit=1)[-1]))
        ):
            return epithet
        name = re.sub(r"^the (?=[a-z])", "", self._cleaned(subject.name, words))
        if (
            " " not in name
            and name[:1].isupper()
            and not masked[: subject.span.start].strip(" “\"'‘")
            and self._is_common(name)
        ):
            return None  # "Oil offers a precedent": a word whose capital begins the sentence
        found = self._by_part(name) or self._by_name_in_short(name)
        return found or self._by_office_held(subject, name, masked, mentions)

    def _owned(self, subject: Subject, masked: str, mentions: list[Mention]) -> Voice | None:
        """Return whose "a source at her ministry" or "an official of its navy" is, with the description as speaker."""
        text = subject.span.of(masked)
        part = _OWNED.search(text)
        if part is None or not set(re.findall(r"[\w-]+", text.lower())) & OFFICIAL:
            return None
        if (part["owner"] or part["whom"]) in {"his", "her", "him"}:
            owner = self._owner(part["owner"] or part["whom"], subject, mentions, masked)
        else:
            before = [one for one in mentions if one.span.end <= subject.span.start]
            owner = Voice(before[0].source, None, 0.8) if before else self._last.get("institution") or self.followed
        return replace(owner, speaker=text[0].lower() + text[1:], confidence=0.8) if owner else None

    def _cleaned(self, name: str, subject: str) -> str:
        """Return a name without a common noun whose capital begins the sentence: "Passenger Ann Lee"."""
        first, _, rest = name.partition(" ")
        common = (
            first[:1].isupper()
            and " " in rest
            and not subject.startswith(("The ", "the "))
            and (first.lower() in HUMAN | {"fan"} or first.endswith("ist") or self._is_common(first))
        )
        return rest if common else name

    def _owner(self, words: str, subject: Subject, mentions: list[Mention], masked: str) -> Voice | None:
        """Return whose office "her office" is: that of the person whom the sentence has named, or the last one."""
        named = [one for one in mentions if is_human(one) and one.span.end <= subject.span.start]
        if named:
            return Voice(named[0].source, None, 0.9)
        next_named = _COMES_NEXT.match(masked, subject.span.end) if masked[: subject.span.start].strip() else None
        ahead = [one for one in mentions if next_named and one.span.start <= next_named.end() < one.span.end]
        if ahead and is_human(ahead[0]):
            return Voice(ahead[0].source, None, 0.85)
        pronoun = "she" if words.startswith("her") else "he"
        owner = self._seen.get(pronoun) or self._by_gender(pronoun)
        return replace(owner, speaker=None, confidence=0.8) if owner else None

    def _is_common(self, word: str) -> bool:
        """Tell whether the text has a word in lower case, and never with a capital but at a sentence's beginning."""
        named = re.search(rf"[a-z,] {re.escape(word)}(?![\w-])", self._text)
        return named is None and re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", self._text) is not None

    def _by_part(self, name: str) -> Voice | None:
        """Return whom a courtesy title and one part of a known name mean: family names come first in many languages."""
        part = _COURTESY_AND_PART.fullmatch(name)
        holders = [one for one in self._roster.people if part and part["name"] in one.name.split()]
        return Voice(holders[0].source, holders[0].name, 0.9) if len(holders) == 1 else None

    def _by_name_in_short(self, name: str) -> Voice | None:
        """Return which source "the Household" is, if the words stand in one source's name alone."""
        words = set(name.split())
        holders = [one for one in self._roster.sources if words <= set(re.findall(r"[\w’'-]+", one.name))]
        return Voice(holders[0].name, None, 0.85) if len(holders) == 1 else None

    def _by_office_held(self, subject: Subject, name: str, masked: str, mentions: list[Mention]) -> Voice:
        """Return who a stranger speaks for: a side, if an office of it is named where it is; else only themselves.

        "In Lusk, army spokesman Karl Osk said"; "Dovrania denied it. The defence ministry's spokesman Karl Osk said".
        """
        last = naming.surname(name)
        if last in self._met:
            return self._met[last]
        if set(name.lower().removeprefix("the ").split()) <= set(self.outlet.lower().split()):
            return Voice(self.outlet, None, 0.8)
        if " " not in name and name[:1].isupper() and (full := self._in_full(name)):
            return full
        voice = Voice(name, name if subject.personal else None, 0.8 if name[:1].isupper() else 0.65)
        sides = {one.name for one in self._roster.sources}
        office = naming.ROLE.search(masked, subject.span.start, subject.span.end)
        if office and subject.personal and _is_lower(masked, office.start()):
            places = [one.source for one in mentions if naming.is_located(masked, one.span.start)]
            followed = self.followed
            if places:
                voice = Voice(places[0], name, 0.7)
            elif name[:1].islower():
                voice = self._unplaced(subject, masked, mentions) or voice
            elif (
                followed is not None
                and not self.new_paragraph
                and followed.speaker is None
                and followed.source in sides
            ):
                voice = Voice(followed.source, name, 0.65)
        elif not subject.personal or name[:1].islower():
            return self._unplaced(subject, masked, mentions) or voice
        if " " in name:
            self._met[last] = voice
        return voice

    def _epithet(self, noun: str) -> Voice | None:
        """Return who "the Green politician" or "the CS" is: who was called so, or who speaks if the noun is new."""
        if not noun.islower() and not (noun.isupper() and len(noun) < 5):
            return None
        if described := self._by_description(noun.lower()):
            return replace(described, confidence=0.75)
        new = re.search(rf"(?<![\w-]){re.escape(noun)}(?![\w-])", self._text[: self.place]) is None
        followed = self.followed
        personal = followed is not None and followed.speaker is not None and noun in HUMAN
        return replace(followed, confidence=0.7) if followed and personal and new else None

    def _unplaced(self, subject: Subject, masked: str, mentions: list[Mention]) -> Voice | None:
        """Return whose "a police commander" or "a third official" is where nothing says it: the followed side's."""
        words = re.findall(r"[\w-]+", subject.span.of(masked))
        nouns = {word for word in words if word.islower()}
        if _INSIDERS.search(subject.named.of(masked)):
            return None  # "a source familiar with the talks" belongs to nobody
        belongs = nouns & OFFICE_PEOPLE or (nouns & MEMBERS and nouns & BODIES)
        names = [word for word in words[1:] if word[0].isupper() and word.lower() not in RANKS | BODIES_OF_OFFICE]
        if names or not belongs or nouns & PRIVATE:
            return None
        third = country(words[0])
        if third is not None or (nouns | {words[0].lower()}) & _OF_NO_SIDE:
            return Voice(third.names[0], None, 0.65) if third is not None else None
        sides = {one.name for one in self._roster.sources}
        text = subject.span.of(masked)
        said = text[0].lower() + text[1:]
        head = next(
            (one for one in mentions if one.span.start < AT_HEAD and naming.is_located(masked, one.span.start)), None
        )
        if head is not None:
            return Voice(head.source, said, 0.75)
        if (named := self._by_words(nouns - OFFICE_PEOPLE)) is not None:
            return Voice(named, said, 0.65)
        governing = [one.name for one in self._roster.sources if _GOVERNMENTAL.search(one.name)]
        if nouns & {"government", "ministry", "presidential", "cabinet"} and len(governing) == 1:
            return Voice(governing[0], said, 0.7)
        told = [voice for voice, named in self._told if voice.source in sides]
        followed = self.followed or self._turned or (told[-1] if told else None)
        if followed is None and self.home:
            return Voice(self.home, said, 0.6)
        if followed is None or followed.source not in sides:
            return None
        return Voice(followed.source, text[0].lower() + text[1:], 0.6)

    def _by_words(self, words: set[str]) -> str | None:
        """Return the only source whose name or aliases hold a word: "town" for "Upper Fenn Town Council"."""
        holders = [
            one.name
            for one in self._roster.sources
            if words & set(re.findall(r"[\w-]+", " ".join([one.name, *one.aliases]).lower()))
        ]
        return holders[0] if len(holders) == 1 else None


def is_human(mention: Mention) -> bool:
    return mention.person is not None or mention.kind is MentionKind.TITLE


def _is_lower(masked: str, start: int) -> bool:
    """Tell whether an office stands without a nation before it: in lower case, or at the clause's head."""
    before = masked[:start].rstrip()
    return (
        not before
        or before.endswith((",", ";", ":", "—", "”", '"', " the", "The"))
        or before.rsplit(" ", 1)[-1].lower() in {"the", "a"}
    )
