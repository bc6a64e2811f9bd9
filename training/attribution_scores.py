"""What the attribution reaches: ``python -m training.attribution_scores FILE.jsonl... [--wrong]``.

A file holds one event a line: its sources, one article's text and every sentence of it with its source, speaker, cue,
the words that name the source and the stretches that are reported. Printed are the accuracy of source and speaker per
sentence, precision, recall and F1 of the three kinds of span, and the accuracy in bands of confidence.

The spans are measured as in the literature on quotation attribution (Pareti 2015, *Attribution: a computational
approach*): exact spans, and the words that gold and found spans share. Words are compared and marks are not, so that a
full stop or a quotation mark at a span's edge counts for nothing. Sentences where neither has a cue are left out there:
their content is the whole sentence. Intervals are 95 % of 2 000 draws of articles with replacement.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from claims.analysis.attribution import attribute
from claims.analysis.structures import Article, Claim, Event, Source, Span
from training.measuring import f1

KINDS = ("named", "cue", "content")
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
DRAWS = 2_000
_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold sentence with what was found of it; ``counts`` has hits, found and gold per kind of span and measure."""

    article: int
    text: str
    want: tuple[str, ...]
    claim: Claim | None
    source_right: bool
    speaker: str | None
    speaker_right: bool
    counts: Counter[tuple[str, str, str]]


def read_events(path: Path) -> Iterator[tuple[Event, list[dict[str, Any]]]]:
    """Yield every event of a file, with its only article, and the gold sentences with their offsets."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sources = tuple(
            Source(one["name"], one["party"], tuple(one["aliases"]), tuple(one["spokespeople"]))
            for one in row["sources"]
        )
        day = dt.date.fromisoformat(row["date"]) if row.get("date") else None
        article = Article("text", row["text"], row["outlet"], day)
        yield Event(row["event"], sources, (article,), day), list(_placed(row["text"], row["sentences"]))


def _placed(text: str, sentences: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    place = 0
    for sentence in sentences:
        start = text.index(sentence["text"], place)
        place = start + len(sentence["text"])
        yield {**sentence, "start": start, "end": place}


def judge(events: Sequence[tuple[Event, list[dict[str, Any]]]]) -> list[Judged]:
    """Attribute every article and hold what was found against its gold sentences."""
    found = []
    for number, (event, sentences) in enumerate(events):
        claims = attribute(event, event.articles[0])
        found += [_judged(number, event, sentence, claims) for sentence in sentences]
    return found


def _judged(number: int, event: Event, gold: dict[str, Any], claims: Sequence[Claim]) -> Judged:
    covering = [one for one in claims if _covers(one.span, gold["start"], gold["end"])]
    said: Counter[str] = Counter()
    for one in covering:
        said[one.source] += one.span.end - one.span.start
    best = said.most_common(1)[0][0] if said else None
    claim = next((one for one in covering if one.source == best), None)
    parties = {source.party: source.name for source in event.sources}
    listed: list[str] = gold["source"] if isinstance(gold["source"], list) else [gold["source"]]
    want = tuple(parties.get(one, one) for one in listed)
    right = best is not None and _bare(parties.get(best, best)) in map(_bare, want)
    spoken = claim is not None and _same_name(claim.speaker, gold["speaker"])
    counts = _counted(event.articles[0].text, gold, covering)
    return Judged(number, gold["text"], want, claim, right, gold["speaker"], spoken and right, counts)


def _covers(span: Span, start: int, end: int) -> bool:
    """Tell whether a claim is about a gold sentence: it covers at least half of it, or is covered by half."""
    overlap = min(end, span.end) - max(start, span.start)
    return overlap > 0 and 2 * overlap >= min(end - start, span.end - span.start)


def _same_name(one: str | None, other: str | None) -> bool:
    return _bare(one) == _bare(other)


def _bare(name: str | None) -> str:
    """Return a name without case and article: "the drivers' union" and "Drivers' union" are one."""
    return re.sub(r"^(?:the|an?) ", "", (name or "").casefold())


def _counted(text: str, gold: dict[str, Any], claims: Sequence[Claim]) -> Counter[tuple[str, str, str]]:
    spans = _gold_spans(gold)
    cues = [claim.cue for claim in claims if claim.cue]
    if not spans["cue"] and not cues:
        return Counter()
    found = {
        "named": [claim.named for claim in claims if claim.named],
        "cue": cues,
        "content": [span for claim in claims for span in claim.content],
    }
    counts: Counter[tuple[str, str, str]] = Counter()
    for kind in KINDS:
        got = [words for span in found[kind] if (words := _words(text, span))]
        want = [words for span in spans[kind] if (words := _words(text, span))]
        for measure, a, b in (("exact", set(got), set(want)), ("overlap", _all(got), _all(want))):
            counts[kind, measure, "hits"] += len(a & b)
            counts[kind, measure, "found"] += len(a)
            counts[kind, measure, "gold"] += len(b)
    return counts


def _all(groups: Sequence[frozenset[int]]) -> set[int]:
    return set().union(*groups)


def _words(text: str, span: Span) -> frozenset[int]:
    return frozenset(span.start + word.start() for word in _WORD.finditer(span.of(text)))


def _gold_spans(gold: dict[str, Any]) -> dict[str, list[Span]]:
    """Return the gold spans: a cue and a name that occur several times are those that stand nearest to each other."""
    content, place = [], 0
    for words in gold["content"]:
        start = gold["text"].index(words, place)
        place = start + len(words)
        content.append(Span(start, place))
    names = _occurrences(gold["text"], gold["cue_source"])
    cues = _occurrences(gold["text"], gold["cue"])
    outside = [cue for cue in cues if not any(cue.overlaps(one) for one in content)]
    pairs = [(name, cue) for name in names for cue in outside or cues]
    if pairs:
        name, cue = min(pairs, key=lambda pair: max(pair[0].start - pair[1].end, pair[1].start - pair[0].end))
        names, cues = [name], [cue]
    offset = gold["start"]
    spans = {"named": names[:1], "cue": cues[:1], "content": content}
    return {kind: [Span(one.start + offset, one.end + offset) for one in found] for kind, found in spans.items()}


def _occurrences(text: str, words: str | None) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(re.escape(words), text)] if words else []


Figure = Callable[[Sequence[Judged]], float]


def _accuracy(found: Sequence[Judged]) -> float:
    return sum(one.source_right for one in found) / max(len(found), 1)


def _speakers(found: Sequence[Judged]) -> float:
    return sum(one.speaker_right for one in found) / max(len(found), 1)


def _share(kind: str, measure: str, of: str) -> Figure:
    def figure(found: Sequence[Judged]) -> float:
        hits, said, gold = (sum(one.counts[kind, measure, name] for one in found) for name in ("hits", "found", "gold"))
        if of == "f1":
            return f1(hits, said, gold)
        return hits / max(said if of == "precision" else gold, 1)

    return figure


def interval(found: Sequence[Judged], figure: Figure) -> tuple[float, float]:
    """Return the 95 % interval of a figure over draws of articles with replacement."""
    groups: dict[int, list[Judged]] = {}
    for one in found:
        groups.setdefault(one.article, []).append(one)
    articles = list(groups.values())
    draws = np.random.default_rng(1).integers(len(articles), size=(DRAWS, len(articles)))
    values = [figure([one for place in draw for one in articles[place]]) for draw in draws]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def report(found: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{len(found)} sentences of {len({one.article for one in found})} articles"
    yield _line("source", found, _accuracy)
    yield _line("speaker", found, _speakers)
    for kind in KINDS:
        for measure in ("exact", "overlap"):
            shares = "  ".join(f"{of} {_share(kind, measure, of)(found):.3f}" for of in ("precision", "recall"))
            yield f"{_line(f'{kind} {measure} F1', found, _share(kind, measure, 'f1'))}  {shares}"
    yield "confidence     sentences  right  accuracy"
    for low, high in pairwise(BANDS):
        inside = [one for one in found if one.claim is not None and low <= one.claim.confidence < high]
        right = sum(one.source_right for one in inside)
        yield f"{low:.2f} to {min(high, 1):.2f}   {len(inside):9}  {right:5}  {_accuracy(inside):8.3f}"
    wrong = [one for one in found if not one.source_right]
    low_wrong = sum(one.claim is None or one.claim.confidence < 0.7 for one in wrong)
    yield f"{low_wrong} of {len(wrong)} wrong ones have a confidence under 0.7"


def _line(name: str, found: Sequence[Judged], figure: Figure) -> str:
    low, high = interval(found, figure)
    return f"{name:20} {figure(found):.3f} ({low:.3f} to {high:.3f})"


def wrong_ones(found: Sequence[Judged]) -> Iterator[str]:
    """Yield the sentences with a wrong source, speaker or span, for a person who looks for the reason."""
    for one in found:
        claim = one.claim
        got = f"{claim.source} / {claim.speaker} ({claim.confidence:.2f})" if claim else "nothing"
        if not one.source_right:
            yield f"SOURCE  [{one.article}] {one.text}\n    want {' or '.join(one.want)} / {one.speaker}, got {got}"
        elif not one.speaker_right:
            yield f"SPEAKER [{one.article}] {one.text}\n    want {one.speaker}, got {got}"


def main() -> None:
    """Print the figures of the files, and with ``--wrong`` the sentences that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--wrong", action="store_true", help="list the sentences with a wrong source or speaker")
    given = parser.parse_args()
    found = judge([event for path in given.files for event in read_events(path)])
    for line in [*(wrong_ones(found) if given.wrong else ()), *report(found)]:
        print(line)


if __name__ == "__main__":
    main()
