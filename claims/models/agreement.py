"""Agreement: how far reviewers agree beyond chance, as the worker last worked it out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from claims.models.event import Event

_WHOLE = Q(low__isnull=False, high__isnull=False, low__lte=F("value"), high__gte=F("value"), refusal="")
_NOTHING = Q(value__isnull=True, low__isnull=True, high__isnull=True) & ~Q(refusal="")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """What the page asks about agreement."""

    def listed(self) -> AgreementQuerySet:
        """Bring what the page shows: over all first, then the events, each with its pairs of reviewers."""
        kappas = models.Prefetch(
            "kappas", Kappa.objects.select_related("a", "b").order_by("a__username", "b__username")
        )
        return (
            self.select_related("event")
            .prefetch_related(kappas)
            .order_by(F("event__title").asc(nulls_first=True), "pk")
        )


class Agreement(models.Model):
    """Krippendorff's alpha over an event, or over all where ``event`` is empty; with its 95 % interval.

    Either there is a figure with its interval, or a ``refusal`` that says why there is none.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, null=True, blank=True, related_name="agreement")
    pairs = models.PositiveIntegerField()
    reviews = models.PositiveIntegerField()
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    refusal = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_WHOLE | _NOTHING, name="agreement_has_a_figure_or_says_why_not"),
            # An empty event is as good as any here: the database would take two of them for different.
            models.UniqueConstraint(Coalesce("event", Value(0)), name="agreement_once_for_its_event_or_all"),
        ]

    def __str__(self) -> str:
        return f"agreement on {self.event or 'all events'}"


class Kappa(models.Model):
    """Cohen's kappa of two reviewers, over the pairs that both decided; ``same`` is on how many they said the same."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="kappas")
    a = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pairs = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    refusal = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["agreement", "a", "b"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "a", "b"], name="kappa_once_for_two_reviewers"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="kappa_of_two_reviewers_in_order"),
            models.CheckConstraint(condition=_WHOLE | _NOTHING, name="kappa_has_a_figure_or_says_why_not"),
            models.CheckConstraint(condition=Q(same__lte=F("pairs")), name="kappa_same_is_a_part_of_its_pairs"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} and {self.b_id}: {self.value}"
