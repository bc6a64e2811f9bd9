"""Whom a text means: the voices that it has let speak, and the pronouns, titles and offices that stand for them.

``Referents`` remembers who spoke, who was brought up and whom the text turned to while an article is read from its
first sentence to its last, and resolves the subject of a frame with that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import background, cues, naming
from .countries import country
from .frame import Frame
from .inflection import word_set
from .phrases import DETERMINERS, OBJECTS, PREPOSITIONS
from .roster import Mention, MentionKind, Person, Roster
from .subjects import BODIES, HUMAN, MEMBERS, OFFICE_PEOPLE, OFFICIAL, ONE_OF_THEM, PRIVATE, Subject, SubjectKind

_SOMEBODY_OF = re.compile(rf"{cues.SPEAKER_NOUN.pattern} (?:of|to|for|in|at|from|close to) (?:the )?$", re.I)
_OWNER = re.compile(
    r"(?:[Tt]he |[Oo]ur )?(?P<name>[A-ZÀ-Þ][\w’'& -]*?)['’]s (?:[a-z-]+ |[A-Z]\w+(?= [a-z]))*(?P<rest>.*)"
)
_INSIDERS = re.compile(
    r"\b(?:familiar with|briefed on|close to|with (?:direct |close )?knowledge of) (?:the |these |those )?(?:\w+ )?"
    r"(?:talks|matter|negotiations|discussions|situation|plans?|thinking|deliberations|process)\b"
)
_AT_HEAD = 24  # code points from a sentence's beginning in which its subject begins
_BY_AT_END = re.compile(r"\bby (?:the )?(?:[\w’'.-]+ ){0,4}$")
_COURTESY_AND_PART = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Mme|M)\.? (?P<name>[\w’'-]+)\.?")
_SPEAKING = frozenset({"spokesperson", "aide", "press officer"})
_OF = re.compile(r" (?:of|for|in|at|to|from|close|with) ")
LEADING = word_set("leader president premier chancellor king queen emir sultan") | {"prime minister", "head of state"}
_TAKING_PART = word_set(
    "president chancellor leader king queen emir sultan premier minister secretary chairman pope"
) | {"prime minister", "head of state", "secretary-general"}
_IN_FULL = {
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "lt": "lieutenant",
    "adm": "admiral",
    "maj": "major",
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "prof": "professor",
    "dr": "doctor",
}
_GENDERED = {
    "he": re.compile(r"\b(?:Mr|spokesman|chairman|king|prince|sir)\b", re.I),
    "she": re.compile(r"\b(?:Ms|Mrs|Miss|spokeswoman|chairwoman|queen|princess)\b", re.I),
}


_THREE_WORDS = re.compile(r"(?:\w+ ){0,3}$")
# Somebody whom a sentence begins with, and whose courtesy title or age tells that it is a human being.
_NAMED_AT_HEAD = re.compile(
    r"\W*(?:(?P<title>(?:Mr|Mrs|Ms|Dr)\.?) |[A-Z][a-z]+ (?=[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ]))?"
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)(?=,? [a-z]|, \d\d,)"
)
_OWNED = re.compile(r" (?:of|for|in|at|to|from|inside|within|close to|on) (?P<owner>his|her|its|their) ")
_OTHER = re.compile(r"\b(?:counterparts?|opposite numbers?|(?:the|its|their) (?:other|opposing|opposite) \w+)\b")


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

    def __init__(self, text: str, roster: Roster, outlet: str) -> None:
        self._text, self._roster, self._outlet = text, roster, outlet
        self.followed: Voice | None = None
        self.new_paragraph = True
        self.place = 0
        self.heard: set[str] = set()
        self._turned: Voice | None = None
        self._introduced: Voice | None = None
        self.just_introduced: Voice | None = None
        self._last: dict[str, Voice] = {}
        self._met: dict[str, Voice] = {}
        self._pronouns: dict[str, str | None] = {}
        self._told_of: Voice | None = None
        self._told: list[tuple[Voice, set[str]]] = []
        self._seen: dict[str, Voice] = {}
        self._sources_seen: list[str] = []

    def follow(self, voice: Voice, named: str = "") -> None:
        """Remember that a sentence lets this voice speak, named so: what follows may be its account."""
        self.followed, self._introduced, self.just_introduced = voice, None, None
        nouns = {_IN_FULL.get(word, word) for word in re.findall(r"[\w’'-]+", named.lower())}
        if nouns:
            self._told.append((voice, nouns))
        if voice.speaker is None:
            self._last["institution"] = voice
            return
        self.heard.add(voice.speaker)
        self._last["person"] = voice
        if pronoun := self._pronoun_of(voice.speaker):
            self._last[pronoun] = voice

    def tell_of(self, mentions: list[Mention]) -> None:
        """Remember of whom an office's account tells: "he" in its next sentences is them, and no speaker before."""
        people = [one for one in mentions if one.person is not None]
        personal = (
            self.followed is not None and self.followed.speaker is not None and self.followed.speaker[:1].isupper()
        )
        if people and not personal:
            self._told_of = Voice(people[0].source, people[0].person, 0.75)
        elif personal:
            self._told_of = None

    def leave(self) -> None:
        """Remember that the outlet speaks; if it has just turned to a side, that side's account may follow."""
        self.followed, self._turned = self._turned, None

    def see(self, mentions: list[Mention]) -> None:
        """Remember who is named in a sentence: "her office" may be theirs later."""
        self._sources_seen += [one.source for one in mentions]
        for one in mentions:
            if one.person is not None and (pronoun := self._pronoun_of(one.person)):
                self._seen[pronoun] = Voice(one.source, one.person, 0.8)

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
        self.just_introduced = None
        if (who is None or who.span.start > 12) and (stranger := self._at_head(masked)):
            self._introduced = self.just_introduced = stranger
            return
        if who is not None and (not before or before.endswith(",") or who.span.start < 12):
            self._introduced = self.just_introduced = Voice(who.source, who.person, 0.8)
            return
        last = next((one for one in reversed(mentions) if one.person is not None), None)
        if last is not None and _BY_AT_END.search(masked[: last.span.start]):
            self._introduced = Voice(last.source, last.person, 0.75)  # "a point seized on by Pyotr Malyshkin."

    def _at_head(self, masked: str) -> Voice | None:
        """Return the stranger with whom a sentence begins, if their name is a human being's."""
        found = _NAMED_AT_HEAD.match(masked)
        if found is None or found["name"].split()[0].lower() in DETERMINERS | PREPOSITIONS | {
            "but",
            "and",
            "when",
            "as",
        }:
            return None
        if found["title"]:
            return self._in_full(found["name"]) or Voice(found["name"], found["name"], 0.7)
        name = naming.bare_name(found["name"])
        placed = any(f" {lead} {name}" in self._text for lead in ("in", "at", "near", "from", "to", "of", "the"))
        known = self._roster.source_of(name) is not None or any(one.name == name for one in self._roster.sources)
        return Voice(name, name, 0.7) if " " in name and not placed and not known else None

    def voice_of(self, frame: Frame, masked: str, mentions: list[Mention]) -> Voice | None:
        """Return who the subject of a frame is, or None where it names nobody known."""
        subject = frame.subject
        if ours := self._ours(subject, masked):
            return ours
        if subject.kind is SubjectKind.KNOWN and subject.side is not None:
            return self._followed_title(subject, masked) or self._known(subject, subject.side)
        if subject.kind is SubjectKind.OUTLET:
            return Voice(self._outlet, None, 0.85)
        if subject.kind is SubjectKind.BOTH:
            return self._either(subject, mentions)
        if subject.kind is SubjectKind.STRANGER:
            return self._stranger(subject, masked, mentions)
        words = re.sub(r"['’]s?$", "", subject.span.of(masked).lower())
        return (
            self._other(words, subject, mentions)
            or self._within(words, subject, mentions)
            or self._placed(subject, masked, mentions)
            or self._referred(subject, words)
        )

    def _ours(self, subject: Subject, masked: str) -> Voice | None:
        """Return the outlet's own reporter: "The Gazette's ferry correspondent Nora Ames"."""
        owner = _OWNER.match(subject.span.of(masked))
        if owner is None or not set(owner["name"].lower().split()) <= set(self._outlet.lower().split()):
            return None
        name = naming.bare_name(owner["rest"].strip())
        return Voice(self._outlet, name if " " in name else None, 0.8)

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

    def _is_common(self, word: str) -> bool:
        """Tell whether the text has a word in lower case, and never with a capital but at a sentence's beginning."""
        named = re.search(rf"[a-z,] {re.escape(word)}(?![\w-])", self._text)
        return named is None and re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", self._text) is not None

    def _stranger(self, subject: Subject, masked: str, mentions: list[Mention]) -> Voice | None:
        if owned := self._owned(subject, masked, mentions):
            return owned
        words = subject.span.of(masked)
        if (
            words.lower().startswith("the ")
            and not country(subject.name)
            and (epithet := self._epithet(words.rsplit(maxsplit=1)[-1]))
        ):
            return epithet
        name = self._cleaned(subject.name, words)
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
        if part["owner"] in {"his", "her"}:
            owner = self._owner(part["owner"], subject, mentions)
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

    def _within(self, words: str, subject: Subject, mentions: list[Mention]) -> Voice | None:
        """Return whom "it", "its" or "her office" means by the names that stand before it in its own sentence."""
        named = [one for one in mentions if one.span.end <= subject.span.start]
        if words == "it" and named and named[0].person is None and named[0].span.start < 12:
            return Voice(named[0].source, None, 0.85)
        first = next((one for one in named if one.person is not None and one.span.start < _AT_HEAD), None)
        if words in {"he", "she"} and first:
            return Voice(first.source, first.person, 0.85)
        if words in {"his", "her", "him"} and (human := [one for one in named if _is_human(one)]):
            return Voice(human[-1].source, human[-1].person, 0.85)
        if words in {"his", "her", "its", "their", "him", "them"} and named:
            return Voice(named[-1].source, named[-1].person, 0.85)
        return self._owner(words, subject, mentions) if words.startswith(("his ", "her ")) else None

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
        roles = {role for one in self._roster.people if one.source == own for role in one.roles} & _TAKING_PART
        held = [one for one in self._roster.people if one.source == others[0] and one.roles & roles]
        speaker = held[0].name if len(held) == 1 and "counterpart" in words else None
        return Voice(others[0], speaker, 0.8)

    def _placed(self, subject: Subject, masked: str, mentions: list[Mention]) -> Voice | None:
        """Return whose ministry it is, or who "they" are, by the capital before it: "In Vell, the Defense Ministry"."""
        if subject.kind is SubjectKind.PRONOUN and subject.personal:
            return None
        for one in mentions:
            gap = subject.span.start - one.span.end
            near = gap >= 0 and (one.span.start < 12 or gap <= 1)
            if near and one.person is None and naming.is_located(masked, one.span.start):
                return Voice(one.source, None, 0.85)
        return None

    def _owner(self, words: str, subject: Subject, mentions: list[Mention]) -> Voice | None:
        """Return whose office "her office" is: that of the person whom the sentence has named, or the last one."""
        named = [one for one in mentions if _is_human(one) and one.span.end <= subject.span.start]
        if named:
            return Voice(named[0].source, None, 0.9)
        pronoun = "she" if words.startswith("her") else "he"
        owner = self._seen.get(pronoun) or self._by_gender(pronoun)
        return replace(owner, speaker=None, confidence=0.8) if owner else None

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
        if set(name.lower().removeprefix("the ").split()) <= set(self._outlet.lower().split()):
            return Voice(self._outlet, None, 0.8)
        if " " not in name and name[:1].isupper() and (full := self._in_full(name)):
            return full
        voice = Voice(name, name if subject.personal else None, 0.8)
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
        if any(word[0].isupper() for word in words[1:]) or not belongs or nouns & PRIVATE:
            return None
        sides = {one.name for one in self._roster.sources}
        text = subject.span.of(masked)
        said = text[0].lower() + text[1:]
        head = next(
            (one for one in mentions if one.span.start < 12 and naming.is_located(masked, one.span.start)), None
        )
        if head is not None:
            return Voice(head.source, said, 0.75)
        if (named := self._by_words(nouns - OFFICE_PEOPLE)) is not None:
            return Voice(named, said, 0.65)
        told = [voice for voice, named in self._told if voice.source in sides]
        followed = self.followed or self._turned or (told[-1] if told else None)
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

    def _in_full(self, surname: str) -> Voice | None:
        """Return who a surname means whose full name the text has given, without letting them speak."""
        told = self._text[: self.place]
        found = re.findall(rf"(?<![\w-])(?:[A-ZÀ-Þ][\w’'-]+ ){{1,2}}{re.escape(surname)}(?![\w-])", told)
        name = naming.bare_name(found[-1]) if found else ""
        return Voice(name, name, 0.75) if " " in name else None

    def _referred(self, subject: Subject, words: str) -> Voice | None:
        """Resolve a pronoun, "the statement", "the aide" to whom the text last let speak so."""
        if subject.kind is SubjectKind.DOCUMENT:
            voice = self._by_office(words) or self._last.get("institution") or self.followed
        elif subject.kind is SubjectKind.NOUN:
            if words in ONE_OF_THEM:
                return self._one_of_them()
            voice = self._by_role(words) or self._by_description(words) or self._by_noun(words)
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

    def _by_description(self, words: str) -> Voice | None:
        """Return who was last called so: "the general" after "Gen. Luka Pershan", "the operator"."""
        nouns = set(re.findall(r"[\w’'-]+", words)) - {"the", "his", "her", "its", "their"}
        return next((voice for voice, told in reversed(self._told) if nouns & told), None)

    def _by_noun(self, words: str) -> Voice | None:
        """Return who "the zoo" or "the driver" is that the text has named or mentioned, and that no side's name covers.

        A noun that the text has not used before ("the 62-year-old") is another word for who speaks.
        """
        noun = words.rsplit(maxsplit=1)[-1]
        if noun in OFFICIAL or not words.startswith("the "):
            return None
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
        if recent and any(one.name == recent.speaker for one in holders):
            return recent
        return Voice(holders[0].source, holders[0].name, 0.85) if len(holders) == 1 else None

    def _may_be(self, voice: Voice, pronoun: str) -> bool:
        return voice.speaker is not None and self._pronoun_of(voice.speaker) in {None, pronoun}

    def _by_gender(self, pronoun: str) -> Voice | None:
        """Return who "he" or "she" is: who spoke last, unless a title says otherwise of them."""
        recent = self._last.get("person")
        known = self._pronoun_of(recent.speaker) if recent and recent.speaker else None
        return recent if known in {None, pronoun} else self._last.get(pronoun, recent)

    def _pronoun_of(self, name: str) -> str | None:
        """Return the pronoun that the titles around a name in the article ask for, if they do."""
        if name in self._pronouns:
            return self._pronouns[name]
        around = list(self._around(naming.surname(name)))
        found = next((one for one, signs in _GENDERED.items() if any(map(signs.search, around))), None)
        self._pronouns[name] = found
        return found

    def _around(self, surname: str) -> Iterator[str]:
        """Yield a surname wherever it stands, with the three words before it and the aside after it."""
        for match in re.finditer(rf"{re.escape(surname)}(?:,[^,]{{0,60}},)?", self._text):
            before = _THREE_WORDS.search(self._text, max(0, match.start() - 60), match.start())
            yield (before[0] if before else "") + match[0]


def _is_human(mention: Mention) -> bool:
    return mention.person is not None or mention.kind is MentionKind.TITLE


def _is_lower(masked: str, start: int) -> bool:
    """Tell whether an office stands without a nation before it: in lower case, or at the clause's head."""
    before = masked[:start].rstrip()
    return (
        not before
        or before.endswith((",", ";", ":", "—", "”", '"', " the", "The"))
        or before.rsplit(" ", 1)[-1].lower() in {"the", "a"}
    )
