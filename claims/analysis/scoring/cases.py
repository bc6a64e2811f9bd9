"""What a reader labelled and what was said of the same event, as plain data.

Sentences are the units of the gold, as the labelling guide defines them; claims are the units of the analysis, and
need not coincide with sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ..structures import DivergenceKind, Event, ReasonKind, Relation, Span


class EventKind(StrEnum):
    """How an event is told: by readouts of both sides, by more sides than two, or by an article that reports both."""

    TWO_READOUTS = "two readouts"
    SEVERAL = "three sources and more"
    MIXED = "mixed article"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence. ``sources`` are the names that are right; more than one where the gold leaves it open."""

    id: str
    article: str
    span: Span
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """A claim as the analysis found it, with the confidence (0 to 1) of its attribution."""

    id: str
    article: str
    span: Span
    source: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with its relation: ids of sentences where the gold says it, ids of claims where the analysis does.

    ``score`` (0 to 1) and ``sure`` are the analysis's own word on the match.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    relation: Relation
    kind: DivergenceKind | None = None
    reasons: frozenset[ReasonKind] = frozenset()
    score: float = 1.0
    sure: bool = False

    def turned(self) -> Labelled:
        """Return the same pair with its sides changed."""
        return replace(self, a=self.b, b=self.a)


@dataclass(frozen=True, slots=True)
class GoldComparison:
    """Two sources as a reader compared them; ``skip`` are formulaic sentences that claim nothing."""

    a: str
    b: str
    pairs: tuple[Labelled, ...]
    only_a: frozenset[str] = frozenset()
    only_b: frozenset[str] = frozenset()
    skip_a: frozenset[str] = frozenset()
    skip_b: frozenset[str] = frozenset()

    def turned(self) -> GoldComparison:
        """Return the same comparison with its sides changed."""
        pairs = tuple(pair.turned() for pair in self.pairs)
        return GoldComparison(self.b, self.a, pairs, self.only_b, self.only_a, self.skip_b, self.skip_a)

    @property
    def paired_a(self) -> frozenset[str]:
        """Return the sentences of side a that stand in a pair."""
        return frozenset(one for pair in self.pairs for one in pair.a)

    @property
    def labelled_a(self) -> frozenset[str]:
        """Return every sentence of side a that the comparison lists."""
        return self.paired_a | self.only_a | self.skip_a


@dataclass(frozen=True, slots=True)
class SaidComparison:
    """Two sources as the analysis compared them."""

    a: str
    b: str
    pairs: tuple[Labelled, ...]

    def turned(self) -> SaidComparison:
        """Return the same comparison with its sides changed."""
        return SaidComparison(self.b, self.a, tuple(pair.turned() for pair in self.pairs))


@dataclass(frozen=True, slots=True)
class Gold:
    """What a reader found in one event: whose each sentence is, and how the sources compare."""

    sentences: tuple[Sentence, ...]
    comparisons: tuple[GoldComparison, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the analysis found in one event: every claim, whoever makes it, and the comparisons."""

    claims: tuple[SaidClaim, ...] = ()
    comparisons: tuple[SaidComparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One event with its gold and what was said of it.

    ``names`` gives a source's name by its party and by itself, since a gold may call it by either. ``readouts`` are the
    articles that a compared source published itself.
    """

    name: str
    kind: EventKind
    gold: Gold
    said: Said
    names: Mapping[str, str] = field(default_factory=dict)
    readouts: frozenset[str] = frozenset()

    def name_of(self, source: str) -> str:
        """Return a source's name, whichever way it is called; anybody else's as it is."""
        return self.names.get(source, source)

    def said_of(self, gold: GoldComparison) -> SaidComparison | None:
        """Return what was said of a gold comparison, side for side; None if nothing was."""
        sides = self.name_of(gold.a), self.name_of(gold.b)
        for one in self.said.comparisons:
            named = self.name_of(one.a), self.name_of(one.b)
            if set(named) == set(sides):
                return one if named[0] == sides[0] else one.turned()
        return None

    def missing(self) -> list[str]:
        """Return the gold comparisons of which nothing was said, as a person reads them."""
        return [f"{self.name}: {one.a} / {one.b}" for one in self.gold.comparisons if self.said_of(one) is None]


def names_of(event: Event) -> dict[str, str]:
    """Return the names of an event's sources by their parties and by themselves."""
    return {called: source.name for source in event.sources for called in (source.party, source.name)}


def readouts_of(event: Event) -> frozenset[str]:
    """Return the articles that compared sources published themselves."""
    return frozenset(article.name for article in event.articles if event.source(article.publisher) is not None)


def kind_of(event: Event) -> EventKind:
    """Return how an event is told, by its number of sources and who published its articles."""
    if len(event.sources) > 2:
        return EventKind.SEVERAL
    publishers = {article.publisher for article in event.articles}
    both = all(source.name in publishers for source in event.sources)
    return EventKind.TWO_READOUTS if both else EventKind.MIXED
