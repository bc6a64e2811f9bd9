"""Have files read and pages fetched in a process of their own, which is given little memory and little time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from claims.services.incoming.child import MOST_OUTPUT
from claims.services.incoming.extracting.extracted import Extracted, Unreadable
from claims.services.incoming.extracting.feed import Entry, ReadFeed
from claims.services.incoming.fetching import Marks

READ_SECONDS = 10
FETCH_SECONDS = 20
SEND_SECONDS = 12
FEED_SECONDS = 9
FEED_BYTES = 8_000_000
_KILLED = (
    "This file could not be read within the limits of memory and time that a file has here. "
    "Save the article alone, as plain text, and upload it again."
)
_TOO_SLOW = "The site took too long to send the page. Try again later, or paste the text."
_UNHEARD = "The address took too long to answer."
_FEED_KILLED = (
    "The site took too long to send the feed, or the feed could not be read within the limits of memory and time. "
    "It is tried again later."
)
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ")  # no key or password of this process reaches the other


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """A feed that was fetched: where it was found, by what to tell a change, and its items; None if nothing changed."""

    url: str
    marks: Marks
    feed: ReadFeed | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was fetched: the address that it was found at, its type as the site says, its bytes."""

    url: str
    content_type: str
    data: bytes


def read_apart(data: bytes, *, name: str = "", url: str = "", content_type: str = "") -> Extracted:
    """Return the article that a file holds.

    Raises:
        Unreadable: if it cannot be read, or not within the limits; the message says why and what to do.
    """
    job = {"what": "read", "name": name, "url": url, "charset": _charset(content_type), "seconds": READ_SECONDS}
    told, _ = _run(job, data, problem=_KILLED)
    return Extracted(**{**told, "notices": tuple(told["notices"])})


def fetch_apart(url: str) -> Fetched:
    """Return the page at an address of the public web.

    Raises:
        Unreadable: if it cannot be fetched; the message says why and what to do.
    """
    job = {
        "what": "fetch",
        "url": url,
        "ports": list(settings.CROSSREAD_FETCH_PORTS),
        "loopback": settings.CROSSREAD_FETCH_LOOPBACK,
        "most_bytes": settings.CROSSREAD_MAX_FILE_BYTES,
        "seconds": FETCH_SECONDS,
    }
    told, data = _run(job, b"", problem=_TOO_SLOW)
    return Fetched(told["url"], told["content_type"], data)


def send_apart(url: str, data: bytes, headers: Mapping[str, str]) -> int:
    """Send bytes to an address, and return the status that it answers with.

    Raises:
        Unreadable: if nothing may be sent there, or nobody answers; the message says why.
    """
    private = settings.CROSSREAD_WEBHOOKS_PRIVATE
    job = {
        "what": "send",
        "url": url,
        "headers": dict(headers),
        "ports": None if private else list(settings.CROSSREAD_FETCH_PORTS),
        "private": private,
        "seconds": SEND_SECONDS,
    }
    told, _ = _run(job, data, problem=_UNHEARD)
    return int(told["status"])


def feed_apart(url: str, known: Marks) -> FetchedFeed:
    """Return what a feed of the public web holds, or that it has not changed.

    Raises:
        Unreadable: if it cannot be fetched, or is no feed; the message says why and what to do.
    """
    job = {
        "what": "feed",
        "url": url,
        "etag": known.etag,
        "modified": known.modified,
        "ports": list(settings.CROSSREAD_FETCH_PORTS),
        "loopback": settings.CROSSREAD_FETCH_LOOPBACK,
        "most_bytes": FEED_BYTES,
        "seconds": FEED_SECONDS,
    }
    told, _ = _run(job, b"", problem=_FEED_KILLED)
    found = told["feed"]
    entries = tuple(Entry(**one) for one in found.pop("entries")) if found else ()
    read = ReadFeed(**{**found, "entries": entries}) if found else None
    return FetchedFeed(told["url"], Marks(told["etag"], told["modified"]), read)


def _run(job: dict[str, Any], data: bytes, *, problem: str) -> tuple[dict[str, Any], bytes]:
    """Have the other process do it, and return what it says; whatever becomes of that process, this one goes on."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(json.dumps(job).encode() + b"\n" + data)
        given.seek(0)
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "claims.services.incoming.child"],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=Path(settings.BASE_DIR),
                env={key: os.environ[key] for key in _PASSED_ON if key in os.environ},
                timeout=job["seconds"] + 1,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable(problem) from None
        answer.seek(0)
        told = _told(answer.readline(MOST_OUTPUT)) if ended.returncode == 0 else {"problem": problem}
        rest = answer.read()
    if "problem" in told:
        raise Unreadable(told["problem"])
    return told, rest


def _told(line: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(line)
    return told


def _charset(content_type: str) -> str:
    """Return the charset that a content type declares, or ""."""
    for part in content_type.split(";")[1:]:
        key, _, value = part.strip().partition("=")
        if key.strip().casefold() == "charset":
            return value.strip().strip("\"'")
    return ""
