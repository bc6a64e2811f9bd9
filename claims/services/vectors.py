"""The database as a store of vectors: what was embedded once is never embedded again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from claims.models import Vector
from claims.models.article import checksum

_MOST_RECENT = 4000  # 384 floats each: six megabytes
_AT_ONCE = 500  # keys in one query: below SQLite's oldest limit of parameters


class StoredVectors:
    """A ``VectorStore`` (see ``analysis.encoding``) over the rows of ``Vector``: float32, one row a text and model.

    The last ones that were asked for are kept in memory too: what was just embedded is matched next.
    """

    def __init__(self) -> None:
        self._recent: dict[tuple[str, str], NDArray[np.float32]] = {}

    def get_many(self, model: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are known, by text."""
        found = {text: self._recent[model, text] for text in texts if (model, text) in self._recent}
        by_hash = {checksum(text): text for text in texts if text not in found}
        keys = list(by_hash)
        for first in range(0, len(keys), _AT_ONCE):
            rows = Vector.objects.filter(model=model, text_hash__in=keys[first : first + _AT_ONCE])
            for key, values in rows.values_list("text_hash", "values"):
                found[by_hash[key]] = np.frombuffer(values, dtype="<f4")
        self._remember(model, found)
        return found

    def put_many(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep new vectors; one that another worker kept meanwhile stays."""
        rows = [
            Vector(model=model, text_hash=checksum(text), values=vector.astype("<f4").tobytes())
            for text, vector in vectors.items()
        ]
        Vector.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_ONCE)
        self._remember(model, vectors)

    def _remember(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        self._recent |= {(model, text): vector for text, vector in vectors.items()}
        for oldest in list(self._recent)[: max(0, len(self._recent) - _MOST_RECENT)]:
            del self._recent[oldest]
