"""Fit the coefficients and thresholds of the alignment, and write them where it reads them.

    python -m training.fit_alignment --fit FILE... --test FILE... [--write]

The network must have seen none of the files. Coefficients are fitted on the files after ``--fit``, thresholds on the
chances that each event of theirs gets while it is held out; what they reach on the files after ``--test`` is printed.
The coefficients without a linker, fitted on the written blocks when there was none, stay.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from claims.analysis import alignment
from claims.analysis.alignment import Weights
from claims.analysis.cross_encoder import CrossEncoder
from claims.analysis.encoding import Encoder
from claims.analysis.shipped import WEIGHTS
from training.examples import Block, read_blocks
from training.fitting import Matrix, Truth, calibration_error, fit_logistic, reliability
from training.optimising import log

_RIDGE = 1.0
_SURE = 0.99  # of what is called sure so many must be right where it was held out; of unlike texts fewer are
_READ_SIGNALS = 8
_GIVEN_UP = 0.004  # of F1, for the sake of recall


@dataclass(frozen=True, slots=True)
class Measured:
    """One event's signals, shape (a, b, signals), and which links are gold, shape (a, b)."""

    name: str
    signals: Matrix
    gold: Truth


def measured(blocks: Sequence[Block], *, linker: CrossEncoder | None) -> list[Measured]:
    """Return the signals of every event as the alignment sees them."""
    encoder = Encoder()
    found = []
    for block in blocks:
        plain = alignment.signals(encoder.encode(block.a), encoder.encode(block.b), block.a, block.b)
        if linker is not None:
            chosen = alignment.worth_reading(alignment.chances(plain, alignment.PLAIN))
            scores = alignment.read(block.a, block.b, chosen, linker.link_scores)
            plain = alignment.with_reading(plain, scores)
        gold = np.zeros((len(block.a), len(block.b)), bool)
        for link in block.links:
            gold[link.a, link.b] = True
        found.append(Measured(f"{block.file}/{block.event}", plain, gold))
    return found


def fit(events: Sequence[Measured], count: int) -> Weights:
    """Return the coefficients over the first ``count`` signals; thresholds are still to be set."""
    flat = np.concatenate([one.signals[..., :count].reshape(-1, count) for one in events])
    gold = np.concatenate([one.gold.ravel() for one in events])
    mean, spread = flat.mean(axis=0), flat.std(axis=0)
    found = fit_logistic(np.c_[np.ones(len(flat)), (flat - mean) / spread], gold, ridge=_RIDGE)
    weights = found[1:] / spread
    return Weights(
        round(float(found[0] - weights @ mean), 4), tuple(round(float(one), 4) for one in weights), 0.5, 1.0, 0.0
    )


def held_out(events: Sequence[Measured], count: int, parts: int = 6) -> list[Matrix]:
    """Return each event's chances under coefficients that were fitted without it, whatever its sources."""
    names = list(dict.fromkeys(one.name for one in events))
    part_of = [names.index(one.name) % parts for one in events]
    chances: list[Matrix] = [np.zeros(0)] * len(events)
    for part in range(parts):
        weights = fit([one for one, of in zip(events, part_of, strict=True) if of != part], count)
        for place in (place for place, of in enumerate(part_of) if of == part):
            chances[place] = alignment.chances(events[place].signals, weights)
    return chances


def with_thresholds(weights: Weights, chances: Sequence[Matrix], events: Sequence[Measured]) -> Weights:
    """Return coefficients with thresholds that nearly reach the highest F1, and of what is called sure 99 % right."""
    options = [
        replace(weights, suggested=round(float(suggested), 2), near_best=near)
        for suggested in np.arange(0.2, 0.61, 0.02)
        for near in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
    ]
    reached = {one: score(one, chances, events) for one in options}
    enough_f1 = max(f1 for _, _, f1 in reached.values()) - _GIVEN_UP
    # Of what serves F1 alike, what misses least: a suggestion is rejected with one key, a missed pair is looked for.
    best = max((one for one in options if reached[one][2] >= enough_f1), key=lambda one: reached[one][1])
    taken = sorted(
        (float(chance[link]), bool(event.gold[link]))
        for chance, event in zip(chances, events, strict=True)
        for link in alignment.taken(chance, best)
    )
    right = np.cumsum([hit for _, hit in taken[::-1]]) / np.arange(1, len(taken) + 1)
    enough = np.flatnonzero(right >= _SURE)
    return replace(best, sure=round(taken[::-1][int(enough[-1])][0], 3) if len(enough) else 1.0)


def score(weights: Weights, chances: Sequence[Matrix], events: Sequence[Measured]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the links that are taken."""
    hits = said = 0
    for chance, event in zip(chances, events, strict=True):
        links = alignment.taken(chance, weights)
        said += len(links)
        hits += sum(bool(event.gold[link]) for link in links)
    gold = sum(int(event.gold.sum()) for event in events)
    return hits / max(1, said), hits / max(1, gold), 2 * hits / max(1, said + gold)


def tell(title: str, weights: Weights, chances: Sequence[Matrix], events: Sequence[Measured]) -> None:
    """Print what thresholds reach on events."""
    precision, recall, f1 = score(weights, chances, events)
    flat = np.concatenate([one.ravel() for one in chances])
    gold = np.concatenate([one.gold.ravel() for one in events])
    links = [
        (float(chance[link]), bool(event.gold[link]))
        for chance, event in zip(chances, events, strict=True)
        for link in alignment.taken(chance, weights)
    ]
    sure = [hit for chance, hit in links if chance >= weights.sure]
    shown, right = (np.array(column) for column in zip(*links, strict=True))
    log(
        f"{title}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; calibration error {calibration_error(flat, gold):.3f} "
        f"of all pairs, {calibration_error(shown, right):.3f} of links; sure {len(sure)} of {len(links)}, "
        f"right {np.mean(sure) if sure else 0:.3f}"
    )
    for row in reliability(shown, right):
        log(f"    from {row['from']:.1f}: {row['cases']} links, chance {row['chance']:.3f}, right {row['right']:.3f}")


def fitted(name: str, events: Sequence[Measured], test: Sequence[Measured], count: int) -> Weights:
    """Return fitted coefficients with thresholds, having said what they reach."""
    chances = held_out(events, count)
    weights = with_thresholds(fit(events, count), chances, events)
    log(f"{name}: {weights}")
    tell(f"{name}, held out in turn", weights, chances, events)
    tell(f"{name}, test", weights, [alignment.chances(one.signals, weights) for one in test], test)
    return weights


def main() -> None:
    """Fit, say what is reached, and write the coefficients if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", type=Path, nargs="+", required=True)
    parser.add_argument("--test", type=Path, nargs="+", required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    blocks, test = read_blocks(args.fit), read_blocks(args.test)
    linker = CrossEncoder(args.weights)
    weights = fitted("read", measured(blocks, linker=linker), measured(test, linker=linker), _READ_SIGNALS)
    found = {"plain": asdict(alignment.PLAIN), "read": asdict(weights)}
    if args.write:
        (WEIGHTS / "alignment.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
