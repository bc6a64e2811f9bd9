"""The built-in judge: two trained networks of one shape (see ``network``), run on the CPU.

For the question which statements belong together the first network reads each pair once, in an order that does not
depend on which side comes first, and the second one reads again what the first holds for possible, in the other order.
For a verdict both read in both orders. Answers are averaged as log-odds: networks that were trained from different
seeds err in different places.

Source: deep ensembles (Lakshminarayanan, Pritzel and Blundell 2017).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .encoding import batches_of, packaged_folder, quicken
from .judging import Opinion, Texts
from .pairing import Encoded, Tokens, padded
from .shipped import WEIGHTS
from .structures import ReasonKind, Relation, Span

if TYPE_CHECKING:
    import torch

    from .network import Network

NAME = "crossread-minilm"
_READ_AGAIN = -4.0  # log-odds below which the first network alone decides
_SHOWN = 0.4  # a word from this chance on belongs to those that show the difference; if none is, the likeliest does
_LEAST_SHOWN = 0.1
_WORD = r"[\w’'%$€£-]+"
_MOST_STRETCHES = 2
_GAP = 2  # code points between two words of one stretch, at the most

Vector = NDArray[np.float64]


class CrossEncoder:
    """Reads pairs of texts with every network whose weights lie in a folder, in the order of their names."""

    name = NAME
    english_only = True

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._beat: Callable[[], None] = _silent

    def begin_run(self, *, beat: Callable[[], None] | None = None) -> None:
        """Have ``beat`` called after every batch: two long accounts take longer than a worker may be silent."""
        self._beat = beat or _silent

    def link_scores(self, pairs: Sequence[Texts]) -> Vector:
        """Return the log-odds that two texts belong together, shape (pairs,); the same in either order."""
        first, *others = self._readers
        ordered = [min(pair, pair[::-1]) for pair in pairs]
        scores = np.array([one.link for one in first.read(ordered, self._beat)], float)
        again = np.flatnonzero(scores > _READ_AGAIN)
        for reader in others:
            said = [one.link for one in reader.read([ordered[place][::-1] for place in again], self._beat)]
            scores[again] += said
        scores[again] /= len(self._readers)
        return scores

    def opinions(self, pairs: Sequence[Texts]) -> list[Opinion]:
        """Return an opinion on each pair of texts, the mean of what every network says of both orders."""
        both = [one for pair in pairs for one in (pair, pair[::-1])]
        read = [reader.read(both, self._beat) for reader in self._readers]
        return [
            _opinion(pair, [one[2 * place] for one in read], [one[2 * place + 1] for one in read])
            for place, pair in enumerate(pairs)
        ]

    @cached_property
    def _readers(self) -> list[_Reader]:
        with self._lock:
            first, *others = sorted(self._folder.glob("*.safetensors"))
            reader = _Reader(first)
            return [reader, *(_Reader(path, embeddings=reader.embeddings) for path in others)]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the network said of one pair: logits, and one logit a token with the token's place in its text."""

    link: float
    position: float
    relation: Vector
    reasons: Vector
    words: Vector
    encoded: Encoded


class _Reader:
    """A loaded network and the threads that run it. ``embeddings`` are shared: they are the packaged ones in each."""

    def __init__(self, weights: Path, *, embeddings: torch.nn.Module | None = None) -> None:
        import torch

        folder = packaged_folder()
        self._tokens = Tokens(folder)
        self._network = _network(folder, weights, embeddings)
        self.embeddings: torch.nn.Module = self._network.trunk.embeddings
        self._threads = max(1, torch.get_num_threads())
        self._pool = ThreadPoolExecutor(self._threads, initializer=torch.set_num_threads, initargs=(1,))

    def read(self, pairs: Sequence[Texts], beat: Callable[[], None]) -> list[_Answer]:
        """Return an answer a pair.

        Batches are made of the pairs in alphabetical order, so that what shares a batch, and with it the last bits of
        an answer, does not depend on which side came first.
        """
        order = sorted(range(len(pairs)), key=pairs.__getitem__)
        encoded = self._tokens.pairs([pairs[place] for place in order])
        batches = list(batches_of([len(one.ids) for one in encoded], threads=self._threads))
        found: list[_Answer | None] = [None] * len(pairs)
        told = self._pool.map(lambda batch: self._forward([encoded[place] for place in batch]), batches)
        for batch, answers in zip(batches, told, strict=True):
            beat()
            for place, answer in zip(batch, answers, strict=True):
                found[order[place]] = answer
        return [one for one in found if one is not None]

    def _forward(self, encoded: Sequence[Encoded]) -> list[_Answer]:
        import torch

        with torch.inference_mode():
            said = self._network(*padded(encoded))
        link, position = said.link.numpy().astype(float), said.position.numpy().astype(float)
        relation, reasons, words = (part.numpy().astype(float) for part in (said.relation, said.reasons, said.words))
        return [
            _Answer(link[row], position[row], relation[row], reasons[row], words[row, : len(one.ids)], one)
            for row, one in enumerate(encoded)
        ]


def unpacked(weights: Path) -> dict[str, torch.Tensor]:
    """Return the tensors of a file of weights as they were trained, as near as 8 bits tell them."""
    import torch
    from safetensors.torch import load_file

    stored = load_file(weights)
    return {
        name: value.float() * stored[f"{name}.scale"][:, None] if value.dtype == torch.int8 else value.float()
        for name, value in stored.items()
        if not name.endswith(".scale")
    }


def _network(folder: Path, weights: Path, embeddings: torch.nn.Module | None) -> Network:
    """Return the network with its trained weights: 8-bit matrices are spread out again, row by row."""
    from .network import Network

    network = Network(str(folder), dropout=0.0, embeddings=embeddings)
    missing = network.load_state_dict(unpacked(weights), strict=False, assign=True)
    if missing.unexpected_keys or any("embeddings" not in name for name in missing.missing_keys):
        raise ValueError(f"{weights} does not hold the weights of this network")
    quicken(network.trunk)
    return network.eval()


def _silent() -> None:
    """Do nothing, where nobody waits for a sign of life."""


def _opinion(pair: Texts, straight: Sequence[_Answer], turned: Sequence[_Answer]) -> Opinion:
    """Return the mean of answers on a pair, and of those on the pair with its texts changed over."""
    answers = [*straight, *turned]
    relation = np.exp(np.mean([_log_softmax(one.relation) for one in answers], axis=0))
    relation /= relation.sum()
    reasons = _sigmoid(np.mean([one.reasons for one in answers], axis=0))
    # In the turned reading side 1 is the first text.
    words_a, words_b = (
        _stretches(text, [*((one, side) for one in straight), *((one, 1 - side) for one in turned)])
        for side, text in enumerate(pair)
    )
    return Opinion(
        {one: float(relation[place]) for place, one in enumerate(Relation)},
        float(_sigmoid(np.mean([one.position for one in answers]))),
        {kind: float(reasons[place]) for place, kind in enumerate(ReasonKind)},
        words_a,
        words_b,
    )


def _stretches(text: str, readings: Sequence[tuple[_Answer, int]]) -> tuple[Span, ...]:
    """Return the stretches of a text whose words show a difference, the strongest first, whole words only."""
    strength = np.zeros(len(text))
    for answer, side in readings:
        chances = _sigmoid(answer.words)
        for chance, of, (start, end) in zip(chances, answer.encoded.sides, answer.encoded.offsets, strict=True):
            if of == side and end > start:
                strength[start:end] += chance / len(readings)
    shown = _whole_words(text, strength)
    ranked = sorted(shown, key=lambda span: (-float(strength[span.start : span.end].sum()), span.start))
    return tuple(ranked[:_MOST_STRETCHES])


def _whole_words(text: str, strength: Vector) -> list[Span]:
    found: list[Span] = []
    words = [(word, float(strength[word.start() : word.end()].mean())) for word in re.finditer(_WORD, text)]
    least = min(_SHOWN, max((chance for _, chance in words), default=0.0))
    for word, chance in words:
        if chance < max(least, _LEAST_SHOWN):
            continue
        if found and word.start() - found[-1].end <= _GAP:
            found[-1] = Span(found[-1].start, word.end())
        else:
            found.append(Span(*word.span()))
    return found


def _sigmoid(values: Any) -> Vector:
    result: Vector = 1 / (1 + np.exp(-np.asarray(values)))
    return result


def _log_softmax(values: Vector) -> Vector:
    shifted = values - values.max()
    result: Vector = shifted - np.log(np.exp(shifted).sum())
    return result
