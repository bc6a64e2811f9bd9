"""The main job through the API: bring two accounts of one event in, have them compared, and see where they differ.

Needs nothing but Python:

    CROSSREAD_TOKEN=crossread_… python docs/api_example.py http://127.0.0.1:8000 a.txt b.txt

The two files are what the two sources published. The token needs the scopes "review" and "edit" (an editor's, made at
/tokens/). Prints a line for each pair that is not simply agreed on, and notes on the first of them what differs.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Crossread:
    """The API of one Crossread, asked with one token."""

    def __init__(self, address: str, token: str) -> None:
        self.root = f"{address.rstrip('/')}/api/v1"
        self.token = token

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request and return what is answered; a refusal ends the program with its own sentence."""
        address = path if path.startswith("http") else self.root + path
        told = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        if method == "POST":
            # Sent again after a failure of the network, a write with the same key happens once.
            told["Idempotency-Key"] = str(uuid.uuid4())
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(address, data, told, method=method), timeout=30) as answer:
                return json.load(answer)
        except HTTPError as refused:
            sys.exit(json.load(refused)["detail"])

    def every(self, path: str) -> list[Any]:
        """Return all of a list, page by page."""
        found, address = [], path
        while address:
            page = self.ask("GET", address)
            found += page["items"]
            address = page["next"]
        return found


def compare(crossread: Crossread, first: Path, second: Path) -> str:
    """Store an event with two sources and an article of each, and wait for the worker. Return the event's slug."""
    names = [first.stem, second.stem]
    sources = [{"name": name} for name in names]
    event = crossread.ask("POST", "/events", {"title": " and ".join(names), "sources": sources})
    for name, path in zip(names, (first, second), strict=True):
        article = {"text": path.read_text(encoding="utf-8"), "publisher": name}
        crossread.ask("POST", f"/events/{event['slug']}/articles", article)
    while True:
        progress = crossread.ask("GET", f"/events/{event['slug']}/progress")
        if not progress["under_way"]:
            break
        time.sleep(0.5)
    if progress["problem"]:
        sys.exit(progress["problem"])
    return str(event["slug"])


def differences(crossread: Crossread, event: str) -> list[Any]:
    """Return the pairs on which the two do not simply agree, in the order of the texts."""
    pairs = crossread.every(f"/pairs?event={event}&order=text")
    return [pair for pair in pairs if pair["relation"] != "agree"]


def show(pair: Any) -> None:
    """Print a pair: how it relates, why, and what both say."""
    reasons = ", ".join(reason["kind"] for reason in pair["machine"]["reasons"]) or "no reason named"
    print(f"{pair['relation']} ({reasons})")
    for side in ("a", "b"):
        print("  -", " ".join(claim["text"] for claim in pair[side]))


def note(crossread: Crossread, pair: Any) -> None:
    """Decide on a pair as the machine did, and say in a note why."""
    crossread.ask("PUT", f"/pairs/{pair['id']}/reviews/mine", {"decision": pair["relation"]})
    reasons = pair["machine"]["reasons"]
    text = reasons[0]["explanation"] if reasons else "The two accounts differ here."
    crossread.ask("POST", f"/pairs/{pair['id']}/annotations", {"text": text, "weight": "minor"})


def main() -> None:
    """Do it all."""
    address, first, second = sys.argv[1:]
    crossread = Crossread(address, os.environ["CROSSREAD_TOKEN"])
    event = compare(crossread, Path(first), Path(second))
    found = differences(crossread, event)
    for pair in found:
        show(pair)
    if found:
        note(crossread, found[0])
    print(f"{len(found)} differ; all of it: {address.rstrip('/')}/events/{event}/")


if __name__ == "__main__":
    main()
