"""The network that reads two statements together: a cross-encoder over the packaged MiniLM, a head for each question.

The statements stand in one sequence, ``[CLS] a [SEP] b [SEP]``, so that every word of one attends to every word of
the other. From the last layer's vectors five are pooled (the first token, the mean over a, over b, their difference
and product), and one linear layer answers all questions about the two; a second one says of each token whether it
belongs to the words that show a difference. The embedding table is the packaged model's and is never trained, so
that shipped weights hold the six layers and the heads alone.

Named by ``cross_encoder`` alone, on first use: importing this module imports torch.

Source of the form: cross-encoders for sentence pairs (Devlin et al. 2019); rationales as a second task (Zaidan, Eisner
and Piatko 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel
from transformers.utils import logging

RELATIONS = 3  # agree, partial, diverge
REASONS = 9  # in the order of ReasonKind


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network says of a batch of pairs, as logits.

    Shapes: ``link`` (pairs,), ``relation`` (pairs, 3), ``position`` (pairs,), ``reasons`` (pairs, 9), ``words``
    (pairs, tokens).
    """

    link: Tensor
    relation: Tensor
    position: Tensor
    reasons: Tensor
    words: Tensor


class Network(nn.Module):
    """The trunk (a BERT of the packaged model's shape) and the two linear layers over it.

    With ``embeddings`` (another network's) its own are theirs, and its layers hold nothing until ``load_state_dict``
    with ``assign=True`` gives them their weights; without, it begins as the packaged model.
    """

    def __init__(self, folder: str, *, dropout: float = 0.1, embeddings: nn.Module | None = None) -> None:
        super().__init__()
        # The packaged model has a layer that is not used here; that is no news for whoever starts a worker.
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        drop = {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": 0.0}
        form = {"add_pooling_layer": False, "attn_implementation": "eager"}
        if embeddings is None:
            self.trunk = AutoModel.from_pretrained(folder, **form, **drop)
        else:
            with torch.device("meta"):
                self.trunk = AutoModel.from_config(  # type: ignore[no-untyped-call]
                    AutoConfig.from_pretrained(folder, **drop), **form
                )
            self.trunk.embeddings = embeddings
        size = self.trunk.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.Linear(5 * size, 2 + RELATIONS + REASONS)
        self.words = nn.Linear(size, 1)

    def vectors(self, ids: Tensor, mask: Tensor, sides: Tensor) -> tuple[Tensor, Tensor]:
        """Return the last layer's vectors (pairs, tokens, size) and the pooled ones (pairs, 5 * size), float32.

        Args:
            ids: token numbers; mask: 1 for tokens, 0 for padding; sides: 0 over a, 1 over b. All (pairs, tokens).
        """
        last = self.trunk(input_ids=ids, attention_mask=mask, token_type_ids=sides).last_hidden_state.float()
        of_b = (sides * mask).unsqueeze(-1).float()
        of_a = ((1 - sides) * mask).unsqueeze(-1).float()
        a, b = ((last * one).sum(1) / one.sum(1).clamp(min=1.0) for one in (of_a, of_b))
        return last, torch.cat([last[:, 0], a, b, (a - b).abs(), a * b], dim=1)

    def forward(self, ids: Tensor, mask: Tensor, sides: Tensor) -> Answers:
        """Answer every question about a batch of pairs."""
        last, pooled = self.vectors(ids, mask, sides)
        told = self.heads(self.dropout(pooled)).float()
        link, position, relation, reasons = told.split([1, 1, RELATIONS, REASONS], dim=1)
        return Answers(link[:, 0], relation, position[:, 0], reasons, self.words(last)[..., 0].float())
