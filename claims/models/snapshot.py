"""Snapshots: the very bytes that articles were read from, kept so that what was read can be shown later."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.models.article import Article
from claims.models.event import Event


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """What pages ask about snapshots."""

    def listed(self) -> SnapshotQuerySet:
        """Bring what pages show of snapshots, without their bytes."""
        return self.defer("data").select_related("by", "event", "article__publisher").order_by("pk")


class Snapshot(models.Model):
    """A file as it was uploaded, or a page as it was fetched. Its bytes are never changed.

    ``article`` is empty while nothing was stored from it, and for a table, which many articles come from.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="snapshots")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="snapshots")
    name = models.CharField(max_length=200, blank=True, help_text="The file's name.")
    url = models.URLField(max_length=1000, blank=True, help_text="Where the page was fetched.")
    content_type = models.CharField(max_length=200, blank=True, help_text="As whoever sent it says.")
    checksum = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the bytes.")
    size = models.PositiveBigIntegerField(editable=False)
    data = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") | ~Q(url=""), name="snapshot_says_what_it_is_of"),
        ]

    def __str__(self) -> str:
        return self.name or self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is None:
            data = bytes(self.data)
            self.checksum, self.size = hashlib.sha256(data).hexdigest(), len(data)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("snapshot", args=[self.pk])
