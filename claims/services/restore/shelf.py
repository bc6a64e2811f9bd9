"""What is stored already of an event that is being loaded, and how rows are stored with the moments of their file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from claims.models import Article, Change, Claim, Comparison, Pair, Source
from claims.services.restore.told import Place, Told

AT_ONCE = 100


@dataclass(slots=True)
class Shelf:
    """What is stored already, by the names that the file uses."""

    people: Mapping[str, int]
    sources: dict[str, Source] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    claims: dict[Place, Claim] = field(default_factory=dict)
    comparisons: dict[tuple[str, str], Comparison] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    by_fix: list[tuple[Change, Told]] = field(default_factory=list)  # changes that belong to fixes, which come later

    def person(self, told: Told) -> int | None:
        """Return the account's id of whoever stands under "by"."""
        name = told.text_or_none("by")
        return None if name is None else self.people[name]

    def somebody(self, told: Told) -> int:
        """Return the account's id of whoever stands under "by", where somebody has to."""
        return self.person(told) or told.refuse("“by” names nobody; it is to be an account's name.")

    def source(self, told: Told, key: str) -> Source | None:
        """Return a source by its slug."""
        slug = told.text_or_none(key)
        return None if slug is None else self.sources.get(slug) or told.refuse(f"there is no source “{slug}”.")

    def claim(self, told: Told) -> Claim:
        """Return a claim by its place."""
        return self.claim_at(told.claim("claim"), told)

    def claim_at(self, place: Place, told: Told) -> Claim:
        """Return the claim at a place that was told."""
        return self.claims.get(place) or told.refuse(f"there is no claim {list(place)} in this event.")

    def pair(self, told: Told, key: str) -> Pair | None:
        """Return a pair by its place in the list of the event's pairs."""
        place = told.whole_or_none(key)
        if place is not None and place >= len(self.pairs):
            told.refuse(f"there is no pair {place} in this event; the first is 0.")
        return None if place is None else self.pairs[place]

    def comparison(self, told: Told) -> Comparison:
        """Return a comparison by its sources."""
        sides = told.two_texts("comparison")
        return self.comparisons.get(sides) or told.refuse(f"there is no comparison of {' and '.join(sides)}.")


def stored(rows: Sequence[tuple[Any, dict[str, Any]]]) -> None:
    """Insert rows of one model, and then set the moments that inserting sets to now."""
    if not rows:
        return
    model: type[Model] = type(rows[0][0])
    model._default_manager.bulk_create([row for row, _ in rows], batch_size=AT_ONCE)
    for row, moments in rows:
        for name, value in moments.items():
            setattr(row, name, value)
    if names := list(rows[0][1]):
        model._default_manager.bulk_update([row for row, _ in rows], names, batch_size=AT_ONCE)
