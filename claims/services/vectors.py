"""The database as a store of vectors: what was embedded once is never embedded again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from claims.models import Vector

_AT_ONCE = 500  # keys in one query: below SQLite's oldest limit of parameters


class StoredVectors:
    """A ``VectorStore`` (see ``analysis.encoding``) over the rows of ``Vector``: float32, one row a text and model."""

    def get_many(self, model: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are known, by text."""
        by_hash = {text_hash(text): text for text in texts}
        keys = list(by_hash)
        found: dict[str, NDArray[np.float32]] = {}
        for first in range(0, len(keys), _AT_ONCE):
            rows = Vector.objects.filter(model=model, text_hash__in=keys[first : first + _AT_ONCE])
            for key, values in rows.values_list("text_hash", "values"):
                found[by_hash[key]] = np.frombuffer(values, dtype="<f4")
        return found

    def put_many(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep new vectors; one that another worker kept meanwhile stays."""
        rows = [
            Vector(model=model, text_hash=text_hash(text), values=vector.astype("<f4").tobytes())
            for text, vector in vectors.items()
        ]
        Vector.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_ONCE)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
