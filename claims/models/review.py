"""Reviews: people's verdicts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from claims.models.pair import Pair, hidden_from
from claims.models.viewer import Viewer


class Decision(models.TextChoices):
    """What a reviewer can say of a pair."""

    AGREE = "agree", gettext_lazy("agree")
    PARTIAL = "partial", gettext_lazy("partial")
    DIVERGE = "diverge", gettext_lazy("diverge")
    NO_MATCH = "no_match", gettext_lazy("not a match")


class ReviewQuerySet(models.QuerySet["Review"]):
    """What pages ask about reviews."""

    def visible_to(self, viewer: Viewer) -> ReviewQuerySet:
        """Leave out what is hidden from somebody: in a blind event, others' reviews of a pair without one of theirs."""
        hidden = hidden_from(viewer, "pair")
        return self if hidden is None else self.exclude(hidden)


class Review(models.Model):
    """One reviewer's standing verdict on a pair; what it was before stands among the pair's changes."""

    pair = models.ForeignKey(Pair, on_delete=models.RESTRICT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=10, choices=Decision)
    made_at = models.DateTimeField(auto_now=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["pair", "made_at"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "reviewer"], name="review_once_for_reviewer_and_pair"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_decision_display()}"
