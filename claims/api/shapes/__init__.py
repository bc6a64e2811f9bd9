"""What goes over the wire, one class per noun; ``of`` makes it from a row that its queryset has brought whole."""

from claims.api.shapes.annotations import Anchor, Annotation, Reply
from claims.api.shapes.assignments import Assignment, SharePlan, Sharing
from claims.api.shapes.base import IS_TEXT, AnyKey, Key, Line, Named, Note, Slug, Word
from claims.api.shapes.claims import Claim, ClaimLine, Found
from claims.api.shapes.events import Article, ArticleText, Comparison, Event, EventLine, Progress, Source
from claims.api.shapes.feeds import Feed, FeedItem, FeedRule, TriedRule
from claims.api.shapes.fixes import Fix, Silence
from claims.api.shapes.incoming import (
    Delivery,
    Draft,
    DraftLine,
    FirstRow,
    KnownArticle,
    Table,
    TableLine,
    Tried,
)
from claims.api.shapes.library import LibraryChange, Party, PartyLine, Person, SuggestedName
from claims.api.shapes.pairs import FinalVerdict, Pair, PairLine, Reason, Review, WordOnReason

__all__ = [
    "IS_TEXT",
    "Anchor",
    "Annotation",
    "AnyKey",
    "Article",
    "ArticleText",
    "Assignment",
    "Claim",
    "ClaimLine",
    "Comparison",
    "Delivery",
    "Draft",
    "DraftLine",
    "Event",
    "EventLine",
    "Feed",
    "FeedItem",
    "FeedRule",
    "FinalVerdict",
    "FirstRow",
    "Fix",
    "Found",
    "Key",
    "KnownArticle",
    "LibraryChange",
    "Line",
    "Named",
    "Note",
    "Pair",
    "PairLine",
    "Party",
    "PartyLine",
    "Person",
    "Progress",
    "Reason",
    "Reply",
    "Review",
    "SharePlan",
    "Sharing",
    "Silence",
    "Slug",
    "Source",
    "SuggestedName",
    "Table",
    "TableLine",
    "Tried",
    "TriedRule",
    "Word",
    "WordOnReason",
]
