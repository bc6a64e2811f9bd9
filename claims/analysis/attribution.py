"""Who says it: the source, speaker and cue of every sentence.

Sentence by sentence: the frame that says whose statement it is (see ``frames``), its subject resolved through the
event's people, titles and pronouns (see ``referents``); without a frame, the source that the text was following, until
something ends it (see ``background``). In a source's own text everything is its own account, also what it tells of
others.

Source of the method: rules in the manner of Pareti et al. 2013 (cue, source, content) and Muzny et al. 2017 (sieves).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import background, cues
from .frames import Frame, FrameKind, frames
from .inflection import expand
from .quotations import quotations
from .referents import Referents, Voice, speaks_for_others
from .roster import Mention, Roster
from .sentences import split_sentences
from .structures import Article, Claim, Event, Span

_TRANSCRIPT = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'. -]{1,60}?)\s*:\s+(?=\S)")
_DEMANDING = re.compile(r"propos|offer|demand|urg|request|respond|repl|answer|retort|counter|object", re.I)
_NARRATED = re.compile(
    expand(
        "{express|voice|underline|underscore|highlight|stress|emphasize|emphasise|note|call|reaffirm|reiterate|recall|"
        "acknowledge|suggest|indicate|point|speak|convey|describe|mention|outline|praise|welcome|pledge|promise}"
    ),
    re.I,
)
# Code points; prose has no longer sentences, and the rules cost the square of a sentence's length.
_LONGEST_READ = 2_000
_NO_SUBJECT = re.compile(r"\b(?:to|with|by|for|of|at|and|met|called|told|asked)$", re.I)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it is read: ``masked`` is it with its quotations blanked; mentions stand outside of those."""

    text: str
    masked: str
    mentions: list[Mention]
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    voice: Voice
    cue: Span | None = None
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
        self._referents = Referents(article.text, roster)

    def read(self) -> Iterator[Claim]:
        text = self._article.text
        last_paragraph = -1
        for number, span in enumerate(split_sentences(text)):
            if background.states_nothing(span.of(text)):
                continue
            paragraph = text.count("\n", 0, span.start)
            self._referents.new_paragraph = paragraph > last_paragraph
            last_paragraph = paragraph
            sentence = self._prepared(span.of(text))
            reading = self._reading(sentence, first=number == 0)
            for part in _parts(text, span):
                yield self._claim(part, span, reading, quoted=sentence.quoted)

    def _prepared(self, text: str) -> _Sentence:
        if len(text) > _LONGEST_READ:
            return _Sentence(text, text, [], quoted=False)
        quotes = quotations(text)
        mentions = [one for one in self._roster.mentions(text, own=self._own) if not _inside(one.span, quotes)]
        quoted = any(quote.end - quote.start > 2 for quote in quotes)
        return _Sentence(text, _masked(text, quotes), mentions, quoted)

    def _claim(self, part: Span, sentence: Span, reading: _Reading, *, quoted: bool) -> Claim:
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
            quoted=quoted,
            implicit=reading.implicit,
            confidence=round(reading.voice.confidence, 3),
        )

    def _reading(self, sentence: _Sentence, *, first: bool) -> _Reading:
        found = self._framed(sentence)
        if self._own is not None:
            return _own_text(self._own, found)
        if found is not None:
            voice, frame = found
            self._referents.follow(voice)
            return _Reading(voice, frame.cue)
        if spoken := self._by_spokesperson(sentence):
            self._referents.follow(spoken)
            return _Reading(spoken)
        self._referents.introduce(sentence.masked, sentence.mentions)
        return self._unframed(sentence, first=first)

    def _framed(self, sentence: _Sentence) -> tuple[Voice, Frame] | None:
        """Return whose statement the sentence's frame says that it is, and the frame."""
        if len(sentence.text) > _LONGEST_READ:
            return None
        transcript = _TRANSCRIPT.match(sentence.text)
        if transcript and (person := self._roster.person(transcript["name"].strip())):
            cue = Span(transcript.start("name"), transcript.end("name"))
            return Voice(person.source, person.name, 0.95), Frame(FrameKind.KNOWN, cue, cue)
        for frame in frames(sentence.text, sentence.masked, sentence.mentions):
            voice = self._referents.voice_of(frame, sentence.masked, sentence.mentions)
            if voice is not None and not self._is_inside(frame, voice, sentence):
                return voice, frame
        return None

    def _is_inside(self, frame: Frame, voice: Voice, sentence: _Sentence) -> bool:
        """Tell whether a verb tells what was said in the talks, inside the account of somebody else."""
        return self._is_talk(frame, voice, sentence) if frame.talk else self._is_narrated(frame, voice, sentence)

    def _is_talk(self, frame: Frame, voice: Voice, sentence: _Sentence) -> bool:
        """Tell whether a verb of talking ("told", "urged", "welcomed") tells what the parties said to each other."""
        followed = self._referents.followed
        if frame.document or frame.kind is FrameKind.STRANGER or re.match(r"\W*Asked\b", sentence.masked):
            return False
        if frame.stance and (followed is None or followed.source == voice.source):
            return False
        if self._takes_position(frame, voice, sentence):
            return False
        speaker = self._roster.person(voice.speaker) if voice.speaker else None
        leader = frame.kind is FrameKind.KNOWN and not speaks_for_others(speaker)
        return leader or frame.kind is FrameKind.PRONOUN or _has_addressee(frame, voice, sentence.mentions)

    def _takes_position(self, frame: Frame, voice: Voice, sentence: _Sentence) -> bool:
        """Tell whether a state or an office demands in public: in a paragraph of its own, to nobody named."""
        verb = frame.cue.of(sentence.masked)
        impersonal = frame.kind is FrameKind.KNOWN and voice.speaker is None and _DEMANDING.match(verb) is not None
        turns = self._referents.followed is not None and self._referents.new_paragraph
        return impersonal and turns and not _has_addressee(frame, voice, sentence.mentions)

    def _is_narrated(self, frame: Frame, voice: Voice, sentence: _Sentence) -> bool:
        """Tell whether a readout that the paragraph follows goes on with what the other leader said in the talks.

        Readouts narrate with "stressed" and "expressed"; an outlet that turns to the other side writes "said".
        """
        followed = self._referents.followed
        if frame.kind is not FrameKind.KNOWN or frame.outer or followed is None or voice.speaker is None:
            return False
        if followed.source == voice.source or self._referents.new_paragraph or voice.speaker in self._referents.heard:
            return False
        told = followed.speaker is None or speaks_for_others(self._roster.person(followed.speaker))
        leader = not speaks_for_others(self._roster.person(voice.speaker))
        verb = frame.cue.of(sentence.masked).split(maxsplit=1)[0]
        return told and leader and _NARRATED.fullmatch(verb) is not None

    def _by_spokesperson(self, sentence: _Sentence) -> Voice | None:
        """Return whose statement it is when somebody whose office it is to speak is the subject of any other verb."""
        if background.is_about_texts(sentence.masked) or cues.UNSAID.search(sentence.masked):
            return None
        for one in sentence.mentions:
            person = self._roster.person(one.person) if one.person else None
            before = sentence.masked[: one.span.start].rstrip()
            if speaks_for_others(person) and len(before) < 60 and not _NO_SUBJECT.search(before):
                return Voice(one.source, one.person, 0.7)
        return None

    def _unframed(self, sentence: _Sentence, *, first: bool) -> _Reading:
        """Decide whether a sentence without a frame goes on with the account that the text follows."""
        followed = self._referents.followed
        if followed is not None and not first and len(sentence.text) <= _LONGEST_READ:
            chance = background.carries_on(
                sentence.text,
                sentence.masked,
                new_paragraph=self._referents.new_paragraph,
                third_party=all(source.name != followed.source for source in self._roster.sources),
                both=bool(self._roster.both(sentence.masked)),
            )
            if chance >= 0.5:
                return _Reading(replace(followed, confidence=min(0.8, chance)), implicit=True)
        self._referents.leave()
        return _Reading(Voice(self._article.publisher, None, 0.85 if followed is None else 0.65))


def _own_text(own: str, found: tuple[Voice, Frame] | None) -> _Reading:
    """Read a sentence of a source's own text: its account, whoever speaks in it."""
    if found is not None and found[0].source == own:
        return _Reading(Voice(own, found[0].speaker, 0.98), found[1].cue)
    return _Reading(Voice(own, None, 0.97))


def _has_addressee(frame: Frame, voice: Voice, mentions: list[Mention]) -> bool:
    """Tell whether the other side is named right after a verb: "told Putin", "asked the Kremlin"."""
    return any(0 <= one.span.start - frame.cue.end <= 30 and one.source != voice.source for one in mentions)


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
