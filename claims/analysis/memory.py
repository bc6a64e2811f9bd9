"""What an article has told so far: who spoke, who was brought up, to whom it turned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import background, cues, naming
from .inflection import word_set
from .roster import Mention, MentionKind, Person, Roster
from .words import AT_HEAD, DETERMINERS, PREPOSITIONS

_BY_AT_END = re.compile(r"\bby (?:the )?(?:[\w’'.-]+ ){0,4}$")
_SPEAKING = frozenset({"spokesperson", "aide", "press officer"})
TAKING_PART = word_set(
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
    "he": re.compile(r"\b(?:Mr|Lord|spokesman|chairman|king|prince|sir)\b", re.I),
    "she": re.compile(r"\b(?:Ms|Mrs|Miss|Dame|Lady|Baroness|Mme|spokeswoman|chairwoman|queen|princess)\b", re.I),
}
_OF_IT = re.compile(r"['’]|,? and | [a-z]+s? and |-")  # it is somebody else's, or there are two
_THREE_WORDS = re.compile(r"(?:\w+ ){0,3}$")
# Somebody whom a sentence begins with, and whose courtesy title or age tells that it is a human being.
_NAMED_AT_HEAD = re.compile(
    r"\W*(?:(?P<title>(?:Mr|Mrs|Ms|Dr)\.?) |[A-Z][a-z]+ (?=[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ]))?"
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)(?=,? [a-z]|, \d\d,)"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose account a text follows: the source, who speaks for it, and how sure that is (0 to 1)."""

    source: str
    speaker: str | None
    confidence: float


def speaks_for_others(person: Person | None) -> bool:
    """Tell who speaks for others from who is spoken of; somebody listed as both takes part in the talks."""
    return person is not None and bool(person.roles & _SPEAKING) and not person.roles & TAKING_PART


class Memory:
    """Remember who has spoken in an article, read from its first sentence to its last."""

    def __init__(self, text: str, roster: Roster, outlet: str) -> None:
        self._text, self._roster, self.outlet = text, roster, outlet
        self.followed: Voice | None = None
        self.new_paragraph = True
        self.place = 0
        self.home: str | None = None  # the side in whose place the article's date line was written
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
        if head is not None and head.person is None and head.span.start < AT_HEAD and background.sets_tones(masked):
            self._turned = Voice(head.source, None, 0.65)
            self._last["institution"] = self._turned
        acts = head is not None and head.kind in {MentionKind.PARTY, MentionKind.OFFICE} and head.person is None
        if head is not None and acts and head.span.start < AT_HEAD and not _OF_IT.match(masked, head.span.end):
            self._last["institution"] = Voice(head.source, None, 0.7)  # "Parsia enriches uranium. It says …"
        who = next((one for one in mentions if one.person is not None and one.span.start < 45), None)
        before = masked[: who.span.start].rstrip() if who else ""
        self.just_introduced = None
        if (who is None or who.span.start > AT_HEAD) and (stranger := self._at_head(masked)):
            self._introduced = self.just_introduced = stranger
            return
        if who is not None and (not before or before.endswith(",") or who.span.start < AT_HEAD):
            self._introduced = self.just_introduced = Voice(who.source, who.person, 0.8)
            return
        people = [one for one in reversed(mentions) if one.person is not None]
        last = next((one for one in people if _BY_AT_END.search(masked[: one.span.start])), None)
        if last is not None:
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

    def _in_full(self, surname: str) -> Voice | None:
        """Return who a surname means whose full name the text has given, without letting them speak."""
        told = self._text[: self.place]
        found = re.findall(rf"(?<![\w-])(?:[A-ZÀ-Þ][\w’'-]+ ){{1,2}}{re.escape(surname)}(?![\w-])", told)
        name = naming.bare_name(found[-1]) if found else ""
        return Voice(name, name, 0.75) if " " in name else None

    def _by_description(self, words: str) -> Voice | None:
        """Return who was last called so: "the general" after "Gen. Luka Pershan", "the operator"."""
        nouns = set(re.findall(r"[\w’'-]+", words)) - {"the", "his", "her", "its", "their"}
        return next((voice for voice, told in reversed(self._told) if nouns & told), None)

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
