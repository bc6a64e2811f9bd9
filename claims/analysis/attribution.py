"""Who says it: the source, speaker and cue of every sentence.

Sentence by sentence: the frame that says whose statement it is (see ``frames``), its subject resolved through the
event's people, titles and pronouns; without a frame, the source that the text was following, until something ends it. In a
source's own text everything without another speaker is its own, and what it tells of others is its account too.

Source of the method: rules in the manner of Pareti et al. 2013 (cue, source, content) and Muzny et al. 2017 (sieves).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import background, cues, naming
from .frames import Frame, FrameKind, frames
from .inflection import expand
from .quotations import quotations
from .roster import Mention, MentionKind, Person, Roster
from .sentences import split_sentences
from .structures import Article, Claim, Event, Span

_TRANSCRIPT = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'. -]{1,60}?)\s*:\s+(?=\S)")
_SOMEBODY_OF = re.compile(rf"{cues.SPEAKER_NOUN.pattern} (?:of|to|for|in|at|from|close to) (?:the )?$", re.I)
_SPEAKING = frozenset({"spokesperson", "aide", "press officer"})
_TAKING_PART = frozenset(
    [
        "president",
        "chancellor",
        "leader",
        "king",
        "queen",
        "emir",
        "sultan",
        "premier",
        "minister",
        "secretary",
        "chairman",
        "pope",
    ]
) | {"prime minister", "head of state", "secretary-general"}
_DEMANDING = re.compile(r"propos|offer|demand|urg|request|respond|repl|answer|retort|counter|object", re.I)
_NARRATED = re.compile(
    expand(
        "{express|voice|underline|underscore|highlight|stress|emphasize|emphasise|note|call|reaffirm|reiterate|recall|acknowledge|"
        "suggest|indicate|point|speak|convey|describe|mention|outline|praise|welcome|pledge|promise}"
    ),
    re.I,
)
_GENDERED = {
    "he": re.compile(r"\b(?:Mr|spokesman|chairman|king|prince|sir)\b", re.I),
    "she": re.compile(r"\b(?:Ms|Mrs|Miss|spokeswoman|chairwoman|queen|princess)\b", re.I),
}


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose account a text follows: the source, and who speaks for it."""

    source: str
    speaker: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Reading:
    voice: _Voice
    cue: Span | None = None
    quoted: bool = False
    implicit: bool = False


def attribute(event: Event, article: Article, roster: Roster | None = None) -> list[Claim]:
    """Return the claims of an article in document order: one a sentence, each sentence of a quotation for itself.

    Date lines, bylines and other lines that state nothing are no claims.
    """
    roster = roster or Roster.of(event)
    publisher = event.source(article.publisher)
    reader = _Reader(article, roster, own=publisher.name if publisher else None)
    return list(reader.read())


class _Reader:
    """Reads one article from its first sentence to its last, remembering whose account it follows."""

    def __init__(self, article: Article, roster: Roster, *, own: str | None) -> None:
        self._article, self._roster, self._own = article, roster, own
        self._followed: _Voice | None = None
        self._last: dict[str, _Voice] = {}
        self._paragraph_of_followed = -1
        self._new_paragraph = True
        self._heard: set[str] = set()
        self._met: dict[str, _Voice] = {}
        self._introduced: _Voice | None = None
        self._turned: _Voice | None = None

    def read(self) -> Iterator[Claim]:
        text = self._article.text
        for number, span in enumerate(split_sentences(text)):
            if background.states_nothing(span.of(text)):
                continue
            paragraph = text.count("\n", 0, span.start)
            reading = self._sentence(span.of(text), paragraph, first=number == 0)
            for part in _parts(text, span):
                yield self._claim(part, span, reading)

    def _claim(self, part: Span, sentence: Span, reading: _Reading) -> Claim:
        text = self._article.text
        cue = Span(sentence.start + reading.cue.start, sentence.start + reading.cue.end) if reading.cue else None
        if cue is not None and not (part.start <= cue.start and cue.end <= part.end):
            cue = None
        return Claim(
            article=self._article.name,
            span=part,
            text=part.of(text),
            source=reading.voice.source,
            speaker=reading.voice.speaker,
            cue=cue,
            quoted=reading.quoted,
            implicit=reading.implicit,
            confidence=round(reading.voice.confidence, 3),
        )

    def _sentence(self, sentence: str, paragraph: int, *, first: bool) -> _Reading:
        quotes = quotations(sentence)
        masked = _masked(sentence, quotes)
        self._new_paragraph = paragraph > self._paragraph_of_followed
        mentions = [one for one in self._roster.mentions(sentence, own=self._own) if not _inside(one.span, quotes)]
        found = self._framed(sentence, masked, mentions)
        quoted = any(q.end - q.start > 2 for q in quotes)
        if self._own is not None:
            return self._own_text(found, quoted=quoted)
        if found is not None:
            voice, frame = found
            self._follow(voice, paragraph)
            return _Reading(voice, frame.cue, quoted=quoted)
        if spoken := self._by_spokesperson(masked, mentions):
            self._follow(spoken, paragraph)
            return _Reading(spoken, None, quoted=quoted)
        self._introduce(masked, mentions)
        return self._unframed(sentence, masked, paragraph, quoted=quoted, first=first)

    def _own_text(self, found: tuple[_Voice, Frame] | None, *, quoted: bool) -> _Reading:
        """Read a sentence of a source's own text: its account, whoever speaks in it."""
        assert self._own is not None
        if found is not None and found[0].source == self._own:
            return _Reading(_Voice(self._own, found[0].speaker, 0.98), found[1].cue, quoted=quoted)
        return _Reading(_Voice(self._own, None, 0.97), None, quoted=quoted)

    def _framed(self, sentence: str, masked: str, mentions: list[Mention]) -> tuple[_Voice, Frame] | None:
        """Return whose statement the sentence's frame says that it is, and the frame."""
        transcript = _TRANSCRIPT.match(sentence)
        if transcript and (person := self._roster.person(transcript["name"].strip())):
            cue = Span(transcript.start("name"), transcript.end("name"))
            return _Voice(person.source, person.name, 0.95), Frame(FrameKind.KNOWN, cue, cue)
        for frame in frames(sentence, masked, self._roster, mentions):
            voice = self._voice_of(frame, masked, mentions)
            if voice is not None and not self._is_talk(frame, voice, masked, mentions):
                return voice, frame
        return None

    def _is_talk(self, frame: Frame, voice: _Voice, masked: str, mentions: list[Mention]) -> bool:
        """Tell whether a verb tells what the parties said to each other, inside somebody's account."""
        if not frame.talk:
            return self._is_narrated(frame, voice, masked)
        if frame.kind is FrameKind.KNOWN and voice.speaker is None and self._takes_position(frame, voice, masked, mentions):
            return False
        if frame.stance and (self._followed is None or self._followed.source == voice.source):
            return False
        if frame.kind is FrameKind.STRANGER:
            return False
        if re.match(r"\W*Asked\b", masked):
            return False
        speaker = self._roster.person(voice.speaker) if voice.speaker else None
        if frame.document:
            return False
        leader = frame.kind is FrameKind.KNOWN and (speaker is None or not _is_spokesperson(speaker))
        addressee = any(0 <= one.span.start - frame.cue.end <= 30 and one.source != voice.source for one in mentions)
        return leader or addressee or frame.kind is FrameKind.PRONOUN

    def _takes_position(self, frame: Frame, voice: _Voice, masked: str, mentions: list[Mention]) -> bool:
        """Tell whether a state or an office proposes or demands in public: in a paragraph of its own, to nobody named."""
        verb = masked[frame.cue.start : frame.cue.end]
        addressee = any(0 <= one.span.start - frame.cue.end <= 30 and one.source != voice.source for one in mentions)
        return self._followed is not None and self._new_paragraph and not addressee and _DEMANDING.match(verb) is not None

    def _is_narrated(self, frame: Frame, voice: _Voice, masked: str) -> bool:
        """Tell whether a readout that the paragraph follows goes on to tell what the other side's leader said in the talks.

        Readouts narrate with "stressed" and "expressed"; an outlet that turns to the other side says "said", or to whom.
        """
        followed = self._followed
        if frame.outer or followed is None or followed.source == voice.source or self._new_paragraph:
            return False
        teller = self._roster.person(followed.speaker) if followed.speaker else None
        speaker = self._roster.person(voice.speaker) if voice.speaker else None
        told = followed.speaker is None or (teller is not None and _is_spokesperson(teller))
        leader = speaker is not None and not _is_spokesperson(speaker) and speaker.name not in self._heard
        verb = masked[frame.cue.start : frame.cue.end].split()[0]
        return told and leader and frame.kind is FrameKind.KNOWN and _NARRATED.fullmatch(verb) is not None

    def _voice_of(self, frame: Frame, masked: str, mentions: list[Mention]) -> _Voice | None:
        """Return who the subject of a frame is, or None where it names both sides or nobody known."""
        if frame.kind is FrameKind.KNOWN and frame.mention is not None:
            if any(span.overlaps(frame.mention.span) for span in self._roster.both(masked)):
                return None
            exact = 0.95 if frame.mention.kind is not MentionKind.TITLE else 0.9
            of = _SOMEBODY_OF.search(masked, 0, frame.mention.span.start)
            return _Voice(frame.mention.source, None if of else frame.mention.person, exact)
        if frame.kind is FrameKind.STRANGER:
            return self._by_part(frame.name) or self._by_office_held(frame, masked, mentions)
        if any(span.overlaps(frame.subject) for span in self._roster.both(masked)):
            return None
        subject = masked[frame.subject.start : frame.subject.end].lower()
        named = [one for one in mentions if one.span.end <= frame.subject.start]
        if subject == "it" and named and named[0].person is None and named[0].span.start < 12:
            return _Voice(named[0].source, None, 0.85)
        if subject in {"his", "her", "its", "their"}:
            if named:
                return _Voice(named[-1].source, named[-1].person, 0.85)
        if subject.startswith(("his ", "her ")) and (owner := self._owner(frame, mentions)):
            return owner
        return self._referred(subject, frame.kind)

    def _owner(self, frame: Frame, mentions: list[Mention]) -> _Voice | None:
        """Return whose office "her office" is: that of the person whom the sentence has named, or the last one."""
        named = [one for one in mentions if one.person is not None and one.span.end <= frame.subject.start]
        if named:
            return _Voice(named[0].source, None, 0.9)
        return replace(self._last["person"], speaker=None, confidence=0.8) if "person" in self._last else None

    def _by_part(self, name: str) -> _Voice | None:
        """Return whom a courtesy title and one part of a known name mean: family names come first in many languages."""
        part = re.fullmatch(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Mme|M)\.? (?P<name>[\w’'-]+)\.?", name)
        holders = [one for one in self._roster.people if part and part["name"] in one.name.split()]
        return _Voice(holders[0].source, holders[0].name, 0.9) if len(holders) == 1 else None

    def _by_office_held(self, frame: Frame, masked: str, mentions: list[Mention]) -> _Voice:
        """Return who a stranger speaks for: a side if an office is named with a place or in its paragraph, else themselves.

        "In Lusk, army spokesman Karl Osk said"; "Dovrania denied it. The defence ministry's spokesman Karl Osk said".
        """
        last = naming.surname(frame.name)
        if last in self._met:
            return self._met[last]
        voice = _Voice(frame.name, None, 0.75)
        office = naming.ROLE.search(masked, max(0, frame.subject.start - 60), frame.subject.start)
        if office and not masked[office.end() : frame.subject.start].strip() and _is_lower(masked, office.start()):
            places = [one.source for one in mentions if one.kind is MentionKind.PLACE and one.span.end <= office.start()]
            followed = self._followed
            if places:
                voice = _Voice(places[0], frame.name, 0.7)
            elif followed is not None and not self._new_paragraph and followed.speaker is None:
                voice = _Voice(followed.source, frame.name, 0.65)
        if " " in frame.name:
            self._met[last] = voice
        return voice

    def _referred(self, subject: str, kind: FrameKind) -> _Voice | None:
        """Resolve a pronoun, "the statement", "the aide" to whom the text last let speak so."""
        if kind is FrameKind.DOCUMENT:
            voice = self._by_office(subject) or self._last.get("institution") or self._followed
        elif kind is FrameKind.NOUN:
            voice = self._by_role(subject) or self._followed or self._last.get("person")
        elif subject in {"it", "its"}:
            voice = self._last.get("institution") or self._followed
        elif subject in {"they", "their"}:
            voice = self._last.get("institution") if "person" not in self._last else None
        else:
            voice = self._introduced or self._by_gender({"his": "he", "her": "she"}.get(subject, subject))
        return replace(voice, confidence=0.85) if voice is not None else None

    def _by_office(self, subject: str) -> _Voice | None:
        """Return whose "the ministry" is: that of the only source whose name holds the word."""
        office = subject.split()[-1]
        holders = [one for one in self._roster.sources if office in " ".join([one.name, *one.aliases]).lower().split()]
        return _Voice(holders[0].name, None, 0.85) if len(holders) == 1 else None

    def _by_role(self, subject: str) -> _Voice | None:
        role = naming.role_class(re.sub(r"^(?:the|an?|his|her|its) ", "", subject))
        holders: list[Person] = [one for one in self._roster.people if role in one.roles]
        recent = self._last.get("person")
        if recent and any(one.name == recent.speaker for one in holders):
            return recent
        return _Voice(holders[0].source, holders[0].name, 0.85) if len(holders) == 1 else None

    def _follow(self, voice: _Voice, paragraph: int) -> None:
        self._followed, self._paragraph_of_followed = voice, paragraph
        self._introduced = None
        if voice.speaker is None:
            self._last["institution"] = voice
            return
        self._heard.add(voice.speaker)
        self._last["person"] = voice
        if pronoun := self._pronoun_of(voice.speaker):
            self._last[pronoun] = voice

    def _by_gender(self, pronoun: str) -> _Voice | None:
        """Return who "he" or "she" is: who spoke last, unless a title says otherwise of them."""
        recent = self._last.get("person")
        known = self._pronoun_of(recent.speaker) if recent and recent.speaker else None
        return recent if known in {None, pronoun} else self._last.get(pronoun, recent)

    def _pronoun_of(self, name: str) -> str | None:
        """Return the pronoun that the titles around a name in the article ask for, if they do."""
        near = re.compile(rf"(?:\w+ ){{0,3}}{re.escape(naming.surname(name))}(?:,[^,]{{0,60}},)?")
        around = [match[0] for match in near.finditer(self._article.text)]
        return next((one for one, signs in _GENDERED.items() if any(map(signs.search, around))), None)

    def _by_spokesperson(self, masked: str, mentions: list[Mention]) -> _Voice | None:
        """Return whose statement it is when somebody whose office it is to speak is the subject of any other verb."""
        if background.is_about_texts(masked) or cues.UNSAID.search(masked):
            return None
        for one in mentions:
            person = self._roster.person(one.person) if one.person else None
            if person is None or not _is_spokesperson(person) or one.span.start > 60:
                continue
            before = masked[: one.span.start].rstrip()
            if not re.search(r"\b(?:to|with|by|for|of|at|and|met|called|told|asked)$", before, re.I):
                return _Voice(one.source, one.person, 0.7)
        return None

    def _introduce(self, masked: str, mentions: list[Mention]) -> None:
        """Remember whom a sentence without a frame brings up: the next "she said" or "it says" may be theirs."""
        for one in mentions:
            if re.match(rf"['’]?s? (?:[\w-]+ )?{cues.POSSESSED}\b", masked[one.span.end :]):
                self._turned = self._last["institution"] = _Voice(one.source, None, 0.65)
        head = mentions[0] if mentions else None
        if head is not None and head.person is None and head.span.start < 12 and background.sets_tones(masked):
            self._turned = _Voice(head.source, None, 0.65)
            self._last["institution"] = self._turned
        who = next((one for one in mentions if one.person is not None and one.span.start < 45), None)
        before = masked[: who.span.start].rstrip() if who else ""
        if who is not None and (not before or before.endswith(",") or who.span.start < 12):
            self._introduced = _Voice(who.source, who.person, 0.8)

    def _unframed(self, sentence: str, masked: str, paragraph: int, *, quoted: bool, first: bool) -> _Reading:
        """Decide whether a sentence without a frame goes on with the account that the text follows."""
        followed = self._followed
        distance = paragraph - self._paragraph_of_followed
        if followed is not None and not first:
            chance = background.carries_on(
                sentence,
                masked,
                new_paragraph=distance > 0,
                third_party=all(source.name != followed.source for source in self._roster.sources),
                roster=self._roster,
            )
            if chance >= 0.5:
                self._paragraph_of_followed = paragraph
                voice = replace(followed, confidence=min(0.8, chance))
                return _Reading(voice, None, quoted=quoted, implicit=True)
        self._followed, self._turned = self._turned, None
        self._paragraph_of_followed = paragraph
        return _Reading(_Voice(self._article.publisher, None, 0.85 if followed is None else 0.65), None, quoted=quoted)


def _is_lower(masked: str, start: int) -> bool:
    """Tell whether an office stands without a nation before it: in lower case, or at the clause's head."""
    before = masked[:start].rstrip()
    return not before or before.endswith((",", ";", ":", "—", " the", "The")) or before.rsplit(" ", 1)[-1].lower() in {"the", "a"}


def _is_spokesperson(person: Person) -> bool:
    """Tell who speaks for others from who is spoken of; somebody listed as both takes part in the talks."""
    return bool(person.roles & _SPEAKING) and not person.roles & _TAKING_PART


def _parts(text: str, sentence: Span) -> list[Span]:
    """Return a sentence's statements: where a quotation holds several sentences, each is one."""
    cuts = [sentence.start]
    for quote in quotations(sentence.of(text)):
        inside = split_sentences(text[sentence.start + quote.start + 1 : sentence.start + quote.end])
        cuts += [sentence.start + quote.start + 1 + one.start for one in inside[1:]]
    ends = [*cuts[1:], sentence.end]
    parts = []
    for start, end in zip(cuts, ends, strict=True):
        trimmed = text[start:end].rstrip()
        parts.append(Span(start, start + len(trimmed)))
    return parts if all(any(sign.isalnum() for sign in one.of(text)) for one in parts) else [sentence]


def _masked(sentence: str, quotes: list[Span]) -> str:
    """Blank what stands inside quotation marks, keeping the marks and the length."""
    for quote in quotes:
        inner = "\x00" * (quote.end - quote.start - 2)
        sentence = sentence[: quote.start + 1] + inner + sentence[quote.end - 1 :]
    return sentence


def _inside(span: Span, quotes: list[Span]) -> bool:
    return any(quote.start < span.start and span.end < quote.end for quote in quotes)
