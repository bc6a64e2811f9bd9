"""Reviews: people's verdicts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.pair import Pair


class Decision(models.TextChoices):
    """What a reviewer can say of a pair."""

    AGREE = "agree", "agree"
    PARTIAL = "partial", "partial"
    DIVERGE = "diverge", "diverge"
    NO_MATCH = "no_match", "not a match"


class Review(models.Model):
    """One reviewer's standing verdict on a pair; what it was before stands among the pair's changes."""

    pair = models.ForeignKey(Pair, on_delete=models.RESTRICT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=10, choices=Decision)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pair", "made_at"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "reviewer"], name="review_once_for_reviewer_and_pair"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_decision_display()}"
