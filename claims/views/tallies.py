"""How many pairs agree or differ, by which reasons, and who is silent: the counts behind the overviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, When

from claims.models import Annotation, Change, Comparison, Lone, Pair, PairClaim, Reason, Review
from claims.models.pair import Outcome
from claims.models.verdict import REASON_KINDS
from claims.templatetags.crossread import UNJUDGED
from claims.views.bars import RELATIONS, Bar, bar

_DIFFERING = ~Q(verdict__pair__outcome__in=[Outcome.NO_MATCH, Outcome.AGREE]) & Q(verdict__pair__withdrawn=False)


@dataclass(slots=True)
class Tally:
    """The counts of one comparison: pairs by relation or ``UNJUDGED``, how many are reviewed, lone claims by source."""

    pk: int
    event: int
    a: int
    b: int
    relations: dict[str, int] = field(default_factory=dict)
    reviewed: int = 0
    lone: dict[int, int] = field(default_factory=dict)

    @property
    def pairs(self) -> int:
        """Return how many pairs stand."""
        return sum(self.relations.values())

    @property
    def total(self) -> int:
        """Return how many pairs and lone claims there are."""
        return self.pairs + sum(self.lone.values())

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts of a bar."""
        return {**self.relations, "only": sum(self.lone.values())}

    def silent(self, source: int) -> int:
        """Return how many statements of the other source this one has no counterpart for."""
        return self.lone.get(self.b if source == self.a else self.a, 0)


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """One kind of difference: how often the machine gives it as a reason, and how often people noted it.

    ``machine_share`` and ``people_share`` are in hundredths of the highest count of either.
    """

    kind: str
    machine: int
    people: int
    machine_share: float = 0
    people_share: float = 0


def tallies_of(comparisons: QuerySet[Comparison]) -> list[Tally]:
    """Return the counts of the comparisons, in their order. Takes five queries, however many they are."""
    found = {row[0]: Tally(*row) for row in comparisons.values_list("pk", "event", "a", "b")}
    # A library's own limit is no condition: it would have the database look up every row twice.
    among = Q(comparison__in=comparisons.order_by().values("pk")) if comparisons.query.where else Q()
    standing = Pair.objects.standing().filter(among).order_by()
    for comparison, shown, n in standing.values_list("comparison", "shown").annotate(n=Count("pk")):  # type: ignore[misc]
        relations, relation = found[comparison].relations, shown or UNJUDGED
        relations[relation] = relations.get(relation, 0) + n
    reviews = Review.objects.filter(pair__in=standing.values("pk")).order_by().values_list("pair__comparison")
    for comparison, n in reviews.annotate(n=Count("pair", distinct=True)):
        found[comparison].reviewed = n
    for comparison, source, n in _lone(among):
        if comparison in found:
            lone = found[comparison].lone
            lone[source] = lone.get(source, 0) + n
    return list(found.values())


def bar_of(tallies: Iterable[Tally]) -> Bar:
    """Return the bar of several comparisons together."""
    tallies = list(tallies)
    return bar(counts_of(tallies), reviewed=sum(tally.reviewed for tally in tallies))


def counts_of(tallies: Iterable[Tally]) -> dict[str, int]:
    """Return the counts of several comparisons together."""
    counts = dict.fromkeys((*RELATIONS, UNJUDGED), 0)
    for tally in tallies:
        for relation, n in tally.counts.items():
            counts[relation] += n
    return counts


def reasons_of(comparisons: QuerySet[Comparison] | None = None) -> list[ReasonCount]:
    """Return the kinds of differences that were found in these comparisons, or in all, most frequent first.

    Reasons of pairs that people rejected, or hold for an agreement, are not counted. Takes two queries.
    """
    reasons, notes = Reason.objects.filter(_DIFFERING), Annotation.objects.exclude(kind="")
    if comparisons is not None:
        keys = comparisons.order_by().values("pk")
        reasons = reasons.filter(verdict__pair__comparison__in=keys)
        notes = notes.filter(pair__comparison__in=keys)
    machine = dict(reasons.order_by().values_list("kind").annotate(n=Count("pk")))
    people = dict(notes.order_by().values_list("kind").annotate(n=Count("pk")))
    most = max([*machine.values(), *people.values()], default=1)
    found = [
        ReasonCount(
            kind,
            of_machine := machine.get(kind, 0),
            of_people := people.get(kind, 0),
            round(100 * of_machine / most, 2),
            round(100 * of_people / most, 2),
        )
        for kind, _ in REASON_KINDS
        if kind in machine or kind in people
    ]
    return sorted(found, key=lambda one: (-one.machine - one.people, one.kind))


def by_event(tallies: Iterable[Tally], events: Collection[int]) -> dict[int, list[Tally]]:
    """Return the tallies of each of these events."""
    found: dict[int, list[Tally]] = defaultdict(list)
    for tally in tallies:
        found[tally.event].append(tally)
    return {event: found[event] for event in events}


def _lone(among: Q) -> Iterable[tuple[int, int, int]]:
    """Yield comparison, source and number of standing lone claims.

    All are counted, and those taken away again that people have since put into a pair, which is a change of theirs:
    for a whole library a tenth of the time of asking of each whether it stands (``LoneQuerySet.standing``).
    """
    owner = Case(
        When(claim__standing_correction__isnull=False, then=F("claim__standing_correction__source_id")),
        default=F("claim__source_id"),
        output_field=BigIntegerField(null=True),
    )
    every = Lone.objects.filter(among).order_by().annotate(owner=owner)
    yield from every.values_list("comparison", "owner").annotate(n=Count("pk"))
    joined = PairClaim.objects.filter(
        ~Q(pair__outcome=Outcome.NO_MATCH),
        pair__in=Change.objects.filter(actor__isnull=False).values("pair"),
        pair__withdrawn=False,
        claim__lone_in__comparison=F("pair__comparison"),
    )
    taken = joined.order_by().annotate(owner=owner).values_list("pair__comparison", "owner")
    for comparison, source, n in taken.annotate(n=Count("claim", distinct=True)):
        yield comparison, source, -n
