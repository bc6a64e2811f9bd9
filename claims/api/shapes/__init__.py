"""What goes over the wire, one class per noun; ``of`` makes it from a row that its queryset has brought whole."""

from claims.api.shapes.annotations import Anchor, Annotation, Reply
from claims.api.shapes.base import Key, Line, Named, Note, Slug, Word
from claims.api.shapes.claims import Claim, ClaimLine, Found
from claims.api.shapes.events import Article, ArticleText, Comparison, Event, EventLine, Progress, Source
from claims.api.shapes.pairs import FinalVerdict, Pair, PairLine, Reason, Review, WordOnReason

__all__ = [
    "Anchor",
    "Annotation",
    "Article",
    "ArticleText",
    "Claim",
    "ClaimLine",
    "Comparison",
    "Event",
    "EventLine",
    "FinalVerdict",
    "Found",
    "Key",
    "Line",
    "Named",
    "Note",
    "Pair",
    "PairLine",
    "Progress",
    "Reason",
    "Reply",
    "Review",
    "Slug",
    "Source",
    "Word",
    "WordOnReason",
]
