"""Notices: what stands in a person's inbox."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from claims.models.annotation import Annotation, Reply
from claims.models.pair import hidden_from
from claims.models.viewer import Viewer
from claims.models.webhook import Webhook


class NoticeQuerySet(models.QuerySet["Notice"]):
    """What the inbox and the header ask about notices."""

    def unread_of(self, user_id: int | OuterRef | None) -> NoticeQuerySet:
        """Keep what a person has not read."""
        return self.filter(recipient=user_id, read_at__isnull=True)

    def unread_count(self, outer: str) -> Coalesce:
        """Return how many notices the person has not read whose id an outer query has under a name."""
        mine = self.unread_of(OuterRef(outer)).order_by().values("recipient")
        return Coalesce(Subquery(mine.annotate(count=Count("pk")).values("count")), Value(0))

    def listed(self, viewer: Viewer) -> NoticeQuerySet:
        """Bring what the inbox shows, newest first; ``hidden`` where the pair is blind and not decided yet."""
        hidden = hidden_from(viewer, "annotation__pair")
        shown = Value(False) if hidden is None else ExpressionWrapper(hidden, BooleanField())
        return (
            self.filter(recipient=viewer.pk)
            .annotate(hidden=shown)
            .select_related("actor", "annotation__pair__comparison__event", "reply", "webhook")
            .order_by("-pk")
        )


class Notice(models.Model):
    """That somebody was named in a thread, that something happened in one of theirs, or that a webhook went off."""

    class What(models.TextChoices):
        """What happened."""

        MENTION = "mention", gettext_lazy("mentioned you")
        REPLY = "reply", gettext_lazy("replied")
        RESOLVED = "resolved", gettext_lazy("resolved a thread")
        REOPENED = "reopened", gettext_lazy("reopened a thread")
        WEBHOOK_OFF = "off", gettext_lazy("webhook turned off")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["mention", "reply", "resolved", "reopened", "off"]),
                name="notice_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(annotation__isnull=False, webhook__isnull=True)
                | Q(annotation__isnull=True, webhook__isnull=False),
                name="notice_is_of_a_thread_or_of_a_webhook",
            ),
            models.UniqueConstraint(fields=["recipient", "reply"], name="notice_once_for_recipient_and_reply"),
            models.UniqueConstraint(
                fields=["recipient", "annotation"],
                condition=Q(what="mention", reply__isnull=True),
                name="notice_once_for_a_mention_in_a_note",
            ),
        ]
        # The header counts what a person has not read.
        indexes = [models.Index(fields=["recipient", "read_at"], name="notice_by_reading")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.get_what_display()}"
