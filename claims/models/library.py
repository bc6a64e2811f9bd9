"""The library: states, bodies and offices, the people who hold them and when, kept once for all events."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

LONGEST_TOLD = 500


def folded(text: str) -> str:
    """Return what two spellings of one name share: neither case nor spacing counts."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class PartyQuerySet(models.QuerySet["Party"]):
    """What pages and services ask about parties."""

    def standing(self) -> PartyQuerySet:
        """Leave out what was merged into another."""
        return self.filter(merged_into__isnull=True)

    def whole(self) -> PartyQuerySet:
        """Bring what ``as_entry`` in services needs: terms with people, and the same of what a party belongs to."""
        return self.select_related("within").prefetch_related("terms__person", "within__terms__person")

    def listed(self) -> PartyQuerySet:
        """Bring what the page of the library shows: those that belong to nothing, with their parts, all counted."""
        parts = models.Prefetch("parts", Party.objects.standing().counted().order_by("folded"))
        return self.standing().filter(within__isnull=True).counted().prefetch_related(parts).order_by("folded")

    def counted(self) -> PartyQuerySet:
        """Add how many people and events have to do with each: ``people_count``, ``event_count``."""
        return self.annotate(
            people_count=Count("terms__person", distinct=True), event_count=Count("sources__event", distinct=True)
        )

    def called(self, typed: str) -> PartyQuerySet:
        """Keep those that somebody means by a name: as ``label`` writes it, or the bare name."""
        name = folded(typed)
        head, _, rest = name.rpartition(" (")
        labelled = Q(folded=head, within__folded=rest.removesuffix(")")) if head and rest.endswith(")") else Q(pk=None)
        return self.standing().filter(Q(folded=name) | labelled).select_related("within")

    def search(self, words: str) -> PartyQuerySet:
        """Keep those whose name, whole, parts or people hold every word."""
        found = self
        for word in folded(words).split():
            at = Q(folded__contains=word) | Q(terms__person__folded__contains=word)
            at |= Q(parts__folded__contains=word) | Q(parts__terms__person__folded__contains=word)
            found = found.filter(pk__in=Party.objects.filter(at).values("pk"))
        return found


class Party(models.Model):
    """A state, a body or an office that sources of events are, such as "Russia", or the "Kremlin" within it.

    ``within`` goes one step: an office is within a state, and a state within nothing. ``apart`` are those of which
    somebody said that they are another.
    """

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    aliases = models.JSONField(default=list, blank=True)
    apart = models.ManyToManyField("self", blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["folded", "pk"]
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(folded=""), name="party_has_a_name"),
            models.CheckConstraint(
                condition=Q(within__isnull=True) | ~Q(within=F("id")), name="party_is_not_within_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="party_is_not_merged_into_itself"
            ),
            models.UniqueConstraint(
                fields=["folded", "within"],
                condition=Q(merged_into__isnull=True),
                name="party_named_once_within_another",
            ),
            models.UniqueConstraint(
                fields=["folded"],
                condition=Q(merged_into__isnull=True, within__isnull=True),
                name="party_named_once_within_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("party", args=[self.pk])

    @property
    def label(self) -> str:
        """Return the name with what it is within, which tells ministries of one name apart."""
        return f"{self.name} ({self.within.name})" if self.within else self.name

    @property
    def side(self) -> str:
        """Return the name of the side that it speaks for."""
        return self.within.name if self.within else self.name


class Person(models.Model):
    """Somebody who holds offices; two people may have one name."""

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    aliases = models.JSONField(default=list, blank=True)
    apart = models.ManyToManyField("self", blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["folded", "pk"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(folded=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="person_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])


class Term(models.Model):
    """A person in an office, from one day to another, both included; a day that is not known is empty."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="terms")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="terms")
    title = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["party", F("since").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.person}".strip()


class LibraryChange(models.Model):
    """One line of the library's history. ``actor`` is empty where a file was loaded by command.

    Rows are only added. A merge keeps in ``moved`` what it moved (see ``services.library.parting``), so that it can be
    taken back; ``undone_at`` is when it was.
    """

    class What(models.TextChoices):
        """What was done."""

        KEPT = "kept", gettext_lazy("kept in the library")
        CHANGED = "changed", gettext_lazy("changed")
        MERGED = "merged", gettext_lazy("merged in")
        PARTED = "parted", gettext_lazy("took a merge back")
        APART = "apart", gettext_lazy("said to be another than")
        LINKED = "linked", gettext_lazy("taken by an event")
        LOADED = "loaded", gettext_lazy("came with an event")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    what = models.CharField(max_length=8, choices=What)
    before = models.CharField(max_length=LONGEST_TOLD, blank=True)
    after = models.CharField(max_length=LONGEST_TOLD, blank=True)
    moved = models.JSONField(default=dict, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False, person__isnull=True) | Q(party__isnull=True, person__isnull=False),
                name="library_change_is_of_one_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.before or '–'} → {self.after or '–'}"

    @property
    def can_be_undone(self) -> bool:
        """Tell whether this is a merge that stands, and that wrote down what it moved."""
        return bool(self.moved) and self.undone_at is None
