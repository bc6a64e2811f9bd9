"""The rows: one file per noun, each with its QuerySet."""

from claims.models.annotation import Annotation, Reply, Weight
from claims.models.article import Article
from claims.models.calibration import Calibration
from claims.models.change import Change
from claims.models.claim import Claim, Correction
from claims.models.comparison import Candidate, Comparison, Lone, Silence
from claims.models.event import Event
from claims.models.fix import Fix
from claims.models.pair import Pair, PairClaim, Side
from claims.models.reason_review import ReasonReview, Says
from claims.models.report import PublicLink, Report
from claims.models.review import Decision, Review
from claims.models.round import Round
from claims.models.run import Run
from claims.models.search import SavedSearch
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
    "Fix",
    "Former",
    "Lone",
    "Pair",
    "PairClaim",
    "PublicLink",
    "Reason",
    "ReasonReview",
    "ReasonWords",
    "Reply",
    "Report",
    "Review",
    "Round",
    "Run",
    "SavedSearch",
    "Says",
    "Side",
    "Silence",
    "Source",
    "Vector",
    "Verdict",
    "Version",
    "Weight",
]
