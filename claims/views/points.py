"""The points of an event: what each of its sources says on each, or that it is silent.

Which claims are one point says ``grouping.py``; this file reads them and lays them out by source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.models import Claim, Event, Pair, Silence, Source
from claims.models.pair import Outcome
from claims.models.verdict import ReasonWords
from claims.models.viewer import EVERYTHING, Viewer
from claims.services.languages import covers
from claims.templatetags.crossread import UNJUDGED
from claims.views.grouping import Group, Side, Tie, hold_together
from claims.views.marking import Mark, marked

_HEAVIEST = ("diverge", "partial", "agree", UNJUDGED)


@dataclass(frozen=True, slots=True)
class PairRow:
    """A standing pair with its claims, as the points are made of it; its relation may be ``UNJUDGED``."""

    pk: int
    relation: str
    tie: Tie
    stale: bool = False  # the text changed since people decided

    @property
    def is_whole(self) -> bool:
        """Tell whether both sides have a claim."""
        return bool(self.tie.a.claims and self.tie.b.claims)

    def get_absolute_url(self) -> str:
        """Return the pair's own page."""
        return reverse("pair", args=[self.pk])


@dataclass(frozen=True, slots=True)
class Link:
    """A pair that a cell leads to: how its source's account relates to the one of ``other``.

    ``leads`` is true for the heaviest of the pairs with the same other source, which is written out; ``name`` is what
    the other source is called where there is little room.
    """

    pair: PairRow
    relation: str
    other: Source
    name: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in a cell, with the words marked that its pairs there differ by."""

    claim: Claim
    html: SafeString

    @property
    def text(self) -> str:
        """Return what is said, without marks."""
        return self.claim.text


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says on a point.

    Without claims its ``state`` is ``silent``; or ``near`` where it says, on the points that ``elsewhere`` numbers,
    what is paired with a claim of this one; or ``unread`` where nothing of the source could be matched at all.
    A silence is ``confirmed`` where people said so of every source that speaks.
    """

    source: Source
    claims: tuple[Said, ...]
    links: tuple[Link, ...]
    state: str = "says"
    elsewhere: tuple[int, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One row: a cell for every source, and the heaviest relation in it; ``only`` where one source speaks alone."""

    number: int
    relation: str
    cells: tuple[Cell, ...]

    @property
    def silent(self) -> int:
        """Return how many sources say nothing on it."""
        return sum(1 for cell in self.cells if not cell.claims)

    @property
    def speaking(self) -> int:
        """Return how many sources speak on it."""
        return len(self.cells) - self.silent

    @property
    def first(self) -> Said:
        """Return what the first source that speaks says, by which the point is known."""
        return next(said for cell in self.cells for said in cell.claims)

    def is_silent(self, slug: str) -> bool:
        """Tell whether the source of this slug says nothing on it, here or elsewhere."""
        return any(cell.source.slug == slug and cell.state == "silent" for cell in self.cells)


@dataclass(slots=True)
class Table:
    """What the points of an event are made of."""

    sources: list[Source]
    claims: dict[int, Claim]
    pairs: list[PairRow]
    marks: dict[int, list[tuple[int, Mark]]] = field(default_factory=dict)
    silences: set[tuple[int, int]] = field(default_factory=set)  # claim, and the source that says nothing of it

    def claims_of(self, source: Source) -> list[Claim]:
        """Return a source's claims in the order of the texts, those in languages that are not covered too."""
        return [claim for claim in self.claims.values() if _owner(claim) == source.pk]


def table_of(event: Event, viewer: Viewer = EVERYTHING, *, with_words: bool = True) -> Table:
    """Read an event's claims and standing pairs, and the words that differ. Takes two queries beside the sources,
    and with the words one for these and one for the silences that people confirmed."""
    sources = list(event.sources.all())
    claims = {claim.pk: claim for claim in _claims(sources)}
    pairs = [pair for pair in _pairs(event, viewer) if pair.is_whole and pair.tie.claims <= claims.keys()]
    marks = _marks(event, {pair.pk: pair.relation for pair in pairs}) if with_words else {}
    return Table(sources, claims, pairs, marks, _silences(event, claims) if with_words else set())


def points_of(event: Event, viewer: Viewer = EVERYTHING) -> list[Point]:
    """Return the points that at least two sources speak on, in the order of the texts, without marks."""
    return [point for point in every_point(table_of(event, viewer, with_words=False)) if point.speaking > 1]


def every_point(table: Table) -> list[Point]:
    """Return all points in the order of the texts, those too that one source speaks on alone."""
    groups = hold_together([pair.tie for pair in table.pairs])
    paired = frozenset[int]().union(*(group.claims for group in groups)) if groups else frozenset()
    alone = [key for key, claim in table.claims.items() if key not in paired and covers(_language(claim))]
    groups += [Group(frozenset([key]), frozenset()) for key in alone]
    order = {key: place for place, key in enumerate(table.claims)}
    groups.sort(key=lambda group: sorted(order[key] for key in group.claims))
    return list(_Laying(table, groups, order).points())


def short_names(sources: Collection[Source]) -> dict[Source, str]:
    """Return for each source its side, where that is shorter than its name and nobody else's, or else its name."""
    sides = Counter(source.party for source in sources)
    return {
        source: source.party
        if source.party and sides[source.party] == 1 and len(source.party) < len(source.name)
        else source.name
        for source in sources
    }


class _Laying:
    """Lays groups of claims out as rows of cells."""

    def __init__(self, table: Table, groups: Sequence[Group], order: Mapping[int, int]) -> None:
        self.table, self.groups, self.order = table, groups, order
        self.names = short_names(table.sources)
        self.numbers: dict[int, list[int]] = defaultdict(list)
        self.pairs_of: dict[int, list[PairRow]] = defaultdict(list)
        for number, group in enumerate(groups, start=1):
            for key in group.claims:
                self.numbers[key].append(number)
        for pair in table.pairs:
            for key in pair.tie.claims:
                self.pairs_of[key].append(pair)
        self.readable = {_owner(claim) for claim in table.claims.values() if covers(_language(claim))}

    def points(self) -> Iterable[Point]:
        for number, group in enumerate(self.groups, start=1):
            inside = {pair.pk: pair for key in group.claims for pair in self.pairs_of[key] if _within(pair, group)}
            shown = {pair.relation for pair in inside.values()}
            relation = next((heavy for heavy in _HEAVIEST if heavy in shown), "only")
            yield Point(
                number, relation, tuple(self._cell(group, list(inside.values()), source) for source in self.names)
            )

    def _cell(self, group: Group, pairs: Sequence[PairRow], source: Source) -> Cell:
        own = sorted((key for key in group.claims if self._is_of(key, source)), key=self.order.__getitem__)
        if not own:
            near = sorted({n for key in group.near if self._is_of(key, source) for n in self._with(key, group)})
            state = "near" if near else "silent" if source.pk in self.readable else "unread"
            confirmed = state == "silent" and self._is_confirmed(group, source)
            return Cell(source, (), (), state, tuple(near), confirmed)
        links = [self._link(pair, source) for pair in pairs if source.pk in (pair.tie.a.source, pair.tie.b.source)]
        return Cell(source, tuple(self._said(key, pairs) for key in own), _heaviest_first(links))

    def _is_of(self, key: int, source: Source) -> bool:
        return _owner(self.table.claims[key]) == source.pk

    def _is_confirmed(self, group: Group, source: Source) -> bool:
        return all((key, source.pk) in self.table.silences for key in group.claims)

    def _with(self, key: int, group: Group) -> list[int]:
        """Return the points on which a claim stands together with one of this group's."""
        return [number for number in self.numbers[key] if self.groups[number - 1].claims & group.claims]

    def _said(self, key: int, pairs: Sequence[PairRow]) -> Said:
        claim, inside = self.table.claims[key], {pair.pk for pair in pairs}
        marks = [mark for pair, mark in self.table.marks.get(key, ()) if pair in inside]
        return Said(claim, marked(claim.text, claim.start, marks))

    def _link(self, pair: PairRow, source: Source) -> Link:
        key = pair.tie.b.source if pair.tie.a.source == source.pk else pair.tie.a.source
        other = next(one for one in self.names if one.pk == key)
        return Link(pair, pair.relation, other, self.names[other])


def _claims(sources: Sequence[Source]) -> Iterable[Claim]:
    language = Coalesce(NullIf("article__stated_language", Value("")), "article__language")
    found = Claim.objects.of_sources(*sources).annotate(language=language)
    return found.only("article_id", "past_version", "start", "text", "speaker")


def _pairs(event: Event, viewer: Viewer) -> Iterable[PairRow]:
    found = Pair.objects.standing(viewer).filter(comparison__event=event)
    names = (
        *("pk", "shown", "score", "seen_outcome", "seen_stale", "comparison__a", "comparison__b"),
        *("members__side", "members__claim"),
    )
    for (pk, relation, score, outcome, stale, a, b), rows in groupby(
        found.order_by("pk").values_list(*names), key=lambda row: row[:7]
    ):
        members = [(side, claim) for *_, side, claim in rows if claim is not None]
        of_a, of_b = (
            Side(source, frozenset(claim for side, claim in members if side == own))
            for own, source in (("a", a), ("b", b))
        )
        # Without a score it is no machine's: a person put it together.
        confirmed = outcome != Outcome.UNDECIDED or score is None
        yield PairRow(pk, relation or UNJUDGED, Tie(pk, of_a, of_b, 1 if score is None else score, confirmed), stale)


def _marks(event: Event, relations: Mapping[int, str]) -> dict[int, list[tuple[int, Mark]]]:
    """Return the words that show the reasons of pairs that do not agree, by claim, each with its pair."""
    marks: dict[int, list[tuple[int, Mark]]] = defaultdict(list)
    words = ReasonWords.objects.filter(reason__verdict__pair__comparison__event=event).order_by()
    for pair, claim, start, end in words.values_list("reason__verdict__pair", "claim", "start", "end"):
        relation = relations.get(pair, "agree")
        if relation not in ("agree", UNJUDGED):
            marks[claim].append((pair, Mark(start, end, f"words {relation}")))
    return marks


def _silences(event: Event, claims: Mapping[int, Claim]) -> set[tuple[int, int]]:
    """Return of which claims people confirmed that a source says nothing, each with that source."""
    found = Silence.objects.filter(comparison__event=event)
    rows = found.values_list("claim", "comparison__a", "comparison__b")
    return {(key, b if _owner(claims[key]) == a else a) for key, a, b in rows if key in claims}


def _within(pair: PairRow, group: Group) -> bool:
    return bool(pair.tie.a.claims & group.claims and pair.tie.b.claims & group.claims)


def _owner(claim: Claim) -> int:
    owner: int = claim.attributed_to  # type: ignore[attr-defined]
    return owner


def _language(claim: Claim) -> str:
    language: str = claim.language  # type: ignore[attr-defined]
    return language


def _heaviest_first(links: Iterable[Link]) -> tuple[Link, ...]:
    """Sort by the other source, and for each of them from the heaviest relation to the lightest."""
    ordered = sorted(
        links, key=lambda link: (link.other.position, link.other.pk, _HEAVIEST.index(link.relation), link.pair.pk)
    )
    return tuple(
        replace(link, leads=place == 0)
        for _, same in groupby(ordered, key=lambda link: link.other.pk)
        for place, link in enumerate(same)
    )
