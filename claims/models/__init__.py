"""The rows: one file per noun, each with its QuerySet."""

from claims.models.adjudication import Adjudication
from claims.models.agreement import Agreement, Kappa
from claims.models.annotation import Annotation, Reply, Weight, Wording
from claims.models.article import Article
from claims.models.assignment import Assignment
from claims.models.calibration import Calibration
from claims.models.change import Change
from claims.models.claim import Claim, Correction
from claims.models.comparison import Candidate, Comparison, Lone, Silence
from claims.models.delivery import Delivery, Draft
from claims.models.event import Event
from claims.models.feed import Feed, FeedItem, FeedMatch, FeedRule, RuleApplication
from claims.models.fix import Fix
from claims.models.judge_answer import JudgeAnswer
from claims.models.library import LibraryChange, Party, Person, Term
from claims.models.notice import Notice
from claims.models.pair import Pair, PairClaim, Side
from claims.models.preference import Preference
from claims.models.reason_review import ReasonReview, Says
from claims.models.report import PublicLink, Report
from claims.models.review import Decision, Review
from claims.models.round import Round
from claims.models.run import Run
from claims.models.search import SavedSearch
from claims.models.snapshot import Snapshot
from claims.models.source import Source
from claims.models.suggestion import SuggestedName, SuggestedPlace
from claims.models.table import Table
from claims.models.token import KeptAnswer, Token
from claims.models.vector import Vector
from claims.models.verdict import Reason, ReasonWords, Verdict
from claims.models.version import Former, Version
from claims.models.viewer import Viewer
from claims.models.webhook import Webhook, WebhookAttempt, WebhookMessage

__all__ = [
    "Adjudication",
    "Agreement",
    "Annotation",
    "Article",
    "Assignment",
    "Calibration",
    "Candidate",
    "Change",
    "Claim",
    "Comparison",
    "Correction",
    "Decision",
    "Delivery",
    "Draft",
    "Event",
    "Feed",
    "FeedItem",
    "FeedMatch",
    "FeedRule",
    "Fix",
    "Former",
    "JudgeAnswer",
    "Kappa",
    "KeptAnswer",
    "LibraryChange",
    "Lone",
    "Notice",
    "Pair",
    "PairClaim",
    "Party",
    "Person",
    "Preference",
    "PublicLink",
    "Reason",
    "ReasonReview",
    "ReasonWords",
    "Reply",
    "Report",
    "Review",
    "Round",
    "RuleApplication",
    "Run",
    "SavedSearch",
    "Says",
    "Side",
    "Silence",
    "Snapshot",
    "Source",
    "SuggestedName",
    "SuggestedPlace",
    "Table",
    "Term",
    "Token",
    "Vector",
    "Verdict",
    "Version",
    "Viewer",
    "Webhook",
    "WebhookAttempt",
    "WebhookMessage",
    "Weight",
    "Wording",
]
