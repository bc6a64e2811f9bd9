"""What the encoder does not cover: which claims stay out of the matching, and how that is said; an editor's correction.

The web process imports this module: nothing here loads a model.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from claims.analysis import languages
from claims.analysis.languages import NAMES
from claims.models import Article, Claim, Comparison, Pair, PairClaim, Source
from claims.services.analyse import request_run
from claims.services.refusals import Refused

LANGUAGES = tuple(sorted(NAMES.items(), key=lambda one: one[1]))


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One text whose claims stay out of the matching, and how many they are."""

    publisher: str
    name: str
    language: str
    claims: int
    model: str

    def __str__(self) -> str:
        """Say it all."""
        return f"{self.ground} {self.way_out}"

    @property
    def ground(self) -> str:
        """Say what was not matched, and why."""
        told = ngettext(
            "%(publisher)s’s text (%(name)s) is in %(language)s, which the model %(model)s does not cover: "
            "its %(claims)s statement was not matched.",
            "%(publisher)s’s text (%(name)s) is in %(language)s, which the model %(model)s does not cover: "
            "its %(claims)s statements were not matched.",
            self.claims,
        )
        return told % {
            "publisher": self.publisher,
            "name": self.name,
            "language": name_of(self.language),
            "model": self.model,
            "claims": self.claims,
        }

    @property
    def way_out(self) -> str:
        """Say what helps."""
        return gettext(
            "Set a model that does (CROSSREAD_MODEL), or correct the language on the article’s page if it is wrong."
        )


def name_of(language: str) -> str:
    """Return a language's name for its code, in the reader's language."""
    return gettext(languages.name_of(language))


def model_name() -> str:
    """Return the name of the encoder that matches now."""
    return settings.CROSSREAD_MODEL or languages.PACKAGED


def covers(language: str) -> bool:
    """Tell whether the encoder covers a language; one that is not known is taken as covered."""
    return languages.covers(settings.CROSSREAD_MODEL, language, settings.CROSSREAD_MODEL_LANGUAGES)


def covered() -> Q:
    """Return the condition on claims that they are in a language that the encoder covers."""
    codes = languages.covered_languages(settings.CROSSREAD_MODEL, settings.CROSSREAD_MODEL_LANGUAGES)
    if codes is None:
        return Q(pk__isnull=False)
    stated = Q(article__stated_language__in=codes)
    return stated | Q(article__stated_language="", article__language__in=[*codes, ""])


def unmatched_of(*sources: Source) -> list[Unmatched]:
    """Return the texts whose claims by these sources stay out of the matching. Takes a query, and
    another one where there are any.

    A claim that people confirmed in a pair is not counted: that pair stays.
    """
    if not sources:
        return []
    kept = PairClaim.objects.filter(pair__in=Pair.objects.confirmed()).values("claim")
    left_out = Claim.objects.of_sources(*sources).exclude(covered()).exclude(pk__in=kept)
    rows = left_out.order_by().values("article").annotate(n=Count("pk", distinct=True))
    counts = {row["article"]: row["n"] for row in rows.filter(article__read_at__isnull=False)}
    articles = Article.objects.filter(pk__in=counts).select_related("publisher").defer("text") if counts else ()
    return [
        Unmatched(one.publisher_name, one.name, one.standing_language, counts[one.pk], model_name()) for one in articles
    ]


@transaction.atomic
def state_language(article: Article, editor: AbstractBaseUser, language: str) -> None:
    """Say which language a text is in, over what was detected; empty takes an earlier word back.

    The event's comparisons are matched again, since claims may join or leave.

    Raises:
        Refused: if the language is none of those that are known here.
    """
    if language and language not in NAMES:
        raise Refused({"language": gettext("Choose a language from the list.")})
    if language == article.stated_language:
        return
    article.stated_language = language
    article.stated_by_id = editor.pk if language else None
    article.stated_at = timezone.now() if language else None
    article.save(update_fields=["stated_language", "stated_by", "stated_at"])
    Comparison.objects.filter(event=article.event).update(due_since=timezone.now())
    request_run(article.event)
