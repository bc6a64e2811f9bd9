"""Vectors: the published model's, computed once."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from claims.analysis.encoding import Encoder, MemoryStore, batches_of, packaged_folder
from tests.services.worker_process import WordNetwork

TEXTS = ["The two leaders spoke by telephone.", "A call took place.", "Grain.", "The bridge stays closed until spring."]


class Counting(WordNetwork):
    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts):  # type: ignore[no-untyped-def]
        self.asked += texts
        return super().encode(texts)


def counting() -> tuple[Encoder, Counting]:
    encoder, network = Encoder(model="words", store=MemoryStore()), Counting()
    encoder.__dict__["_network"] = network
    return encoder, network


def test_a_text_is_embedded_once_however_often_it_comes() -> None:
    encoder, network = counting()
    first = encoder.encode([*TEXTS, TEXTS[0]])
    assert np.array_equal(first[0], first[-1])
    encoder.encode(TEXTS[::-1])
    assert network.asked == TEXTS


def test_no_text_gives_no_vector() -> None:
    encoder, network = counting()
    assert encoder.encode([]).shape[0] == 0
    assert network.asked == []


def test_vectors_of_another_model_are_not_taken() -> None:
    store = MemoryStore()
    store.put_many("words", {"Grain.": np.ones(3, np.float32)})
    assert store.get_many("other", ["Grain."]) == {}


def test_batches_hold_every_text_once_and_little_padding() -> None:
    lengths = [5, 40, 6, 200, 41, 7, 5, 39, 6, 300, 2]
    batches = list(batches_of(lengths, threads=2))
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert all(min(lengths[one] for one in batch) >= 0.8 * max(lengths[one] for one in batch) for batch in batches)


@pytest.mark.model
def test_the_packaged_weights_are_the_published_ones() -> None:
    weights = (packaged_folder() / "model.safetensors").read_bytes()
    published = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert hashlib.sha256(weights).hexdigest() == published


@pytest.mark.model
def test_the_vectors_are_those_of_the_plain_model() -> None:
    from sentence_transformers import SentenceTransformer

    texts = [*TEXTS, " ".join(TEXTS * 30)]
    plain = SentenceTransformer(str(packaged_folder()), device="cpu").encode(texts, normalize_embeddings=True)
    ours = Encoder().encode(texts)
    assert ours.shape == plain.shape
    assert float((ours * plain).sum(axis=1).min()) >= 0.998
