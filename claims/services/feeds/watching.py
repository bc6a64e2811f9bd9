"""Watch feeds: which are due, fetching one (the worker's task), and what came of it, failures with a longer wait each.

The worker asks ``queue_due`` between its tasks, so that no other process is needed. Moving a feed's next time on and
queueing its task are one transaction: several workers never fetch the same feed at once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from claims.models import Event, Feed, FeedItem, FeedMatch
from claims.models.feed import LONGEST_OUTCOME, item_key
from claims.models.webhook import Kind
from claims.services.feeds.opml import feeds_of
from claims.services.feeds.placing import place
from claims.services.feeds.ruling import apply_rules
from claims.services.incoming.apart import FetchedFeed, feed_apart
from claims.services.incoming.extracting.extracted import Unreadable
from claims.services.incoming.extracting.feed import Entry
from claims.services.incoming.fetching import Marks
from claims.services.refusals import Refused
from claims.services.webhooks.announcing import announce

logger = logging.getLogger(__name__)

LONGEST_WAIT = dt.timedelta(days=1)
_AT_ONCE = 20  # feeds queued at one look
_BROKEN = "Something went wrong here while its items were stored: {error}. It is tried again later."


@transaction.atomic
def add_feed(by: AbstractBaseUser, *, url: str, title: str, publisher: str, every_minutes: int, active: bool) -> Feed:
    """Watch an address from now on; it is fetched as soon as a worker is free.

    Raises:
        Refused: if it is watched already.
    """
    if Feed.objects.filter(url=url).exists():
        raise Refused({"url": gettext("This feed is watched already.")})
    feed = Feed.objects.create(
        url=url,
        title=title.strip() or url[:200],
        publisher=publisher.strip(),
        every_minutes=every_minutes,
        active=active,
        by_id=by.pk,
    )
    if active:
        fetch_soon(feed)
    return feed


@transaction.atomic
def add_from_opml(by: AbstractBaseUser, data: bytes) -> tuple[int, int]:
    """Store the feeds of a list, switched off. Return how many came, and how many were here already.

    Raises:
        Refused: if it is no list.
    """
    wanted = feeds_of(data)
    known = set(Feed.objects.filter(url__in=[url for url, _ in wanted]).values_list("url", flat=True))
    rows = [Feed(url=url, title=title or url[:200], active=False, by_id=by.pk) for url, title in wanted]
    Feed.objects.bulk_create([row for row in rows if row.url not in known])
    return len(rows) - len(known), len(known)


@transaction.atomic
def change_feed(feed: Feed, **fields: Any) -> None:
    """Change how a feed is watched. Another address begins anew; switching it on fetches it at once.

    Raises:
        Refused: if another feed has the address.
    """
    if Feed.objects.filter(url=fields["url"]).exclude(pk=feed.pk).exists():
        raise Refused({"url": gettext("This feed is watched already.")})
    begins = fields["url"] != feed.url or (fields["active"] and not feed.active)
    if fields["url"] != feed.url:
        feed.etag, feed.modified = "", ""
    for key, value in fields.items():
        setattr(feed, key, value)
    feed.title = feed.title.strip() or feed.url[:200]
    if begins:
        feed.failures = 0
    feed.save()
    if begins and feed.active:
        fetch_soon(feed)


def fetch_soon(feed: Feed) -> None:
    """Have a worker fetch a feed as soon as it can."""
    Feed.objects.filter(pk=feed.pk).update(next_at=timezone.now() + dt.timedelta(minutes=feed.every_minutes))
    fetch_feed.enqueue(feed.pk)


def queue_due() -> int:
    """Queue the fetching of feeds whose time has come. Return how many; the worker calls it between tasks."""
    now, queued = timezone.now(), 0
    for feed in Feed.objects.filter(Q(next_at__lte=now) | Q(next_at__isnull=True), active=True)[:_AT_ONCE]:
        with transaction.atomic():
            taken = Feed.objects.filter(pk=feed.pk, next_at=feed.next_at, active=True)
            if taken.update(next_at=now + dt.timedelta(minutes=feed.every_minutes)):
                fetch_feed.enqueue(feed.pk)
                queued += 1
    return queued


@task()
def fetch_feed(feed_id: int) -> None:
    """Fetch a feed and keep what is new (the worker's task)."""
    feed = Feed.objects.filter(pk=feed_id).first()
    if feed is not None:
        look_at(feed)


def look_at(feed: Feed) -> list[FeedItem]:
    """Fetch a feed, keep its new items, say which events they may belong to, and apply the feed's rules to them.

    A failure is written down in a sentence, never raised. Return the new items.
    """
    try:
        found = feed_apart(feed.url, Marks(feed.etag, feed.modified))
        made = _keep(feed, found)
        place(made, _likeness)
    except Unreadable as problem:
        _failed(feed, str(problem))
        return []
    except Exception as error:
        logger.exception("Feed %s failed", feed.pk)
        _failed(feed, _BROKEN.format(error=type(error).__name__))
        return []
    apply_rules(feed, made)
    _announce(feed, made)
    return made


def _announce(feed: Feed, made: Sequence[FeedItem]) -> None:
    """Say for which events new items are proposed that no rule has taken in."""
    keys = [item.pk for item in made]
    waiting = FeedMatch.objects.filter(item__in=keys, item__state=FeedItem.State.NEW).select_related("event")
    proposed: dict[Event, list[int]] = defaultdict(list)
    for match in waiting.order_by("item"):
        proposed[match.event].append(match.item_id)
    with transaction.atomic():
        for event, items in proposed.items():
            announce(Kind.FEED_PROPOSED, event, {"feed": feed.pk, "items": items})


@transaction.atomic
def _keep(feed: Feed, found: FetchedFeed) -> list[FeedItem]:
    """Store what came of a fetch. Items that are known, by their id or their address, are left as they are."""
    feed.etag, feed.modified = found.marks.etag, found.marks.modified
    entries = found.feed.entries if found.feed else ()
    made = _new_items(feed, entries)
    if found.feed is None:
        outcome = ["Nothing has changed since."]
    else:
        outcome = [f"{len(entries)} item{'' if len(entries) == 1 else 's'}, {len(made)} new.", *found.feed.notices]
        if feed.title == feed.url[:200] and found.feed.title:
            feed.title = found.feed.title
    _note(feed, " ".join(outcome), failures=0)
    return made


def _new_items(feed: Feed, entries: Sequence[Entry]) -> list[FeedItem]:
    now = timezone.now()
    wanted = {item_key(entry.key): entry for entry in entries}
    keys = set(FeedItem.objects.filter(feed=feed, key__in=wanted).values_list("key", flat=True))
    urls = {entry.url for entry in entries}
    known = set(FeedItem.objects.filter(feed=feed, url__in=urls).values_list("url", flat=True))
    rows = []
    for key, entry in wanted.items():
        if key in keys or entry.url in known:
            continue
        known.add(entry.url)
        moment = dt.datetime.fromisoformat(entry.published) if entry.published else None
        at = min(moment, now) if moment else now  # a feed may be ahead of its time
        told = {"url": entry.url, "title": entry.title, "summary": entry.summary, "published": moment, "at": at}
        rows.append(FeedItem(feed=feed, key=key, **told))
    FeedItem.objects.bulk_create(rows, ignore_conflicts=True)
    return list(FeedItem.objects.filter(feed=feed, key__in=[row.key for row in rows], matches__isnull=True))


def _failed(feed: Feed, problem: str) -> None:
    """Write a failure down, and wait twice as long as after the one before, a day at most."""
    failures = feed.failures + 1
    wait = min(dt.timedelta(minutes=feed.every_minutes) * 2 ** min(failures, 10), LONGEST_WAIT)
    feed.refresh_from_db(fields=["etag", "modified", "title"])
    feed.next_at = timezone.now() + wait
    _note(feed, problem, failures=failures)


def _note(feed: Feed, outcome: str, *, failures: int) -> None:
    feed.outcome, feed.fetched_at, feed.failures = outcome[:LONGEST_OUTCOME], timezone.now(), failures
    fields = ["outcome", "fetched_at", "failures", "etag", "modified", "title", *(["next_at"] if failures else [])]
    feed.save(update_fields=fields)


def _likeness(texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Return the cosines of texts and others by the encoder in use, which only the worker loads."""
    from claims.services.matching import encoder

    vectors = encoder().encode([*texts, *others])
    scores: list[list[float]] = (vectors[: len(texts)] @ vectors[len(texts) :].T).tolist()
    return scores
