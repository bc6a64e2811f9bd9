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
from .inflection import lowered
from .memory import Voice, speaks_for_others
from .quotations import quotations
from .referents import Referents
from .roster import Roster
from .sentences import split_sentences
from .statements import LONGEST_READ, Sentence, cut_to, moved_into, statements_of, without_quotations
from .structures import Article, Claim, Event, Span
from .subject import Subject, SubjectKind
from .talks import Talks
from .transcripts import Label, is_spoken, label_of
from .words import AT_HEAD

_CONCEDES = re.compile(r"\W*(?:Though|Although|While|Whereas)\b")
_PLACE_LABEL = re.compile(r"(?P<place>[A-ZÀ-Þ][\w’'-]{2,}(?: [A-ZÀ-Þ][\w’'-]{2,}){0,2}): ")
_NO_SUBJECT = re.compile(r"\b(?:to|with|by|for|of|at|and|met|called|told|asked)$", re.I)


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
        self._talks = Talks(self.referents, roster)
        self._quotes = quotations(article.text)
        self._labelled: Voice | None = None
        self._since = 0

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
            for part in statements_of(text, span):
                yield self._claim(part, span, reading, quoted=sentence.quoted)

    def _prepared(self, span: Span, *, first: bool) -> Sentence:
        text = span.of(self._article.text)
        if len(text) > LONGEST_READ:
            return Sentence(text, text, [], quoted=False, first=first)
        quotes = [one for one in self._quotes if one.overlaps(span)]
        masked = background.without_dateline(without_quotations(text, span.start, quotes))
        masked = self._placed(masked, text) if first else masked
        found = self._roster.mentions(text, own=self._own)
        mentions = [one for one in found if masked[one.span.start].strip("\x00 ") and "\x00" not in one.span.of(masked)]
        quoted = any(quote.end - quote.start > 2 for quote in quotes)
        return Sentence(text, masked, mentions, quoted, first)

    def _placed(self, masked: str, text: str) -> str:
        """Return the first sentence without a place that stands as a label, and remember whose place begins it.

        "NEW DELHI: Talks were held" names a place, unless the words are somebody's or stand before other lines too.
        """
        label = _PLACE_LABEL.match(masked)
        capital = label is not None and (label["place"].isupper() or self._is_place(label["place"]))
        if label and capital and self._article.text.count(label[0].strip()) < 2:
            known = any(label["place"].casefold() in one.name.casefold() for one in self._roster.people)
            masked = masked if known else " " * label.end() + masked[label.end() :]
        begin = len(masked) - len(masked.lstrip(" "))
        places = self._roster.mentions(text[:begin].title())
        self.referents.home = places[0].source if places else None
        return masked

    def _is_place(self, words: str) -> bool:
        """Tell whether words are a place that stands for a side: "Moscow: The ministers met"."""
        found = self._roster.mentions(f"in {words}")
        return len(found) == 1 and found[0].person is None and found[0].span.of(f"in {words}") == words

    def _claim(self, part: Span, sentence: Span, reading: Reading, *, quoted: bool) -> Claim:
        text, frame = self._article.text, reading.frame
        inside = content_of(sentence.of(text), frame) if self._own is None else []
        return Claim(
            article=self._article.name,
            span=part,
            text=part.of(text),
            source=reading.voice.source,
            speaker=reading.voice.speaker,
            cue=moved_into(reading.cue, sentence, part) if reading.cue else None,
            quoted=quoted,
            implicit=reading.implicit,
            confidence=round(reading.voice.confidence, 3),
            named=moved_into(frame.subject.named, sentence, part) if frame else None,
            content=tuple(cut for one in inside if (cut := cut_to(one, sentence, part))),
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
            if _CONCEDES.match(sentence.masked) and frame.rank >= Rank.MAIN and "," in sentence.masked[frame.cue.end :]:
                voice = replace(voice, confidence=min(voice.confidence, 0.65))  # its main clause may be the outlet's
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
            if not self._talks.is_inside(frame, voice, sentence):
                return voice, frame
            inside.append(voice)
        return None

    def _by_spokesperson(self, sentence: Sentence) -> Voice | None:
        """Return whose statement it is when somebody whose office it is to speak is the subject of any other verb."""
        if background.is_about_texts(sentence.masked) or cues.UNSAID.search(lowered(sentence.masked)):
            return None
        if background.moves(sentence.masked) or background.sets_beside(sentence.masked) is not None:
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
        beside = not sentence.quoted and background.sets_beside(sentence.masked) is not None
        if followed is None or sentence.first or sentence.is_too_long or unsaid or beside:
            return None
        return background.Unframed(
            sentence.text,
            sentence.masked,
            new_paragraph=self.referents.new_paragraph,
            third_party=all(source.name != followed.source for source in self._roster.sources),
            both=bool(self._roster.both(sentence.masked)),
            since=self._since,
            outlet=self._article.publisher,
            late=self.referents.place / len(self._article.text),
            names=self._first_side(sentence, followed.source),
            goes_on=self._paragraph_goes_on(sentence),
            vague=followed.speaker is not None and followed.speaker[:1].islower(),
        )

    def _paragraph_goes_on(self, sentence: Sentence) -> bool:
        text = self._article.text
        end = self.referents.place + len(sentence.text)
        stop = text.find("\n", end)
        return bool(text[end : stop if stop >= 0 else len(text)].strip(' \t”"’)'))

    def _first_side(self, sentence: Sentence, own: str) -> str:
        if not sentence.mentions or sentence.mentions[0].span.start > AT_HEAD:
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


def _own_text(own: str, found: tuple[Voice, Frame] | None) -> Reading:
    """Read a sentence of a source's own text: its account, whoever speaks in it."""
    if found is not None and found[0].source == own:
        return Reading(Voice(own, found[0].speaker, 0.98), found[1].cue)
    return Reading(Voice(own, None, 0.97))
