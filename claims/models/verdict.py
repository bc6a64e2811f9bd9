"""The machine's verdict on a pair, with its reasons and the words that show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from claims.analysis.structures import DivergenceKind, ReasonKind, Relation
from claims.models.claim import Claim
from claims.models.pair import Pair, Side

RELATIONS = [(relation.value, relation.value) for relation in Relation]
DIVERGENCE_KINDS = [(kind.value, kind.value) for kind in DivergenceKind]
LONGEST_JUDGE = 200
LONGEST_QUOTED = 500
SILENT = "–"  # in the place of a side's words, where it has none
REASON_KINDS = [(kind.value, kind.value.replace("_", " ")) for kind in ReasonKind]


class Verdict(models.Model):
    """What the machine says of a pair. People's reviews are rows of their own.

    ``relation`` is empty while the worker has not yet judged claims that a person put together.
    """

    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="verdict")
    relation = models.CharField(max_length=10, choices=RELATIONS, blank=True)
    kind = models.CharField(max_length=10, choices=DIVERGENCE_KINDS, blank=True)
    confidence = models.FloatField()
    judge = models.CharField(max_length=LONGEST_JUDGE, blank=True, default="")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=[r.value for r in Relation]) | Q(relation="", confidence=0),
                name="verdict_is_a_relation",
            ),
            models.CheckConstraint(
                condition=Q(relation="diverge", kind__in=[k.value for k in DivergenceKind])
                | (~Q(relation="diverge") & Q(kind="")),
                name="verdict_kind_goes_with_diverge",
            ),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="verdict_confidence_is_a_share"),
        ]
        # The review queue shows the most uncertain first.
        indexes = [models.Index(fields=["confidence"], name="verdict_by_confidence")]

    def __str__(self) -> str:
        return f"{self.relation} {self.kind}".strip() or "not judged yet"


class Reason(models.Model):
    """One typed difference of a verdict, in words that a reader understands."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="reasons")
    kind = models.CharField(max_length=20, choices=REASON_KINDS)
    explanation = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["verdict", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "kind"], name="reason_kind_once_in_its_verdict"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in ReasonKind]), name="reason_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.explanation}"

    @property
    def quoted(self) -> str:
        """Return what people's words on this reason are tied to (see ``quoted``); prefetch ``words`` with claims."""
        words = sorted(self.words.all(), key=lambda one: (one.side, one.start))
        return quoted(((one.side, one.text) for one in words), self.explanation)


class ReasonWords(models.Model):
    """Words of a claim that show a reason, at offsets of the claim's article (a trigger keeps them in the claim)."""

    reason = models.ForeignKey(Reason, on_delete=models.CASCADE, related_name="words")
    side = models.CharField(max_length=1, choices=Side)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["reason", "side", "start"]
        constraints = [models.CheckConstraint(condition=Q(start__lt=F("end")), name="reason_words_are_not_empty")]
        verbose_name_plural = "reason words"

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Return the words themselves."""
        return self.claim.text[self.start - self.claim.start : self.end - self.claim.start]


def quoted(words: Iterable[tuple[str, str]], explanation: str) -> str:
    """Return the words of a reason in one line: "agreed / will consider"; its explanation where it quotes none.

    Args:
        words: side and text of each, in document order.
    """
    sides: dict[str, list[str]] = {"a": [], "b": []}
    for side, text in words:
        sides[side].append(" ".join(text.split()))
    told = " / ".join(", ".join(texts) or SILENT for texts in sides.values()) if any(sides.values()) else explanation
    return told.strip()[:LONGEST_QUOTED].strip()
