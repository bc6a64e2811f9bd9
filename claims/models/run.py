"""Runs: the reading and comparing of an event by a worker, and how far it has come."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from claims.models.event import Event


class RunQuerySet(models.QuerySet["Run"]):
    """What the worker, the janitor and the pages ask about runs."""

    def working(self) -> RunQuerySet:
        """Keep the runs that a worker has begun and not ended."""
        return self.filter(state__in=Run.WORKING)

    def lost(self) -> RunQuerySet:
        """Keep the runs whose worker has given no sign of life for too long."""
        limit = timezone.now() - dt.timedelta(seconds=settings.CROSSREAD_LOST_AFTER_SECONDS)
        return self.working().filter(alive_at__lt=limit)


class Run(models.Model):
    """One run over what an event owes: articles to read, comparisons to match."""

    class State(models.TextChoices):
        """How far a run has come."""

        QUEUED = "queued", gettext_lazy("queued")
        READING = "reading", gettext_lazy("reading")
        EMBEDDING = "embedding", gettext_lazy("embedding")
        MATCHING = "matching", gettext_lazy("matching")
        DONE = "done", gettext_lazy("done")
        FAILED = "failed", gettext_lazy("failed")

    WORKING = (State.READING, State.EMBEDDING, State.MATCHING)

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    problem = models.TextField(blank=True)
    notices = models.JSONField(blank=True, default=list)
    task = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "reading", "embedding", "matching", "done", "failed"]),
                name="run_state_is_known",
            ),
            models.UniqueConstraint(fields=["event"], condition=Q(state="queued"), name="run_queued_once"),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(state__in=["reading", "embedding", "matching"]),
                name="run_by_one_worker_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(problem="")) | (~Q(state="failed") & Q(problem="")),
                name="run_says_why_it_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.state}"

    @property
    def under_way(self) -> bool:
        """Tell whether a page should go on asking."""
        return self.state in (self.State.QUEUED, *self.WORKING)
