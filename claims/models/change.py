"""Changes: who decided what on a pair, and when; the log that undo walks back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.pair import Pair


class ChangeQuerySet(models.QuerySet["Change"]):
    """What undo and the pair's page ask about changes."""

    def undoable_by(self, user_id: int) -> ChangeQuerySet:
        """Keep this person's decisions that still stand, newest first."""
        return self.filter(actor_id=user_id, what=Change.What.REVIEW, undone_at__isnull=True).order_by("-pk")


class Change(models.Model):
    """One change on a pair. ``actor`` is empty where the machine made it. Rows are only added, never edited,
    save that an undone decision says when it was undone."""

    class What(models.TextChoices):
        """What was changed."""

        REVIEW = "review", "review"
        UNDO = "undo", "undo"
        VERDICT = "verdict", "machine verdict"
        WITHDRAWN = "withdrawn", "no longer proposed"
        RESTORED = "restored", "proposed again"
        STALE = "stale", "text changed"
        ANNOTATION = "annotation", "annotation"
        REPLY = "reply", "reply"
        RESOLVED = "resolved", "annotation resolved"
        REOPENED = "reopened", "annotation reopened"

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="changes")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    what = models.CharField(max_length=12, choices=What)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(what="review"), name="only_a_review_can_be_undone"
            )
        ]
        # Undo looks for a person's last standing decision.
        indexes = [models.Index(fields=["actor", "what", "-id"], name="change_by_actor")]

    def __str__(self) -> str:
        return f"{self.what}: {self.before or '–'} → {self.after or '–'}"
