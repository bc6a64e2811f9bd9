"""Fixes: what a person put right by hand in pairs and claims, with what stood before and after."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy

from claims.models.comparison import Comparison
from claims.models.event import Event


class FixQuerySet(models.QuerySet["Fix"]):
    """What undo and the page of a comparison's fixes ask."""

    def undoable_by(self, user_id: int) -> FixQuerySet:
        """Keep this person's fixes that still stand, newest first."""
        return self.filter(actor_id=user_id, undone_at__isnull=True).order_by("-pk")

    def seen_from(self, comparison: Comparison) -> FixQuerySet:
        """Bring what was put right in a comparison or in claims of its two sources, newest first."""
        touching = _touching(comparison.pk, comparison.event_id, comparison.a_id, comparison.b_id)
        return self.filter(touching).select_related("actor").order_by("-pk")

    def count_seen_from(self, comparison: str, event: str, a: str, b: str) -> Coalesce:
        """Return how many are seen from the comparison whose ids an outer query has under these names."""
        touching = _touching(*(OuterRef(name) for name in (comparison, event, a, b)))
        # All are counted as one: there is nothing to group them by.
        counted = self.filter(touching).order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk"))
        return Coalesce(Subquery(counted.values("count")), Value(0))


def _touching(comparison: Any, event: Any, a: Any, b: Any) -> Q:
    of_a_claim = Q(comparison__isnull=True, event=event) & (Q(source=a) | Q(source=b))
    return Q(comparison=comparison) | of_a_claim


class Fix(models.Model):
    """One thing that a person put right by hand, whole: undoing it puts every row back as it was.

    ``before`` and ``after`` are the states of the rows that it touched (see ``services.ledger``), ``was`` and ``now``
    the same in words. A claim's edges are the whole event's, so such a fix has no comparison but the claim's source.
    """

    class Kind(models.TextChoices):
        """What was put right."""

        JOINED = "joined", gettext_lazy("made a pair")
        MOVED = "moved", gettext_lazy("moved claims")
        MERGED = "merged", gettext_lazy("merged two pairs")
        SPLIT = "split", gettext_lazy("split a pair")
        CUT = "cut", gettext_lazy("split a claim")
        UNITED = "united", gettext_lazy("merged two claims")
        SILENT = "silent", gettext_lazy("confirmed that the other side says nothing")
        HEARD = "heard", gettext_lazy("took back that the other side says nothing")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="fixes")
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, null=True, blank=True, related_name="fixes")
    source = models.ForeignKey("Source", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="fixes")
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = FixQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "fixes"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["joined", "moved", "merged", "split", "cut", "united", "silent", "heard"]),
                name="fix_kind_is_known",
            )
        ]
        # Undo looks for a person's last standing fix.
        indexes = [models.Index(fields=["actor", "-id"], name="fix_by_actor")]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_kind_display()}"
