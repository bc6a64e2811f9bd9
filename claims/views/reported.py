"""A report as plain objects: how it was made, what was read, and every point with what the machine and people said.

Everything is read in a fixed number of queries, whatever the length of the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from django.db.models import Count, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from claims.models import (
    Annotation,
    Article,
    Claim,
    Comparison,
    Event,
    Lone,
    Pair,
    Reason,
    ReasonWords,
    Report,
    Silence,
    Source,
)
from claims.models.viewer import EVERYTHING, Viewer
from claims.services.languages import Unmatched, unmatched_of
from claims.services.learning import scale_of
from claims.templatetags.crossread import UNJUDGED
from claims.views.bars import Bar, bar
from claims.views.marking import Mark, marked

_ORDER = {
    "diverge": gettext_noop("Divergences"),
    "partial": gettext_noop("In part"),
    "agree": gettext_noop("Agreements"),
    UNJUDGED: gettext_noop("Not judged yet"),
}


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines on scores lie that ``matcher``'s scores are read by."""

    matcher: str
    suggested: float
    sure: float


@dataclass(frozen=True, slots=True)
class Method:
    """How the points of a report came about."""

    lines: tuple[Lines, ...]
    judges: tuple[str, ...]
    pairs: int
    by_hand: int
    reviewed: int
    stale: int
    unmatched: tuple[Unmatched, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement with its marked words, and the number of its article in the report's list.

    ``silence`` is a person's word that the other source says nothing of it.
    """

    claim: Claim
    html: SafeString
    article: int
    silence: Silence | None = None


@dataclass(frozen=True, slots=True)
class ReasonTold:
    """A reason with the words of both sides that show it, where its sentence does not quote them."""

    kind: str
    explanation: str
    a: tuple[str, ...]
    b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointTold:
    """One pair: what both say, what the machine made of it, and the notes that go in."""

    number: int
    pair: Pair
    a: tuple[Cited, ...]
    b: tuple[Cited, ...]
    reasons: tuple[ReasonTold, ...]
    notes: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The points of one relation, people's where they agree and the machine's elsewhere."""

    relation: str
    name: str
    points: tuple[PointTold, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """What one source says and the other does not."""

    source: Source
    other: Source
    claims: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One comparison of a report."""

    comparison: Comparison
    bar: Bar
    groups: tuple[Group, ...]
    silences: tuple[Alone, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a report shows."""

    sources: tuple[Source, ...]
    articles: tuple[Article, ...]
    method: Method
    sections: tuple[Section, ...]


def content_of(report: Report, viewer: Viewer = EVERYTHING) -> Content:
    """Read what the report of an event or of a comparison shows to somebody."""
    event = report.event
    comparisons = _comparisons(event, report.comparison)
    sources = _sources(comparisons) or list(event.sources.all())
    articles = _articles(event)
    numbers = {article.pk: number for number, article in enumerate(articles, 1)}
    pairs = list(Pair.objects.filter(comparison__in=comparisons).reported(viewer))
    lone = Lone.objects.standing(viewer).filter(comparison__in=comparisons, claim__withdrawn=False)
    attributed = Claim.objects.attributed().filter(lone_in__comparison__in=comparisons)
    owners = dict(attributed.values_list("pk", "attributed_to"))  # type: ignore[misc]
    confirmed = Silence.objects.filter(comparison__in=comparisons).select_related("by")
    silences = {(one.comparison_id, one.claim_id): one for one in confirmed}
    reader = _Reader(numbers, _notes(report), owners, silences)
    alone: dict[int, list[Claim]] = defaultdict(list)
    for one in lone.select_related("claim").order_by("claim__article_id", "claim__start"):
        alone[one.comparison_id].append(one.claim)
    sections = tuple(
        reader.section(one, [pair for pair in pairs if pair.comparison_id == one.pk], alone[one.pk])
        for one in comparisons
    )
    return Content(tuple(sources), tuple(articles), _method(comparisons, pairs, sources), sections)


def _comparisons(event: Event, comparison: Comparison | None) -> list[Comparison]:
    found = Comparison.objects.filter(event=event).select_related("event", "a", "b")
    return list(found if comparison is None else found.filter(pk=comparison.pk))


def _sources(comparisons: Iterable[Comparison]) -> list[Source]:
    found = {source.pk: source for one in comparisons for source in (one.a, one.b)}
    return sorted(found.values(), key=lambda source: (source.position, source.pk))


def _articles(event: Event) -> list[Article]:
    current = Count("claims", filter=Q(claims__withdrawn=False))
    return list(event.articles.select_related("publisher").defer("text").annotate(claim_count=current))


def _notes(report: Report) -> Mapping[int, list[Annotation]]:
    found: dict[int, list[Annotation]] = defaultdict(list)
    if report.pk is not None:
        for note in report.notes.select_related("author").order_by("created_at", "pk"):
            found[note.pair_id].append(note)
    return found


def _method(comparisons: Sequence[Comparison], pairs: Sequence[Pair], sources: Sequence[Source]) -> Method:
    matchers = dict.fromkeys(one.model for one in comparisons if one.model)
    judges = dict.fromkeys(pair.verdict.judge for pair in pairs if pair.verdict.relation)
    by_hand = sum(pair.made_by_id is not None for pair in pairs)
    reviewed = sum(bool(vars(pair)["reviewed"]) for pair in pairs)
    stale = sum(bool(vars(pair)["seen_stale"]) for pair in pairs)
    lines = tuple(_lines(matcher) for matcher in matchers)
    return Method(lines, tuple(judges), len(pairs), by_hand, reviewed, stale, tuple(unmatched_of(*sources)))


def _lines(matcher: str) -> Lines:
    scale = scale_of(matcher)
    return Lines(matcher, scale.score_at(scale.suggested), scale.score_at(scale.sure))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes the parts of a report: it knows the numbers of articles, the notes by pair, who makes lone claims, and by
    comparison and claim the silences that people confirmed."""

    articles: Mapping[int, int]
    notes: Mapping[int, list[Annotation]]
    owners: Mapping[int, int | None]
    silences: Mapping[tuple[int, int], Silence]

    def section(self, comparison: Comparison, pairs: Sequence[Pair], alone: Sequence[Claim]) -> Section:
        numbers = count(1)
        by_place = sorted(pairs, key=_place)
        groups = tuple(
            Group(
                relation,
                gettext(name),
                tuple(self.point(next(numbers), pair) for pair in by_place if _shown(pair) == relation),
            )
            for relation, name in _ORDER.items()
        )
        counts = {group.relation: len(group.points) for group in groups} | {"only": len(alone)}
        reviewed = sum(bool(vars(pair)["reviewed"]) for pair in pairs)
        silences = tuple(
            Alone(source, other, tuple(self.alone(one, comparison) for one in alone if self.is_of(one, source)))
            for source, other in ((comparison.a, comparison.b), (comparison.b, comparison.a))
        )
        told = tuple(group for group in groups if group.points)
        return Section(comparison, bar(counts, reviewed=reviewed), told, tuple(one for one in silences if one.claims))

    def point(self, number: int, pair: Pair) -> PointTold:
        reasons = () if _shown(pair) == "agree" else tuple(pair.verdict.reasons.all())
        marks: dict[int, list[Mark]] = defaultdict(list)
        told = []
        for reason in reasons:
            words = list(reason.words.all())
            for one in words:
                marks[one.claim_id].append(Mark(one.start, one.end, f"words {_shown(pair)}"))
            told.append(_told(reason, words))
        of_a, of_b = (tuple(self.cited(one, marks[one.pk]) for one in pair.claims_of(side)) for side in ("a", "b"))
        return PointTold(number, pair, of_a, of_b, tuple(told), tuple(self.notes.get(pair.pk, ())))

    def is_of(self, claim: Claim, source: Source) -> bool:
        return self.owners.get(claim.pk) == source.pk

    def alone(self, claim: Claim, comparison: Comparison) -> Cited:
        return replace(self.cited(claim), silence=self.silences.get((comparison.pk, claim.pk)))

    def cited(self, claim: Claim, marks: Iterable[Mark] = ()) -> Cited:
        return Cited(claim, marked(claim.text, claim.start, marks), self.articles[claim.article_id])


def _told(reason: Reason, words: Sequence[ReasonWords]) -> ReasonTold:
    """Return a reason with its words, unless its sentence quotes all of them already."""
    if all(one.text in reason.explanation for one in words):
        return ReasonTold(reason.kind, reason.explanation, (), ())
    a, b = (tuple(one.text for one in words if one.side == side) for side in ("a", "b"))
    return ReasonTold(reason.kind, reason.explanation, a, b)


def _shown(pair: Pair) -> str:
    shown: str = vars(pair)["shown"]  # added by the query: see PairQuerySet.with_shown
    return shown or UNJUDGED


def _place(pair: Pair) -> tuple[int, int, int]:
    first = min((one.article_id, one.start) for one in pair.claims_of("a") or pair.claims_of("b"))
    return (*first, pair.pk)
