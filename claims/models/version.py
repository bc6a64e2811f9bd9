"""Versions: the texts that an article had, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from claims.models.article import Article, checksum

LONGEST_WHY = 300


class VersionQuerySet(models.QuerySet["Version"]):
    """What pages and services ask about versions."""

    def begin(self, articles: Sequence[Article], *, at_once: int) -> None:
        """Give articles that were stored in bulk their first version."""
        first = [
            Version(article=one, number=1, text=one.text, checksum=one.checksum, at=one.created_at) for one in articles
        ]
        self.bulk_create(first, batch_size=at_once)

    def listed(self) -> VersionQuerySet:
        """Bring what the list of an article's versions shows, newest first, without the texts but with their length."""
        found = self.select_related("by").annotate(signs=Length("text"))
        return found.defer("text").order_by("-number")


class Version(models.Model):
    """One text of an article, numbered from 1. Rows are only added; the article itself holds the newest one's text.

    ``by`` is who stored it, empty for what came with the article or was loaded from a folder.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    checksum = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_numbered_once_in_its_article"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_is_numbered_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="version_has_a_text"),
        ]
        # That a version's text never changes, and that the newest one's is its article's, are triggers.

    def __str__(self) -> str:
        return f"version {self.number} of {self.article_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.checksum = checksum(self.text)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("version", args=[self.article_id, self.number])

    @property
    def before(self) -> int:
        """Return the number of the version before this one."""
        return self.number - 1


class FormerQuerySet(models.QuerySet["Former"]):
    """What pages ask about the claims that pairs had."""

    def by_side(self) -> FormerQuerySet:
        """Bring each with its claim, in the order of the text that it stood in."""
        return self.select_related("claim").order_by("side", "claim__article_id", "claim__start")


class Former(models.Model):
    """That a claim stood in a pair before its text changed.

    Kept for the sides that changed since people last decided on the pair, so that its page shows what they read.
    """

    pair = models.ForeignKey("Pair", on_delete=models.CASCADE, related_name="formers")
    claim = models.ForeignKey("Claim", on_delete=models.RESTRICT, related_name="former_in")
    side = models.CharField(max_length=1, choices=[("a", "a"), ("b", "b")])

    objects = FormerQuerySet.as_manager()

    class Meta:
        ordering = ["pair", "side", "claim"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "claim"], name="former_claim_once_in_its_pair"),
            models.CheckConstraint(condition=Q(side__in=["a", "b"]), name="former_claim_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.claim}"
