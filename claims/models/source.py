"""Sources: who makes the claims that are compared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.analysis import structures
from claims.models.event import Event


class Source(models.Model):
    """A government office, a ministry, a person: unique in its event, with a party and with aliases."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    party = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    spokespeople = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="source_named_once_in_its_event"),
            models.UniqueConstraint(fields=["event", "slug"], name="source_slug_once_in_its_event"),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def as_structure(self) -> structures.Source:
        """Return the source as the analysis reads it."""
        return structures.Source(
            name=self.name, party=self.party, aliases=tuple(self.aliases), spokespeople=tuple(self.spokespeople)
        )
