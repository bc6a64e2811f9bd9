"""Tables of articles: a CSV or JSONL file, what its columns mean, and how far bringing it in has come."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from claims.models.event import Event
from claims.models.snapshot import Snapshot


class TableQuerySet(models.QuerySet["Table"]):
    """What pages ask about tables."""

    def shown(self) -> TableQuerySet:
        """Bring what the page of a table shows, save the bytes of its file."""
        return self.select_related("event", "by", "snapshot").defer("snapshot__data").prefetch_related("event__sources")


class Table(models.Model):
    """A file of which every row is an article of one event.

    ``mapping`` gives a column's name by what it means (``text``, ``title``, …); ``publisher`` whoever published the
    rows that do not say it. ``refused`` are the rows that were not taken, each as ``[line, why]``.
    """

    class State(models.TextChoices):
        """How far it has come."""

        NEW = "new", gettext_lazy("columns to be chosen")
        QUEUED = "queued", gettext_lazy("queued")
        STORING = "storing", gettext_lazy("being stored")
        DONE = "done", gettext_lazy("done")
        FAILED = "failed", gettext_lazy("failed")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tables")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.CASCADE, related_name="table")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    problem = models.TextField(blank=True)
    mapping = models.JSONField(blank=True, default=dict)
    publisher = models.CharField(max_length=200, blank=True)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    refused = models.JSONField(blank=True, default=list)
    alive_at = models.DateTimeField(null=True, blank=True)

    objects = TableQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "queued", "storing", "done", "failed"]), name="table_state_is_known"
            ),
            models.CheckConstraint(condition=Q(rows_done__lte=F("rows")), name="table_has_no_more_rows_done_than_rows"),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(problem="")) | (~Q(state="failed") & Q(problem="")),
                name="table_says_why_it_failed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.snapshot)

    def get_absolute_url(self) -> str:
        return reverse("table", args=[self.pk])

    @property
    def under_way(self) -> bool:
        """Tell whether the worker has it, or will have it."""
        return self.state in (self.State.QUEUED, self.State.STORING)

    @property
    def is_lost(self) -> bool:
        """Tell whether its worker has given no sign of life for too long."""
        limit = timezone.now() - dt.timedelta(seconds=settings.CROSSREAD_LOST_AFTER_SECONDS)
        return self.state == self.State.STORING and (self.alive_at is None or self.alive_at < limit)
