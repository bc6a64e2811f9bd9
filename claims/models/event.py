"""Events: what the sources talk about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from claims.models.viewer import EVERYTHING, Viewer

if TYPE_CHECKING:
    from claims.models.run import Run
    from claims.models.source import Source


def _counted(rows: QuerySet[models.Model], **conditions: object) -> Coalesce:
    """Count ``rows`` of each event in a subquery, so that several counts do not multiply one another."""
    counted = (
        rows.filter(**conditions).order_by().values("event_key").annotate(n=Count("pk", distinct=True)).values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


class EventQuerySet(models.QuerySet["Event"]):
    """What pages ask about events."""

    def search(self, words: str) -> EventQuerySet:
        """Keep the events whose title, sources or parties contain every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(pk__in=self.model._default_manager.filter(sources__name__icontains=word).values("pk"))
                | Q(pk__in=self.model._default_manager.filter(sources__party__icontains=word).values("pk"))
            )
        return found

    def with_counts(self, viewer: Viewer = EVERYTHING) -> EventQuerySet:
        """Add the counts of an event's bar as somebody sees it, a subquery each: ``agree_count`` to ``reviewed_count``.

        ``only_count`` are claims of compared sources that stand in no standing pair of a comparison.
        """
        from claims.models.comparison import Lone
        from claims.models.pair import Pair

        pairs = Pair.objects.standing(viewer).filter(comparison__event=OuterRef("pk"))
        pairs = pairs.annotate(event_key=F("comparison__event"))
        lone = Lone.objects.standing(viewer).filter(comparison__event=OuterRef("pk"))
        lone = lone.annotate(event_key=F("comparison__event"))
        return self.annotate(
            agree_count=_counted(pairs, shown="agree"),
            partial_count=_counted(pairs, shown="partial"),
            diverge_count=_counted(pairs, shown="diverge"),
            only_count=_counted(lone),
            pair_count=_counted(pairs),
            reviewed_count=_counted(pairs, reviewed=True),
        )

    def listed(self, viewer: Viewer = EVERYTHING) -> EventQuerySet:
        """Bring what the page of events shows to somebody, newest event first."""
        return self.with_counts(viewer).prefetch_related("sources", "runs").order_by("-date", "-pk")


class Event(models.Model):
    """Something that happened and that several sources talk about."""

    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, unique=True)
    date = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="An example: its states and people do not exist.")
    blind = models.BooleanField(
        default=False, help_text="Reviewers see what others decided and wrote on a pair only after their own decision."
    )
    shared_out = models.PositiveIntegerField(default=0, editable=False, help_text="How often its pairs were assigned.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        # The page of events is sorted by date.
        indexes = [models.Index(fields=["-date", "-id"], name="event_by_date")]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="event_has_a_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def latest_run(self) -> Run | None:
        """Return the newest run; prefetch ``runs`` where many events are shown."""
        return max(self.runs.all(), key=lambda run: run.pk, default=None)

    def owes_anything(self) -> bool:
        """Tell whether an article is to be read, a comparison to be matched, or the library to be taken over anew."""
        unread, outdated = self.articles.filter(read_at__isnull=True), self.sources.filter(outdated=True)
        return unread.exists() or self.comparisons.due().exists() or outdated.exists()

    def owe_everything(self) -> None:
        """Have every article read and every comparison matched anew at the next run."""
        self.articles.update(read_at=None)
        self.comparisons.update(due_since=timezone.now())

    def owe_matching(self, *sources: Source | None) -> int:
        """Have the comparisons that one of the sources takes part in matched anew; return how many those are."""
        return self.comparisons.touching(*sources).update(due_since=timezone.now())
