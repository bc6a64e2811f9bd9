"""Deliveries: files and pages that somebody brought in, and the drafts of articles that were read from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length
from django.urls import reverse
from django.utils.translation import gettext_lazy

from claims.models.article import Article
from claims.models.event import Event
from claims.models.snapshot import Snapshot


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """What pages ask about deliveries."""

    def shown(self) -> DeliveryQuerySet:
        """Bring what the page of a delivery shows: its drafts with their snapshots and articles."""
        drafts = (
            Draft.objects.select_related("snapshot", "article")
            .defer("snapshot__data", "article__text", "text")
            .annotate(beginning=Left("text", 280), length=Length("text"))
        )
        return self.select_related("event", "by").prefetch_related(
            "event__sources", models.Prefetch("drafts", queryset=drafts)
        )


class Delivery(models.Model):
    """What one person brought in at once for an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.event}, {self.at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("delivery", args=[self.pk])


class Draft(models.Model):
    """An article before it is stored: as the file tells it, and then as a person corrected it.

    ``snapshot`` is empty for a file that was too large to be kept.
    """

    class State(models.TextChoices):
        """How far a draft has come."""

        WAITING = "waiting", gettext_lazy("not read yet")
        READ = "read", gettext_lazy("to be added")
        REFUSED = "refused", gettext_lazy("refused")
        ADDED = "added", gettext_lazy("added")
        LEFT_OUT = "left_out", gettext_lazy("left out")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="drafts")
    name = models.CharField(max_length=200, help_text="The file's name, or the page's address.")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.CASCADE, null=True, blank=True, related_name="draft")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    version = models.PositiveIntegerField(default=0, help_text="Where it became a new version: its number.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    kind = models.CharField(max_length=20, blank=True)
    problem = models.TextField(blank=True)
    notices = models.JSONField(blank=True, default=list)
    text = models.TextField(blank=True)
    title = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    corrected = models.BooleanField(default=False, help_text="A person has looked through it.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "read", "refused", "added", "left_out"]), name="draft_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(problem="")) | (~Q(state="refused") & Q(problem="")),
                name="draft_says_why_it_was_refused",
            ),
            models.CheckConstraint(
                condition=Q(state="added", article__isnull=False) | (~Q(state="added") & Q(article__isnull=True)),
                name="draft_that_was_added_has_its_article",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("draft", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to decide what becomes of it."""
        return self.state == self.State.READ
