"""Store event folders; what is stored already is left as it is, unless a changed text is to be a new version."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.text import slugify

from claims.analysis import structures
from claims.analysis.library import names_at
from claims.models import Article, Event
from claims.models.article import checksum
from claims.services.folders import Folder, find_folders, read_folder
from claims.services.incoming.archives import unpacked
from claims.services.ingest import (
    SLUGS_OF_PAGES,
    SourceDraft,
    add_article,
    add_event,
    add_source,
    check_sources,
    draft_of,
    with_plain_line_ends,
)
from claims.services.library.loading import keep_entry
from claims.services.library.taking import as_entry
from claims.services.refusals import Refused
from claims.services.revise import revise as new_version


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one folder; ``changed`` names the articles whose text is another one than is stored."""

    event: Event
    new: bool
    sources: int
    articles: int
    changed: tuple[str, ...] = ()
    revised: bool = False


def load(
    paths: Sequence[Path], *, revise: bool = False, tell: Callable[[str], None] = lambda told: None
) -> list[Loaded]:
    """Store the event folders at or inside ``paths``, all or none, and have what is new read and compared.

    A path that is a .zip file stands for the event folders in it.

    A folder's name is the slug of its event. A second load adds the sources and the texts that have come since, and
    changes nothing that is there: people may have corrected it. A text that changed in the folder is told, and stored
    only if that is asked for.

    Args:
        revise: whether a changed text becomes a new version of its article.
        tell: is told in words how far it is.

    Raises:
        FolderError: if a folder cannot be read.
        Refused: if an event, a source or an article is not taken; the message begins with the folder's name.
    """
    with ExitStack() as scratch:
        places = [scratch.enter_context(unpacked(path)) if _is_archive(path) else path for path in paths]
        folders = [read_folder(path) for path in find_folders(places)]
    loaded = []
    with transaction.atomic():
        for number, folder in enumerate(folders, start=1):
            tell(f"{folder.name}: event {number} of {len(folders)}")
            loaded.append(_store(folder, revise=revise))
    return loaded


def _is_archive(path: Path) -> bool:
    return path.suffix.casefold() == ".zip" and path.is_file()


def _store(folder: Folder, *, revise: bool) -> Loaded:
    try:
        event = Event.objects.filter(slug=_slug(folder)).first()
        if event is None:
            return _store_new(folder)
        sources = _add_missing_sources(event, folder)
        changed = _changed(event, folder)
        added = _add_missing_articles(event, folder, leaving={article.pk for article, _ in changed})
        if revise:
            for article, told in changed:
                new_version(article, told.text, None, f"Loaded from the folder {folder.name}.")
        names = tuple(article.name for article, _ in changed)
        return Loaded(event, new=False, sources=sources, articles=added, changed=names, revised=revise)
    except Refused as refused:
        raise Refused({"": f"{folder.name}: {refused}"}) from None


def _store_new(folder: Folder) -> Loaded:
    told = folder.event
    event = add_event(
        title=told.title,
        date=told.date,
        sources=[_draft(source, folder) for source in told.sources],
        invented=folder.invented,
        slug=_slug(folder),
    )
    articles = _add_missing_articles(event, folder)
    return Loaded(event, new=True, sources=len(told.sources), articles=articles)


def _add_missing_sources(event: Event, folder: Folder) -> int:
    known = {source.name.casefold() for source in event.sources.all()}
    missing = [_draft(source, folder) for source in folder.event.sources if source.name.casefold() not in known]
    if problems := check_sources([draft_of(source) for source in event.sources.select_related("entry")] + missing):
        raise Refused(problems)
    for draft in missing:
        add_source(event, draft)
    return len(missing)


def _changed(event: Event, folder: Folder) -> list[tuple[Article, structures.Article]]:
    """Return the stored articles whose text is another one in the folder, each with what stands there."""
    stored = {article.name: article for article in event.articles.select_related("publisher")}
    known = {article.checksum for article in stored.values()}
    found = []
    for told in folder.event.articles:
        article = stored.get(told.name)
        same_publisher = article is not None and article.publisher_name.casefold() == told.publisher.casefold()
        if article is not None and same_publisher and checksum(with_plain_line_ends(told.text)) not in known:
            found.append((article, told))
    return found


def _add_missing_articles(event: Event, folder: Folder, *, leaving: Collection[int] = ()) -> int:
    left = set(event.articles.filter(pk__in=leaving).values_list("name", flat=True))
    known = set(event.articles.values_list("checksum", flat=True))
    missing = {
        checksum(text): article
        for article in folder.event.articles
        if article.name not in left and checksum(text := with_plain_line_ends(article.text)) not in known
    }
    for article in missing.values():
        add_article(
            event,
            text=article.text,
            publisher=article.publisher,
            name=article.name,
            published=article.published,
            url=_address(folder, article),
        )
    return len(missing)


def _slug(folder: Folder) -> str:
    slug = slugify(folder.name)[:100].strip("-")
    if not slug or slug in SLUGS_OF_PAGES:
        raise Refused(
            {"": "An event cannot have this name. Rename the folder, for instance “call-of-4-june”, and load it again."}
        )
    return slug


def _draft(source: structures.Source, folder: Folder) -> SourceDraft:
    """Return a source as it is to be stored; names that the library gives it are not its own."""
    told = folder.entries.get(source.name)
    if told is None:
        return SourceDraft(source.name, source.party, source.aliases, source.spokespeople)
    entry = keep_entry(told)
    given = names_at(as_entry(entry), folder.event.date)
    return SourceDraft(
        source.name,
        source.party,
        tuple(name for name in source.aliases if name not in given.aliases),
        tuple(name for name in source.spokespeople if name not in given.spokespeople),
        entry,
    )


def _address(folder: Folder, article: structures.Article) -> str:
    """Return an article's web address; anything else (``javascript:`` …) must not become a link on a page."""
    url = folder.urls.get(article.name, "")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise Refused({"": f"{url} is no web address. Write it with https://, or leave it out."})
    return url
