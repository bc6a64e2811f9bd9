"""Whom a text means: the voices that it has let speak, and the pronouns, titles and offices that stand for them.

``Referents`` remembers who spoke, who was brought up and whom the text turned to while an article is read from its
first sentence to its last, and resolves the subject of a frame with that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import background, cues, naming
from .frames import Frame, FrameKind
from .inflection import word_set
from .roster import Mention, MentionKind, Person, Roster

_SOMEBODY_OF = re.compile(rf"{cues.SPEAKER_NOUN.pattern} (?:of|to|for|in|at|from|close to) (?:the )?$", re.I)
_COURTESY_AND_PART = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Mme|M)\.? (?P<name>[\w’'-]+)\.?")
_SPEAKING = frozenset({"spokesperson", "aide", "press officer"})
_TAKING_PART = word_set(
    "president chancellor leader king queen emir sultan premier minister secretary chairman pope"
) | {"prime minister", "head of state", "secretary-general"}
_GENDERED = {
    "he": re.compile(r"\b(?:Mr|spokesman|chairman|king|prince|sir)\b", re.I),
    "she": re.compile(r"\b(?:Ms|Mrs|Miss|spokeswoman|chairwoman|queen|princess)\b", re.I),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose account a text follows: the source, who speaks for it, and how sure that is (0 to 1)."""

    source: str
    speaker: str | None
    confidence: float


def speaks_for_others(person: Person | None) -> bool:
    """Tell who speaks for others from who is spoken of; somebody listed as both takes part in the talks."""
    return person is not None and bool(person.roles & _SPEAKING) and not person.roles & _TAKING_PART


class Referents:
    """Remember who has spoken in an article, and tell whom a frame's subject means."""

    def __init__(self, text: str, roster: Roster) -> None:
        self._text, self._roster = text, roster
        self.followed: Voice | None = None
        self.new_paragraph = True
        self.heard: set[str] = set()
        self._turned: Voice | None = None
        self._introduced: Voice | None = None
        self._last: dict[str, Voice] = {}
        self._met: dict[str, Voice] = {}
        self._pronouns: dict[str, str | None] = {}

    def follow(self, voice: Voice) -> None:
        """Remember that a sentence lets this voice speak: what follows may be its account."""
        self.followed, self._introduced = voice, None
        if voice.speaker is None:
            self._last["institution"] = voice
            return
        self.heard.add(voice.speaker)
        self._last["person"] = voice
        if pronoun := self._pronoun_of(voice.speaker):
            self._last[pronoun] = voice

    def leave(self) -> None:
        """Remember that the outlet speaks; if it has just turned to a side, that side's account may follow."""
        self.followed, self._turned = self._turned, None

    def introduce(self, masked: str, mentions: list[Mention]) -> None:
        """Remember whom a sentence without a frame brings up: the next "she said" or "it says" may be theirs."""
        for one in mentions:
            if re.match(rf"['’]?s? (?:[\w-]+ )?{cues.POSSESSED}\b", masked[one.span.end :]):
                self._turned = self._last["institution"] = Voice(one.source, None, 0.65)
        head = mentions[0] if mentions else None
        if head is not None and head.person is None and head.span.start < 12 and background.sets_tones(masked):
            self._turned = Voice(head.source, None, 0.65)
            self._last["institution"] = self._turned
        who = next((one for one in mentions if one.person is not None and one.span.start < 45), None)
        before = masked[: who.span.start].rstrip() if who else ""
        if who is not None and (not before or before.endswith(",") or who.span.start < 12):
            self._introduced = Voice(who.source, who.person, 0.8)

    def voice_of(self, frame: Frame, masked: str, mentions: list[Mention]) -> Voice | None:
        """Return who the subject of a frame is, or None where it names both sides or nobody known."""
        if frame.kind is FrameKind.KNOWN and frame.mention is not None:
            if any(span.overlaps(frame.mention.span) for span in self._roster.both(masked)):
                return None
            exact = 0.95 if frame.mention.kind is not MentionKind.TITLE else 0.9
            of = _SOMEBODY_OF.search(masked, 0, frame.mention.span.start)
            return Voice(frame.mention.source, None if of else frame.mention.person, exact)
        if frame.kind is FrameKind.STRANGER:
            return (
                self._by_part(frame.name)
                or self._by_name_in_short(frame.name)
                or self._by_office_held(frame, masked, mentions)
            )
        if any(span.overlaps(frame.subject) for span in self._roster.both(masked)):
            return None
        subject = frame.subject.of(masked).lower()
        return self._within(subject, frame, mentions) or self._referred(subject, frame.kind)

    def _within(self, subject: str, frame: Frame, mentions: list[Mention]) -> Voice | None:
        """Return whom "it", "its" or "her office" means by the names that stand before it in its own sentence."""
        named = [one for one in mentions if one.span.end <= frame.subject.start]
        if subject == "it" and named and named[0].person is None and named[0].span.start < 12:
            return Voice(named[0].source, None, 0.85)
        if subject in {"his", "her", "its", "their"} and named:
            return Voice(named[-1].source, named[-1].person, 0.85)
        return self._owner(frame, mentions) if subject.startswith(("his ", "her ")) else None

    def _owner(self, frame: Frame, mentions: list[Mention]) -> Voice | None:
        """Return whose office "her office" is: that of the person whom the sentence has named, or the last one."""
        named = [one for one in mentions if one.person is not None and one.span.end <= frame.subject.start]
        if named:
            return Voice(named[0].source, None, 0.9)
        return replace(self._last["person"], speaker=None, confidence=0.8) if "person" in self._last else None

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

    def _by_office_held(self, frame: Frame, masked: str, mentions: list[Mention]) -> Voice:
        """Return who a stranger speaks for: a side, if an office of it is named where it is; else only themselves.

        "In Lusk, army spokesman Karl Osk said"; "Dovrania denied it. The defence ministry's spokesman Karl Osk said".
        """
        last = naming.surname(frame.name)
        if last in self._met:
            return self._met[last]
        voice = Voice(frame.name, None, 0.75)
        office = naming.ROLE.search(masked, max(0, frame.subject.start - 60), frame.subject.start)
        if office and not masked[office.end() : frame.subject.start].strip() and _is_lower(masked, office.start()):
            places = [one.source for one in mentions if naming.is_located(masked, one.span.start)]
            followed = self.followed
            if places:
                voice = Voice(places[0], frame.name, 0.7)
            elif followed is not None and not self.new_paragraph and followed.speaker is None:
                voice = Voice(followed.source, frame.name, 0.65)
        if " " in frame.name:
            self._met[last] = voice
        return voice

    def _referred(self, subject: str, kind: FrameKind) -> Voice | None:
        """Resolve a pronoun, "the statement", "the aide" to whom the text last let speak so."""
        if kind is FrameKind.DOCUMENT:
            voice = self._by_office(subject) or self._last.get("institution") or self.followed
        elif kind is FrameKind.NOUN:
            voice = self._by_role(subject) or self.followed or self._last.get("person")
        elif subject in {"it", "its"}:
            voice = self._last.get("institution") or self.followed
        elif subject in {"they", "their"}:
            voice = self._last.get("institution") if "person" not in self._last else None
        else:
            voice = self._introduced or self._by_gender({"his": "he", "her": "she"}.get(subject, subject))
        return replace(voice, confidence=0.85) if voice is not None else None

    def _by_office(self, subject: str) -> Voice | None:
        """Return whose "the ministry" is: that of the only source whose name holds the word."""
        office = subject.rsplit(maxsplit=1)[-1]
        holders = [one for one in self._roster.sources if office in " ".join([one.name, *one.aliases]).lower().split()]
        return Voice(holders[0].name, None, 0.85) if len(holders) == 1 else None

    def _by_role(self, subject: str) -> Voice | None:
        role = naming.role_class(re.sub(r"^(?:the|an?|his|her|its) ", "", subject))
        holders: list[Person] = [one for one in self._roster.people if role in one.roles]
        recent = self._last.get("person")
        if recent and any(one.name == recent.speaker for one in holders):
            return recent
        return Voice(holders[0].source, holders[0].name, 0.85) if len(holders) == 1 else None

    def _by_gender(self, pronoun: str) -> Voice | None:
        """Return who "he" or "she" is: who spoke last, unless a title says otherwise of them."""
        recent = self._last.get("person")
        known = self._pronoun_of(recent.speaker) if recent and recent.speaker else None
        return recent if known in {None, pronoun} else self._last.get(pronoun, recent)

    def _pronoun_of(self, name: str) -> str | None:
        """Return the pronoun that the titles around a name in the article ask for, if they do."""
        if name in self._pronouns:
            return self._pronouns[name]
        near = re.compile(rf"(?:\w+ ){{0,3}}{re.escape(naming.surname(name))}(?:,[^,]{{0,60}},)?")
        around = [match[0] for match in near.finditer(self._text)]
        found = next((one for one, signs in _GENDERED.items() if any(map(signs.search, around))), None)
        self._pronouns[name] = found
        return found


def _is_lower(masked: str, start: int) -> bool:
    """Tell whether an office stands without a nation before it: in lower case, or at the clause's head."""
    before = masked[:start].rstrip()
    return (
        not before
        or before.endswith((",", ";", ":", "—", "”", '"', " the", "The"))
        or before.rsplit(" ", 1)[-1].lower() in {"the", "a"}
    )
