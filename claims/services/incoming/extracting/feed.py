"""A feed (RSS, Atom, RDF): its title and its items, as plain text. Nothing here needs Django.

It is read in the process with limits, as files are. Of a long feed the first items are read and no more: feeds give the
newest first, and what comes later was seen when it was new.
"""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from claims.services.incoming.fetching import Unfetched

MOST_ITEMS = 300
_LONGEST = 1000  # code points of a summary
_END_OF_ITEM = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(?![?!])(\w+:)?(rss|feed|rdf)\b", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_ALTERNATE = re.compile(
    rb"<link\b(?=[^>]*type\s*=\s*[\"']?application/(?:rss|atom)\+xml)[^>]*href\s*=\s*[\"']?([^\"'\s>]{1,500})",
    re.IGNORECASE,
)
# No feed needs one, and entities that unfold into one another are made to do harm.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]{0,2000}(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]{0,2000}>")
_NO_FEED = (
    "This is no feed: neither RSS nor Atom was found there. Look for the address under “RSS” or “feed” on the site."
)
_WRONG_CHARSET = "Its letters are not in the charset that it declares; look whether titles are written rightly."
_BROKEN = "The feed is not well-formed; what could be read of it was read."


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. ``key`` is what the feed knows it by; ``published`` an ISO moment in UTC, or ""."""

    key: str
    url: str
    title: str
    summary: str
    published: str


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as it was read; ``notices`` are sentences on what was guessed or left out."""

    title: str
    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()


def read_feed(data: bytes, *, url: str, content_type: str = "") -> ReadFeed:
    """Return what a feed holds, at most ``MOST_ITEMS`` items, those without an address left out.

    Raises:
        Unfetched: if it is none; for a web page the message names the feed that it tells of, if it does.
    """
    import feedparser

    _refuse_page(data, url)
    cut, total = _cut(_DOCTYPE.sub(b"", data, count=1))
    headers = {"content-type": content_type} if content_type else {}
    found = feedparser.parse(
        cut, response_headers={**headers, "content-location": url}, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version") and not found.entries:
        raise Unfetched(_NO_FEED)
    entries = {one.key: one for one in (_entry(each, url) for each in found.entries[:MOST_ITEMS]) if one.url}
    title = _plain(found.feed.get("title", ""))[:200]
    return ReadFeed(title, tuple(entries.values()), _notices(found, total))


def _refuse_page(data: bytes, url: str) -> None:
    start = data[:20_000]
    if _ROOT.search(start) or not _HTML.search(start):
        return
    told = _ALTERNATE.search(data[:200_000])
    if told is None:
        raise Unfetched(_NO_FEED)
    there = urljoin(url, html.unescape(told[1].decode("utf-8", "replace")))
    raise Unfetched(f"This is a web page, not a feed. It says that its feed is at {there}")


def _cut(data: bytes) -> tuple[bytes, int]:
    """Return the feed with no more items than are read, closed again, and how many it has."""
    ends = [match.end() for match in _END_OF_ITEM.finditer(data)]
    root = _ROOT.search(data[:20_000])
    if len(ends) <= MOST_ITEMS or root is None:
        return data, len(ends)
    name = root[0][1:]
    closing = b"</channel></rss>" if root[2].lower() == b"rss" else b"</" + name + b">"
    return data[: ends[MOST_ITEMS - 1]] + closing, len(ends)


def _notices(found: Any, total: int) -> tuple[str, ...]:
    notices = []
    if total > MOST_ITEMS:
        notices.append(f"The feed has {total:,} items; the first {MOST_ITEMS} were looked at.")
    if found.get("bozo"):
        problem = type(found.get("bozo_exception")).__name__
        if problem == "CharacterEncodingOverride":
            notices.append(_WRONG_CHARSET)
        elif problem != "NonXMLContentType":
            notices.append(_BROKEN)
    return tuple(notices)


def _entry(told: Any, base: str) -> Entry:
    url = _address(told, base)
    return Entry(
        key=str(told.get("id") or url or told.get("title", ""))[:2000],
        url=url,
        title=_plain(told.get("title", ""))[:300],
        summary=_plain(told.get("summary", ""))[:_LONGEST],
        published=_moment(told),
    )


def _address(told: Any, base: str) -> str:
    """Return the item's page; "" for what no browser could open, or what is too long to be stored."""
    try:
        url = urljoin(base, str(told.get("link") or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return ""
    told_one = bool(told.get("link")) and parts.scheme in ("http", "https") and bool(parts.hostname)
    return url if told_one and len(url) <= 1000 else ""


def _moment(told: Any) -> str:
    parsed = told.get("published_parsed") or told.get("updated_parsed")
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed) if parsed and 1970 <= parsed[0] <= 2200 else ""
    except (ValueError, OverflowError):
        return ""


def _plain(markup: Any) -> str:
    """Return text without tags, blanks run together, without signs that no text has."""
    text = html.unescape(_TAG.sub(" ", str(markup or "")[:20_000]))
    return " ".join("".join(sign for sign in text if sign != "\0" and not "\ud800" <= sign <= "\udfff").split())
