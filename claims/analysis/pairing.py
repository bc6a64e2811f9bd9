"""Two texts as one sequence of tokens, as the network reads them when it is trained and when it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .judging import Texts

if TYPE_CHECKING:
    import torch

MOST_TOKENS = 160  # of both texts together; where they have more, the longer one is cut


@dataclass(frozen=True, slots=True)
class Encoded:
    """Two texts as one sequence: token numbers, the side of each token, and its characters in its own text."""

    ids: list[int]
    sides: list[int]
    offsets: list[tuple[int, int]]


class Tokens:
    """A model's tokenizer over pairs of texts."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)

    def pairs(self, texts: Sequence[Texts]) -> list[Encoded]:
        """Return each pair of texts as one sequence."""
        return [Encoded(one.ids, one.type_ids, one.offsets) for one in self._tokenizer.encode_batch([*texts])]

    def pair(self, a: str, b: str) -> Encoded:
        """Return two texts as one sequence."""
        return self.pairs([(a, b)])[0]


def padded(encoded: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return token numbers, mask and sides, each (texts, tokens)."""
    import torch

    longest = max(len(one.ids) for one in encoded)

    def filled(rows: list[list[int]]) -> torch.Tensor:
        return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])

    return (
        filled([one.ids for one in encoded]),
        filled([[1] * len(one.ids) for one in encoded]),
        filled([one.sides for one in encoded]),
    )
