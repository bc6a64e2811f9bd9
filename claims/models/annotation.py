"""Annotations: people's notes on a pair or on words of a claim, with their threads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from claims.models.claim import Claim
from claims.models.pair import Pair, hidden_from
from claims.models.verdict import REASON_KINDS
from claims.models.viewer import EVERYTHING, Viewer


class Weight(models.TextChoices):
    """How heavy a discrepancy weighs."""

    NOTE = "note", gettext_lazy("note")
    MINOR = "minor", gettext_lazy("minor")
    MAJOR = "major", gettext_lazy("major")


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    """What pages ask about annotations."""

    def visible_to(self, viewer: Viewer) -> AnnotationQuerySet:
        """Leave out what is hidden from somebody: others' notes on a pair of a blind event, before their decision."""
        hidden = hidden_from(viewer, "pair")
        return self if hidden is None else self.exclude(~Q(author_id=viewer.pk) & hidden)

    def threads(self, viewer: Viewer = EVERYTHING) -> AnnotationQuerySet:
        """Bring each annotation with its author, its claim, its replies and earlier wordings, oldest first."""
        earlier = models.Prefetch("earlier", Wording.objects.select_related("by"))
        replies = Reply.objects.visible_to(viewer).select_related("author").prefetch_related(earlier)
        return (
            self.visible_to(viewer)
            .select_related("author", "claim", "resolved_by")
            .prefetch_related(models.Prefetch("replies", replies), earlier)
            .order_by("created_at", "pk")
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
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["pair", "created_at", "pk"]
        permissions = [("edit_any_annotation", "Can edit anybody's annotation")]
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


class ReplyQuerySet(models.QuerySet["Reply"]):
    """What pages ask about replies."""

    def visible_to(self, viewer: Viewer) -> ReplyQuerySet:
        """Leave out what is hidden from somebody, as with annotations."""
        hidden = hidden_from(viewer, "annotation__pair")
        return self if hidden is None else self.exclude(~Q(author_id=viewer.pk) & hidden)


class Reply(models.Model):
    """An answer in an annotation's thread. One that its author deleted stays a row, so that the thread still reads."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["annotation", "created_at", "pk"]
        verbose_name_plural = "replies"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reply_has_a_text")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"


class Wording(models.Model):
    """What a note or a reply said before it was edited; ``version`` is the number it had then. Rows are only added."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, null=True, blank=True, related_name="earlier")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="earlier")
    version = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(annotation__isnull=True, reply__isnull=False)
                | Q(annotation__isnull=False, reply__isnull=True),
                name="wording_of_a_note_or_of_a_reply",
            ),
            models.UniqueConstraint(fields=["annotation", "version"], name="wording_once_in_its_note"),
            models.UniqueConstraint(fields=["reply", "version"], name="wording_once_in_its_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.text[:60]}"
