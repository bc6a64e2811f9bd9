"""What it would bring to match clauses on their own where a sentence makes several statements.

    python -m bench.clauses FILE...

takes files of the corpus that nothing was learnt from, reads every pair of sentences with the built-in linker as the
alignment does, and reads the clauses of each two sentences as well ("agreed to X and discussed Y" is two). The highest
of what the linker says of two clauses becomes one more signal. Printed are the average precision and the best F1 of
the links, with and without that signal, each fitted on other events than it is measured on, and how many more pairs
have to be read.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.timing import show
from claims.analysis import alignment
from claims.analysis.clauses import read
from claims.analysis.cross_encoder import CrossEncoder
from claims.analysis.encoding import Encoder
from claims.analysis.structures import Span
from training.examples import Block, read_blocks
from training.fitting import fit_logistic, sigmoid
from training.measuring import best_f1

_LEAST_WORDS = 5  # of a clause; shorter ones state nothing by themselves
_PARTS = 4  # events are held out in so many turns
_JOINTS = (" and ", "; ", ", while ", ", but ", ", which ", " as well as ", ", adding ", ", noting ", ", with ")

Matrix = NDArray[np.float64]


def clause_spans(text: str) -> list[Span]:
    """Return the clauses of a sentence: cut before a joint that an act of its own follows. One, if it makes one."""
    starts = [0]
    for deed in read(text)[1:]:
        cut = max(text.rfind(joint, starts[-1], deed.start) for joint in _JOINTS)
        if cut > starts[-1] and all(len(part.split()) >= _LEAST_WORDS for part in (text[starts[-1] : cut], text[cut:])):
            starts.append(cut)
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _clauses(text: str) -> list[str]:
    spans = clause_spans(text)
    return [span.of(text).strip(" ,;") for span in spans] if len(spans) > 1 else []


def _by_clauses(block: Block, linker: CrossEncoder, whole: Matrix) -> tuple[Matrix, int]:
    """Return the highest log-odds among a pair's clauses, the pair's own included, and how many pairs were read."""
    parts = [[[text, *_clauses(text)] for text in texts] for texts in (block.a, block.b)]
    asked = [
        (i, j, (x, y))
        for i, of_a in enumerate(parts[0])
        for j, of_b in enumerate(parts[1])
        for x in of_a
        for y in of_b
        if (x, y) != (of_a[0], of_b[0])
    ]
    found = whole.copy()
    for (i, j, _), score in zip(
        asked, linker.link_scores([texts for *_, texts in asked]) if asked else (), strict=True
    ):
        found[i, j] = max(found[i, j], score)
    return found, len(asked)


def _held_out(signals: Sequence[Matrix], gold: Sequence[NDArray[np.bool_]]) -> tuple[float, float]:
    """Return average precision and best F1 over all pairs, each event scored by what was fitted on others."""
    chances = []
    for place, one in enumerate(signals):
        rest = [other for other in range(len(signals)) if other % _PARTS != place % _PARTS]
        design = np.concatenate([signals[other] for other in rest])
        weights = fit_logistic(design, np.concatenate([gold[other] for other in rest]), ridge=1.0)
        chances.append(sigmoid(one @ weights))
    scores, truth = np.concatenate(chances), np.concatenate(gold)
    ranked = truth[np.argsort(-scores)]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(precision[ranked].mean()), best_f1(scores, truth)


def main() -> None:
    """Measure with and without clauses."""
    encoder, linker = Encoder(), CrossEncoder()
    plain, finer, gold, pairs, more, cut = [], [], [], 0, 0, 0
    for block in read_blocks(map(Path, sys.argv[1:])):
        texts = [(x, y) for x in block.a for y in block.b]
        whole = linker.link_scores(texts).reshape(len(block.a), len(block.b))
        signals = alignment.signals(encoder.encode(block.a), encoder.encode(block.b), block.a, block.b)
        signals = alignment.with_reading(signals, whole)
        clauses, asked = _by_clauses(block, linker, whole)
        ones = np.ones((len(texts), 1))
        flat = np.concatenate([ones, signals.reshape(len(texts), -1)], axis=1)
        plain.append(flat)
        finer.append(np.concatenate([flat, (clauses - whole).reshape(-1, 1), clauses.reshape(-1, 1)], axis=1))
        truth = np.zeros(whole.shape, bool)
        truth[tuple(zip(*((link.a, link.b) for link in block.links), strict=True))] = True
        gold.append(truth.ravel())
        pairs, more = pairs + len(texts), more + asked
        cut += sum(len(clause_spans(text)) > 1 for text in (*block.a, *block.b))
    rows = [("sentences with more than one clause", str(cut)), ("pairs read, in sentences", str(pairs))]
    rows.append(("pairs read on top of that, in clauses", str(more)))
    for name, signals_of in (("sentences", plain), ("sentences and clauses", finer)):
        precision, score = _held_out(signals_of, gold)
        rows.append((name, f"average precision {precision:.3f}, best F1 {score:.3f}"))
    show("Links found by sentences, and by their clauses too", rows)


if __name__ == "__main__":
    main()
