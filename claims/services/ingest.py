"""Bring events, sources and articles in; whatever is wrong is refused before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_noop

from claims.models import Article, Comparison, Event, Party, Source
from claims.models.article import checksum
from claims.services.analyse import request_run
from claims.services.refusals import Refused

# Addresses below /events/ and below an event that a slug must not take.
SLUGS_OF_PAGES = frozenset(
    {"add", "progress", "retry", "articles", "sources", "report", "matrix", "overview", "export"}
)

NO_PUBLISHER = gettext_noop("Say who published the article: one of the sources, or the outlet's name.")


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source as somebody typed it; one of the library (``entry``) gets that one's names beside its own."""

    name: str
    party: str = ""
    aliases: tuple[str, ...] = ()
    spokespeople: tuple[str, ...] = ()
    entry: Party | None = None

    def names(self) -> set[str]:
        """Return everything that a text may call this source by, in one case."""
        return {name.casefold() for name in (self.name, *self.aliases, *self.spokespeople) if name.strip()}


def check_sources(drafts: Sequence[SourceDraft]) -> dict[str, str]:
    """Return what is wrong with an event's sources, by form field (``sources`` for them all)."""
    if any(not draft.name.strip() for draft in drafts):
        return {"sources": gettext("Every source needs a name, for instance “White House”.")}
    if len(drafts) < 2:
        return {"sources": gettext("An event needs at least two sources to compare. Add another one.")}
    for one, other in combinations(drafts, 2):
        if one.name.casefold() == other.name.casefold():
            return {
                "sources": gettext("“%(one)s” is named twice. Keep one of them, or give the other its own name.")
                % {"one": one.name}
            }
        if shared := one.names() & other.names():
            alias = next(name for name in (*one.aliases, *one.spokespeople, one.name) if name.casefold() in shared)
            return {
                "sources": gettext(
                    "“%(alias)s” stands for both %(one)s and %(other)s. Keep it with the source that texts mean by it."
                )
                % {"alias": alias, "one": one.name, "other": other.name}
            }
    return {}


@transaction.atomic
def add_event(
    *, title: str, date: dt.date | None, sources: Sequence[SourceDraft], invented: bool = False, slug: str = ""
) -> Event:
    """Store an event with its sources and a comparison of every two of them.

    Raises:
        Refused: if the title is missing, or for what ``check_sources`` finds.
    """
    problems = check_sources(sources)
    if not title.strip():
        problems["title"] = gettext("Give the event a title, for instance “Phone call of 4 June”.")
    if problems:
        raise Refused(problems)
    event = Event.objects.create(
        title=title.strip(), date=date, invented=invented, slug=slug or _free_slug(title, Event.objects.all())
    )
    for draft in sources:
        _store_source(event, draft)
    return event


@transaction.atomic
def add_source(event: Event, draft: SourceDraft) -> Source:
    """Add a source to an event; its articles by outlets are read again, since they may report the newcomer.

    Raises:
        Refused: for what ``check_sources`` finds.
    """
    _refuse_with(check_sources([*map(draft_of, event.sources.select_related("entry")), draft]))
    source = _store_source(event, draft)
    _read_again(event)
    return source


@transaction.atomic
def change_source(source: Source, draft: SourceDraft) -> Source:
    """Change a source's name, party, aliases and spokespeople, and have the event's articles read again.

    Raises:
        Refused: for what ``check_sources`` finds.
    """
    others = [draft_of(other) for other in source.event.sources.exclude(pk=source.pk).select_related("entry")]
    _refuse_with(check_sources([*others, draft]))
    source.name, source.party = draft.name.strip(), draft.party.strip()
    source.aliases, source.spokespeople = list(draft.aliases), list(draft.spokespeople)
    if draft.entry is None:
        source.library_aliases, source.library_spokespeople = [], []
    source.entry, source.outdated = draft.entry, draft.entry is not None
    source.save()
    # Whether its side is shared with another source changes what the library gives that one.
    source.event.sources.filter(entry__isnull=False).update(outdated=True)
    _read_again(source.event)
    return source


@transaction.atomic
def add_article(
    event: Event,
    *,
    text: str,
    publisher: str,
    name: str = "",
    title: str = "",
    author: str = "",
    published: dt.date | None = None,
    url: str = "",
) -> Article:
    """Store an article and have it read and compared. Line ends become ``\\n``; nothing else of the text is changed.

    Args:
        publisher: the name of one of the event's sources (then it is its own readout), or any outlet's name.

    Raises:
        Refused: if the text is empty, blank, over the size limit, or in the event already; if nobody published it.
    """
    text = with_plain_line_ends(text)
    problems = check_text(event, text)
    if not publisher.strip():
        problems["publisher"] = gettext(NO_PUBLISHER)
    if problems:
        raise Refused(problems)
    source = next((s for s in event.sources.all() if s.name.casefold() == publisher.strip().casefold()), None)
    article = Article.objects.create(
        event=event,
        name=_free_name(event, name or slugify(publisher) or "article"),
        publisher=source,
        outlet="" if source else publisher.strip(),
        title=title.strip(),
        author=author.strip(),
        published=published,
        url=url,
        text=text,
    )
    request_run(event)
    return article


def with_plain_line_ends(text: str) -> str:
    """Return the text with ``\\n`` at the end of every line, as articles are stored."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_text(event: Event, text: str) -> dict[str, str]:
    """Return what is wrong with a new text for the event, by form field."""
    if problem := problem_of_text(text):
        return {"text": problem}
    if event.articles.filter(checksum=checksum(text)).exists():
        return {"text": gettext("The event has this very text already. Nothing was added.")}
    return {}


def problem_of_text(text: str) -> str:
    """Return what keeps a text from being an article's, or ""."""
    limit = settings.CROSSREAD_MAX_ARTICLE_BYTES
    size = len(text.encode(errors="surrogatepass"))
    if not any(sign.isalnum() for sign in text):
        return gettext("There is no text here. Paste the article, or choose a file that holds it.")
    if size > limit:
        return gettext(
            "This text has %(size)s MB; an article may have %(limit)s MB. "
            "Leave out what does not belong to it, or add it in parts."
        ) % {"size": f"{size / 1e6:.1f}", "limit": f"{limit / 1e6:g}"}
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        return gettext("This is not text: it holds characters that no text has. Paste it again from its source.")
    return ""


def _refuse_with(problems: dict[str, str]) -> None:
    if problems:
        raise Refused(problems)


def draft_of(source: Source) -> SourceDraft:
    """Return a stored source as it was typed."""
    return SourceDraft(source.name, source.party, tuple(source.aliases), tuple(source.spokespeople), source.entry)


def _store_source(event: Event, draft: SourceDraft) -> Source:
    earlier = list(event.sources.all())
    source = Source.objects.create(
        event=event,
        name=draft.name.strip(),
        slug=_free_slug(draft.name, event.sources.all()),
        party=draft.party.strip(),
        aliases=[alias.strip() for alias in draft.aliases if alias.strip()],
        spokespeople=[person.strip() for person in draft.spokespeople if person.strip()],
        position=len(earlier),
        entry=draft.entry,
        outdated=draft.entry is not None,
    )
    event.sources.filter(entry__isnull=False).update(outdated=True)
    now = timezone.now()
    Comparison.objects.bulk_create(Comparison(event=event, a=other, b=source, due_since=now) for other in earlier)
    return source


def _read_again(event: Event) -> None:
    """Have every article read anew: who is who has changed."""
    event.owe_everything()
    request_run(event)


def _free_slug(title: str, rows: QuerySet[Any]) -> str:
    stem = slugify(title)[:100].strip("-") or "untitled"
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem in SLUGS_OF_PAGES:
        taken.add(stem)
    return _free(stem, taken)


def _free_name(event: Event, name: str) -> str:
    return _free(name[:180], set(event.articles.values_list("name", flat=True)))


def _free(stem: str, taken: set[str]) -> str:
    """Return the stem itself, or with the first number that makes it free."""
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)
