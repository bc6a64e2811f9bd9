"""Take what somebody brings in, have it read, and store what they made of it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext

from claims.models import Article, Delivery, Draft, Event, Snapshot, Source
from claims.models.webhook import Kind
from claims.services.incoming.apart import Fetched, fetch_apart, read_apart
from claims.services.incoming.extracting.extracted import Extracted, Unreadable
from claims.services.ingest import add_article
from claims.services.languages import state_language
from claims.services.refusals import Refused
from claims.services.retelling import retell
from claims.services.webhooks.announcing import announce

MOST_FILES = 50  # at once
READ_FOR_SECONDS = 25.0  # how long somebody is kept waiting before they are asked to have the rest read
_FIELDS = ("text", "title", "publisher", "author", "published", "language", "url")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it arrived. ``data`` is None where it was too large to be taken in."""

    name: str
    data: bytes | None
    content_type: str = ""
    size: int = 0

    @classmethod
    def of(cls, name: str, size: int, content_type: str, read: Callable[[], bytes]) -> Arrived:
        """Return a file that was sent; what is too large is not taken into memory."""
        data = read() if size <= settings.CROSSREAD_MAX_FILE_BYTES else None
        return cls(name or "file", data, content_type, size)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of everything that they bring in at once; it counts over what the files say."""

    publisher: str = ""
    published: dt.date | None = None


def deliver_files(event: Event, by: AbstractBaseUser, files: Sequence[Arrived], told: Told) -> Delivery:
    """Keep the files, and have as many read as a few seconds allow; the others wait for ``read_waiting``.

    Raises:
        Refused: if there is none, or too many.
    """
    if not files:
        raise Refused({"uploads": gettext("Choose at least one file.")})
    if len(files) > MOST_FILES:
        raise Refused(
            {
                "uploads": gettext("These are %(files)s files. Bring in %(most_files)s at once at most.")
                % {"files": len(files), "most_files": MOST_FILES}
            }
        )
    with transaction.atomic():
        delivery = Delivery.objects.create(event=event, by_id=by.pk)
        for file in files:
            _keep_file(delivery, file, told)
        announce(Kind.DELIVERY_IN, event, {"delivery": delivery.pk})
    read_waiting(delivery)
    return delivery


def limit_of_files(size: int) -> None:
    """Refuse a table or an archive that is too large to be sent, as ``file``; a command can load it."""
    most = settings.CROSSREAD_MAX_TABLE_BYTES
    if size > most:
        problem = gettext("This file has more than %(limit)s MB. Load it with manage.py load.")
        raise Refused({"file": problem % {"limit": f"{most / 1e6:g}"}})


def deliver_page(event: Event, by: AbstractBaseUser, url: str, told: Told) -> Draft:
    """Fetch a page, keep it and have it read.

    Raises:
        Refused: if it cannot be fetched.
    """
    try:
        page = fetch_apart(url)
    except Unreadable as problem:
        raise Refused({"address": retell(str(problem)) or str(problem)}) from None
    with transaction.atomic():
        draft = _keep_page(Delivery.objects.create(event=event, by_id=by.pk), page, told)
        announce(Kind.DELIVERY_IN, event, {"delivery": draft.delivery_id})
    _read(draft)
    return draft


def read_waiting(delivery: Delivery, *, seconds: float = READ_FOR_SECONDS) -> int:
    """Read the drafts that wait, one after another, until the time is over. Return how many still wait."""
    ends = time.monotonic() + seconds
    waiting = delivery.drafts.filter(state=Draft.State.WAITING).select_related("snapshot", "delivery__event")
    for draft in waiting.defer("snapshot__data"):
        if time.monotonic() > ends:
            break
        _read(draft)
    return waiting.count()


@transaction.atomic
def correct_draft(draft: Draft, fields: dict[str, Any]) -> None:
    """Keep what a person made of a draft, without storing it as an article.

    Raises:
        Refused: if it was added or left out meanwhile.
    """
    draft = open_draft(draft)
    for key in _FIELDS:
        setattr(draft, key, fields[key])
    draft.corrected = True
    draft.save()


@transaction.atomic
def add_draft(draft: Draft, by: AbstractBaseUser) -> Article:
    """Store a draft as an article, and have it read and compared.

    Raises:
        Refused: for what ``add_article`` refuses, or if the draft was added or left out meanwhile.
    """
    draft = open_draft(draft)
    article = add_article(
        draft.delivery.event,
        text=draft.text,
        publisher=draft.publisher,
        name=_name_of(draft),
        title=draft.title,
        author=draft.author,
        published=draft.published,
        url=draft.url,
    )
    draft.article, draft.state = article, Draft.State.ADDED
    draft.save()
    draft.delivery.event.snapshots.filter(draft=draft).update(article=article)
    # What a page says of its language is often its template's: it counts once a person has looked at it.
    if draft.language and draft.corrected:
        state_language(article, by, draft.language)
    return article


@transaction.atomic
def leave_out(draft: Draft) -> None:
    """Let a draft be; its snapshot stays.

    Raises:
        Refused: if it was added or left out meanwhile.
    """
    draft = open_draft(draft)
    draft.state = Draft.State.LEFT_OUT
    draft.save()


def open_draft(draft: Draft) -> Draft:
    """Return the draft as it stands now, locked; only one that is still to be decided on can be changed."""
    locked = Draft.objects.select_for_update().select_related("delivery__event").get(pk=draft.pk)
    if not locked.is_open:
        raise Refused(
            {"": gettext("This was %(state)s meanwhile. Nothing was changed.") % {"state": locked.get_state_display()}}
        )
    return locked


def _keep_file(delivery: Delivery, file: Arrived, told: Told) -> Draft:
    draft = Draft(delivery=delivery, name=file.name[-200:] or "file", **_as_fields(told))
    if file.data is None:
        limit = settings.CROSSREAD_MAX_FILE_BYTES / 1e6
        draft.state = Draft.State.REFUSED
        draft.problem = f"This file has {file.size / 1e6:.1f} MB; a file may have {limit:g} MB. Add it in parts."
    else:
        draft.snapshot = Snapshot.objects.create(
            event=delivery.event,
            name=draft.name,
            content_type=file.content_type[:200],
            data=file.data,
            by_id=delivery.by_id,
        )
    draft.save()
    return draft


def _keep_page(delivery: Delivery, page: Fetched, told: Told) -> Draft:
    url = page.url if len(page.url) <= 1000 else ""
    snapshot = Snapshot.objects.create(
        event=delivery.event,
        name="" if url else "page",
        url=url,
        content_type=page.content_type[:200],
        data=page.data,
        by_id=delivery.by_id,
    )
    name = page.url[:200]
    return Draft.objects.create(delivery=delivery, name=name, snapshot=snapshot, url=url, **_as_fields(told))


def _as_fields(told: Told) -> dict[str, Any]:
    return {"publisher": told.publisher, "published": told.published}


def _read(draft: Draft) -> None:
    snapshot = draft.snapshot
    assert snapshot is not None  # noqa: S101 - what waits was kept
    content_type = snapshot.content_type if snapshot.url else ""  # browsers guess a file's type by its name
    try:
        found = read_apart(bytes(snapshot.data), name=snapshot.name, url=snapshot.url, content_type=content_type)
        _take_over(draft, found)
        draft.state = Draft.State.READ
    except Unreadable as problem:
        draft.state, draft.problem = Draft.State.REFUSED, str(problem)
    draft.save()


def _take_over(draft: Draft, found: Extracted) -> None:
    """Fill the draft with what was read, where nobody said otherwise."""
    draft.text, draft.kind, draft.notices = found.text, found.kind, list(found.notices)
    draft.title, draft.author = " ".join(found.title.split())[:300], " ".join(found.author.split())[:200]
    draft.publisher = draft.publisher or publisher_of(draft.delivery.event.sources.all(), found.publisher)
    draft.language = found.language[:8]
    with suppress(ValueError):
        draft.published = draft.published or dt.date.fromisoformat(found.published)


def publisher_of(sources: Sequence[Source] | Any, told: str) -> str:
    """Return the name of the source that is called so, or else what the file says."""
    told = " ".join(told.split())[:200]
    for source in sources:
        if told.casefold() in {name.casefold() for name in (source.name, source.party, *source.aliases) if name}:
            return str(source.name)
    return told


def _name_of(draft: Draft) -> str:
    """Return what an article is called within its event: by its file, or by the page's title."""
    if not draft.url or (draft.snapshot and draft.snapshot.name):
        return draft.name
    return slugify(draft.title)[:100].strip("-") or slugify(draft.publisher) or "page"
