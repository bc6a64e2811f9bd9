"""Check a file of the corpus: ``python -m training.check FILE.jsonl...`` prints what is wrong, and counts."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RELATIONS = {"agree", "partial", "diverge"}
KINDS = {"account", "position"}
FACETS = {
    *("number", "date_time", "agency", "negation_polarity", "modality_hedge"),
    *("tone", "entity", "scope_detail", "commitment"),
}


def faults(event: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with an event."""
    for side in "ab":
        if len(set(event[side])) != len(event[side]) or not all(text.strip() == text for text in event[side]):
            yield f"side {side}: a sentence twice, or blanks at its ends"
        if missing := {"state", "adjective", "capital", "leader", "office"} - event["cast"][side].keys():
            yield f"cast of {side} lacks {sorted(missing)}"
    linked = [(link["a"], link["b"]) for link in event["links"]]
    for link in event["links"]:
        yield from (f"link {link['a']}-{link['b']}: {fault}" for fault in _link_faults(event, link))
    for double in (link for link, count in Counter(linked).items() if count > 1):
        yield f"link {double} stands twice"
    for a, b in map(tuple, event["lookalikes"]):
        if (a, b) in linked:
            yield f"lookalike {a}-{b} is a link too"
        if not (0 <= a < len(event["a"]) and 0 <= b < len(event["b"])):
            yield f"lookalike {a}-{b}: no such sentence"


def _link_faults(event: dict[str, Any], link: dict[str, Any]) -> Iterator[str]:
    if not (0 <= link["a"] < len(event["a"]) and 0 <= link["b"] < len(event["b"])):
        yield "no such sentence"
        return
    if link["relation"] not in RELATIONS:
        yield f"unknown relation {link['relation']}"
    if (link["kind"] in KINDS) != (link["relation"] == "diverge"):
        yield "a divergence has a kind, and nothing else has one"
    if unknown := set(link["facets"]) - FACETS:
        yield f"unknown facets {sorted(unknown)}"
    if bool(link["facets"]) == (link["relation"] == "agree"):
        yield "agree has no facets, and everything else has one at least"
    for side in "ab":
        words = link[f"words_{side}"]
        if words is not None and (not words or words not in event[side][link[side]]):
            yield f"words_{side} are not in the sentence: {words!r}"


def check(path: Path) -> list[dict[str, Any]]:
    """Print the faults of a file and return its events that can be read."""
    events: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
            found = list(faults(event))
        except (ValueError, KeyError, TypeError) as error:
            found = [f"cannot be read: {error!r}"]
        else:
            events.append(event)
        for fault in found:
            sys.stdout.write(f"{path.name}:{number}: {fault}\n")
    return events


def main() -> None:
    """Check the files named on the command line and print the counts of each."""
    for path in map(Path, sys.argv[1:]):
        events = check(path)
        links = [link for event in events for link in event["links"]]
        relations = dict(Counter(link["relation"] for link in links))
        kinds = dict(Counter(link["kind"] for link in links if link["kind"]))
        facets = dict(Counter(facet for link in links for facet in link["facets"]).most_common())
        size = sum(len(event["a"]) + len(event["b"]) for event in events)
        lookalikes = sum(len(event["lookalikes"]) for event in events)
        sys.stdout.write(
            f"{path.name}: {len(events)} events, {size} sentences, {len(links)} links {relations} {kinds}, "
            f"{lookalikes} lookalikes\n  facets {facets}\n"
        )


if __name__ == "__main__":
    main()
