"""Whom a text means: the voices that it has let speak, and the pronouns, titles and offices that stand for them.

``Referents`` remembers who spoke, who was brought up and whom the text turned to while an article is read from its
first sentence to its last, and resolves the subject of a frame with that.
"""

from __future__ import annotations

import re
from dataclasses import replace

from . import naming
from .frame import Frame
from .inflection import word_set
from .memory import TAKING_PART, Voice
from .nouns import HUMAN, OFFICE_PEOPLE, OFFICIAL, ONE_OF_THEM
from .roster import Mention, MentionKind, Person
from .strangers import Strangers, is_human
from .subject import Subject, SubjectKind
from .words import AT_HEAD, OBJECTS

_OWNER = re.compile(
    r"(?:[Tt]he |[Oo]ur )?(?P<name>[A-ZÀ-Þ][\w’'& -]*?)['’]s (?:[a-z-]+ |[A-Z]\w+(?= [a-z]))*(?P<rest>.*)"
)
_OF = re.compile(r" (?:of|for|in|at|to|from|close|with) ")
LEADING = word_set("leader president premier chancellor king queen emir sultan") | {"prime minister", "head of state"}
# Bodies that a person who speaks cannot be called.
_COLLECTIVES = word_set("union company bank group charity association club watchdog league federation guild firm")
_OTHER = re.compile(r"\b(?:counterparts?|opposite numbers?|(?:the|its|their) (?:other|opposing|opposite) \w+)\b")


class Referents(Strangers):
    """Tell whom a frame's subject means, by what the article has told before it."""

    def voice_of(self, frame: Frame, masked: str, mentions: list[Mention]) -> Voice | None:
        """Return who the subject of a frame is, or None where it names nobody known."""
        subject = frame.subject
        if ours := self._ours(subject, masked):
            return ours
        if subject.kind is SubjectKind.KNOWN and subject.side is not None:
            return self._followed_title(subject, masked) or self._known(subject, subject.side)
        if subject.kind is SubjectKind.OUTLET:
            return Voice(self.outlet, None, 0.85)
        if subject.kind is SubjectKind.BOTH:
            return self._either(subject, mentions)
        if subject.kind is SubjectKind.STRANGER:
            return self._stranger(subject, masked, mentions)
        words = re.sub(r"['’]s?$", "", subject.span.of(masked).lower())
        return (
            self._other(words, subject, mentions)
            or self._within(words, subject, masked, mentions, aside=frame.aside)
            or self._placed(subject, masked, mentions)
            or self._referred(subject, words)
        )

    def _ours(self, subject: Subject, masked: str) -> Voice | None:
        """Return the outlet's own reporter: "The Gazette's ferry correspondent Nora Ames"."""
        owner = _OWNER.match(subject.span.of(masked))
        if owner is None or not set(owner["name"].lower().split()) <= set(self.outlet.lower().split()):
            return None
        name = naming.bare_name(owner["rest"].strip())
        return Voice(self.outlet, name if " " in name else None, 0.8)

    def _followed_title(self, subject: Subject, masked: str) -> Voice | None:
        """Return who is followed if a bare title fits them: "the spokesperson" after one of the other side."""
        side, followed = subject.side, self.followed
        if side is None or followed is None or side.kind is not MentionKind.TITLE or followed.source == side.source:
            return None
        words = re.findall(r"[\w-]+", side.span.of(masked).lower())
        if len(words) < 2 or words[0] != "the" or words[1:] != naming.role_class(" ".join(words[1:])).split():
            return None
        person = self._roster.person(followed.speaker) if followed.speaker else None
        fits = person is not None and naming.role_class(words[-1]) in person.roles
        told = self._told[-1][1] if self._told and self._told[-1][0].source == followed.source else set()
        return replace(followed, confidence=0.8) if fits or words[-1] in told else None

    def _known(self, subject: Subject, side: Mention) -> Voice:
        if subject.name:
            known = self._met.get(naming.surname(subject.name))
            voice = Voice(side.source, known.speaker if known else subject.name, 0.85)
            self._met.setdefault(naming.surname(subject.name), voice)
            return voice
        exact = 0.95 if side.kind is not MentionKind.TITLE else 0.9
        if subject.described:
            return Voice(side.source, self._titled(subject, side) or subject.described.strip("-") or None, 0.9)
        return Voice(side.source, side.person, exact)

    def _titled(self, subject: Subject, side: Mention) -> str | None:
        """Return who "the aide" or "Selkaya's president" is: who spoke under that title, or alone bears it."""
        words = re.findall(r"[\w-]+", _OF.split(subject.described.lower())[0])
        if not words or words[0] in {"a", "an", "one", "another", "two", "some"} or words[-1].endswith("s"):
            return side.person
        for voice, told in reversed(self._told):
            if voice.source == side.source and words[-1] in told and voice.speaker and voice.speaker[0].isupper():
                return voice.speaker
        roles = LEADING if words[-1] == "leader" else {naming.role_class(" ".join(words)), naming.role_class(words[-1])}
        holders = [one for one in self._roster.people if one.source == side.source and one.roles & roles]
        return holders[0].name if len(holders) == 1 else side.person

    def _either(self, subject: Subject, mentions: list[Mention]) -> Voice:
        """Return one of the sides that speak together: that which the text follows, or the first named."""
        named = [one.source for one in mentions if one.span.overlaps(subject.span)]
        followed = self.followed.source if self.followed else None
        sides = named or [one.name for one in self._roster.sources]
        return Voice(followed if followed in sides else sides[0], None, 0.6)

    def _within(
        self, words: str, subject: Subject, masked: str, mentions: list[Mention], *, aside: bool
    ) -> Voice | None:
        """Return whom "it", "its" or "her office" means by the names that stand before it in its own sentence."""
        named = [one for one in mentions if one.span.end <= subject.span.start]
        if words == "it" and named and named[0].person is None and named[0].span.start < AT_HEAD:
            return Voice(named[0].source, None, 0.85)
        first = next((one for one in named if one.person is not None and one.span.start < AT_HEAD), None)
        apart = aside and first and not re.search("[:;]", masked[first.span.end : subject.span.start])
        if words in {"he", "she"} and first and not (apart and self._goes_on_speaking(words, first)):
            return Voice(first.source, first.person, 0.85)
        if words in {"his", "her", "him"} and (human := [one for one in named if is_human(one)]):
            return Voice(human[-1].source, human[-1].person, 0.85)
        if words in {"his", "her", "its", "their", "him", "them"} and named:
            return Voice(named[-1].source, named[-1].person, 0.85)
        return self._owner(words, subject, mentions, masked) if words.startswith(("his ", "her ")) else None

    def _goes_on_speaking(self, pronoun: str, told: Mention) -> bool:
        """Tell whether "he said" after a clause is who was followed, and not whom the clause tells of."""
        followed = self.followed
        personal = followed is not None and followed.speaker is not None and followed.speaker[:1].isupper()
        other = personal and followed is not None and followed.speaker != told.person
        return other and followed is not None and not self.new_paragraph and self._may_be(followed, pronoun)

    def _other(self, words: str, subject: Subject, mentions: list[Mention]) -> Voice | None:
        """Return who "her counterpart" or "the other side" is, where the event has two sides."""
        if subject.kind is SubjectKind.PRONOUN or _OTHER.search(words) is None:
            return None
        before = [one.source for one in mentions if one.span.end <= subject.span.start]
        own = before[0] if before else self.followed.source if self.followed else None
        others = [one.name for one in self._roster.sources if one.name != own]
        if len(others) > 1:
            others = [one for one in self._sources_seen if one != own][-1:]
        if not others:
            return None
        roles = {role for one in self._roster.people if one.source == own for role in one.roles} & TAKING_PART
        held = [one for one in self._roster.people if one.source == others[0] and one.roles & roles]
        speaker = held[0].name if len(held) == 1 and "counterpart" in words else None
        return Voice(others[0], speaker, 0.8)

    def _placed(self, subject: Subject, masked: str, mentions: list[Mention]) -> Voice | None:
        """Return whose ministry it is, or who "they" are, by the capital before it: "In Vell, the Defense Ministry"."""
        if subject.kind is SubjectKind.PRONOUN and subject.personal:
            return None
        for one in mentions:
            gap = subject.span.start - one.span.end
            near = gap >= 0 and (one.span.start < AT_HEAD or gap <= 1)
            if near and one.person is None and naming.is_located(masked, one.span.start):
                return Voice(one.source, None, 0.85)
        return None

    def _referred(self, subject: Subject, words: str) -> Voice | None:
        """Resolve a pronoun, "the statement", "the aide" to whom the text last let speak so."""
        if subject.kind is SubjectKind.DOCUMENT:
            voice = self._by_office(words) or self._last.get("institution") or self.followed
            if voice is None and self.home:
                return Voice(self.home, None, 0.65)
        elif subject.kind is SubjectKind.NOUN:
            if words in ONE_OF_THEM:
                return self._one_of_them()
            voice = self._by_role(words) or self._by_body(words) or self._by_description(words) or self._by_noun(words)
            defined = re.search(r"\b\w+ing\b (?!\w*$)", words) is not None
            voice = (
                voice or (None if defined else self.followed or self._last.get("person")) or Voice(words, None, 0.55)
            )
        elif words in {"it", "its"}:
            voice = self._last.get("institution") or self.followed
        elif words in {"they", "their", "them"}:
            followed = self.followed
            several = followed is not None and followed.speaker is not None and followed.speaker.endswith("s")
            voice = followed if several else self._last.get("institution") if "person" not in self._last else None
        elif self._told_of and not self.new_paragraph and words in {"he", "she"} and self._may_be(self._told_of, words):
            voice = self._told_of
        else:
            voice = self._introduced or self._by_gender({"his": "he", **OBJECTS}.get(words, words))
        return replace(voice, confidence=0.85) if voice is not None else None

    def _one_of_them(self) -> Voice | None:
        """Return whose "one" or "another" is: that of those who were last told of without a name."""
        nameless = (voice for voice, _ in reversed(self._told) if voice.speaker and voice.speaker[0].islower())
        found = next(nameless, self.followed)
        return replace(found, confidence=0.7) if found else None

    def _by_noun(self, words: str) -> Voice | None:
        """Return who "the zoo" or "the driver" is that the text has named or mentioned, and that no side's name covers.

        A noun that the text has not used before ("the 62-year-old") is another word for who speaks.
        """
        noun = words.rsplit(maxsplit=1)[-1]
        if noun in OFFICIAL or not words.startswith("the "):
            return None
        if noun in _COLLECTIVES and len(words.split()) > 2 and not set(words.split()) & OFFICIAL:
            return Voice(self._by_words({noun}) or words.removeprefix("the "), None, 0.65)
        told = self._text[: self.place]
        named = re.findall(rf"(?:[A-ZÀ-Þ][\w’'-]+ )+{re.escape(noun.capitalize())}\b", told)
        if named:
            name = re.sub(r"^The ", "", named[-1])
            return Voice(self._roster.source_of(name) or name, None, 0.7)
        if noun in HUMAN and re.search(rf"(?<![\w-]){re.escape(noun)}(?![\w-])", told):
            return Voice(words, words, 0.6)
        return None

    def _by_office(self, subject: str) -> Voice | None:
        """Return whose "the ministry" is: that of the only source whose name holds the word."""
        office = subject.rsplit(maxsplit=1)[-1]
        holders = [one for one in self._roster.sources if office in " ".join([one.name, *one.aliases]).lower().split()]
        return Voice(holders[0].name, None, 0.85) if len(holders) == 1 else None

    def _by_role(self, subject: str) -> Voice | None:
        role = naming.role_class(re.sub(r"^(?:the|an?|his|her|its) ", "", subject))
        holders: list[Person] = [one for one in self._roster.people if role in one.roles]
        recent = self._last.get("person")
        if len(holders) > 1 and (named := self._last_named(holders)):
            return named
        if recent and any(one.name == recent.speaker for one in holders):
            return recent
        if len(holders) > 1:
            return None
        return Voice(holders[0].source, holders[0].name, 0.85) if holders else None

    def _last_named(self, holders: list[Person]) -> Voice | None:
        """Return who "the spokesman" is by whom the paragraph has named last of those who are one."""
        told = self._text[: self.place].rpartition("\n")[2]
        place, source, name = max((told.rfind(naming.surname(one.name)), one.source, one.name) for one in holders)
        return Voice(source, name, 0.75) if place >= 0 else None

    def _by_body(self, words: str) -> Voice | None:
        """Return which source "the bank" is: the only one whose name holds the word."""
        noun = words.removeprefix("the ")
        bare = noun != words and " " not in noun and noun not in OFFICE_PEOPLE
        return self._by_office(words) if bare else None
