"""A judge out of any model of natural language inference: does one statement follow from the other, or contradict it?

Such a model answers entailment, neutral or contradiction for a premise and a hypothesis. Each pair is read in both
directions: what follows from each other says the same, what follows one way only says more on one side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..judging import Opinion, Texts
from ..structures import Relation

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LABELS = ("entailment", "neutral", "contradiction")

Chances = NDArray[np.float64]


class UnusableModel(ValueError):
    """A model that cannot judge, with a sentence that says why and what to do."""


class InferenceJudge:
    """Reads pairs with a cross-encoder for natural language inference, on the CPU.

    Args:
        model: a sentence-transformers cross-encoder's name or folder.
    """

    english_only = False  # which languages it reads is for whoever chose it to know

    def __init__(self, model: str) -> None:
        self._model = model
        self._lock = Lock()
        self.name = Path(model).name if Path(model).is_dir() else model

    def opinions(self, pairs: Sequence[Texts]) -> list[Opinion]:
        """Return an opinion on each pair of texts; it says nothing of what differs, nor of stances.

        Raises:
            UnusableModel: if the model cannot be loaded, or its labels are not those of inference.
        """
        if not pairs:
            return []
        with self._lock:
            forward, backward = self._read(pairs), self._read([pair[::-1] for pair in pairs])
        return [opinion_of(*both) for both in zip(forward, backward, strict=True)]

    def _read(self, pairs: Sequence[Texts]) -> Chances:
        """Return the chance of each of ``LABELS``, shape (pairs, 3)."""
        import torch

        network, places = self._loaded
        logits = np.asarray(
            network.predict(list(pairs), activation_fn=torch.nn.Identity(), show_progress_bar=False), np.float64
        )
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances: Chances = (powers / powers.sum(axis=1, keepdims=True))[:, places]
        return chances

    @cached_property
    def _loaded(self) -> tuple[CrossEncoder, list[int]]:
        from sentence_transformers import CrossEncoder

        try:
            network = CrossEncoder(self._model, device="cpu")
        except Exception as error:  # what a folder or a download may lack is told by a dozen different exceptions
            raise UnusableModel(
                f"The judge’s model “{self._model}” could not be loaded ({type(error).__name__}). "
                "Set CROSSREAD_JUDGE_MODEL to the name or the folder of a cross-encoder for natural language inference."
            ) from error
        return network, label_places(network.config.id2label, model=self._model)


def label_places(labels: Mapping[int, str], *, model: str) -> list[int]:
    """Return where a model's answer has each of ``LABELS``, by the names that its own configuration gives.

    Raises:
        UnusableModel: if they are not exactly these three, in whatever case and order.
    """
    named = {str(label).strip().casefold(): int(place) for place, label in labels.items()}
    if set(named) != set(LABELS) or len(labels) != len(LABELS):
        raise UnusableModel(
            f"The model “{model}” cannot judge: its labels are {', '.join(map(str, labels.values()))}, and a model of "
            f"natural language inference names {', '.join(LABELS)}. Set CROSSREAD_JUDGE_MODEL to one that does."
        )
    return [named[label] for label in LABELS]


def opinion_of(forward: Chances, backward: Chances) -> Opinion:
    """Return the opinion that two readings of a pair give, each the chances of ``LABELS``; they may change places.

    What contradicts diverges (the mean of both readings). The rest agrees as far as each follows from the other, and
    is partial otherwise; so the three add up to 1.
    """
    diverge = float(forward[2] + backward[2]) / 2
    follows = _follows(forward) * _follows(backward)
    return Opinion(
        {
            Relation.AGREE: (1 - diverge) * follows,
            Relation.PARTIAL: (1 - diverge) * (1 - follows),
            Relation.DIVERGE: diverge,
        },
        settled=True,
    )


def _follows(chances: Chances) -> float:
    """Return the chance of entailment where nothing contradicts."""
    return float(chances[0] / max(1e-9, float(chances[0] + chances[1])))
