"""Adjudications: an editor's last word on a pair, beside the reviewers' own verdicts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.pair import Pair
from claims.models.review import Decision

LONGEST_WHY = 2000


class AdjudicationQuerySet(models.QuerySet["Adjudication"]):
    """What pages and services ask about adjudications."""

    def latest_of(self, pair_id: int) -> Adjudication | None:
        """Return what was said last of a pair, a reopening too, or None."""
        return self.filter(pair_id=pair_id).order_by("-version").first()


class Adjudication(models.Model):
    """One editor's word on a pair; the one with the highest ``version`` counts, and one without a decision reopens.

    Rows are only added: a verdict that was replaced or reopened stays with its reason why. Since a version stands once
    in a pair, of two people who write on the same ground the second is refused by the database itself.
    """

    pair = models.ForeignKey(Pair, on_delete=models.RESTRICT, related_name="adjudications")
    version = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    why = models.TextField(max_length=LONGEST_WHY)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AdjudicationQuerySet.as_manager()

    class Meta:
        ordering = ["pair", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "version"], name="adjudication_version_once_in_its_pair"),
            models.CheckConstraint(condition=Q(version__gte=1), name="adjudication_version_counts_from_one"),
            models.CheckConstraint(condition=~Q(why=""), name="adjudication_says_why"),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]), name="adjudication_decision_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display() if self.decision else 'reopened'} by {self.editor_id}"
