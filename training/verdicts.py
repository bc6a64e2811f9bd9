"""Gold links as the sides of pairs, and what the verdicts on them reach.

    python -m training.verdicts FILE... [--plain]

prints the confusion of relations, their macro-F1 beside two baselines, and the F1 of every kind of reason; ``--plain``
leaves the judge out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.analysis.cross_encoder import CrossEncoder
from claims.analysis.encoding import Encoder
from claims.analysis.judging import Opinion
from claims.analysis.reasons.base import Context, Side
from claims.analysis.relations import relate
from claims.analysis.roster import Roster
from claims.analysis.shipped import WEIGHTS
from claims.analysis.structures import Article, Claim, Event, Relation, Source, Span, Verdict
from training.examples import Block, Link, read_blocks
from training.measuring import f1


@dataclass(frozen=True, slots=True)
class Case:
    """One gold link: both sides, what they share, and what the gold says of it."""

    name: str
    a: Side
    b: Side
    context: Context
    gold: Link


def cases(paths: Sequence[Path]) -> list[Case]:
    """Return every gold link of files of the corpus."""
    return [case for block in read_blocks(paths) for case in _cases(block)]


def _cases(block: Block) -> Iterator[Case]:
    sources = _source(block.a_source, block.cast.get("a", {})), _source(block.b_source, block.cast.get("b", {}))
    article_a, claims_a = _claims("a", sources[0].name, block.a)
    article_b, claims_b = _claims("b", sources[1].name, block.b)
    event = Event(block.event, sources, (article_a, article_b))
    context = Context(event, Roster.of(event))
    for link in block.links:
        sides = Side(sources[0], (claims_a[link.a],)), Side(sources[1], (claims_b[link.b],))
        yield Case(f"{block.file}/{block.event}", *sides, context, link)


def _source(name: str, cast: dict[str, str]) -> Source:
    """Return a source as an editor would enter it."""
    leader, office = cast.get("leader", ""), cast.get("office", "")
    last = leader.split()[-1] if leader else ""
    named = [cast.get("adjective", ""), cast.get("capital", ""), leader, f"{office} {last}" if office and last else ""]
    return Source(name, cast.get("state", ""), tuple(one for one in named if one), ())


def _claims(name: str, source: str, statements: Sequence[str]) -> tuple[Article, list[Claim]]:
    """Return an article that holds the statements one a line, and a claim for each."""
    claims, start = [], 0
    for statement in statements:
        claims.append(Claim(name, Span(start, start + len(statement)), statement, source))
        start += len(statement) + 1
    return Article(name, "\n".join(statements), source), claims


def similarities(given: Sequence[Case]) -> list[float]:
    """Return the cosine of each case's sides under the default model."""
    texts = [side.claims[0].text for case in given for side in (case.a, case.b)]
    vectors = Encoder().encode(texts)
    return [float(vectors[i] @ vectors[i + 1]) for i in range(0, len(texts), 2)]


def opinions_of(given: Sequence[Case], judge: CrossEncoder | None) -> Sequence[Opinion | None]:
    """Return what a judge says of each case."""
    if judge is None:
        return [None] * len(given)
    return judge.opinions([(case.a.claims[0].text, case.b.claims[0].text) for case in given])


def macro_f1(gold: Sequence[Relation], said: Sequence[Relation]) -> float:
    """Return the mean F1 of the three relations."""
    scores = [_f1_of(relation, gold, said) for relation in Relation]
    return sum(scores) / len(scores)


def _f1_of(relation: Relation, gold: Sequence[Relation], said: Sequence[Relation]) -> float:
    hits = sum(g is s is relation for g, s in zip(gold, said, strict=True))
    return f1(hits, list(said).count(relation), list(gold).count(relation))


def tell(title: str, given: Sequence[Case], said: Sequence[Relation]) -> None:
    """Print the figures of one way of judging."""
    gold = [case.gold.relation for case in given]
    by_relation = "  ".join(f"{one.value} {_f1_of(one, gold, said):.3f}" for one in Relation)
    print(f"{title:24} macro-F1 {macro_f1(gold, said):.3f}   {by_relation}")


def tell_reasons(given: Sequence[Case], verdicts: Sequence[Verdict]) -> None:
    """Print precision, recall and F1 of each kind of reason, on links that neither side calls agree."""
    hits, said, gold = Counter[str](), Counter[str](), Counter[str]()
    for case, verdict in zip(given, verdicts, strict=True):
        if Relation.AGREE not in (case.gold.relation, verdict.relation):
            kinds = {reason.kind.value for reason in verdict.reasons}
            said.update(kinds)
            gold.update(case.gold.reasons)
            hits.update(kinds & case.gold.reasons)
    for kind in sorted(gold | said):
        precision, recall = hits[kind] / max(1, said[kind]), hits[kind] / max(1, gold[kind])
        print(
            f"{kind:24} P {precision:.3f} R {recall:.3f} F1 {f1(hits[kind], said[kind], gold[kind]):.3f} ({gold[kind]})"
        )
    print(f"{'all reasons':24} F1 {f1(hits.total(), said.total(), gold.total()):.3f}")


def tell_kinds(given: Sequence[Case], verdicts: Sequence[Verdict]) -> None:
    """Print how many divergences that both call so have the right kind."""
    both = [
        (case.gold.position, verdict.kind == "position")
        for case, verdict in zip(given, verdicts, strict=True)
        if case.gold.relation is verdict.relation is Relation.DIVERGE
    ]
    print(f"{'kind of divergence':24} right {sum(a == b for a, b in both) / max(1, len(both)):.3f} ({len(both)})")


def main() -> None:
    """Judge every link and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    given = cases(args.files)
    opinions = opinions_of(given, None if args.plain else CrossEncoder(args.weights))
    verdicts = [
        relate(case.a, case.b, case.context, similarity=similarity, opinion=opinion)
        for case, similarity, opinion in zip(given, similarities(given), opinions, strict=True)
    ]
    print("gold \\ said".ljust(16) + "".join(f"{relation:>10}" for relation in Relation))
    for relation in Relation:
        of_it = [
            verdict.relation for case, verdict in zip(given, verdicts, strict=True) if case.gold.relation is relation
        ]
        print(f"{relation:16}" + "".join(f"{of_it.count(column):10}" for column in Relation))
    tell("always partial", given, [Relation.PARTIAL] * len(given))
    if not args.plain:
        tell("the judge alone", given, [max(one.relation, key=one.relation.__getitem__) for one in opinions if one])
    tell("Crossread", given, [verdict.relation for verdict in verdicts])
    tell_reasons(given, verdicts)
    tell_kinds(given, verdicts)


if __name__ == "__main__":
    main()
