"""A sentence as it is read, and the statements that it holds, at offsets of the text."""

from __future__ import annotations

from dataclasses import dataclass

from .quotations import quotations
from .roster import Mention
from .sentences import split_sentences
from .structures import Span

# Code points; prose has no longer sentences, and the rules cost the square of a sentence's length.
LONGEST_READ = 2_000


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
        return len(self.text) > LONGEST_READ


def moved_into(span: Span, sentence: Span, part: Span) -> Span | None:
    """Return a span of a sentence as one of the text, if it lies in the part."""
    moved = Span(span.start + sentence.start, span.end + sentence.start)
    return moved if part.start <= moved.start and moved.end <= part.end else None


def cut_to(span: Span, sentence: Span, part: Span) -> Span | None:
    """Return what of a span of a sentence lies in the part, as one of the text."""
    start, end = max(span.start + sentence.start, part.start), min(span.end + sentence.start, part.end)
    return Span(start, end) if start < end else None


def split_statements(text: str) -> list[Span]:
    """Return the statements of a text, in its order: its sentences, those inside a quotation each for itself."""
    return [part for sentence in split_sentences(text) for part in statements_of(text, sentence)]


def statements_of(text: str, sentence: Span) -> list[Span]:
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


def without_quotations(sentence: str, offset: int, quotes: list[Span]) -> str:
    """Blank what stands inside quotation marks, keeping the marks and the length.

    The quotations are those of the text: one may begin before the sentence, or end after it.
    """
    for quote in quotes:
        start, end = max(quote.start + 1 - offset, 0), min(quote.end - 1 - offset, len(sentence))
        if start < end:
            sentence = sentence[:start] + "\x00" * (end - start) + sentence[end:]
    return sentence
