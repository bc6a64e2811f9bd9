"""Measure the verdicts on gold links: confusion matrix, macro-F1 and divergence F1 beside two baselines.

    python -m bench.relations FILE_OR_FOLDER...

Reads the blocks of ``data/readouts/blocks`` (one event a line: two lists of statements and their links). Nothing is
known of an event but the names of its sources and its statements.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.analysis.reasons.base import Context, Side
from claims.analysis.relations import relate
from claims.analysis.roster import Roster
from claims.analysis.structures import Article, Claim, Event, Relation, Source, Span, Verdict


@dataclass(frozen=True, slots=True)
class Link:
    """One gold link: both sides, what they share, and what the gold says of it."""

    a: Side
    b: Side
    context: Context
    relation: Relation
    facets: frozenset[str]
    kind: str | None


def claims_of(name: str, source: str, statements: Sequence[str]) -> tuple[Article, list[Claim]]:
    """Return an article that holds the statements one a line, and a claim for each."""
    claims, start = [], 0
    for statement in statements:
        claims.append(Claim(name, Span(start, start + len(statement)), statement, source))
        start += len(statement) + 1
    return Article(name, "\n".join(statements), source), claims


def links_of(block: dict[str, Any]) -> Iterator[Link]:
    """Yield the gold links of one block."""
    sources = Source(block["a_source"]), Source(block["b_source"])
    article_a, claims_a = claims_of("a", sources[0].name, block["a"])
    article_b, claims_b = claims_of("b", sources[1].name, block["b"])
    event = Event(block["event"], sources, (article_a, article_b))
    context = Context(event, Roster.of(event))
    for link in block["links"]:
        yield Link(
            Side(sources[0], (claims_a[link["a"]],), None),
            Side(sources[1], (claims_b[link["b"]],), None),
            context,
            Relation(link["relation"]),
            frozenset(link["facets"]),
            link["kind"],
        )


def read_links(paths: Sequence[Path]) -> list[Link]:
    """Read every gold link of block files, or of the ``.jsonl`` files of folders."""
    files = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [link for line in lines for link in links_of(json.loads(line))]


def similarities(links: Sequence[Link]) -> list[float]:
    """Return the cosine of each link's sides under the default model."""
    from claims.analysis.encoding import Encoder

    texts = [side.claims[0].text for link in links for side in (link.a, link.b)]
    vectors = Encoder().encode(texts)
    return [float(vectors[i] @ vectors[i + 1]) for i in range(0, len(texts), 2)]


def f1(hits: int, said: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (said + gold) if said + gold else 0.0


def macro_f1(gold: Sequence[Relation], said: Sequence[Relation]) -> float:
    """Return the mean F1 of the three relations."""
    scores = []
    for relation in Relation:
        hits = sum(g is s is relation for g, s in zip(gold, said, strict=True))
        scores.append(f1(hits, said.count(relation), gold.count(relation)))
    return sum(scores) / len(scores)


def report(title: str, gold: list[Relation], said: list[Relation]) -> None:
    """Print the two figures of one way of judging."""
    diverge = Relation.DIVERGE
    hits = sum(g is s is diverge for g, s in zip(gold, said, strict=True))
    precision = hits / said.count(diverge) if said.count(diverge) else 0.0
    recall = hits / gold.count(diverge) if gold.count(diverge) else 0.0
    print(
        f"{title:24} macro-F1 {macro_f1(gold, said):.3f}   diverge P {precision:.3f} R {recall:.3f}"
        f" F1 {f1(hits, said.count(diverge), gold.count(diverge)):.3f}"
    )


def report_reasons(links: Sequence[Link], verdicts: Sequence[Verdict]) -> None:
    """Print precision, recall and F1 of each kind of reason, on links that neither side calls agree."""
    hits: Counter[str] = Counter()
    said: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for link, verdict in zip(links, verdicts, strict=True):
        if Relation.AGREE in (link.relation, verdict.relation):
            continue
        kinds = {reason.kind.value for reason in verdict.reasons}
        said.update(kinds)
        gold.update(link.facets)
        hits.update(kinds & link.facets)
    for kind in sorted(gold | said):
        precision, recall = hits[kind] / max(1, said[kind]), hits[kind] / max(1, gold[kind])
        score = f1(hits[kind], said[kind], gold[kind])
        print(f"{kind:24} P {precision:.3f} R {recall:.3f} F1 {score:.3f}  ({gold[kind]})")
    print(f"{'all reasons':24} F1 {f1(hits.total(), said.total(), gold.total()):.3f}")


def main() -> None:
    """Read the arguments, judge every link and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    links = read_links(parser.parse_args().paths)
    verdicts = [
        relate(link.a, link.b, link.context, similarity=similarity)
        for link, similarity in zip(links, similarities(links), strict=True)
    ]
    gold, said = [link.relation for link in links], [verdict.relation for verdict in verdicts]
    print("gold \\ said".ljust(16) + "".join(f"{relation:>10}" for relation in Relation))
    for relation in Relation:
        row = [sum(g is relation and s is column for g, s in zip(gold, said, strict=True)) for column in Relation]
        print(f"{relation:16}" + "".join(f"{count:10}" for count in row))
    majority = Counter(gold).most_common(1)[0][0]
    report(f"majority ({majority})", gold, [majority] * len(gold))
    report("always partial", gold, [Relation.PARTIAL] * len(gold))
    report("Crossread", gold, said)
    report_reasons(links, verdicts)


if __name__ == "__main__":
    main()
