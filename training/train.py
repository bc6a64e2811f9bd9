"""Train the cross-encoder on the corpus.

python -m training.train OUT.pt --start NLI.pt --train FILE... --dev FILE... [--epochs 3]

``--start`` may also be weights that come along (``.safetensors``), to go on from when the corpus has grown.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from claims.analysis.cross_encoder import unpacked
from claims.analysis.encoding import Encoder, packaged_folder
from claims.analysis.network import Answers, Network
from claims.analysis.pairing import Encoded, Tokens, padded
from claims.analysis.structures import Relation
from training.batches import batches
from training.contrast import contrasts, of_itself
from training.examples import REASONS, RELATIONS, Block, Example, examples, joined, read_blocks
from training.measuring import Read, measure, read_pairs, report
from training.optimising import Optimiser, log, mixed
from training.variation import misfit, renamed

_MOST = 2800  # tokens in a batch
_WORDS = 0.3
_CONTRASTED = 0.4
_BESIDE_ITSELF = 0.06


def cosines_of(blocks: Sequence[Block], encoder: Encoder) -> list[NDArray[np.float32]]:
    """Return one matrix of cosines a block."""
    return [encoder.encode(block.a) @ encoder.encode(block.b).T for block in blocks]


def epoch_of(
    blocks: Sequence[Block], cosines: Sequence[NDArray[np.float32]], rng: random.Random, *, negatives: float
) -> list[Example]:
    """Return an epoch's examples, varied: other names in half the events, sides changed, figures that no longer fit."""
    varied = [renamed(block, rng) if rng.random() < 0.5 else block for block in blocks]
    found = list(examples(varied, cosines, rng, negatives=negatives))
    found += [one for block in varied for one in joined(block, rng)]
    found += [one for block in varied for one in _contrasted(block, rng)]
    found += [one for example in found if rng.random() < 0.5 and (one := misfit(example, rng)) is not None]
    return [one.turned() if rng.random() < 0.5 else one for one in found]


def _contrasted(block: Block, rng: random.Random) -> Iterator[Example]:
    """Yield some of an event's statements changed in one point, beside what agrees with them or beside themselves."""
    for link in block.links:
        if rng.random() < _CONTRASTED:
            yield from contrasts(Example(block.a[link.a], block.b[link.b], link), block, rng)
    for text in (*block.a, *block.b):
        if rng.random() < _BESIDE_ITSELF and (one := of_itself(text, block, rng)) is not None:
            yield one


def word_targets(example: Example, encoded: Encoded) -> tuple[list[float], list[float]]:
    """Return for every token whether it belongs to the words that show the difference, and whether that counts."""
    link = example.link
    target, counts = [0.0] * len(encoded.ids), [0.0] * len(encoded.ids)
    if link is None or (link.relation is not Relation.AGREE and link.words_a is None and link.words_b is None):
        return target, counts
    for side, text, words in ((0, example.a, link.words_a), (1, example.b, link.words_b)):
        start = text.find(words) if words else -1
        for place, (of, (first, last)) in enumerate(zip(encoded.sides, encoded.offsets, strict=True)):
            if of == side and last > first:
                counts[place] = 1.0
                target[place] = float(start >= 0 and first < start + len(words or "") and last > start)
    return target, counts


class Targets:
    """The gold answers of a list of examples as tensors."""

    def __init__(self, given: Sequence[Example], encoded: Sequence[Encoded], weights: Tensor) -> None:
        self.link = torch.tensor([float(one.link is not None) for one in given])
        self.relation = torch.tensor([RELATIONS.index(one.link.relation) if one.link else -100 for one in given])
        self.position = torch.tensor([float(one.link is not None and one.link.position) for one in given])
        self.reasons = torch.tensor(
            [[float(one.link is not None and kind in one.link.reasons) for kind in REASONS] for one in given]
        )
        self._words = [word_targets(one, tokens) for one, tokens in zip(given, encoded, strict=True)]
        self._weights = weights

    def loss(self, answers: Answers, batch: Sequence[int]) -> Tensor:
        """Return the summed loss of all questions over a batch."""
        link, relation = self.link[batch], self.relation[batch]
        found = nn.functional.binary_cross_entropy_with_logits(answers.link, link * 0.96 + 0.02)
        if not link.any():
            return found
        found = found + nn.functional.cross_entropy(
            answers.relation, relation, weight=self._weights, label_smoothing=0.05, ignore_index=-100
        )
        linked = link.bool()
        reasons = nn.functional.binary_cross_entropy_with_logits(answers.reasons[linked], self.reasons[batch][linked])
        diverge = relation == RELATIONS.index(Relation.DIVERGE)
        found = found + 2.0 * reasons
        if diverge.any():
            found = found + 0.3 * nn.functional.binary_cross_entropy_with_logits(
                answers.position[diverge], self.position[batch][diverge]
            )
        return found + _WORDS * self._words_loss(answers.words, batch)

    def _words_loss(self, said: Tensor, batch: Sequence[int]) -> Tensor:
        target, counts = torch.zeros_like(said), torch.zeros_like(said)
        for row, place in enumerate(batch):
            one, count = self._words[place]
            target[row, : len(one)], counts[row, : len(count)] = torch.tensor(one), torch.tensor(count)
        loss = nn.functional.binary_cross_entropy_with_logits(
            said, target, weight=counts, reduction="sum", pos_weight=torch.tensor(2.0)
        )
        return loss / counts.sum().clamp(min=1.0)


def main() -> None:
    """Train, measuring on the held-out files after each epoch; the best epoch's weights stay."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, nargs="+", required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--negatives", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    blocks, dev = read_blocks(args.train), read_blocks(args.dev)
    encoder = Encoder()
    cosines = cosines_of(blocks, encoder)
    links = [link for block in blocks for link in block.links]
    log(f"{len(blocks)} events, {len(links)} links to train on; {len(dev)} events held out")
    counts = torch.tensor([sum(link.relation is one for link in links) for one in RELATIONS], dtype=torch.float)
    weights = (counts.sum() / (3 * counts)).sqrt()
    tokens = Tokens(packaged_folder())
    network = Network(str(packaged_folder()))
    if args.start:
        packed = args.start.suffix == ".safetensors"
        state = unpacked(args.start) if packed else torch.load(args.start, weights_only=True)
        network.load_state_dict(state, strict=not packed)
    steps, optimiser = 0, None
    for epoch in range(args.epochs):
        given = epoch_of(blocks, cosines, rng, negatives=args.negatives)
        encoded = [tokens.pair(one.a, one.b) for one in given]
        targets = Targets(given, encoded, weights)
        plan = list(batches([len(one.ids) for one in encoded], most=_MOST, rng=rng))
        if optimiser is None:
            steps = args.epochs * len(plan)
            optimiser = Optimiser(network, rate=args.rate, steps=steps)
        network.train()
        losses = []
        for count, batch in enumerate(plan):
            with mixed():
                answers = network(*padded([encoded[place] for place in batch]))
            losses.append(optimiser.step(targets.loss(answers, batch)))
            if count % 100 == 99:
                log(f"epoch {epoch} step {count + 1}/{len(plan)} loss {sum(losses[-100:]) / 100:.3f}")
        found: list[Read] = read_pairs(network, tokens, dev)
        log(f"epoch {epoch}:\n{report(measure(found))}")
        torch.save(network.state_dict(), args.out)


if __name__ == "__main__":
    main()
