"""Give an article a new text: what stands keeps its claims, what changed is told to those who decided on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from claims.models import Article, Source, Version
from claims.models.version import LONGEST_WHY
from claims.models.webhook import Kind
from claims.services.analyse import request_run
from claims.services.carry_claims import carry_claims
from claims.services.carry_pairs import carry_pairs
from claims.services.ingest import check_text, with_plain_line_ends
from claims.services.refusals import Refused, Stale
from claims.services.webhooks.announcing import announce

_SAME = gettext_noop("This is the text that is stored now. Nothing was changed.")
_OVERTAKEN = gettext_noop("Somebody else stored version {number} while you wrote.")
_TOO_LONG = gettext_noop("This is too long: keep it under {longest} characters.")


@dataclass(frozen=True, slots=True)
class Revised:
    """What a new text brought: how many claims stand, changed and went, and how many decided pairs that touched."""

    version: Version
    standing: int
    changed: int
    gone: int
    stale: int


@transaction.atomic
def revise(
    article: Article, text: str, by: AbstractBaseUser | None, why: str = "", *, seen: int | None = None
) -> Revised:
    """Store a new version of an article's text, and have what changed read and matched again.

    A claim whose statement stands lives on as the same row, with all that people said of it, at its new place. One
    that changed goes on as a new claim, and one that went is kept with the version that it stood in last; the pairs
    that people decided with their help are stale until somebody decides anew. Line ends become ``\\n``.

    Args:
        by: who stores it; None for a folder that is loaded.
        seen: the number of the version that the new text was made from, where that is known.

    Raises:
        Refused: if the text is none that an article can have, or is that of the event already.
        Stale: if another version came meanwhile.
    """
    text = with_plain_line_ends(text)
    article = Article.objects.select_for_update().select_related("event").get(pk=article.pk)
    _refuse_wrong(article, text, why, seen)
    from claims.analysis.revision import Revision  # not before somebody revises: the pages do not need it

    revision = Revision.of(article.text, text)
    version = _store(article, text, by, why)
    carried = carry_claims(article, revision)
    stale = carry_pairs(carried, by)
    if not revision.only_blanks:
        _owe(article, carried.touched)
    if article.event.owes_anything():
        request_run(article.event)
    told = {"by": by.get_username() if by else None, "stale": stale}
    announce(Kind.ARTICLE_REVISED, article.event, {"article": article.pk, "version": version.number}, told)
    return Revised(version, len(carried.standing), len(carried.followers), carried.gone, stale)


def _refuse_wrong(article: Article, text: str, why: str, seen: int | None) -> None:
    if seen is not None and seen != article.version:
        raise Stale(gettext(_OVERTAKEN).format(number=article.version))
    if text == article.text:
        raise Refused({"text": gettext(_SAME)})
    problems = check_text(article.event, text)
    if len(why.strip()) > LONGEST_WHY:
        problems["why"] = gettext(_TOO_LONG).format(longest=LONGEST_WHY)
    if problems:
        raise Refused(problems)


def _store(article: Article, text: str, by: AbstractBaseUser | None, why: str) -> Version:
    article.version += 1
    article.text = text
    version = Version.objects.create(
        article=article, number=article.version, text=text, by_id=by.pk if by else None, why=why.strip()
    )
    article.save(update_fields=["text", "checksum", "version"])
    return version


def _owe(article: Article, touched: set[Source]) -> None:
    """Have the article read again, and the comparisons whose claims changed matched; the reading may add to those."""
    Article.objects.filter(pk=article.pk).update(read_at=None)
    article.event.owe_matching(*touched)
