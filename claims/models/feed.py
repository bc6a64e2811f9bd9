"""Feeds: addresses that are looked at on a schedule, their items, the events of these, and rules for them."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from claims.models.delivery import Draft
from claims.models.event import Event

LONGEST_OUTCOME = 500


class FeedQuerySet(models.QuerySet["Feed"]):
    """What pages ask about feeds."""

    def listed(self) -> FeedQuerySet:
        """Add how many items wait for a decision: ``waiting_count``."""
        waiting = Count("items", filter=Q(items__state="new"))
        return self.annotate(waiting_count=waiting).order_by("title", "pk")


class Feed(models.Model):
    """An address that is looked at every so often. ``outcome`` says in a sentence what came of it the last time.

    ``failures`` counts those in a row: after each the next look waits twice as long.
    """

    INTERVALS = (
        (15, gettext_lazy("every 15 minutes")),
        (60, gettext_lazy("every hour")),
        (360, gettext_lazy("every 6 hours")),
        (1440, gettext_lazy("every day")),
    )

    url = models.URLField(max_length=1000, unique=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True, help_text="A source or an outlet; empty: as pages say.")
    every_minutes = models.PositiveIntegerField(choices=INTERVALS, default=60)
    active = models.BooleanField(default=True)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    modified = models.CharField(max_length=200, blank=True, editable=False)
    next_at = models.DateTimeField(null=True, blank=True, editable=False)
    fetched_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=LONGEST_OUTCOME, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="feed_has_a_title"),
            models.CheckConstraint(condition=Q(every_minutes__gte=5), name="feed_is_not_fetched_all_the_time"),
        ]
        # The worker looks for feeds that are due.
        indexes = [models.Index(fields=["next_at"], condition=Q(active=True), name="feed_due")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("feed", args=[self.pk])


class FeedItemQuerySet(models.QuerySet["FeedItem"]):
    """What pages ask about items."""

    def listed(self) -> FeedItemQuerySet:
        """Bring what a list of items shows: the feed, the events that it may belong to, what became of it."""
        matches = FeedMatch.objects.select_related("event").order_by("-score", "pk")
        found = self.select_related("feed", "event", "draft__delivery", "decided_by", "rule")
        return found.defer("draft__text").prefetch_related(models.Prefetch("matches", matches)).order_by("-at", "-pk")


class FeedItem(models.Model):
    """One item of a feed, kept once. Nothing of its page is stored until it is accepted."""

    class State(models.TextChoices):
        """What became of it."""

        NEW = "new", gettext_lazy("to be decided")
        ACCEPTED = "accepted", gettext_lazy("taken into an event")
        DISMISSED = "dismissed", gettext_lazy("dismissed")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64, help_text="SHA-256 of the item's id, or of its address.")
    url = models.URLField(max_length=1000)
    title = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=1000, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(help_text="When it was published, or else first seen.")
    seen_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="feed_items")
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    rule = models.ForeignKey("FeedRule", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FeedItemQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="feed_item_once_in_its_feed"),
            models.CheckConstraint(
                condition=Q(state="new", decided_at__isnull=True)
                | (Q(state__in=["accepted", "dismissed"]) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="feed_item_is_decided_by_somebody",
            ),
        ]
        # The page of feeds has the newest that wait first.
        indexes = [models.Index(fields=["state", "-at", "-id"], name="feed_item_waiting")]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def text(self) -> str:
        """Return what the feed says of it."""
        return f"{self.title}\n{self.summary}"


class FeedMatch(models.Model):
    """An event that an item may belong to, with the score (0 to 1) and the sentences that it stands on."""

    item = models.ForeignKey(FeedItem, on_delete=models.CASCADE, related_name="matches")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feed_matches")
    score = models.FloatField()
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["item", "-score"]
        verbose_name_plural = "feed matches"
        constraints = [
            models.UniqueConstraint(fields=["item", "event"], name="feed_item_matches_an_event_once"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="feed_match_score_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.score:.2f}"


class FeedRule(models.Model):
    """Where items go by themselves that name all of ``names``: to ``event``, or to a new one where that is empty."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="rules")
    names = models.JSONField(help_text="Every one of them has to be named.")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, blank=True, related_name="feed_rules")
    active = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["feed", "pk"]

    def __str__(self) -> str:
        return gettext("items naming %(names)s") % {"names": gettext(" and ").join(self.names)}


class RuleApplication(models.Model):
    """What a rule did with one item, in a sentence. Rows are only added."""

    rule = models.ForeignKey(FeedRule, on_delete=models.CASCADE, related_name="applications")
    item = models.ForeignKey(FeedItem, on_delete=models.CASCADE, related_name="applications")
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    told = models.CharField(max_length=LONGEST_OUTCOME)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "item"], name="rule_applied_once_to_an_item")]

    def __str__(self) -> str:
        return self.told


def item_key(told: str) -> str:
    """Return by what an item is kept once: the SHA-256 of what the feed knows it by, in hex."""
    return hashlib.sha256(told.encode()).hexdigest()
