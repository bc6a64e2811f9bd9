"""How far two readers agree who labelled the same events, each blind to the other.

    python -m training.agreement                       the agreement of the second readers with the first
    python -m training.agreement --draw OUT.jsonl      a tenth of the corpus without its labels, to be read again

The figures are those by which the machine is measured (see ``docs/quality.md``), so that they say how well it could do.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from claims.analysis.structures import Relation
from training.examples import Block, read_blocks
from training.measuring import f1
from training.verdicts import macro_f1

CORPUS = Path(__file__).parent / "corpus"
SECOND = CORPUS / "second"
_EVERY = 10


def draw(out: Path) -> int:
    """Write every tenth event of the corpus, counted through its files, without labels; return how many."""
    lines = [(path, line) for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    rows = [(path.stem, json.loads(line)) for path, line in lines[_EVERY // 2 :: _EVERY]]
    blind = [
        {"file": file, **{key: told[key] for key in ("event", "a_source", "b_source", "a", "b")}} for file, told in rows
    ]
    out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in blind), encoding="utf-8")
    return len(blind)


def both_readings() -> list[tuple[Block, Block]]:
    """Return the events that were read twice, as the first and as the second reader labelled them."""
    first = {(block.file, block.event): block for block in read_blocks(sorted(CORPUS.glob("*.jsonl")))}
    found = []
    for path in sorted(SECOND.glob("*.jsonl")):
        files = [json.loads(line)["file"] for line in path.read_text("utf-8").splitlines() if line.strip()]
        for file, second in zip(files, read_blocks([path]), strict=True):
            found.append((first[file, second.event], second))
    return found


def figures(pairs: Sequence[tuple[Block, Block]]) -> dict[str, Any]:
    """Return by how much the second readers' labels fit the first's."""
    links = [(first.gold, second.gold) for first, second in pairs]
    common = [(one[key], two[key]) for one, two in links for key in one.keys() & two.keys()]
    relations = [(one.relation, two.relation) for one, two in common]
    diverge = [[{k for k, v in gold.items() if v.relation is Relation.DIVERGE} for gold in both] for both in links]
    apart = [(one.reasons, two.reasons) for one, two in common if Relation.AGREE not in (one.relation, two.relation)]
    alone = [[_alone(block) for block in both] for both in pairs]
    return {
        "events": len(pairs),
        "links of the first": sum(len(one) for one, _ in links),
        "align F1": _f1_of_sets([one.keys() for one, _ in links], [two.keys() for _, two in links]),
        "relation macro-F1 on common links": macro_f1([one for one, _ in relations], [two for _, two in relations]),
        "relation kappa (Cohen)": kappa(relations),
        "diverge F1, end to end": _f1_of_sets([one for one, _ in diverge], [two for _, two in diverge]),
        "reasons F1": _f1_of_sets([one for one, _ in apart], [two for _, two in apart]),
        "only F1": _f1_of_sets([one for one, _ in alone], [two for _, two in alone]),
    }


def _alone(block: Block) -> set[tuple[str, int]]:
    every = {("a", place) for place in range(len(block.a))} | {("b", place) for place in range(len(block.b))}
    return every - {("a", link.a) for link in block.links} - {("b", link.b) for link in block.links}


def _f1_of_sets(gold: Sequence[Iterable[Any]], said: Sequence[Iterable[Any]]) -> float:
    both = [(set(one), set(two)) for one, two in zip(gold, said, strict=True)]
    return f1(sum(len(a & b) for a, b in both), sum(len(b) for _, b in both), sum(len(a) for a, _ in both))


def kappa(pairs: Sequence[tuple[Relation, Relation]]) -> float:
    """Return Cohen's kappa (1960) of two readers over the same cases."""
    observed = sum(one is two for one, two in pairs) / len(pairs)
    shares = [[[pair[side] for pair in pairs].count(one) / len(pairs) for one in Relation] for side in (0, 1)]
    expected = sum(a * b for a, b in zip(*shares, strict=True))
    found: float = (observed - expected) / (1 - expected)
    return found


def main() -> None:
    """Draw a sample, or print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=Path)
    args = parser.parse_args()
    if args.draw:
        print(f"{draw(args.draw)} events")
        return
    for name, value in figures(both_readings()).items():
        print(f"{name:36} {value if isinstance(value, int) else format(value, '.3f')}")


if __name__ == "__main__":
    main()
