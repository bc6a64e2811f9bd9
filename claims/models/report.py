"""Reports: what an editor has put into the printed form of an event or a comparison, and the links that show it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from claims.models.annotation import Annotation
from claims.models.comparison import Comparison
from claims.models.event import Event

LONGEST_INTRODUCTION = 20_000


class ReportQuerySet(models.QuerySet["Report"]):
    """What pages and services ask about reports."""

    def of(self, event: Event, comparison: Comparison | None) -> ReportQuerySet:
        """Keep the report of an event, or of one of its comparisons."""
        return self.filter(event=event, comparison=comparison)


class Report(models.Model):
    """An introduction and the annotations that go in. Made at an editor's first word; without one a report has neither.

    ``comparison`` is empty for the report of a whole event.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reports")
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    introduction = models.TextField(blank=True, max_length=LONGEST_INTRODUCTION)
    notes = models.ManyToManyField(Annotation, blank=True, related_name="reports")
    version = models.PositiveIntegerField(default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comparison"], name="report_once_of_its_comparison"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(comparison__isnull=True), name="report_once_of_its_event"
            ),
        ]

    def __str__(self) -> str:
        return f"report on {self.comparison or self.event}"

    def get_absolute_url(self) -> str:
        if self.comparison is None:
            return reverse("report", args=[self.event.slug])
        return reverse("comparison_report", args=[self.event.slug, self.comparison.a.slug, self.comparison.b.slug])


def new_token() -> str:
    """Return a token that nobody guesses: 192 bits, as 32 letters that an address may hold."""
    return secrets.token_urlsafe(24)


class PublicLinkQuerySet(models.QuerySet["PublicLink"]):
    """What pages ask about links."""

    def open(self) -> PublicLinkQuerySet:
        """Keep the links that show their report now."""
        running = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(running, revoked_at__isnull=True)

    def listed(self) -> PublicLinkQuerySet:
        """Bring what the page of links shows, newest first."""
        found = self.select_related(
            "report__event", "report__comparison__a", "report__comparison__b", "made_by", "revoked_by"
        )
        return found.order_by("-pk")


class PublicLink(models.Model):
    """An address that shows one report to whoever has it, until it expires or is revoked. Rows are kept."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="links")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    indexed = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PublicLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("made_at")),
                name="public_link_expires_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="public_link_is_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"link to {self.report}"

    def get_absolute_url(self) -> str:
        return reverse("shared", args=[self.token])

    @property
    def state(self) -> str:
        """Return whether it is open, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= timezone.now() else "open"
