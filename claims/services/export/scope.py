"""What is exported: whole events or one comparison, for whom, and under which address its links lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from django.db.models import QuerySet

from claims.models import Comparison, Event, Lone, Pair
from claims.models.comparison import LoneQuerySet
from claims.models.pair import PairQuerySet

AT_ONCE = 200  # rows that are held at a time


def _silent() -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A selection to be exported.

    ``address`` stands before every permalink, without a slash at its end. ``reviewer_id`` is whose decisions fill the
    column that is read back. ``marked`` begins a table with the byte order mark that spreadsheets look for. ``beat`` is
    called for each pair and each lone claim that was written.
    """

    events: tuple[Event, ...]
    comparison: Comparison | None = None
    address: str = ""
    reviewer_id: int | None = None
    marked: bool = False
    beat: Callable[[], None] = _silent

    @classmethod
    def of_events(cls, events: Iterable[Event], **options: object) -> Self:
        """Return the scope of whole events."""
        return cls(tuple(events), **options)  # type: ignore[arg-type]

    @classmethod
    def of_comparison(cls, comparison: Comparison, **options: object) -> Self:
        """Return the scope of one comparison."""
        return cls((comparison.event,), comparison, **options)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """Return what a file of it is called, without an ending."""
        if self.comparison is not None:
            return f"{self.events[0].slug}-{self.comparison.a.slug}-{self.comparison.b.slug}"
        return self.events[0].slug if len(self.events) == 1 else "crossread"

    @property
    def title(self) -> str:
        """Return what it is called where people read it."""
        if self.comparison is not None:
            return f"{self.events[0].title}: {self.comparison}"
        return "; ".join(event.title for event in self.events)

    def comparisons(self) -> QuerySet[Comparison]:
        """Return the comparisons that are in it."""
        found = Comparison.objects.select_related("event", "a", "b").order_by("event", "a__position", "b__position")
        if self.comparison is not None:
            return found.filter(pk=self.comparison.pk)
        return found.filter(event__in=self.events)

    def pairs(self) -> PairQuerySet:
        """Return the pairs that are proposed or kept, rejected ones among them."""
        return Pair.objects.filter(withdrawn=False, comparison__in=self.comparisons().order_by().values("pk"))

    def lone(self) -> LoneQuerySet:
        """Return the claims without a counterpart."""
        return Lone.objects.standing().filter(comparison__in=self.comparisons().order_by().values("pk"))

    def count(self) -> int:
        """Return how often ``beat`` will be called."""
        return self.pairs().count() + self.lone().count()

    def each_pair(self) -> Iterator[Pair]:
        """Yield the pairs with all that is written of them, a few hundred in memory at a time."""
        for pair in self.pairs().exported().iterator(chunk_size=AT_ONCE):
            yield pair
            self.beat()

    def each_lone(self) -> Iterator[Lone]:
        """Yield the lone claims with their nearest candidates."""
        for lone in self.lone().exported().iterator(chunk_size=AT_ONCE):
            yield lone
            self.beat()

    def link(self, path: str) -> str:
        """Return the permalink of a page's path."""
        return f"{self.address}{path}"
