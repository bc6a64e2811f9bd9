"""Pairs: claims of two sources that are about the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
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
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy

from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.comparison import Comparison
from claims.models.version import Former
from claims.models.viewer import EVERYTHING, Viewer


class Side(models.TextChoices):
    """Which of a comparison's two sources."""

    A = "a", "a"
    B = "b", "b"


class Outcome(models.TextChoices):
    """What the reviews of a pair say together."""

    UNDECIDED = "", gettext_lazy("undecided")
    AGREE = "agree", gettext_lazy("agree")
    PARTIAL = "partial", gettext_lazy("partial")
    DIVERGE = "diverge", gettext_lazy("diverge")
    NO_MATCH = "no_match", gettext_lazy("not a match")
    DISPUTED = "disputed", gettext_lazy("disputed")


MOST_UNCERTAIN = ("verdict__confidence", "score", "pk")  # what to sort by to have the least certain pairs first


_IS_SEEN = ~Q(seen_outcome=Outcome.UNDECIDED)  # that a decision can be seen

_RELATED = ("comparison__event", "comparison__a", "comparison__b", "verdict", "made_by", "merged_into")


def hidden_from(viewer: Viewer, pair: str = "") -> Q | None:
    """Return the condition under which others' verdicts and notes on a pair are hidden from somebody; None if never.

    Args:
        pair: the way from the row at hand to its pair, "pair" for instance; empty where the row is the pair.
    """
    if viewer.sees_everything:
        return None
    from claims.models.review import Review

    own = Review.objects.filter(pair=OuterRef(pair or "pk"), reviewer_id=viewer.pk or 0)
    blind = f"{pair}__comparison__event__blind" if pair else "comparison__event__blind"
    return Q(**{blind: True}) & ~Q(Exists(own))


def standing_for(viewer: Viewer, pair: str) -> Q:
    """Return the condition under which a pair is not rejected for somebody; what is hidden from them rejects nothing.

    Args:
        pair: the way from the row at hand to its pair, "pair__" for instance.
    """
    return _said_by_none(viewer, pair, [Outcome.NO_MATCH])


def differing_for(viewer: Viewer, pair: str) -> Q:
    """Return the condition under which nobody whom somebody may see says that a pair agrees or does not match."""
    return _said_by_none(viewer, pair, [Outcome.NO_MATCH, Outcome.AGREE])


def _said_by_none(viewer: Viewer, pair: str, outcomes: list[Outcome]) -> Q:
    stands = ~Q(**{f"{pair}outcome__in": outcomes})
    hidden = hidden_from(viewer, pair.removesuffix("__"))
    return stands if hidden is None else stands | (hidden & Q(**{f"{pair}final": False}))


class PairQuerySet(models.QuerySet["Pair"]):
    """What pages and services ask about pairs."""

    def standing(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Keep the pairs that count: proposed by the last matching or kept by a person, and not rejected.

        Adds what ``with_shown`` does. In a blind event a pair that others rejected stands for those who have not
        decided on it.
        """
        return self.with_shown(viewer).filter(withdrawn=False).exclude(Q(seen_outcome=Outcome.NO_MATCH))

    def judged(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Keep the standing pairs with a relation, people's or the machine's."""
        return self.standing(viewer).filter(verdict__isnull=False).exclude(shown="")  # type: ignore[misc]

    def confirmed(self) -> PairQuerySet:
        """Keep the pairs that people decided on or made by hand and did not reject: a new matching keeps each as it is.

        One that was merged into another counts no more: its claims are in that one.
        """
        by_people = Q(made_by__isnull=False) | ~Q(outcome=Outcome.UNDECIDED)
        return self.filter(by_people, merged_into__isnull=True).exclude(outcome=Outcome.NO_MATCH)

    def rejected(self) -> PairQuerySet:
        """Keep the pairs that people rejected: a new matching proposes them no more."""
        return self.filter(outcome=Outcome.NO_MATCH, merged_into__isnull=True)

    def by_hand(self) -> PairQuerySet:
        """Keep the standing pairs whose claims a person put together: a new matching offers those to no other pair."""
        return self.filter(made_by__isnull=False, withdrawn=False).exclude(outcome=Outcome.NO_MATCH)

    def worked_on(self) -> PairQuerySet:
        """Keep the pairs that people decided on, settled, annotated, or changed by hand."""
        from claims.models.adjudication import Adjudication
        from claims.models.annotation import Annotation
        from claims.models.change import Change
        from claims.models.reason_review import ReasonReview
        from claims.models.review import Review

        rows = (Review.objects, ReasonReview.objects, Annotation.objects, Adjudication.objects)
        held = Q(Exists(Change.objects.filter(pair=OuterRef("pk"), fix__isnull=False)))
        for of_people in rows:
            held |= Q(Exists(of_people.filter(pair=OuterRef("pk"))))
        return self.filter(held | Q(made_by__isnull=False))

    def with_claims(self) -> PairQuerySet:
        """Bring each pair with its claims in document order, to be chosen from a list."""
        members = _in_order()
        return self.prefetch_related(Prefetch("members", members)).order_by("pk")

    def earlier_than(self, pair: Pair, viewer: Viewer) -> PairQuerySet:
        """Bring the pairs that stand no longer and hold what people said of claims that are in this one.

        Adds ``review_count`` and ``note_count``, of what somebody may see. Claims whose edges were drawn anew count by
        their place in the text.
        """
        from claims.models.annotation import Annotation
        from claims.models.review import Review

        merged = Q(merged_into=pair)
        counted = self.filter(comparison_id=pair.comparison_id, withdrawn=True).exclude(pk=pair.pk)
        reviews, notes = Review.objects.visible_to(viewer), Annotation.objects.visible_to(viewer)
        counted = counted.filter(merged | Exists(_sharing(pair))).annotate(
            review_count=Count("reviews", filter=Q(reviews__in=reviews), distinct=True),
            note_count=Count("annotations", filter=Q(annotations__in=notes), distinct=True),
        )
        return counted.filter(merged | Q(review_count__gt=0) | Q(note_count__gt=0)).order_by("pk")

    def later_than(self, pair: Pair, viewer: Viewer) -> PairQuerySet:
        """Keep the standing pairs that have claims of a pair that stands no longer."""
        return self.standing(viewer).filter(Exists(_sharing(pair)), comparison_id=pair.comparison_id).order_by("pk")

    def decided(self) -> list[tuple[float, bool]]:
        """Return the score of each pair that people decided on, and whether more of them hold it for a match than not.

        A final verdict counts alone. Those on which as many say the one as the other are left out, and withdrawn ones
        too: their scores are of another matching. So are those made by hand, which have no score, and those whose text
        changed since: what was decided was of other words.
        """
        rejects = Q(reviews__decision="no_match")
        counted = self.filter(withdrawn=False, stale=False, score__isnull=False).annotate(
            in_favour=Count("reviews", filter=~rejects), against=Count("reviews", filter=rejects)
        )
        settled = counted.exclude(in_favour=F("against"), final=False).order_by("pk")
        rows = settled.values_list("score", "in_favour", "against", "final", "outcome")
        return [
            (score, outcome != Outcome.NO_MATCH if final else in_favour > against)
            for score, in_favour, against, final, outcome in rows
            if score is not None
        ]

    def with_seen(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Add what somebody sees of people's decisions on each pair.

        ``hidden`` is whether those of others are hidden from them, ``seen_outcome`` the outcome without what is hidden
        (a final verdict never is; empty where no decision can be seen), and ``seen_stale`` whether the text changed
        since a decision that can be seen.
        """
        condition = hidden_from(viewer)
        if condition is None:
            return self.annotate(hidden=Value(False), seen_outcome=F("outcome"), seen_stale=F("stale"))
        return self.annotate(hidden=ExpressionWrapper(condition, BooleanField())).annotate(
            seen_outcome=Case(When(hidden=True, final=False, then=Value("")), default=F("outcome")),
            seen_stale=Case(When(hidden=True, final=False, then=Value(False)), default=F("stale")),
        )

    def with_shown(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Add what ``with_seen`` does, and what somebody is shown of each pair.

        ``shown`` is the relation that counts (people's where they agree, else the machine's), and ``reviewed`` whether
        a decision can be seen.
        """
        return self.with_seen(viewer).annotate(
            shown=Case(
                When(seen_outcome__in=[Outcome.AGREE, Outcome.PARTIAL, Outcome.DIVERGE], then=F("seen_outcome")),
                default=F("verdict__relation"),
                output_field=CharField(),
            ),
            reviewed=ExpressionWrapper(_IS_SEEN, BooleanField()),
        )

    def open_to(self, viewer: Viewer) -> PairQuerySet:
        """Keep the pairs whose verdicts somebody may see."""
        condition = hidden_from(viewer)
        return self if condition is None else self.exclude(condition)

    def differing(self) -> PairQuerySet:
        """Keep the pairs on which reviewers do not all say the same, adjudicated or not."""
        suspects = self.filter(Q(outcome=Outcome.DISPUTED) | Q(final=True), withdrawn=False)
        return suspects.annotate(first=Min("reviews__decision"), last=Max("reviews__decision")).exclude(first=F("last"))

    def final_before_change(self) -> PairQuerySet:
        """Keep the pairs whose text changed since an editor gave the final verdict."""
        return self.filter(final=True, stale=True)

    def side_by_side(self) -> PairQuerySet:
        """Bring what the page of disagreements shows of each pair, in a fixed number of queries."""
        from claims.models.adjudication import Adjudication
        from claims.models.review import Review

        members = _in_order()
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

    def decided_by(self, reviewer_id: int | None) -> PairQuerySet:
        """Keep the pairs that this reviewer has decided."""
        from claims.models.review import Review

        return self.filter(Exists(Review.objects.filter(pair=OuterRef("pk"), reviewer_id=reviewer_id)))

    def listed(self, viewer: Viewer) -> PairQuerySet:
        """Bring what a line of the list of pairs shows to somebody, ``mine`` (their own decision) among it."""
        from claims.models.review import Review
        from claims.models.verdict import Reason

        mine = Review.objects.filter(pair=OuterRef("pk"), reviewer_id=viewer.pk).values("decision")[:1]
        members = _in_order()
        shown = self.with_shown(viewer).annotate(mine=Coalesce(Subquery(mine), Value("")))
        return shown.select_related("comparison__event", "comparison__a", "comparison__b", "verdict").prefetch_related(
            Prefetch("members", members), Prefetch("verdict__reasons", Reason.objects.all())
        )

    def progress(self, viewer: Viewer) -> dict[str, int]:
        """Count the pairs, those on which somebody's and on which this person's decision can be seen.

        Returns:
            ``total, by_team, by_me``.
        """
        from claims.models.review import Review

        mine = Review.objects.filter(reviewer_id=viewer.pk, pair__in=self.order_by().values("pk"))
        counts = self.with_seen(viewer).aggregate(total=Count("pk"), by_team=Count("pk", filter=_IS_SEEN))
        return {**counts, "by_me": mine.count() if viewer.pk is not None else 0}

    def reviewable(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Keep the pairs to decide on: those that are proposed, and stale ones even where they no longer are.

        Adds what ``with_seen`` does.
        """
        return self.with_seen(viewer).filter(Q(withdrawn=False) | Q(seen_stale=True))

    def stale_in(self, event_id: int, viewer: Viewer) -> int:
        """Count the pairs of an event that wait to be decided anew, as far as somebody may see. Takes a query."""
        return self.reviewable(viewer).filter(Q(seen_stale=True), comparison__event=event_id).count()

    def touched_by(self, article: Article, viewer: Viewer, *, since: int, until: int) -> PairQuerySet:
        """Bring the pairs whose claims changed or went between two versions of an article, with their sources.

        What somebody may see of them is added as ``with_shown`` does.
        """
        past = Claim.objects.filter(article=article, past_version__gte=since, past_version__lt=until)
        held = Exists(PairClaim.objects.filter(pair=OuterRef("pk"), claim__in=past))
        had = Exists(Former.objects.filter(pair=OuterRef("pk"), claim__in=past))
        rows = self.with_shown(viewer).filter(held | had).select_related("comparison__a", "comparison__b", "verdict")
        return rows.prefetch_related(Prefetch("members", PairClaim.objects.select_related("claim"))).order_by("pk")

    def whole(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Bring everything that a pair's page shows to somebody, in a fixed number of queries."""
        return self._with_parts(_members(), viewer)

    def exported(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Bring what an export writes of each pair, in the order of side a's text; texts of articles stay behind.

        Adds what ``with_shown`` does, and ``last_decision``: the number of the last change by which somebody decided
        on the pair or took a decision back, 0 where nobody did.
        """
        of_a = Q(members__side=Side.A)
        placed = self.with_shown(viewer).annotate(
            article_of_a=Min("members__claim__article", filter=of_a),
            start_of_a=Min("members__claim__start", filter=of_a),
            last_decision=Coalesce(_last_decision(), Value(0)),
        )
        members = _members().defer("claim__article__text")
        whole = placed._with_parts(members, viewer).prefetch_related(_formers())
        return whole.order_by("comparison", F("article_of_a"), F("start_of_a"), "pk")

    def one_whole(self, pk: int, viewer: Viewer) -> Pair | None:
        """Return one pair with what ``with_shown`` adds and ``whole`` brings, or None.

        What people said is asked for only where there is any, since a queue is made of pairs on which nobody said much.
        """
        rows = self.with_shown(viewer).select_related(*_RELATED)
        sayings = _sayings(viewer)
        any_of = {name: some.model._default_manager.filter(pair=OuterRef("pk")) for name, some in sayings}
        held = {f"has_{name}": Exists(some) for name, some in any_of.items()}
        found = rows.annotate(**held).filter(pk=pk).first()
        if found is not None:
            said = [Prefetch(name, some if vars(found)[f"has_{name}"] else some.none()) for name, some in sayings]
            prefetch_related_objects([found], *_machines(_members()), *said)
        return found

    def _with_parts(self, members: models.QuerySet[PairClaim], viewer: Viewer) -> PairQuerySet:
        said = [Prefetch(name, rows) for name, rows in _sayings(viewer)]
        return self.select_related(*_RELATED).prefetch_related(*_machines(members), *said)

    def reported(self, viewer: Viewer = EVERYTHING) -> PairQuerySet:
        """Bring what a report says to somebody of each standing pair, in seven queries whatever their number."""
        from claims.models.review import Review
        from claims.models.verdict import Reason, ReasonWords

        members = _in_order()
        reasons = Reason.objects.prefetch_related(Prefetch("words", ReasonWords.objects.select_related("claim")))
        return (
            self.standing(viewer)
            .select_related("verdict", "made_by")
            .prefetch_related(
                Prefetch("members", members),
                Prefetch("verdict__reasons", reasons),
                Prefetch("reviews", Review.objects.visible_to(viewer).select_related("reviewer")),
                _formers(),
            )
        )


def _formers() -> Prefetch[Any]:
    """Return how to bring the claims on which people decided before the text changed, without the texts."""
    return Prefetch(
        "formers", Former.objects.by_side().select_related("claim__article__publisher").defer("claim__article__text")
    )


def _machines(members: models.QuerySet[PairClaim]) -> list[Prefetch[Any]]:
    """Return how to bring the claims of pairs, and the reasons of their verdicts with the words that show them."""
    from claims.models.verdict import Reason, ReasonWords

    reasons = Reason.objects.prefetch_related(Prefetch("words", ReasonWords.objects.select_related("claim")))
    return [Prefetch("members", members), Prefetch("verdict__reasons", reasons)]


def _sayings(viewer: Viewer) -> list[tuple[str, models.QuerySet[Any]]]:
    """Return what people said of pairs as far as somebody may see it, by the name under which a pair has it."""
    from claims.models.adjudication import Adjudication
    from claims.models.annotation import Annotation
    from claims.models.assignment import Assignment
    from claims.models.reason_review import ReasonReview
    from claims.models.review import Review

    return [
        ("reviews", Review.objects.visible_to(viewer).select_related("reviewer")),
        ("reason_reviews", ReasonReview.objects.visible_to(viewer).select_related("reviewer")),
        ("annotations", Annotation.objects.threads(viewer)),
        ("adjudications", Adjudication.objects.select_related("editor").order_by("-version")),
        ("assignments", Assignment.objects.select_related("reviewer")),
    ]


def _in_order() -> models.QuerySet[PairClaim]:
    """Return which claims belong to which pair, in document order."""
    return PairClaim.objects.select_related("claim").order_by("claim__article_id", "claim__start")


def _members() -> models.QuerySet[PairClaim]:
    """Return which claims belong to which pair, each with its article and whose it is, in document order."""
    of_claims = ("claim__article__publisher", "claim__source", "claim__standing_correction__source")
    return _in_order().select_related(*of_claims)


def _last_decision() -> Subquery:
    from claims.models.change import Change

    decisions = Change.objects.filter(pair=OuterRef("pk"), what__in=[Change.What.REVIEW, Change.What.UNDO])
    return Subquery(decisions.order_by("-pk").values("pk")[:1])


class Pair(models.Model):
    """Claims of both sources; its identity is which claims, so that a new matching finds it again.

    A pair is never deleted while a person's review or annotation hangs on it: what the machine no longer proposes is
    ``withdrawn``. ``outcome`` sums up the reviews and is written with them, in the same transaction; where an editor
    has adjudicated, it is ``final`` and their decision.

    ``made_by`` is who put its claims together, where a person did; the machine has no score for such a pair. One that
    was ``merged_into`` another is withdrawn and keeps what people said of it; its key stands for no claims any more.

    ``changed_at`` is when the text of a claim last changed under people's decisions; the pair is ``stale`` until
    somebody has decided anew. What they read is kept in ``formers``.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="pairs")
    key = models.CharField(max_length=500, editable=False)
    score = models.FloatField(null=True, blank=True)
    sure = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.UNDECIDED, blank=True)
    final = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    stale = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
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
                condition=Q(made_by__isnull=True, made_at__isnull=True, score__isnull=False)
                | Q(made_by__isnull=False, made_at__isnull=False, score__isnull=True)
                | Q(made_by__isnull=True, made_at__isnull=True, withdrawn=True),
                name="pair_has_a_score_or_a_maker",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(withdrawn=True), name="pair_that_was_merged_is_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(final=False) | ~Q(outcome__in=[Outcome.UNDECIDED, Outcome.DISPUTED]),
                name="final_pair_has_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(stale=False) | Q(changed_at__isnull=False), name="pair_is_stale_since_some_time"
            ),
        ]
        # The review queue walks the standing pairs.
        indexes = [models.Index(fields=["withdrawn", "outcome"], name="pair_by_standing")]

    def __str__(self) -> str:
        return f"pair {self.pk} of {self.comparison_id}"

    def get_absolute_url(self) -> str:
        return reverse("pair", args=[self.pk])

    @property
    def can_be_decided(self) -> bool:
        """Tell whether reviewers may decide on it: it is proposed, or its text changed since; never if final."""
        return not self.final and (self.stale or not self.withdrawn)

    @property
    def can_be_settled(self) -> bool:
        """Tell whether it may be adjudicated: it is proposed, or its text changed since people decided."""
        return self.stale or not self.withdrawn

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


def _sharing(pair: Pair) -> models.QuerySet[PairClaim]:
    """Return a subquery for the claims of a pair that share text, in one version, with those of the pair given."""
    shares = PairClaim.objects.filter(
        pair=pair,
        claim__article=OuterRef("claim__article"),
        claim__past_version=OuterRef("claim__past_version"),
        claim__start__lt=OuterRef("claim__end"),
        claim__end__gt=OuterRef("claim__start"),
    )
    return PairClaim.objects.filter(Exists(shares), pair=OuterRef("pk"))


def pair_key(a: Iterable[int], b: Iterable[int]) -> str:
    """Return the identity of a pair from the ids of its claims, whatever their order: ``"3.4|9"``."""
    return "|".join(".".join(str(key) for key in sorted(side)) for side in (a, b))


def pair_members(key: str) -> tuple[list[int], list[int]]:
    """Return the ids of side a's and side b's claims from a pair's key."""
    a, b = ([int(one) for one in side.split(".")] for side in key.split("|"))
    return a, b
