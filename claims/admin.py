"""Every kind of row in Django's admin, to search and to look up.

Only an event's title and date are changed here. What the analysis reads is changed on the pages, which also have it
analysed anew; what people decided, wrote and corrected, and the log of it, can only be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.models import (
    Adjudication,
    Agreement,
    Annotation,
    Article,
    Assignment,
    Calibration,
    Candidate,
    Change,
    Claim,
    Comparison,
    Correction,
    Delivery,
    Draft,
    Event,
    Feed,
    FeedItem,
    FeedMatch,
    FeedRule,
    Fix,
    JudgeAnswer,
    Kappa,
    LibraryChange,
    Lone,
    Notice,
    Pair,
    PairClaim,
    Party,
    Person,
    PublicLink,
    Reason,
    ReasonReview,
    ReasonWords,
    Reply,
    Report,
    Review,
    Round,
    RuleApplication,
    Run,
    SavedSearch,
    Silence,
    Snapshot,
    Source,
    SuggestedName,
    SuggestedPlace,
    Table,
    Term,
    Token,
    Vector,
    Verdict,
    Version,
    Webhook,
    WebhookMessage,
    Wording,
)
from claims.services.tokens import revoke_token

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    PairClaims = admin.TabularInline[PairClaim, Pair]
else:
    ModelAdmin = admin.ModelAdmin
    PairClaims = admin.TabularInline


class Plain(ModelAdmin):
    """What all lists have in common: no count of the whole table, fifty rows a page."""

    show_full_result_count = False
    list_per_page = 50


class Made(Plain):
    """Rows that the pages and the machine write: no form here, but deletion where nothing of a person hangs on it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse new rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse changes."""
        return False


class Kept(Made):
    """What people said, and the log of it: only added to, never taken away."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse deletion."""
        return False


@admin.register(Event)
class EventAdmin(Plain):
    list_display = ["title", "date", "invented", "created_at"]
    list_filter = ["invented", "date"]
    search_fields = ["title", "slug"]
    date_hierarchy = "date"


@admin.register(Source)
class SourceAdmin(Made):
    list_display = ["name", "party", "event"]
    list_select_related = ["event"]
    search_fields = ["name", "party", "event__title"]


@admin.register(Article)
class ArticleAdmin(Made):
    list_display = ["name", "event", "publisher", "outlet", "published", "language", "read_at"]
    list_filter = ["published", "language"]
    list_select_related = ["event", "publisher"]
    search_fields = ["name", "outlet", "publisher__name", "event__title", "url"]


@admin.register(Comparison)
class ComparisonAdmin(Made):
    list_display = ["event", "a", "b", "matched_at", "due_since", "model"]
    list_filter = ["model"]
    list_select_related = ["event", "a", "b"]
    search_fields = ["event__title", "a__name", "b__name"]


@admin.register(Claim)
class ClaimAdmin(Made):
    list_display = ["__str__", "source", "voice", "speaker", "article", "confidence", "withdrawn"]
    list_filter = ["withdrawn", "quoted", "implicit"]
    list_select_related = ["source", "article__publisher"]
    search_fields = ["text", "voice", "speaker", "source__name"]


class PairClaimInline(PairClaims):
    model = PairClaim
    extra = 0
    fields = ["side", "claim"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[PairClaim]:
        """Bring the claims along."""
        return super().get_queryset(request).select_related("claim")


@admin.register(Pair)
class PairAdmin(Made):
    list_display = ["pk", "comparison", "score", "sure", "outcome", "withdrawn"]
    list_filter = ["outcome", "withdrawn", "sure"]
    list_select_related = ["comparison__a", "comparison__b"]
    search_fields = ["claims__text", "comparison__event__title"]
    inlines = [PairClaimInline]


@admin.register(Verdict)
class VerdictAdmin(Made):
    list_display = ["pair", "relation", "kind", "confidence", "made_at"]
    list_filter = ["relation", "kind"]
    list_select_related = ["pair"]
    search_fields = ["pair__comparison__event__title"]


@admin.register(Reason)
class ReasonAdmin(Made):
    list_display = ["kind", "explanation", "verdict"]
    list_filter = ["kind"]
    list_select_related = ["verdict"]
    search_fields = ["explanation"]


@admin.register(ReasonWords)
class ReasonWordsAdmin(Made):
    list_display = ["__str__", "side", "reason"]
    list_filter = ["side", "reason__kind"]
    list_select_related = ["claim", "reason"]
    search_fields = ["claim__text"]


@admin.register(Lone)
class LoneAdmin(Made):
    list_display = ["claim", "comparison"]
    list_select_related = ["claim", "comparison__a", "comparison__b"]
    search_fields = ["claim__text", "comparison__event__title"]


@admin.register(Candidate)
class CandidateAdmin(Made):
    list_display = ["claim", "lone", "score"]
    list_select_related = ["claim", "lone__claim"]
    search_fields = ["claim__text", "lone__claim__text"]


@admin.register(Review)
class ReviewAdmin(Kept):
    list_display = ["pair", "reviewer", "decision", "made_at"]
    list_filter = ["decision", "made_at"]
    list_select_related = ["pair", "reviewer"]
    search_fields = ["reviewer__username", "pair__comparison__event__title"]


@admin.register(ReasonReview)
class ReasonReviewAdmin(Kept):
    list_display = ["pair", "reviewer", "kind", "words", "says", "made_at"]
    list_filter = ["kind", "says", "made_at"]
    list_select_related = ["pair", "reviewer"]
    search_fields = ["reviewer__username", "words", "pair__comparison__event__title"]


@admin.register(Round)
class RoundAdmin(Made):
    list_display = ["user", "selection", "at", "touched_at"]
    list_select_related = ["user", "at"]
    search_fields = ["user__username", "selection"]


@admin.register(Adjudication)
class AdjudicationAdmin(Kept):
    list_display = ["pair", "version", "decision", "why", "editor", "made_at"]
    list_filter = ["decision", "made_at"]
    list_select_related = ["pair", "editor"]
    search_fields = ["why", "editor__username", "pair__comparison__event__title"]


@admin.register(Assignment)
class AssignmentAdmin(Made):
    list_display = ["pair", "reviewer", "by", "made_at"]
    list_filter = ["made_at"]
    list_select_related = ["pair", "reviewer", "by"]
    search_fields = ["reviewer__username", "pair__comparison__event__title"]


@admin.register(Agreement)
class AgreementAdmin(Made):
    list_display = ["made_at", "event", "pairs", "value", "low", "high", "refusal"]
    list_select_related = ["event"]
    search_fields = ["event__title"]


@admin.register(Kappa)
class KappaAdmin(Made):
    list_display = ["agreement", "a", "b", "pairs", "same", "value", "low", "high", "refusal"]
    list_select_related = ["agreement__event", "a", "b"]
    search_fields = ["a__username", "b__username"]


@admin.register(Annotation)
class AnnotationAdmin(Kept):
    list_display = ["__str__", "author", "kind", "weight", "pair", "created_at", "resolved_at"]
    list_filter = ["kind", "weight", "created_at"]
    list_select_related = ["author", "pair"]
    search_fields = ["text", "quote", "author__username"]


@admin.register(Reply)
class ReplyAdmin(Kept):
    list_display = ["__str__", "author", "annotation", "created_at"]
    list_select_related = ["author", "annotation"]
    search_fields = ["text", "author__username"]


@admin.register(Wording)
class WordingAdmin(Kept):
    list_display = ["version", "text", "annotation", "reply", "by", "replaced_at"]
    list_select_related = ["annotation", "reply", "by"]
    search_fields = ["text", "by__username"]


@admin.register(Notice)
class NoticeAdmin(Made):
    list_display = ["at", "what", "recipient", "actor", "annotation", "read_at"]
    list_filter = ["what", "at"]
    list_select_related = ["recipient", "actor", "annotation"]
    search_fields = ["recipient__username", "actor__username"]


@admin.register(Correction)
class CorrectionAdmin(Kept):
    list_display = ["claim", "source", "voice", "editor", "made_at"]
    list_select_related = ["claim", "source", "editor"]
    search_fields = ["claim__text", "voice", "editor__username"]


@admin.register(Change)
class ChangeAdmin(Kept):
    list_display = ["at", "what", "actor", "before", "after", "pair", "claim", "report", "size", "why", "undone_at"]
    list_filter = ["what", "at"]
    list_select_related = ["actor", "pair", "claim", "report__event", "report__comparison__a", "report__comparison__b"]
    search_fields = ["actor__username", "before", "after", "why"]


@admin.register(Fix)
class FixAdmin(Kept):
    list_display = ["at", "kind", "actor", "event", "comparison", "undone_at"]
    list_filter = ["kind", "at"]
    list_select_related = ["actor", "event", "comparison__a", "comparison__b"]
    search_fields = ["actor__username", "event__title", "was", "now"]


@admin.register(Silence)
class SilenceAdmin(Kept):
    list_display = ["claim", "comparison", "by", "at"]
    list_select_related = ["claim", "comparison__a", "comparison__b", "by"]
    search_fields = ["claim__text", "by__username"]


@admin.register(Version)
class VersionAdmin(Made):
    list_display = ["article", "number", "by", "why", "at"]
    list_filter = ["at"]
    list_select_related = ["article__publisher", "by"]
    search_fields = ["article__name", "why", "by__username"]


@admin.register(Calibration)
class CalibrationAdmin(Kept):
    list_display = ["fitted_at", "by", "decisions", "model", "intercept", "slope", "suggested", "sure", "in_use"]
    list_filter = ["in_use", "model"]
    list_select_related = ["by"]
    search_fields = ["by__username", "model"]


@admin.register(Run)
class RunAdmin(Made):
    list_display = ["event", "state", "tries", "created_at", "started_at", "ended_at", "problem"]
    list_filter = ["state", "created_at"]
    list_select_related = ["event"]
    search_fields = ["event__title", "problem"]


@admin.register(Webhook)
class WebhookAdmin(Made):
    list_display = ["address", "owner", "event", "made_at", "failures", "off_at", "off_why"]
    list_filter = ["off_at"]
    list_select_related = ["owner", "event"]
    search_fields = ["address", "owner__username"]
    exclude = ["secret"]


@admin.register(WebhookMessage)
class WebhookMessageAdmin(Made):
    list_display = ["kind", "name", "webhook", "state", "tries", "made_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["webhook"]
    search_fields = ["name", "webhook__address"]


@admin.register(Token)
class TokenAdmin(Made):
    list_display = ["name", "user", "hint", "scopes", "state", "expires_at", "last_used_at"]
    list_filter = ["reviews", "edits", "made_at"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username"]
    exclude = ["digest"]
    actions = ["revoke"]

    @admin.action(description="Revoke the selected tokens", permissions=["delete"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        """Close tokens at once and for good."""
        for token in queryset:
            revoke_token(token)


@admin.register(Vector)
class VectorAdmin(Made):
    list_display = ["model", "text_hash"]
    list_filter = ["model"]
    search_fields = ["text_hash"]
    exclude = ["values"]


@admin.register(JudgeAnswer)
class JudgeAnswerAdmin(Made):
    list_display = ["judge", "key", "answered_at"]
    list_filter = ["judge", "answered_at"]
    search_fields = ["judge", "key"]


@admin.register(Snapshot)
class SnapshotAdmin(Made):
    list_display = ["__str__", "event", "size", "by", "taken_at"]
    search_fields = ["name", "url", "checksum"]
    exclude = ["data"]
    list_select_related = ["event", "by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        """Leave the bytes where they are."""
        return super().get_queryset(request).defer("data")


@admin.register(Delivery)
class DeliveryAdmin(Made):
    list_display = ["event", "by", "at"]
    search_fields = ["event__title", "by__username"]
    list_select_related = ["event", "by"]


@admin.register(Draft)
class DraftAdmin(Made):
    list_display = ["name", "state", "title", "publisher", "published"]
    list_filter = ["state", "kind"]
    search_fields = ["name", "title"]
    raw_id_fields = ["snapshot", "article"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Draft]:
        """Leave the texts where they are until one is looked at."""
        return super().get_queryset(request).defer("text")


@admin.register(Table)
class TableAdmin(Made):
    list_display = ["__str__", "event", "state", "rows", "added", "by", "at"]
    list_filter = ["state"]
    search_fields = ["snapshot__name", "event__title"]
    list_select_related = ["event", "by", "snapshot"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Table]:
        """Leave the bytes of the files where they are."""
        return super().get_queryset(request).defer("snapshot__data")


@admin.register(Report)
class ReportAdmin(Kept):
    list_display = ["__str__", "event", "version"]
    list_select_related = ["event", "comparison__a", "comparison__b"]
    search_fields = ["introduction", "event__title"]


@admin.register(PublicLink)
class PublicLinkAdmin(Kept):
    list_display = ["report", "state", "made_by", "made_at", "expires_at", "revoked_by", "revoked_at", "indexed"]
    list_filter = ["indexed", "made_at"]
    list_select_related = ["report__event", "report__comparison__a", "report__comparison__b", "made_by", "revoked_by"]
    search_fields = ["report__event__title", "made_by__username"]


@admin.register(SavedSearch)
class SavedSearchAdmin(Made):
    list_display = ["name", "user", "query", "meaning", "created_at"]
    list_select_related = ["user"]
    search_fields = ["name", "query", "user__username"]


@admin.register(Party)
class PartyAdmin(Made):
    list_display = ["name", "within", "merged_into", "created_at"]
    list_select_related = ["within", "merged_into"]
    search_fields = ["name", "folded"]


@admin.register(Person)
class PersonAdmin(Made):
    list_display = ["name", "merged_into", "created_at"]
    list_select_related = ["merged_into"]
    search_fields = ["name", "folded"]


@admin.register(Term)
class TermAdmin(Made):
    list_display = ["title", "person", "party", "since", "until"]
    list_select_related = ["person", "party__within"]
    search_fields = ["title", "person__name", "party__name"]


@admin.register(LibraryChange)
class LibraryChangeAdmin(Kept):
    list_display = ["what", "party", "person", "actor", "at"]
    list_filter = ["what"]
    list_select_related = ["party__within", "person", "actor"]
    search_fields = ["before", "after", "actor__username"]


@admin.register(SuggestedName)
class SuggestedNameAdmin(Made):
    list_display = ["words", "event", "count", "state", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["event", "decided_by"]
    search_fields = ["words", "event__title"]


@admin.register(SuggestedPlace)
class SuggestedPlaceAdmin(Made):
    list_display = ["name", "article", "count", "sentence"]
    list_select_related = ["name", "article__publisher"]
    search_fields = ["sentence", "name__words"]


@admin.register(Feed)
class FeedAdmin(Made):
    list_display = ["title", "url", "active", "fetched_at", "failures", "outcome"]
    list_filter = ["active"]
    search_fields = ["title", "url"]


@admin.register(FeedItem)
class FeedItemAdmin(Made):
    list_display = ["__str__", "feed", "at", "state", "event"]
    list_filter = ["state"]
    list_select_related = ["feed", "event"]
    search_fields = ["title", "url"]
    raw_id_fields = ["draft"]


@admin.register(FeedMatch)
class FeedMatchAdmin(Made):
    list_display = ["item", "event", "score"]
    list_select_related = ["item", "event"]
    search_fields = ["item__title", "event__title"]


@admin.register(FeedRule)
class FeedRuleAdmin(Made):
    list_display = ["__str__", "feed", "event", "active", "by"]
    list_filter = ["active"]
    list_select_related = ["feed", "event", "by"]
    search_fields = ["names", "feed__title"]


@admin.register(RuleApplication)
class RuleApplicationAdmin(Kept):
    list_display = ["rule", "item", "event", "told", "at"]
    list_select_related = ["rule", "item", "event"]
    search_fields = ["told", "item__title"]
