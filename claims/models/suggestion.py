"""Names that texts use and nobody listed: proposed for a source, then accepted or dismissed by a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.article import Article
from claims.models.event import Event
from claims.models.source import Source


class SuggestedNameQuerySet(models.QuerySet["SuggestedName"]):
    """What pages ask about suggested names."""

    def whole(self) -> SuggestedNameQuerySet:
        """Bring what is shown of each: the event, the sources that are likely, the places, who decided."""
        places = SuggestedPlace.objects.select_related("article__publisher").defer("article__text").order_by("pk")
        found = self.select_related("event", "accepted_for", "decided_by")
        return found.prefetch_related("sources", models.Prefetch("places", places)).order_by("-count", "words")

    def listed(self) -> SuggestedNameQuerySet:
        """Bring those that wait for a decision."""
        return self.filter(state=SuggestedName.State.OPEN).whole()

    def undecided_or_dismissed(self) -> SuggestedNameQuerySet:
        """Bring those that wait for a decision, and those whose dismissal can be taken back."""
        return self.exclude(state=SuggestedName.State.ACCEPTED).whole()


class SuggestedName(models.Model):
    """Words that likely name one of the event's ``sources``, and what a person made of it.

    A reading makes the open ones anew. What somebody accepted or dismissed stays, and is not proposed again.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "to be decided"
        ACCEPTED = "accepted", "accepted"
        DISMISSED = "dismissed", "dismissed"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="suggested_names")
    words = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    sources = models.ManyToManyField(Source, related_name="suggested_names")
    why = models.CharField(max_length=500)
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    accepted_for = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestedNameQuerySet.as_manager()

    class Meta:
        ordering = ["event", "-count", "words"]
        constraints = [
            models.UniqueConstraint(fields=["event", "folded"], name="name_suggested_once_in_its_event"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (Q(state__in=["accepted", "dismissed"]) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="suggested_name_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class SuggestedPlace(models.Model):
    """Where suggested words stand: how often in an article, and one sentence with them at these offsets of it."""

    name = models.ForeignKey(SuggestedName, on_delete=models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="suggested_places")
    count = models.PositiveIntegerField()
    sentence = models.CharField(max_length=400)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="suggested_place_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def before(self) -> str:
        """Return what stands before the words."""
        return self.sentence[: self.start]

    @property
    def words(self) -> str:
        """Return the words as they stand there."""
        return self.sentence[self.start : self.end]

    @property
    def after(self) -> str:
        """Return what follows them."""
        return self.sentence[self.end :]
