"""Sources: who makes the claims that are compared."""

from __future__ import annotations

import unicodedata

from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.analysis import structures
from claims.models.event import Event


class SourceQuerySet(models.QuerySet["Source"]):
    """What pages ask about sources."""

    def by_office(self) -> dict[int, int]:
        """Return for the key of every source that of the first one that is the same office. Takes one query.

        Each event has rows of its own for its sources. Two rows are one office if they have the same name and the same
        party, whatever their case and spacing. A row without a party is the office of its name's only party; where
        sources of one name have several parties, it stands by itself, since nothing tells whose it is.
        """
        rows = [(pk, _folded(name), _folded(party)) for pk, name, party in self.order_by("pk").values_list(*_IDENTITY)]
        parties: dict[str, set[str]] = {}
        for _, name, party in rows:
            parties.setdefault(name, set()).update({party} - {""})
        first: dict[tuple[str, str], int] = {}
        found = {}
        for pk, name, party in rows:
            told = party or (next(iter(parties[name])) if len(parties[name]) == 1 else "")
            found[pk] = first.setdefault((name, told), pk)
        return found


_IDENTITY = "pk", "name", "party"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Source(models.Model):
    """A government office, a ministry, a person: unique in its event, with a party and with aliases."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    party = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    spokespeople = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="source_named_once_in_its_event"),
            models.UniqueConstraint(fields=["event", "slug"], name="source_slug_once_in_its_event"),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.pk])

    def as_structure(self) -> structures.Source:
        """Return the source as the analysis reads it."""
        return structures.Source(
            name=self.name, party=self.party, aliases=tuple(self.aliases), spokespeople=tuple(self.spokespeople)
        )
