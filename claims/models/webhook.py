"""Webhooks: addresses that are told what happens here, what each is told, and every try to tell it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from claims.models.event import Event

LONGEST_ADDRESS = 1000
OVERDUE = dt.timedelta(seconds=60)


class Kind(models.TextChoices):
    """What an address can be told."""

    COMPARISON_MADE = "comparison.made", gettext_lazy("a comparison is made")
    PAIR_REVIEWED = "pair.reviewed", gettext_lazy("pairs are decided on")
    FINAL_VERDICT = "pair.final", gettext_lazy("a pair gets its final verdict, or loses it")
    ANNOTATION_MADE = "annotation.made", gettext_lazy("a note is written")
    ANNOTATION_REPLIED = "annotation.replied", gettext_lazy("a note is answered")
    ANNOTATION_SETTLED = "annotation.settled", gettext_lazy("a note is settled, or opened again")
    DELIVERY_IN = "delivery.in", gettext_lazy("files or a page were brought in")
    TABLE_ENDED = "table.ended", gettext_lazy("a table is stored, or could not be")
    ARTICLE_REVISED = "article.revised", gettext_lazy("an article gets a new version")
    RUN_ENDED = "run.ended", gettext_lazy("an event is read and compared, or that failed")
    FEED_PROPOSED = "feed.proposed", gettext_lazy("items of a feed are proposed for an event")


TRIED = "test"  # the kind of a message that somebody sends to see whether the address listens


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """What services and the page of webhooks ask."""

    def on(self, event: Event) -> WebhookQuerySet:
        """Keep those that are told what happens to an event."""
        return self.filter(Q(event__isnull=True) | Q(event=event), off_at__isnull=True)


class Webhook(models.Model):
    """An address that an editor registered, of one event or of all.

    ``failures`` are the failed tries since the last good one; ``secret`` is
    what messages are signed with, as the address has to know it too.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    address = models.URLField(max_length=LONGEST_ADDRESS)
    secret = models.CharField(max_length=100, editable=False)
    kinds = models.JSONField(default=list)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, blank=True, related_name="webhooks")
    made_at = models.DateTimeField(auto_now_add=True)
    failures = models.PositiveIntegerField(default=0)
    off_at = models.DateTimeField(null=True, blank=True)
    off_why = models.CharField(max_length=300, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="webhook_has_an_address"),
            models.CheckConstraint(condition=~Q(secret=""), name="webhook_has_a_secret"),
            models.CheckConstraint(
                condition=Q(off_at__isnull=True, off_why="") | (Q(off_at__isnull=False) & ~Q(off_why="")),
                name="webhook_says_why_it_is_off",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        return reverse("webhook", args=[self.pk])

    @property
    def told(self) -> list[str]:
        """Return what it is told, in words."""
        return [str(Kind(kind).label) for kind in self.kinds if kind in Kind.values]


def message_name() -> str:
    """Return a name for a message: an address that gets one twice knows it by that."""
    return f"msg_{uuid.uuid4().hex}"


class WebhookMessageQuerySet(models.QuerySet["WebhookMessage"]):
    """What the worker and the page of a webhook ask."""

    def forgotten(self) -> WebhookMessageQuerySet:
        """Keep those whose time has come and gone: the task of each went down with its worker."""
        return self.filter(state=WebhookMessage.State.WAITING, next_at__lt=timezone.now() - OVERDUE)


class WebhookMessage(models.Model):
    """One thing that an address is told; ``body`` is what goes out, to the letter."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", gettext_lazy("waiting")
        SENT = "sent", gettext_lazy("arrived")
        FAILED = "failed", gettext_lazy("given up")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages")
    name = models.CharField(max_length=40, unique=True, default=message_name, editable=False)
    kind = models.CharField(max_length=20)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = WebhookMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "failed"]), name="webhook_message_state_is_known"
            )
        ]
        # The worker looks for what is overdue.
        indexes = [models.Index(fields=["state", "next_at"], name="webhook_message_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class WebhookAttempt(models.Model):
    """One try to send a message: the status that the address answered with, or why there was none."""

    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__isnull=False, problem="") | (Q(status__isnull=True) & ~Q(problem="")),
                name="webhook_attempt_has_a_status_or_a_problem",
            )
        ]

    def __str__(self) -> str:
        return str(self.status or self.problem)
