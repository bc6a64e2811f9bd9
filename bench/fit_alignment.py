"""Fit the weights of the alignment's signals on blocks, and say what they reach on files held out.

    python -m bench.fit_alignment FILE.jsonl...

Each file is held out once while the weights are fitted on the others; the last lines are the weights on all of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from claims.analysis import alignment
from claims.analysis.encoding import Encoder

_PENALTY = 1e-3


@dataclass(frozen=True, slots=True)
class Block:
    """One event's signals, shape (a, b, signals), and which links are gold, shape (a, b)."""

    file: str
    signals: NDArray[np.float64]
    gold: NDArray[np.bool_]


def read_blocks(files: Sequence[Path], encoder: Encoder) -> list[Block]:
    """Return the blocks of all files with their signals."""
    found = []
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            told = json.loads(line)
            a, b = told["a"], told["b"]
            gold = np.zeros((len(a), len(b)), bool)
            for link in told["links"]:
                gold[link["a"], link["b"]] = True
            found.append(Block(file.stem, alignment.signals(encoder.encode(a), encoder.encode(b), a, b), gold))
    return found


def fit(blocks: Sequence[Block]) -> NDArray[np.float64]:
    """Return the intercept and the weights of a logistic regression with a small penalty on standardised signals."""
    count = len(alignment.WEIGHTS)
    measured = np.concatenate([block.signals[..., :count].reshape(-1, count) for block in blocks])
    gold = np.concatenate([block.gold.ravel() for block in blocks]).astype(float)
    mean, spread = measured.mean(axis=0), measured.std(axis=0)
    design = np.c_[np.ones(len(measured)), (measured - mean) / spread]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = design @ weights
        penalty = _PENALTY * np.r_[0, weights[1:]]
        error = design.T @ (1 / (1 + np.exp(-score)) - gold) / len(gold)
        return float((np.logaddexp(0, score) - gold * score).mean() + penalty @ weights), error + 2 * penalty

    found: NDArray[np.float64] = minimize(loss, np.zeros(design.shape[1]), jac=True).x
    weights = found[1:] / spread
    whole: NDArray[np.float64] = np.r_[found[0] - weights @ mean, weights]
    return whole


def use(weights: NDArray[np.float64]) -> None:
    """Let the alignment use these weights."""
    alignment.INTERCEPT, alignment.WEIGHTS = float(weights[0]), tuple(map(float, weights[1:]))  # type: ignore[assignment]


def main() -> None:
    """Print what files held out reach, then the weights fitted on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    blocks = read_blocks(parser.parse_args().files, Encoder())
    right = np.zeros(3)
    sure: list[tuple[float, bool]] = []
    for file in sorted({block.file for block in blocks}):
        use(fit([block for block in blocks if block.file != file]))
        for block in (one for one in blocks if one.file == file):
            chance = alignment.chances(block.signals)
            links = alignment._taken(chance)
            hits = sum(bool(block.gold[link]) for link in links)
            right += hits, len(links), block.gold.sum()
            sure += [(float(chance[link]), bool(block.gold[link])) for link in links]
    print(
        f"held out: precision {right[0] / right[1]:.3f} recall {right[0] / right[2]:.3f} "
        f"F1 {2 * right[0] / (right[1] + right[2]):.3f}"
    )
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        above = [hit for chance, hit in sure if chance >= threshold]
        print(f"from {threshold}: {len(above)} links, precision {sum(above) / max(1, len(above)):.3f}")
    weights = fit(blocks)
    print(f"INTERCEPT = {weights[0]:.3f}\nWEIGHTS = ({', '.join(f'{weight:.3f}' for weight in weights[1:])})")


if __name__ == "__main__":
    main()
