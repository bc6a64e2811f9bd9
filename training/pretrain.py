"""Teach the trunk to infer before it is taught to compare: entailment, neutral, contradiction on sentence pairs.

    python -m training.pretrain ../shared/data/inference OUT.pt [--epochs 2]

Source: intermediate-task training (Phang, Févry and Bowman 2018).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path
from typing import Any

import torch
from torch import nn

from claims.analysis.encoding import packaged_folder
from claims.analysis.network import Network
from claims.analysis.pairing import Tokens, padded
from training.batches import batches
from training.optimising import Optimiser, log, mixed

LABELS = ("entailment", "neutral", "contradiction")


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of labelled sentence pairs."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Inferring(nn.Module):
    """A network with a head for inference, which is thrown away afterwards."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.head = nn.Linear(5 * network.trunk.config.hidden_size, len(LABELS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, sides: torch.Tensor) -> torch.Tensor:
        """Return logits over the three labels, (pairs, 3)."""
        answer: torch.Tensor = self.head(self.network.dropout(self.network.vectors(ids, mask, sides)[1]))
        return answer


def accuracy(model: Inferring, tokens: Tokens, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return the share of right labels by set."""
    model.eval()
    right: dict[str, list[bool]] = {}
    encoded = [tokens.pair(row["a"], row["b"]) for row in rows]
    with torch.inference_mode(), mixed():
        for batch in batches([len(one.ids) for one in encoded], most=6000):
            said = model(*padded([encoded[place] for place in batch])).argmax(1).tolist()
            for place, label in zip(batch, said, strict=True):
                gold = rows[place]["label"]
                hit = LABELS[label] == gold if rows[place]["space"] == "3way" else (label == 2) == (gold == LABELS[2])
                right.setdefault(rows[place]["set"], []).append(hit)
    return {name: round(sum(hits) / len(hits), 4) for name, hits in right.items()}


def main() -> None:
    """Train, and print the accuracy on held-out sets after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--limit", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(1)
    rng = random.Random(1)
    tokens = Tokens(packaged_folder())
    rows = read(args.data / "train.jsonl.gz")
    rng.shuffle(rows)
    if args.limit:
        rows = rows[: args.limit]
    encoded = [tokens.pair(row["a"], row["b"]) for row in rows]
    gold = torch.tensor([LABELS.index(row["label"]) for row in rows])
    model = Inferring(Network(str(packaged_folder())))
    lengths = [len(one.ids) for one in encoded]
    steps = args.epochs * len(list(batches(lengths, most=2400)))
    optimiser = Optimiser(model, rate=args.rate, steps=steps)
    for epoch in range(args.epochs):
        model.train()
        losses = []
        for count, batch in enumerate(batches(lengths, most=2400, rng=rng)):
            with mixed():
                logits = model(*padded([encoded[place] for place in batch]))
            loss = nn.functional.cross_entropy(logits.float(), gold[batch], label_smoothing=0.05)
            losses.append(optimiser.step(loss))
            if count % 100 == 99:
                log(f"epoch {epoch} step {count + 1}/{steps // args.epochs} loss {sum(losses[-100:]) / 100:.3f}")
        log(f"epoch {epoch}: {accuracy(model, tokens, read(args.data / 'test.jsonl.gz'))}")
        torch.save(model.network.state_dict(), args.out)


if __name__ == "__main__":
    main()
