"""People's words on reasons: that one is right, that it is dismissed, or one that the machine did not give."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from claims.analysis.structures import ReasonKind
from claims.models.pair import Pair, hidden_from
from claims.models.verdict import LONGEST_QUOTED, REASON_KINDS
from claims.models.viewer import Viewer


class Says(models.TextChoices):
    """What a person can say of a reason."""

    RIGHT = "right", gettext_lazy("right")
    DISMISSED = "dismissed", gettext_lazy("dismissed")
    ADDED = "added", gettext_lazy("added")


class ReasonReviewQuerySet(models.QuerySet["ReasonReview"]):
    """What pages ask about words on reasons."""

    def visible_to(self, viewer: Viewer) -> ReasonReviewQuerySet:
        """Leave out what is hidden from somebody: others' words on a pair of a blind event, before their decision."""
        hidden = hidden_from(viewer, "pair")
        return self if hidden is None else self.exclude(~Q(reviewer_id=viewer.pk) & hidden)


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

    objects = ReasonReviewQuerySet.as_manager()

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
