"""What a network reaches on events that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from claims.analysis.network import Network
from claims.analysis.pairing import Tokens, padded
from training.batches import batches
from training.examples import REASONS, RELATIONS, Block
from training.optimising import mixed

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """What a network says of every pair of an event, both orders averaged, as logits: (a, b) and (a, b, answers)."""

    block: Block
    link: Matrix
    relation: Matrix
    position: Matrix
    reasons: Matrix


def read_pairs(network: Network, tokens: Tokens, blocks: Sequence[Block]) -> list[Read]:
    """Return what a network says of every pair of every event."""
    network.eval()
    found = []
    places = [
        (number, i, j) for number, block in enumerate(blocks) for i in range(len(block.a)) for j in range(len(block.b))
    ]
    sums = np.zeros((len(places), 2 + len(RELATIONS) + len(REASONS)))
    for turned in (False, True):
        texts = [(blocks[n].b[j], blocks[n].a[i]) if turned else (blocks[n].a[i], blocks[n].b[j]) for n, i, j in places]
        encoded = [tokens.pair(*one) for one in texts]
        with torch.inference_mode(), mixed():
            for batch in batches([len(one.ids) for one in encoded], most=6000):
                said = network(*padded([encoded[place] for place in batch]))
                row = torch.cat([said.link[:, None], said.position[:, None], said.relation, said.reasons], dim=1)
                sums[batch] += row.float().numpy() / 2
    start = 0
    for block in blocks:
        shape = len(block.a), len(block.b)
        part = sums[start : start + shape[0] * shape[1]].reshape(*shape, -1)
        start += shape[0] * shape[1]
        found.append(Read(block, part[..., 0], part[..., 2:5], part[..., 1], part[..., 5:]))
    return found


def f1(hits: float, said: float, gold: float) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (said + gold) if said + gold else 0.0


def measure(found: Sequence[Read]) -> dict[str, float]:
    """Return the figures: links at the best threshold, relations and reasons on gold links."""
    gold = np.concatenate([_gold(one).ravel() for one in found])
    raw = np.concatenate([one.link.ravel() for one in found])
    local = np.concatenate([without_hubs(one.link).ravel() for one in found])
    figures = {"link F1": best_f1(raw, gold), "link F1 without hubs": best_f1(local + 0.5 * raw, gold)}
    pairs = [(one, link) for one in found for link in one.block.links]
    said = np.array([one.relation[link.a, link.b].argmax() for one, link in pairs])
    true = np.array([RELATIONS.index(link.relation) for _, link in pairs])
    for place, relation in enumerate(RELATIONS):
        hits = ((said == place) & (true == place)).sum()
        figures[relation.value] = f1(hits, (said == place).sum(), (true == place).sum())
    figures["relation macro-F1"] = sum(figures[one.value] for one in RELATIONS) / 3
    logits = np.array([one.reasons[link.a, link.b] for one, link in pairs if link.relation != "agree"])
    named = np.array([[kind in link.reasons for kind in REASONS] for _, link in pairs if link.relation != "agree"])
    figures["reasons F1"] = best_f1(logits.ravel(), named.ravel())
    return figures


def _gold(one: Read) -> NDArray[np.bool_]:
    found = np.zeros(one.link.shape, bool)
    for link in one.block.links:
        found[link.a, link.b] = True
    return found


def without_hubs(scores: Matrix, neighbours: int = 2) -> Matrix:
    """Return scores less the mean of the nearest neighbours of both statements."""
    rows = -np.sort(-scores, axis=1)[:, :neighbours].mean(axis=1, keepdims=True)
    columns = -np.sort(-scores, axis=0)[:neighbours].mean(axis=0, keepdims=True)
    corrected: Matrix = scores - (rows + columns) / 2
    return corrected


def best_f1(scores: NDArray[np.float64], gold: NDArray[np.bool_]) -> float:
    """Return the highest F1 over all thresholds."""
    order = np.argsort(-scores)
    hits = np.cumsum(gold[order])
    return float((2 * hits / (np.arange(1, len(order) + 1) + gold.sum())).max())


def report(figures: dict[str, float]) -> str:
    """Return figures as lines of text."""
    return "\n".join(f"    {name:24} {value:.3f}" for name, value in figures.items())
