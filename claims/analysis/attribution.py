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
from .contents import content_of
from .frame import Frame, Rank
from .frames import frames
from .inflection import expand, lowered
from .quotations import quotations
from .referents import Referents, Voice, speaks_for_others
from .roster import Mention, Roster
from .sentences import parts_of, split_sentences
from .structures import Article, Claim, Event, Span
from .subjects import Subject, SubjectKind
from .transcripts import Label, is_spoken, label_of

_DEMANDING = re.compile(r"propos|offer|demand|urg|request|respond|repl|answer|retort|counter|object", re.I)
_IN_PUBLIC = re.compile(expand("{thank|urge|demand|welcome|hail|back|applaud|slam|call}"), re.I)
# Whom these name is no addressee: nobody says so to a face.
_AGAINST = re.compile(expand("{slam|decry|blast|denounce|deplore|oppose}"), re.I)
# "told Tideway", "told Haiking's Harbour Television": where no side is told, a medium or a meeting is.
_OUTSIDER = re.compile(r"(?:told|tells|assured) (?:the |an? )?[A-Z][\w’'-]*(?! that)")
_PEOPLE = re.compile(r"\b(?:leaders|presidents|ministers|premiers|chancellors|men|women)\b", re.I)
_LEADER = re.compile(r"\b(?:president|leader|premier|chancellor|minister|king|queen|emir)\b", re.I)
_NARRATED = re.compile(
    expand(
        "{express|voice|underline|underscore|highlight|stress|emphasize|emphasise|note|call|reaffirm|reiterate|recall|"
        "acknowledge|suggest|indicate|point|speak|convey|describe|mention|outline|praise|welcome|pledge|promise}"
    ),
    re.I,
)
# Code points; prose has no longer sentences, and the rules cost the square of a sentence's length.
_LONGEST_READ = 2_000
_AT_HEAD = 15  # code points from a sentence's beginning in which its subject begins
_DAY = re.compile(r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_CALLS_IT = re.compile(r"[^,;:.\x00]{0,40}[“\"‘']\x00")
_NO_SUBJECT = re.compile(r"\b(?:to|with|by|for|of|at|and|met|called|told|asked)$", re.I)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is read: ``masked`` is it with its quotations blanked; mentions stand outside of those."""

    text: str
    masked: str
    mentions: list[Mention]
    quoted: bool
    first: bool

    @property
    def is_too_long(self) -> bool:
        """Tell whether it is too long to be one."""
        return len(self.text) > _LONGEST_READ


@dataclass(frozen=True, slots=True)
class Reading:
    voice: Voice
    cue: Span | None = None
    implicit: bool = False
    frame: Frame | None = None


def attribute(event: Event, article: Article, roster: Roster | None = None) -> list[Claim]:
    """Return the claims of an article in document order: one a sentence, each sentence of a quotation for itself.

    Date lines, bylines and other lines that state nothing are no claims.
    """
    roster = roster or Roster.of(event)
    publisher = event.source(article.publisher)
    reader = Reader(article, roster, own=publisher.name if publisher else None)
    return list(reader.read())


class Reader:
    """Reads one article from its first sentence to its last, remembering whose account it follows."""

    def __init__(self, article: Article, roster: Roster, *, own: str | None) -> None:
        self._article, self._roster, self._own = article, roster, own
        self.referents = Referents(article.text, roster, article.publisher)
        self._quotes = quotations(article.text)
        self._labelled: Voice | None = None
        self._since, self._before = 0, ""
        self._short = background.has_short_paragraphs(article.text)

    def read(self) -> Iterator[Claim]:
        text = self._article.text
        last_paragraph = -1
        first = True
        for span in split_sentences(text):
            if background.states_nothing(span.of(text)):
                continue
            paragraph = text.count("\n", 0, span.start)
            self.referents.new_paragraph = paragraph > last_paragraph
            last_paragraph = paragraph
            self.referents.place = span.start
            sentence = self._prepared(span, first=first)
            first = False
            reading = self._reading(sentence)
            self._since = self._since + 1 if reading.frame is None else 0
            self._before = sentence.masked
            for part in parts_of(text, span):
                yield self._claim(part, span, reading, quoted=sentence.quoted)

    def _prepared(self, span: Span, *, first: bool) -> Sentence:
        text = span.of(self._article.text)
        if len(text) > _LONGEST_READ:
            return Sentence(text, text, [], quoted=False, first=first)
        quotes = [one for one in self._quotes if one.overlaps(span)]
        masked = background.without_dateline(_masked(text, span.start, quotes))
        found = self._roster.mentions(text, own=self._own)
        mentions = [one for one in found if masked[one.span.start].strip("\x00 ") and "\x00" not in one.span.of(masked)]
        quoted = any(quote.end - quote.start > 2 for quote in quotes)
        return Sentence(text, masked, mentions, quoted, first)

    def _claim(self, part: Span, sentence: Span, reading: Reading, *, quoted: bool) -> Claim:
        text, frame = self._article.text, reading.frame
        inside = content_of(sentence.of(text), frame) if self._own is None else []
        return Claim(
            article=self._article.name,
            span=part,
            text=part.of(text),
            source=reading.voice.source,
            speaker=reading.voice.speaker,
            cue=_moved(reading.cue, sentence, part) if reading.cue else None,
            quoted=quoted,
            implicit=reading.implicit,
            confidence=round(reading.voice.confidence, 3),
            named=_moved(frame.subject.named, sentence, part) if frame else None,
            content=tuple(cut for one in inside if (cut := _cut(one, sentence, part))),
        )

    def _reading(self, sentence: Sentence) -> Reading:
        if self._own is None and (spoken := self._transcribed(sentence)):
            return spoken
        found = self._framed(sentence)
        self.referents.see(sentence.mentions)
        if self._own is not None:
            return _own_text(self._own, found)
        if found is not None:
            voice, frame = found
            self.referents.follow(voice, frame.subject.named.of(sentence.masked))
            self.referents.tell_of(sentence.mentions)
            return Reading(voice, frame.cue, frame=frame)
        if spoken_for := self._by_spokesperson(sentence):
            self.referents.follow(spoken_for)
            return Reading(spoken_for)
        introduced = self.referents.just_introduced
        if introduced and not self.referents.new_paragraph and background.is_whole_quotation(sentence.masked):
            self.referents.follow(introduced)  # "Corvane shook her head. “Not yet.”"
            return Reading(introduced, implicit=True)
        self.referents.introduce(sentence.masked, sentence.mentions)
        return self.carry(sentence)

    def _transcribed(self, sentence: Sentence) -> Reading | None:
        """Read a sentence under a speaker's label; the label ends with the paragraph, unless somebody speaks on."""
        label = label_of(sentence.masked, self._roster, self._article.publisher)
        if label is None:
            if self._labelled and self.referents.new_paragraph and not is_spoken(sentence.masked):
                self._labelled = None
                self.referents.leave()
            return Reading(replace(self._labelled, confidence=0.85), implicit=True) if self._labelled else None
        if label.answers and self.referents.followed is None:
            return None
        voice = self._voice_of_label(label)
        self._labelled = voice if voice.speaker or label.asks else None
        frame = Frame(Subject(SubjectKind.KNOWN, label.span, label.span), label.span, Rank.HEAD)
        if label.asks and (told := self._told_in_question(sentence, label)):
            return told
        if not label.asks:
            self.referents.follow(voice)
        return Reading(voice, label.span, frame=frame)

    def _voice_of_label(self, label: Label) -> Voice:
        if label.answers and self.referents.followed is not None:
            return replace(self.referents.followed, confidence=0.8)
        if label.outlet:
            return Voice(self._article.publisher, None, 0.9)
        source = label.source or label.name
        return Voice(source, None if label.asks else label.name or None, 0.95 if label.source else 0.75)

    def _told_in_question(self, sentence: Sentence, label: Label) -> Reading | None:
        """Read what an interviewer says that somebody else says: "OSTGATE: The Growers say a cap would ruin them."."""
        if sentence.text.rstrip().endswith("?"):
            return None
        masked = " " * label.end + sentence.masked[label.end :]
        mentions = [one for one in sentence.mentions if one.span.start >= label.end]
        found = self._framed(replace(sentence, masked=masked, mentions=mentions))
        if found is None or found[1].talk:
            return None
        return Reading(replace(found[0], confidence=0.6), found[1].cue, frame=found[1])

    def _framed(self, sentence: Sentence) -> tuple[Voice, Frame] | None:
        """Return whose statement the sentence's frame says that it is, and the frame."""
        if sentence.is_too_long:
            return None
        inside: list[Voice] = []
        for frame in frames(sentence.masked, sentence.mentions, self._roster.both(sentence.masked)):
            voice = self.referents.voice_of(frame, sentence.masked, sentence.mentions)
            if voice is None or (frame.rank is Rank.PART and any(voice.source == one.source for one in inside)):
                continue
            if not self._is_inside(frame, voice, sentence):
                return voice, frame
            inside.append(voice)
        return None

    def _is_inside(self, frame: Frame, voice: Voice, sentence: Sentence) -> bool:
        """Tell whether a verb tells what was said in the talks, inside the account of somebody else."""
        return self._is_talk(frame, voice, sentence) if frame.talk else self._is_narrated(frame, voice, sentence)

    def _is_talk(self, frame: Frame, voice: Voice, sentence: Sentence) -> bool:
        """Tell whether a verb of talking ("told", "urged", "welcomed") tells what the parties said to each other."""
        followed, kind = self.referents.followed, frame.subject.kind
        verb = frame.cue.of(sentence.masked)
        present = re.fullmatch(r"[a-z]+s", verb) is not None
        if frame.text or present or kind is SubjectKind.STRANGER or re.match(r"\W*Asked\b", sentence.masked):
            return False
        if kind in {SubjectKind.BOTH, SubjectKind.OUTLET}:
            return kind is SubjectKind.BOTH and verb != "agree"
        addressed = _has_addressee(frame, voice, sentence.mentions)
        own = followed is not None and followed.source == voice.source
        if not addressed and (_is_dated_or_quotes(frame, sentence.masked) or _ends_quotation(frame, sentence.masked)):
            return False
        if not addressed and _OUTSIDER.match(sentence.masked, frame.cue.start):
            return False
        if _AGAINST.match(verb):
            return False
        if frame.stance and (followed is None or own or (self.referents.new_paragraph and not addressed)):
            return False
        if self._takes_position(frame, voice, sentence):
            return False
        speaker = self._roster.person(voice.speaker) if voice.speaker else None
        if own and not addressed and followed is not None and followed.speaker == voice.speaker and voice.speaker:
            return False  # who has just spoken in public goes on: "She demanded an apology"
        titled = not frame.subject.described or _LEADER.search(frame.subject.described) is not None
        leader = kind is SubjectKind.KNOWN and not speaks_for_others(speaker) and (speaker is not None or titled)
        return leader or kind is SubjectKind.PRONOUN or addressed

    def _takes_position(self, frame: Frame, voice: Voice, sentence: Sentence) -> bool:
        """Tell whether a state or an office demands in public: in a paragraph of its own, to nobody named."""
        verb = frame.cue.of(sentence.masked)
        impersonal = (
            frame.subject.kind is SubjectKind.KNOWN and voice.speaker is None and _DEMANDING.match(verb) is not None
        )
        turns = self.referents.followed is not None and self.referents.new_paragraph
        if turns and _IN_PUBLIC.match(verb) and frame.subject.kind is SubjectKind.KNOWN:
            return True
        return impersonal and turns and not _has_addressee(frame, voice, sentence.mentions)

    def _is_narrated(self, frame: Frame, voice: Voice, sentence: Sentence) -> bool:
        """Tell whether a readout that the paragraph follows goes on with what the other leader said in the talks.

        Readouts narrate with "stressed" and "expressed"; an outlet that turns to the other side writes "said".
        """
        followed = self.referents.followed
        if _is_dated_or_quotes(frame, sentence.masked):
            return False
        if frame.subject.kind is SubjectKind.BOTH:
            return self._is_told() and _PEOPLE.search(frame.subject.span.of(sentence.masked)) is not None
        if (
            frame.subject.kind is not SubjectKind.KNOWN
            or frame.rank < Rank.MAIN
            or followed is None
            or voice.speaker is None
        ):
            return False
        leads = _LEADER.search(frame.subject.named.of(sentence.masked)) or not frame.subject.described
        if frame.rank is Rank.PART and leads and not speaks_for_others(self._roster.person(voice.speaker)):
            return self._is_told() and not self.referents.new_paragraph
        if followed.source == voice.source or self.referents.new_paragraph or voice.speaker in self.referents.heard:
            return False
        told = self._is_told()
        leader = not speaks_for_others(self._roster.person(voice.speaker))
        verb = frame.cue.of(sentence.masked).split(maxsplit=1)[0]
        return told and leader and _NARRATED.fullmatch(verb) is not None

    def _is_told(self) -> bool:
        """Tell whether the account that the text follows is told by those who speak for others."""
        followed = self.referents.followed
        if followed is None:
            return False
        return followed.speaker is None or speaks_for_others(self._roster.person(followed.speaker))

    def _by_spokesperson(self, sentence: Sentence) -> Voice | None:
        """Return whose statement it is when somebody whose office it is to speak is the subject of any other verb."""
        if background.is_about_texts(sentence.masked) or cues.UNSAID.search(lowered(sentence.masked)):
            return None
        if background.moves(sentence.masked):
            return None
        for one in sentence.mentions:
            person = self._roster.person(one.person) if one.person else None
            before = sentence.masked[: one.span.start].rstrip()
            if speaks_for_others(person) and len(before) < 60 and not _NO_SUBJECT.search(before):
                return Voice(one.source, one.person, 0.7)
        return None

    def unframed(self, sentence: Sentence) -> background.Unframed | None:
        """Return a sentence without a frame in its place, or None where no account can go on with it."""
        followed = self.referents.followed
        unsaid = cues.UNSAID.search(lowered(sentence.masked)) is not None and not sentence.quoted
        if followed is None or sentence.first or sentence.is_too_long or unsaid:
            return None
        return background.Unframed(
            sentence.text,
            sentence.masked,
            new_paragraph=self.referents.new_paragraph,
            third_party=all(source.name != followed.source for source in self._roster.sources),
            both=bool(self._roster.both(sentence.masked)),
            since=self._since,
            before=self._before,
            short=self._short,
            outlet=self._article.publisher,
            late=self.referents.place / len(self._article.text),
            names=self._first_side(sentence, followed.source),
        )

    def _first_side(self, sentence: Sentence, own: str) -> str:
        if not sentence.mentions or sentence.mentions[0].span.start > _AT_HEAD:
            return ""
        return "own" if sentence.mentions[0].source == own else "other"

    def carry(self, sentence: Sentence) -> Reading:
        """Decide whether a sentence without a frame goes on with the account that the text follows."""
        followed, unframed = self.referents.followed, self.unframed(sentence)
        chance = 0.0
        if followed is not None and unframed is not None:
            chance = background.carries_on(unframed)
            if chance >= 0.5:
                return Reading(replace(followed, confidence=_shrunk(chance)), implicit=True)
        self.referents.leave()
        return Reading(Voice(self._article.publisher, None, _shrunk(1 - chance)))


def _shrunk(chance: float) -> float:
    """Return a fitted chance as a confidence: what was fitted on few articles is less sure on others."""
    return 0.5 + 0.8 * (chance - 0.5)


def _moved(span: Span, sentence: Span, part: Span) -> Span | None:
    """Return a span of a sentence as one of the text, if it lies in the part."""
    moved = Span(span.start + sentence.start, span.end + sentence.start)
    return moved if part.start <= moved.start and moved.end <= part.end else None


def _cut(span: Span, sentence: Span, part: Span) -> Span | None:
    """Return what of a span of a sentence lies in the part, as one of the text."""
    start, end = max(span.start + sentence.start, part.start), min(span.end + sentence.start, part.end)
    return Span(start, end) if start < end else None


def _own_text(own: str, found: tuple[Voice, Frame] | None) -> Reading:
    """Read a sentence of a source's own text: its account, whoever speaks in it."""
    if found is not None and found[0].source == own:
        return Reading(Voice(own, found[0].speaker, 0.98), found[1].cue)
    return Reading(Voice(own, None, 0.97))


def _has_addressee(frame: Frame, voice: Voice, mentions: list[Mention]) -> bool:
    """Tell whether the other side is named right after a verb: "told Putin", "asked the Kremlin"."""
    return any(0 <= one.span.start - frame.cue.end <= 30 and one.source != voice.source for one in mentions)


def _ends_quotation(frame: Frame, masked: str) -> bool:
    """Tell whether a subject and its verb stand right after a quotation: “…,” Pell told his side of the river."""
    return re.search(r"\x00[,.!?]?[”\"»’'][,.]? ?$", masked[: frame.subject.named.start]) is not None


def _is_dated_or_quotes(frame: Frame, masked: str) -> bool:
    """Tell whether a verb of talking tells an act in public: "on Friday proposed", "called the call “excellent”"."""
    between = masked[frame.subject.named.end : frame.cue.start]
    evaluates = frame.cue.of(masked).startswith("call") and _CALLS_IT.match(masked, frame.cue.end) is not None
    return evaluates or _DAY.search(between) is not None


def _masked(sentence: str, offset: int, quotes: list[Span]) -> str:
    """Blank what stands inside quotation marks, keeping the marks and the length.

    The quotations are those of the text: one may begin before the sentence, or end after it.
    """
    for quote in quotes:
        start, end = max(quote.start + 1 - offset, 0), min(quote.end - 1 - offset, len(sentence))
        if start < end:
            sentence = sentence[:start] + "\x00" * (end - start) + sentence[end:]
    return sentence
