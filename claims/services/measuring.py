"""How good the machine is here, by people's decisions: in bands of its score, by relation, and over time.

Whoever decides sees the machine's verdict first, and only what was proposed is decided. So these are figures of how
often people went along with what they were shown; what was missed is in none of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from claims.analysis.calibration import Scale, interval
from claims.analysis.structures import Relation
from claims.models import Decision, Pair, Review, Viewer
from claims.models.viewer import EVERYTHING

BANDS = 10


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those counted were right, with the interval that holds the true share in 95 of 100 cases."""

    right: int
    count: int

    @property
    def share(self) -> float:
        """Return the share that was right, 0 to 1; 0 where nothing was counted."""
        return self.right / self.count if self.count else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Return the interval's ends."""
        return interval(self.right, self.count)


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs whose score lies from ``low`` to below ``high``, and what the scale in use expects of them."""

    low: float
    high: float
    expected: float
    found: Share


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One relation as the machine says it: how often people said so too, and what they said (by decision)."""

    relation: str
    found: Share
    said: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The decisions of one month: how many held the pair for a match, how many of those confirmed its relation."""

    first: dt.date
    matches: Share
    relations: Share


@dataclass(frozen=True, slots=True)
class Measures:
    """All that the page of figures shows."""

    bands: tuple[Band, ...]
    relations: tuple[Confirmed, ...]
    months: tuple[Month, ...]


def measure(model: str, scale: Scale, viewer: Viewer = EVERYTHING) -> Measures:
    """Return the figures of what this encoder matched, of the decisions that somebody may see, in three queries.

    Pairs made by hand are none of its matches.
    """
    scores = Pair.objects.open_to(viewer).filter(comparison__model=model).decided()
    reviews = Review.objects.visible_to(viewer).filter(pair__comparison__model=model)
    reviews = reviews.filter(pair__withdrawn=False, pair__stale=False, pair__made_by=None).order_by()
    return Measures(tuple(bands_of(scores, scale)), tuple(_relations(reviews)), tuple(_months(reviews)))


def bands_of(scores: Iterable[tuple[float, bool]], scale: Scale) -> list[Band]:
    """Return the bands that hold any decided pair, the lowest first."""
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in scores:
        held[min(BANDS - 1, int(score * BANDS))].append((score, right))
    found = []
    for place, inside in sorted(held.items()):
        expected = sum(scale.chance(score) for score, _ in inside) / len(inside)
        share = Share(sum(right for _, right in inside), len(inside))
        found.append(Band(place / BANDS, (place + 1) / BANDS, expected, share))
    return found


def _relations(reviews: QuerySet[Review]) -> list[Confirmed]:
    rows = reviews.values_list("pair__verdict__relation", "decision").annotate(n=Count("pk"))
    counts = Counter({(relation, decision): n for relation, decision, n in rows})
    found = []
    for relation in Relation:
        said = tuple((decision.value, counts[relation.value, decision.value]) for decision in Decision)
        held = sum(n for decision, n in said if decision != Decision.NO_MATCH)
        found.append(Confirmed(relation.value, Share(counts[relation.value, relation.value], held), said))
    return found


def _months(reviews: QuerySet[Review]) -> list[Month]:
    match = ~Q(decision=Decision.NO_MATCH)
    same = Q(decision=F("pair__verdict__relation"))
    rows = (
        reviews.annotate(month=TruncMonth("made_at"))
        .values("month")
        .annotate(n=Count("pk"), matches=Count("pk", filter=match), same=Count("pk", filter=same))
    )
    return [
        Month(row["month"].date(), Share(row["matches"], row["n"]), Share(row["same"], row["matches"]))
        for row in rows.order_by("month")
    ]
