"""The rows: one file per noun, each with its QuerySet."""

from claims.models.annotation import Annotation, Reply, Weight
from claims.models.article import Article
from claims.models.calibration import Calibration
from claims.models.change import Change
from claims.models.claim import Claim, Correction
from claims.models.comparison import Candidate, Comparison, Lone
from claims.models.event import Event
from claims.models.pair import Pair, PairClaim, Side
from claims.models.review import Decision, Review
from claims.models.run import Run
from claims.models.source import Source
from claims.models.vector import Vector
from claims.models.verdict import Reason, ReasonWords, Verdict
from claims.models.version import Former, Version

__all__ = [
    "Annotation",
    "Article",
    "Calibration",
    "Candidate",
    "Change",
    "Claim",
    "Comparison",
    "Correction",
    "Decision",
    "Event",
    "Former",
    "Lone",
    "Pair",
    "PairClaim",
    "Reason",
    "ReasonWords",
    "Reply",
    "Review",
    "Run",
    "Side",
    "Source",
    "Vector",
    "Verdict",
    "Version",
    "Weight",
]
