"""People's words on reasons: that one is right, that it is dismissed, or one that the machine did not give."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.analysis.structures import ReasonKind
from claims.models.pair import Pair
from claims.models.verdict import LONGEST_QUOTED, REASON_KINDS


class Says(models.TextChoices):
    """What a person can say of a reason."""

    RIGHT = "right", "right"
    DISMISSED = "dismissed", "dismissed"
    ADDED = "added", "added"


class ReasonReview(models.Model):
    """One reviewer's standing word on one reason of a pair.

    A reason is known by its pair, its kind and its words (see ``Reason.quoted``), never by the machine's row, which
    every new matching writes again: the word stays, and holds for the machine's reason as long as that quotes the same.
    """

    pair = models.ForeignKey(Pair, on_delete=models.RESTRICT, related_name="reason_reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reason_reviews")
    kind = models.CharField(max_length=20, choices=REASON_KINDS)
    words = models.CharField(max_length=LONGEST_QUOTED, blank=True)
    says = models.CharField(max_length=9, choices=Says)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pair", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "reviewer", "kind", "words"], name="reason_review_once_for_reviewer_and_reason"
            ),
            models.CheckConstraint(condition=Q(says__in=Says.values), name="reason_review_says_something_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ReasonKind]), name="reason_review_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.kind} {self.says}"
