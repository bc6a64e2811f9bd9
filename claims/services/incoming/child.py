"""The process in which what comes from outside is fetched and read: ``python -m claims.services.incoming.child``.

Its limits are set before anything is read. On standard input it takes one line of JSON that says what to do, and then a
file's bytes; on standard output it gives one line of JSON, and then the bytes that were fetched. No Django here.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

MOST_MEMORY = 500_000_000  # bytes of addresses
MOST_OUTPUT = 40_000_000  # bytes
MARGIN_SECONDS = 2.0  # reading stops by itself so much before it would be stopped


def limit(seconds: int) -> None:
    """Take from this process what it must not use."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Do what the first line says, within its limits, and answer."""
    job = json.loads(sys.stdin.buffer.readline())
    limit(int(job["seconds"]))
    told, data = _DOES[job["what"]](job)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + data)
    sys.stdout.buffer.flush()


def _extracted(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from claims.services.incoming.extracting import Unreadable, extract
    from claims.services.incoming.extracting.extracted import Material

    until = time.monotonic() + int(job["seconds"]) - MARGIN_SECONDS
    data = sys.stdin.buffer.read()
    try:
        material = Material(data, name=job["name"], url=job["url"], charset=job["charset"], until=until)
        return dataclasses.asdict(extract(material)), b""
    except Unreadable as problem:
        return {"problem": str(problem)}, b""


def _fetched(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from claims.services.incoming.fetching import Guard, Unfetched, fetch

    guard = Guard(ports=frozenset(job["ports"]), loopback=job["loopback"], most_bytes=job["most_bytes"])
    try:
        page = fetch(job["url"], guard)
    except Unfetched as problem:
        return {"problem": str(problem)}, b""
    return {"url": page.url, "content_type": page.content_type}, page.data


def _feed(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from claims.services.incoming.extracting.feed import read_feed
    from claims.services.incoming.fetching import Guard, Marks, Unfetched, fetch

    guard = Guard(ports=frozenset(job["ports"]), loopback=job["loopback"], most_bytes=job["most_bytes"])
    try:
        page = fetch(job["url"], guard, known=Marks(job["etag"], job["modified"]))
        told = {"url": page.url, "etag": page.marks.etag, "modified": page.marks.modified, "unchanged": page.unchanged}
        found = None if page.unchanged else read_feed(page.data, url=page.url, content_type=page.content_type)
    except Unfetched as problem:
        return {"problem": str(problem)}, b""
    return {**told, "feed": dataclasses.asdict(found) if found else None}, b""


def _sent(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from claims.services.incoming.fetching import Guard, Unfetched, post

    ports = None if job["ports"] is None else frozenset(job["ports"])
    try:
        status = post(job["url"], sys.stdin.buffer.read(), job["headers"], Guard(ports=ports, private=job["private"]))
    except Unfetched as problem:
        return {"problem": str(problem)}, b""
    return {"status": status}, b""


_DOES: dict[str, Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]] = {
    "read": _extracted,
    "fetch": _fetched,
    "feed": _feed,
    "send": _sent,
}

if __name__ == "__main__":
    main()
