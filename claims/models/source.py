"""Sources: who makes the claims that are compared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.analysis import structures
from claims.models.event import Event
from claims.models.library import Party, folded


class SourceQuerySet(models.QuerySet["Source"]):
    """What pages ask about sources."""

    def with_entries(self) -> SourceQuerySet:
        """Bring the entries of the library with their people, and what they are within."""
        people = ("entry__terms__person", "entry__within__terms__person")
        return self.select_related("entry__within").prefetch_related(*people)

    def by_office(self) -> dict[int, int]:
        """Return for the key of every source that of the first one that is the same office. Takes one query.

        Each event has rows of its own for its sources. Two rows are one office if they are one entry of the library, or
        have the same name and the same party, whatever their case and spacing. A row without a party is the office of
        its name's only party; where sources of one name have several parties, it stands by itself, since nothing tells
        whose it is.
        """
        rows = [
            (pk, folded(name), folded(party), entry)
            for pk, name, party, entry in self.order_by("pk").values_list(*_IDENTITY)
        ]
        parties: dict[str, set[str]] = {}
        for _, name, party, _ in rows:
            parties.setdefault(name, set()).update({party} - {""})
        first: dict[tuple[str, str], int] = {}
        entries: dict[int, int] = {}
        found = {}
        for pk, name, party, entry in sorted(rows, key=lambda row: (row[3] is None, row[0])):
            told = party or (next(iter(parties[name])) if len(parties[name]) == 1 else "")
            office = first.setdefault((name, told), pk) if entry is None else entries.setdefault(entry, pk)
            found[pk] = office
            first.setdefault((name, told), office)
        return found


_IDENTITY = "pk", "name", "party", "entry"


class Source(models.Model):
    """A government office, a ministry, a person: unique in its event, with a party and with aliases.

    ``aliases`` and ``spokespeople`` are the event's own. Where it is an ``entry`` of the library, ``library_aliases``
    and ``library_spokespeople`` are what that gave it when the event was last read, and ``outdated`` says that the
    library has changed since.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    party = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    spokespeople = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    entry = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="sources")
    library_aliases = models.JSONField(default=list, blank=True, editable=False)
    library_spokespeople = models.JSONField(default=list, blank=True, editable=False)
    outdated = models.BooleanField(default=False, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="source_named_once_in_its_event"),
            models.UniqueConstraint(fields=["event", "slug"], name="source_slug_once_in_its_event"),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | Q(outdated=False),
                name="source_without_an_entry_is_never_outdated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.pk])

    def as_structure(self) -> structures.Source:
        """Return the source as the analysis reads it."""
        return structures.Source(
            name=self.name,
            party=self.party,
            aliases=tuple(self.all_aliases),
            spokespeople=tuple(self.all_spokespeople),
        )

    @property
    def all_aliases(self) -> list[str]:
        """Return its own aliases and those of the library, each once."""
        return list(dict.fromkeys([*self.aliases, *self.library_aliases]))

    @property
    def all_spokespeople(self) -> list[str]:
        """Return its own people and those of the library, each once."""
        return list(dict.fromkeys([*self.spokespeople, *self.library_spokespeople]))
