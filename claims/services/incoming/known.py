"""What a draft has to do with the articles that its event has: the same text, or a new one under a known address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from claims.models import Article, Delivery, Draft, Version
from claims.models.article import checksum
from claims.services.incoming.deliver import add_draft, open_draft
from claims.services.refusals import Refused
from claims.services.revise import Revised, revise


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the event that has a draft's text (``same``), or was found at the draft's address.

    ``had`` tells that it had the text in an earlier version: a person says then whether it has it again.
    """

    article: Article
    same: bool
    had: bool = False

    @property
    def next_version(self) -> int:
        """Return the number that the draft's text would have as a version."""
        return self.article.version + 1


def known_at(draft: Draft) -> list[Known]:
    """Return the event's articles that have this text, or were found at this address, the same text first."""
    articles = draft.delivery.event.articles.select_related("publisher").defer("text")
    same = list(articles.filter(checksum=checksum(draft.text)))
    there = articles.filter(url=draft.url) if draft.url else articles.none()
    had = Exists(Version.objects.filter(article=OuterRef("pk"), checksum=checksum(draft.text)))
    others = [one for one in there.annotate(had=had) if one not in same]
    return [Known(one, same=True) for one in same] + [Known(one, same=False, had=vars(one)["had"]) for one in others]


def version_of(known: Iterable[Known]) -> Article | None:
    """Return the article that a draft is a new text of: the only one at its address, if none has or had its text."""
    found = list(known)
    return found[0].article if len(found) == 1 and not (found[0].same or found[0].had) else None


def versions_in(delivery: Delivery, drafts: Iterable[Draft]) -> dict[int, Article]:
    """Return of which articles open drafts are new texts, by draft. Takes two queries, whatever their number."""
    asked = {draft.pk: draft.url for draft in drafts if draft.is_open and draft.url}
    there: dict[str, list[Article]] = defaultdict(list)
    for article in delivery.event.articles.filter(url__in=asked.values()).select_related("publisher").defer("text"):
        there[article.url].append(article)
    alone = {pk: there[url][0] for pk, url in asked.items() if len(there[url]) == 1}
    texts = delivery.drafts.filter(pk__in=alone).values_list("pk", "text") if alone else ()
    sums = {pk: checksum(text) for pk, text in texts}
    had = Version.objects.filter(article__event=delivery.event_id, checksum__in=sums.values())
    known = set(had.values_list("checksum", flat=True))
    return {pk: article for pk, article in alone.items() if sums[pk] not in known}


@transaction.atomic
def add_as_version(draft: Draft, by: AbstractBaseUser, article: Article, *, seen: int) -> Revised:
    """Store a draft's text as the new version of an article at its address.

    Args:
        seen: the number of the version that the person saw, which the text is to follow.

    Raises:
        Refused: for what ``revise`` refuses, if the article is not at the draft's address, or if the draft was added or
            left out meanwhile.
        Stale: if another version came meanwhile.
    """
    draft = open_draft(draft)
    if article.event_id != draft.delivery.event_id or not draft.url or article.url != draft.url:
        raise Refused(
            {"": gettext("That article was not found at this address. Add this one as an article of its own.")}
        )
    revised = revise(article, draft.text, by, f"Fetched again: {draft.url}"[:300], seen=seen)
    draft.article, draft.version, draft.state = revised.version.article, revised.version.number, Draft.State.ADDED
    draft.save()
    draft.delivery.event.snapshots.filter(draft=draft).update(article=article)
    return revised


def add_all(delivery: Delivery, by: AbstractBaseUser) -> tuple[int, int, int]:
    """Store every open draft that lacks nothing, as an article or as a new version of the one at its address.

    Returns:
        How many became articles, how many versions, and how many were not stored.
    """
    added, revised, refused = 0, 0, 0
    for draft in delivery.drafts.filter(state=Draft.State.READ).select_related("delivery__event"):
        try:
            known = known_at(draft)
            article = version_of(known)
            if any(one.had for one in known):
                refused += 1
            elif article is not None:
                add_as_version(draft, by, article, seen=article.version)
                revised += 1
            else:
                add_draft(draft, by)
                added += 1
        except Refused:
            refused += 1
    return added, revised, refused
