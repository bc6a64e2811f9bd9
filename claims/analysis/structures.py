"""The words of a comparison as plain data.

Everything that passes between the steps of the analysis is one of these frozen dataclasses. They hold no reference to
Django, to a model or to a file, so that a step can be tested on a case that fits on one screen.

Offsets are half-open, count Unicode code points and always point into the stored text of an article, never into a
slice of it: ``article.text[span.start:span.end]`` are the words, exactly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How the statements of a pair relate."""

    AGREE = "agree"
    PARTIAL = "partial"
    DIVERGE = "diverge"


class DivergenceKind(StrEnum):
    """What sort of divergence: the facts of what happened conflict, or the sides' own stances clash."""

    ACCOUNT = "account"
    POSITION = "position"


class ReasonKind(StrEnum):
    """What two statements differ in."""

    NUMBER = "number"
    DATE_TIME = "date_time"
    AGENCY = "agency"
    NEGATION_POLARITY = "negation_polarity"
    MODALITY_HEDGE = "modality_hedge"
    COMMITMENT = "commitment"
    TONE = "tone"
    ENTITY = "entity"
    SCOPE_DETAIL = "scope_detail"


class Certainty(StrEnum):
    """How far the machine stands behind a match: it suggests it, or it is sure."""

    SUGGESTED = "suggested"
    SURE = "sure"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a text, in code points.

    Raises:
        ValueError: if it is empty, reversed or begins before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def of(self, text: str) -> str:
        """Return the words of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Source:
    """Who makes claims: its name (unique in the event), its party, and how texts refer to it."""

    name: str
    party: str = ""
    aliases: tuple[str, ...] = ()
    spokespeople: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. ``name`` identifies it in its event (a file's name, or a row's key).

    ``language`` is its ISO 639-1 code, or nothing where it is not known.
    """

    name: str
    text: str
    publisher: str
    published: dt.date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What the sources talk about, with the sources that are compared and the articles that report them."""

    title: str
    sources: tuple[Source, ...]
    articles: tuple[Article, ...] = ()
    date: dt.date | None = None

    def source(self, name: str) -> Source | None:
        """Return the compared source of that name, or None (an outlet, a third party)."""
        return next((source for source in self.sources if source.name == name), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an article, attributed.

    ``source`` is the name of a compared source, of the article's outlet, or of a third party. ``speaker`` speaks for
    the source, ``cue`` are the attributing words ("said", "according to"). ``implicit`` says that the source was
    carried over from a neighbour, ``quoted`` that the claim gives words in quotation marks as somebody's words.
    ``confidence`` (0 to 1) is that of the attribution. ``named`` are the words that name who speaks ("Kremlin aide
    Yury Ushakov"), ``content`` the stretches that are reported: the claim without its cue and the words around it.
    """

    article: str
    span: Span
    text: str
    source: str
    speaker: str | None = None
    cue: Span | None = None
    quoted: bool = False
    implicit: bool = False
    confidence: float = 1.0
    named: Span | None = None
    content: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one claim that show something: ``span`` points into the claim's article."""

    claim: Claim
    span: Span

    @property
    def text(self) -> str:
        """Return the words themselves."""
        start = self.span.start - self.claim.span.start
        return self.claim.text[start : start + self.span.end - self.span.start]


@dataclass(frozen=True, slots=True)
class Reason:
    """A typed difference, the words on both sides that show it, and a sentence that a reader understands.

    One side may have no words: what the other says is missing there.
    """

    kind: ReasonKind
    a: tuple[Words, ...]
    b: tuple[Words, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the machine says of a pair: relation, reasons, a confidence from 0 to 1, and the judge, if one read it."""

    relation: Relation
    reasons: tuple[Reason, ...] = ()
    kind: DivergenceKind | None = None
    confidence: float = 0.5
    judge: str = ""

    def __post_init__(self) -> None:
        if (self.kind is not None) != (self.relation is Relation.DIVERGE):
            raise ValueError("a divergence has a kind, and nothing else has one")


@dataclass(frozen=True, slots=True)
class Match:
    """Claims of two sides that are about the same thing, as indices into each side's sequence of claims.

    ``score`` (0 to 1) is the strength of the match; both tuples are sorted and hold at least one index.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    certainty: Certainty = Certainty.SUGGESTED

    def links(self) -> set[tuple[int, int]]:
        """Return every (index of a, index of b) that the match joins."""
        return {(i, j) for i in self.a for j in self.b}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim of the other side that came near and was not taken, with its score."""

    claim: int
    score: float


@dataclass(frozen=True, slots=True)
class Lone:
    """A claim without a counterpart and its nearest rejected candidates, best first."""

    claim: int
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which claims of two sides belong together, and which stay alone."""

    matches: tuple[Match, ...]
    lone_a: tuple[Lone, ...]
    lone_b: tuple[Lone, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A match with the machine's verdict on it."""

    match: Match
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sources of one event held against each other.

    The indices of pairs and lone claims count in ``claims_a`` and ``claims_b``, which are in document order.
    """

    a: Source
    b: Source
    claims_a: Sequence[Claim]
    claims_b: Sequence[Claim]
    pairs: tuple[Pair, ...]
    lone_a: tuple[Lone, ...]
    lone_b: tuple[Lone, ...]
