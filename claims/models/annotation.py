"""Annotations: people's notes on a pair or on words of a claim, with their threads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.claim import Claim
from claims.models.pair import Pair
from claims.models.verdict import REASON_KINDS


class Weight(models.TextChoices):
    """How heavy a discrepancy weighs."""

    NOTE = "note", "note"
    MINOR = "minor", "minor"
    MAJOR = "major", "major"


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    """What pages ask about annotations."""

    def threads(self) -> AnnotationQuerySet:
        """Bring each annotation with its author, the claim it is anchored in and its replies, oldest first."""
        replies = models.Prefetch("replies", Reply.objects.select_related("author"))
        return (
            self.select_related("author", "claim", "resolved_by").prefetch_related(replies).order_by("created_at", "pk")
        )


class Annotation(models.Model):
    """A note on a pair, or on words of one of its claims.

    Words are anchored twice, as in the W3C Web Annotation model: by position (``start``, ``end``: offsets of the
    claim's article) and by quotation with context (``quote``, ``prefix``, ``suffix``).
    """

    pair = models.ForeignKey(Pair, on_delete=models.RESTRICT, related_name="annotations")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="annotations")
    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, null=True, blank=True, related_name="annotations")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=20, choices=REASON_KINDS, blank=True)
    weight = models.CharField(max_length=5, choices=Weight, default=Weight.NOTE)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["pair", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="annotation_has_a_text"),
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="annotation_weight_is_known"),
            models.CheckConstraint(
                condition=Q(claim__isnull=True, start__isnull=True, end__isnull=True, quote="")
                | (Q(claim__isnull=False, start__isnull=False, end__isnull=False, start__lt=F("end")) & ~Q(quote="")),
                name="annotation_is_anchored_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="annotation_is_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"

    def get_absolute_url(self) -> str:
        return f"{reverse('pair', args=[self.pair_id])}#annotation-{self.pk}"


class Reply(models.Model):
    """An answer in an annotation's thread."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["annotation", "created_at", "pk"]
        verbose_name_plural = "replies"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reply_has_a_text")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"
