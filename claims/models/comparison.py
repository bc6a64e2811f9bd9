"""Comparisons: two sources of one event held against each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.event import Event
from claims.models.run import Run
from claims.models.source import Source
from claims.models.viewer import EVERYTHING, Viewer


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """What pages and services ask about comparisons."""

    def due(self) -> ComparisonQuerySet:
        """Keep those whose matching is to be done, or done again."""
        return self.filter(due_since__isnull=False)

    def for_its_page(self) -> ComparisonQuerySet:
        """Bring what the comparison's page says of it besides its claims and pairs."""
        return self.with_notices().with_fix_count().with_left_behind().select_related("event", "a", "b")

    def with_notices(self) -> ComparisonQuerySet:
        """Add ``notices``: what the event's last run that was carried out had to say, in sentences, or None."""
        done = Run.objects.filter(event=OuterRef("event"), state=Run.State.DONE).order_by("-pk")
        return self.annotate(notices=Subquery(done.values("notices")[:1]))

    def with_left_behind(self) -> ComparisonQuerySet:
        """Add ``has_left_behind``: whether it has decided pairs of words that are no longer in a text."""
        from claims.models.pair import Pair

        behind = Pair.objects.filter(comparison=OuterRef("pk"), stale=True, withdrawn=True)
        return self.annotate(has_left_behind=Exists(behind))

    def with_fix_count(self) -> ComparisonQuerySet:
        """Add ``by_hand``: how much people put right by hand in the comparison or in claims of its two sources."""
        from claims.models.fix import Fix

        return self.annotate(by_hand=Fix.objects.count_seen_from("pk", "event_id", "a_id", "b_id"))

    def touching(self, *sources: Source | None) -> ComparisonQuerySet:
        """Keep those that one of the sources takes part in."""
        keys = [source.pk for source in sources if source is not None]
        return self.filter(Q(a__in=keys) | Q(b__in=keys))


class Comparison(models.Model):
    """Source ``a`` and source ``b`` of an event; ``due_since`` is set while the machine owes a matching."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="comparisons")
    a = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="comparisons_as_a")
    b = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="comparisons_as_b")
    due_since = models.DateTimeField(null=True, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)
    model = models.CharField(max_length=200, blank=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["event", "a__position", "b__position"]
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="comparison_once_for_its_sources"),
            # Sources are made in order, so one order of ids serves both: a pair of sources has one comparison.
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="comparison_of_two_sources_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.a} and {self.b}"

    def get_absolute_url(self) -> str:
        return reverse("comparison", args=[self.event.slug, self.a.slug, self.b.slug])


class LoneQuerySet(models.QuerySet["Lone"]):
    """What pages ask about claims without a counterpart."""

    def standing(self, viewer: Viewer = EVERYTHING) -> LoneQuerySet:
        """Keep the lone claims that nobody has since put into a pair that stands, as far as somebody may see."""
        from claims.models.pair import PairClaim, standing_for

        # Not pair__in=Pair.objects.standing(): SQLite would go through all pairs for every lone claim.
        paired = PairClaim.objects.filter(
            standing_for(viewer, "pair__"),
            claim=OuterRef("claim"),
            pair__comparison=OuterRef("comparison"),
            pair__withdrawn=False,
        )
        return self.filter(~Exists(paired))

    def exported(self) -> LoneQuerySet:
        """Bring what an export writes of each, in the order of the texts; texts of articles stay behind."""
        owners = ("claim__article__publisher", "claim__source", "claim__standing_correction__source")
        near = models.Prefetch("candidates", Candidate.objects.select_related("claim__article"))
        silences = models.Prefetch("claim__silences", Silence.objects.select_related("by"))
        found = self.select_related("comparison__event", "comparison__a", "comparison__b", *owners)
        return (
            found.defer("claim__article__text")
            .prefetch_related(near, silences)
            .order_by("comparison", "claim__article_id", "claim__start", "claim__end")
        )


class Lone(models.Model):
    """A claim that the other source has no counterpart for."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="lone")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lone_in")

    objects = LoneQuerySet.as_manager()

    class Meta:
        ordering = ["comparison", "claim"]
        constraints = [models.UniqueConstraint(fields=["comparison", "claim"], name="lone_once_in_its_comparison")]

    def __str__(self) -> str:
        return f"only: {self.claim}"


class Silence(models.Model):
    """A person's word that the other source says nothing of a claim. A new matching leaves the claim alone."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="silences")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="silences")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["comparison", "claim"]
        constraints = [models.UniqueConstraint(fields=["comparison", "claim"], name="silence_once_in_its_comparison")]

    def __str__(self) -> str:
        return f"only: {self.claim} (confirmed by {self.by})"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """What pages ask about candidates."""

    def near(self, comparison: Comparison, claim_id: int) -> CandidateQuerySet:
        """Bring what came near a lone claim, nearest first.

        Adds ``rejected``, the pair of just these two that people rejected, or None.
        """
        from claims.models.pair import Pair

        near = Cast(OuterRef("claim_id"), models.CharField())
        keys = [Concat(Value(f"{claim_id}|"), near), Concat(near, Value(f"|{claim_id}"))]
        rejected = Pair.objects.rejected().filter(comparison=comparison, key__in=keys)
        found = self.filter(lone__comparison=comparison, lone__claim_id=claim_id, claim__withdrawn=False)
        return found.select_related("claim").annotate(rejected=Subquery(rejected.order_by("pk").values("pk")[:1]))


class Candidate(models.Model):
    """A claim of the other side that came near a lone one and was not taken."""

    lone = models.ForeignKey(Lone, on_delete=models.CASCADE, related_name="candidates")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["lone", "-score", "pk"]
        constraints = [models.UniqueConstraint(fields=["lone", "claim"], name="candidate_once_for_its_lone_claim")]

    def __str__(self) -> str:
        return f"{self.score:.2f} {self.claim}"
