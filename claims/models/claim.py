"""Claims: the statements of an article, and people's corrections of who makes them."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Prefetch, Q, When
from django.db.models.functions import Coalesce, Greatest, Substr
from django.urls import reverse

from claims.analysis import structures
from claims.models.article import Article
from claims.models.index import Term, text_index
from claims.models.source import Source
from claims.models.viewer import EVERYTHING, Viewer

AROUND = 240  # characters of the article brought along on both sides of a claim that is listed


class ClaimQuerySet(models.QuerySet["Claim"]):
    """What pages and services ask about claims."""

    def in_order(self) -> ClaimQuerySet:
        """Sort by article and place in it, the claims that stand first, then those of each past version."""
        return self.order_by("article_id", "past_version", "start", "end")

    def current(self) -> ClaimQuerySet:
        """Keep the claims of the newest reading; others stand only because people decided on them."""
        return self.filter(withdrawn=False)

    def attributed(self) -> ClaimQuerySet:
        """Add ``attributed_to``: the id of the source, by a person's correction or else by the machine."""
        return self.annotate(
            attributed_to=Case(
                When(standing_correction__isnull=False, then=F("standing_correction__source_id")),
                default=F("source_id"),
                output_field=models.BigIntegerField(null=True),
            )
        )

    def of_sources(self, *sources: Source) -> ClaimQuerySet:
        """Keep the current claims that belong to one of the sources, in document order."""
        keys = [source.pk for source in sources]
        belonging = self.current().attributed().filter(attributed_to__in=keys)  # type: ignore[misc]
        return belonging.order_by("article_id", "start")

    def owners(self, *sources: Source) -> dict[int, int]:
        """Return for each current claim of the sources, by its id, the id of the one that it belongs to now."""
        return dict(self.of_sources(*sources).values_list("pk", "attributed_to"))  # type: ignore[misc]

    def by_hand(self) -> ClaimQuerySet:
        """Keep the current claims whose edges a person drew, in document order."""
        return self.current().filter(made_by__isnull=False).order_by("article_id", "start")

    def saying(self, terms: Sequence[Term]) -> ClaimQuerySet:
        """Keep the claims that hold every term, and none of those that may not occur."""
        found = self
        for chosen in text_index().holding([term for term in terms if not term.absent]):
            found = found.filter(pk__in=chosen)
        for term in terms:
            if term.absent:
                for chosen in text_index().holding([term]):
                    found = found.exclude(pk__in=chosen)
        return found

    def dated(self) -> ClaimQuerySet:
        """Add ``said_on``: the day its article was published, or else the event's."""
        return self.annotate(said_on=Coalesce("article__published", "article__event__date"))

    def newest_first(self) -> ClaimQuerySet:
        """Sort by day, the newest first, and within one by the place in the texts."""
        return self.dated().order_by(F("said_on").desc(nulls_last=True), "article_id", "start", "pk")

    def listed(self, viewer: Viewer = EVERYTHING) -> ClaimQuerySet:
        """Bring what a list of found claims shows to somebody, in four queries whatever its length.

        That is who makes a claim, where it stands with ``before`` and ``after``, the text around it, and
        ``standing_pairs`` and ``standing_lone``: how it relates to others.
        """
        from claims.models.comparison import Lone
        from claims.models.pair import Pair

        pairs = Pair.objects.standing(viewer).select_related("comparison__a", "comparison__b", "verdict")
        lone = Lone.objects.standing(viewer).select_related("comparison__a", "comparison__b")
        first = Greatest(F("start") - AROUND, 0)
        return (
            self.dated()
            .attributed()
            .annotate(
                before=Substr("article__text", first + 1, F("start") - first),
                after=Substr("article__text", F("end") + 1, AROUND),
            )
            .select_related("article__event", "article__publisher", "source", "standing_correction__source")
            .defer("article__text")
            .prefetch_related(
                Prefetch("pairs", pairs.prefetch_related("verdict__reasons"), to_attr="standing_pairs"),
                Prefetch("lone_in", lone, to_attr="standing_lone"),
            )
        )


class Claim(models.Model):
    """One statement, at exact offsets of its article's text; its identity is article, start and end.

    ``made_by`` is who drew its edges, where a person did: a new reading leaves that stretch of the text alone.

    ``source`` is the machine's attribution: a compared source, or none, and then ``voice`` names the outlet or the
    third party that speaks. A person's correction is a row of its own; ``standing_correction`` points to the last.

    ``past_version`` is 0 while its words stand in the article's newest text. Once they do not, it is the number of the
    last version that they stood in, whose text its offsets belong to; ``follows`` leads from what stands now to those
    whose place it took.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="claims")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, null=True, blank=True, related_name="claims")
    voice = models.CharField(max_length=200, blank=True)
    speaker = models.CharField(max_length=200, blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    quoted = models.BooleanField(default=False)
    implicit = models.BooleanField(default=False)
    confidence = models.FloatField(default=1.0)
    withdrawn = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(null=True, blank=True)
    past_version = models.PositiveIntegerField(default=0, editable=False)
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followed_by", blank=True, editable=False)
    standing_correction = models.ForeignKey(
        "Correction", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start"]
        constraints = [
            models.UniqueConstraint(fields=["article", "past_version", "start", "end"], name="claim_once_at_its_place"),
            models.CheckConstraint(condition=Q(past_version=0) | Q(withdrawn=True), name="past_claim_is_withdrawn"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="claim_is_not_empty"),
            models.CheckConstraint(
                condition=Q(cue_start__isnull=True, cue_end__isnull=True)
                | Q(cue_start__isnull=False, cue_end__isnull=False, cue_start__lt=F("cue_end")),
                name="claim_cue_is_a_span",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False, voice="") | (Q(source__isnull=True) & ~Q(voice="")),
                name="claim_has_one_source",
            ),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="claim_confidence_is_a_share"),
            models.CheckConstraint(
                condition=Q(made_by__isnull=True, made_at__isnull=True)
                | Q(made_by__isnull=False, made_at__isnull=False),
                name="claim_is_made_by_somebody",
            ),
        ]
        # That a claim ends within its article's text is a trigger: see the migration "the_text_holds_its_spans".

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self) -> str:
        if self.past_version:
            return f"{reverse('version', args=[self.article_id, self.past_version])}?claim={self.pk}#claim-{self.pk}"
        return f"{reverse('article', args=[self.article_id])}#claim-{self.pk}"

    @property
    def whole_text(self) -> str:
        """Return the text that its offsets belong to: the article's, or that of the past version that it stood in."""
        if self.past_version:
            return self.article.versions.get(number=self.past_version).text
        return self.article.text

    @property
    def standing_source(self) -> Source | None:
        """Return the compared source that the claim belongs to now, by a person's word or the machine's."""
        return self.standing_correction.source if self.standing_correction else self.source

    @property
    def standing_voice(self) -> str:
        """Return the name of whoever makes the claim now."""
        if correction := self.standing_correction:
            return correction.source.name if correction.source else correction.voice
        return self.source.name if self.source else self.voice

    @property
    def cue(self) -> str:
        """Return the attributing words, or nothing."""
        if self.cue_start is None or self.cue_end is None:
            return ""
        return self.whole_text[self.cue_start : self.cue_end]

    def as_structure(self) -> structures.Claim:
        """Return the claim as the analysis reads it, with the source it belongs to now."""
        cue = None
        if self.cue_start is not None and self.cue_end is not None:
            cue = structures.Span(self.cue_start, self.cue_end)
        return structures.Claim(
            article=self.article.name,
            span=structures.Span(self.start, self.end),
            text=self.text,
            source=self.standing_voice,
            speaker=self.speaker or None,
            cue=cue,
            quoted=self.quoted,
            implicit=self.implicit,
            confidence=self.confidence,
        )


class Correction(models.Model):
    """A person's word on who makes a claim. Corrections are only added; the last one stands."""

    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, related_name="corrections")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="corrections")
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    voice = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, voice="") | (Q(source__isnull=True) & ~Q(voice="")),
                name="correction_names_one_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source or self.voice} (by {self.editor})"
