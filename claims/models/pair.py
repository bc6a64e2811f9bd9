"""Pairs: claims of two sources that are about the same thing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.urls import reverse

from claims.models.claim import Claim
from claims.models.comparison import Comparison
from claims.models.viewer import EVERYTHING, Viewer


class Side(models.TextChoices):
    """Which of a comparison's two sources."""

    A = "a", "a"
    B = "b", "b"


class Outcome(models.TextChoices):
    """What the reviews of a pair say together."""

    UNDECIDED = "", "undecided"
    AGREE = "agree", "agree"
    PARTIAL = "partial", "partial"
    DIVERGE = "diverge", "diverge"
    NO_MATCH = "no_match", "not a match"
    DISPUTED = "disputed", "disputed"


MOST_UNCERTAIN = ("verdict__confidence", "score", "pk")  # what to sort by to have the least certain pairs first


def hidden_from(viewer: Viewer, pair: str = "") -> Q | None:
    """Return the condition under which others' verdicts and notes on a pair are hidden from somebody; None if never.

    Args:
        pair: the way from the row at hand to its pair, "pair" for instance; empty where the row is the pair.
    """
    if viewer.sees_all:
        return None
    from claims.models.review import Review

    own = Review.objects.filter(pair=OuterRef(pair or "pk"), reviewer_id=viewer.pk or 0)
    blind = f"{pair}__comparison__event__blind" if pair else "comparison__event__blind"
    return Q(**{blind: True}) & ~Q(Exists(own))


class PairQuerySet(models.QuerySet["Pair"]):
    """What pages and services ask about pairs."""

    def standing(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Keep the pairs that count: proposed by the last matching or kept by a person, and not rejected.

        Adds what ``with_shown`` does. In a blind event a pair that others rejected stands for those who have not
        decided on it.
        """
        return self.with_shown(viewer).filter(withdrawn=False).exclude(Q(seen_outcome=Outcome.NO_MATCH))

    def confirmed(self) -> PairQuerySet:
        """Keep the pairs that people decided on and did not reject: a new matching keeps each as it is."""
        return self.exclude(outcome__in=[Outcome.UNDECIDED, Outcome.NO_MATCH])

    def decided(self) -> list[tuple[float, bool]]:
        """Return the score of each pair that people decided on, and whether more of them hold it for a match than not.

        A final verdict counts alone. Those on which as many say the one as the other are left out, and withdrawn ones
        too: their scores are of another matching.
        """
        rejects = Q(reviews__decision="no_match")
        counted = self.filter(withdrawn=False).annotate(
            in_favour=Count("reviews", filter=~rejects), against=Count("reviews", filter=rejects)
        )
        settled = counted.exclude(in_favour=F("against"), final=False).order_by("pk")
        rows = settled.values_list("score", "in_favour", "against", "final", "outcome")
        return [
            (score, outcome != Outcome.NO_MATCH if final else in_favour > against)
            for score, in_favour, against, final, outcome in rows
        ]

    def with_shown(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Add what somebody sees of people's verdicts.

        ``hidden`` is whether those of others are hidden from them, ``seen_outcome`` the outcome without what is hidden
        (a final verdict never is), ``shown`` the relation that counts (people's where they agree, else the machine's),
        and ``reviewed`` whether a decision can be seen.
        """
        from claims.models.review import Review

        reviewed = Q(Exists(Review.objects.filter(pair=OuterRef("pk"))))
        condition = hidden_from(viewer)
        if condition is None:
            seen = self.annotate(hidden=Value(False), seen_outcome=F("outcome"))
        else:
            seen = self.annotate(hidden=ExpressionWrapper(condition, BooleanField())).annotate(
                seen_outcome=Case(When(hidden=True, final=False, then=Value("")), default=F("outcome"))
            )
            reviewed = Q(final=True) | (Q(hidden=False) & reviewed)
        return seen.annotate(
            shown=Case(
                When(seen_outcome__in=[Outcome.AGREE, Outcome.PARTIAL, Outcome.DIVERGE], then=F("seen_outcome")),
                default=F("verdict__relation"),
                output_field=CharField(),
            ),
            reviewed=ExpressionWrapper(reviewed, BooleanField()),
        )

    def open_to(self, viewer: Viewer) -> PairQuerySet:
        """Keep the pairs whose verdicts somebody may see."""
        condition = hidden_from(viewer)
        return self if condition is None else self.exclude(condition)

    def differing(self) -> PairQuerySet:
        """Keep the pairs on which reviewers do not all say the same, adjudicated or not."""
        suspects = self.filter(Q(outcome=Outcome.DISPUTED) | Q(final=True), withdrawn=False)
        return suspects.annotate(first=Min("reviews__decision"), last=Max("reviews__decision")).exclude(first=F("last"))

    def side_by_side(self) -> PairQuerySet:
        """Bring what the page of disagreements shows of each pair, in a fixed number of queries."""
        from claims.models.adjudication import Adjudication
        from claims.models.review import Review

        members = PairClaim.objects.select_related("claim").order_by("claim__article_id", "claim__start")
        return self.select_related("comparison__event", "comparison__a", "comparison__b", "verdict").prefetch_related(
            Prefetch("members", members),
            Prefetch("reviews", Review.objects.select_related("reviewer")),
            Prefetch("adjudications", Adjudication.objects.select_related("editor").order_by("-version")),
        )

    def undecided_by(self, reviewer_id: int | None) -> PairQuerySet:
        """Keep the pairs that this reviewer has not decided; with nobody given, those that nobody has."""
        from claims.models.review import Review

        decided = Review.objects.filter(pair=OuterRef("pk"))
        if reviewer_id is not None:
            decided = decided.filter(reviewer_id=reviewer_id)
        return self.filter(~Exists(decided))

    def whole(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Bring everything that a pair's page shows to somebody, in a fixed number of queries."""
        from claims.models.adjudication import Adjudication
        from claims.models.annotation import Annotation
        from claims.models.assignment import Assignment
        from claims.models.review import Review
        from claims.models.verdict import Reason, ReasonWords

        members = PairClaim.objects.select_related(
            "claim__article__publisher", "claim__source", "claim__standing_correction__source"
        ).order_by("claim__article_id", "claim__start")
        reasons = Reason.objects.prefetch_related(Prefetch("words", ReasonWords.objects.select_related("claim")))
        return self.select_related("comparison__event", "comparison__a", "comparison__b", "verdict").prefetch_related(
            Prefetch("members", members),
            Prefetch("verdict__reasons", reasons),
            Prefetch("reviews", Review.objects.visible_to(viewer).select_related("reviewer")),
            Prefetch("annotations", Annotation.objects.threads(viewer)),
            Prefetch("adjudications", Adjudication.objects.select_related("editor").order_by("-version")),
            Prefetch("assignments", Assignment.objects.select_related("reviewer")),
        )


class Pair(models.Model):
    """Claims of both sources; its identity is which claims, so that a new matching finds it again.

    A pair is never deleted while a person's review or annotation hangs on it: what the machine no longer proposes is
    ``withdrawn``. ``outcome`` sums up the reviews and is written with them, in the same transaction; where an editor
    has adjudicated, it is ``final`` and their decision.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="pairs")
    key = models.CharField(max_length=500, editable=False)
    score = models.FloatField()
    sure = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.UNDECIDED, blank=True)
    final = models.BooleanField(default=False)
    claims = models.ManyToManyField(Claim, through="PairClaim", related_name="pairs")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["comparison", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "key"], name="pair_once_in_its_comparison"),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="pair_score_is_a_share"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="pair_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(final=False) | ~Q(outcome__in=[Outcome.UNDECIDED, Outcome.DISPUTED]),
                name="final_pair_has_a_decision",
            ),
        ]
        # The review queue walks the standing pairs.
        indexes = [models.Index(fields=["withdrawn", "outcome"], name="pair_by_standing")]

    def __str__(self) -> str:
        return f"pair {self.pk} of {self.comparison_id}"

    def get_absolute_url(self) -> str:
        return reverse("pair", args=[self.pk])

    def claims_of(self, side: str) -> list[Claim]:
        """Return the claims of one side in document order; prefetch ``members`` where many pairs are shown."""
        return [member.claim for member in self.members.all() if member.side == side]


class PairClaim(models.Model):
    """That a claim belongs to a pair, and on which side. A trigger keeps it with the comparison's sources.

    ``differing`` are the words that the other side says otherwise or not at all: ``[[start, end], …]`` in the article.
    """

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="members")
    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, related_name="memberships")
    side = models.CharField(max_length=1, choices=Side)
    differing = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["pair", "side", "claim"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "claim"], name="claim_once_in_its_pair"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="pair_claim_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.claim}"


def pair_key(a: Iterable[int], b: Iterable[int]) -> str:
    """Return the identity of a pair from the ids of its claims, whatever their order: ``"3.4|9"``."""
    return "|".join(".".join(str(key) for key in sorted(side)) for side in (a, b))


def pair_members(key: str) -> tuple[list[int], list[int]]:
    """Return the ids of side a's and side b's claims from a pair's key."""
    a, b = ([int(one) for one in side.split(".")] for side in key.split("|"))
    return a, b
