"""Sentences per second beside plain ``SentenceTransformer.encode``, and how near the vectors are to its own."""

from __future__ import annotations

import torch
from sentence_transformers import SentenceTransformer

from bench.texts import sentences
from bench.timing import best_of_each, show
from claims.analysis.encoding import Encoder, MemoryStore, packaged_folder

COUNT = 2000


def main() -> None:
    """Measure both in one run and print the ratio."""
    texts = sentences(COUNT)
    plain = SentenceTransformer(str(packaged_folder()), device="cpu")
    own = Encoder()
    own.encode(texts[:64])
    plain.encode(texts[:64], batch_size=32)

    def encode_plain() -> object:
        return plain.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)

    def encode_own() -> object:
        own._store = MemoryStore()  # nothing is known from the run before
        return own.encode(texts)

    seconds_plain, seconds_own = best_of_each([encode_plain, encode_own], times=3)
    expected = plain.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
    cosines = (expected * own.encode(texts)).sum(axis=1)
    show(
        f"Embedding {COUNT} sentences, {torch.get_num_threads()} threads",
        [
            ("SentenceTransformer.encode, float32, batch 32", f"{COUNT / seconds_plain:.0f} /s"),
            ("Crossread's encoder", f"{COUNT / seconds_own:.0f} /s"),
            ("ratio", f"{seconds_plain / seconds_own:.2f}"),
            ("least cosine between the two", f"{cosines.min():.5f}"),
        ],
    )
