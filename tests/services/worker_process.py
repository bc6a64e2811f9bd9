"""A worker as a process of its own for ``test_worker``: its model counts words, and it can be made to hang at a step.

Run as ``python -m tests.services.worker_process STEP``; the file ``hangs`` beside the database tells that it got there.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class WordNetwork:
    """Unit vectors of word counts, 64 dimensions: the same text always has the same vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, shape (texts, 64)."""
        counts = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(counts, texts, strict=True):
            for word in text.lower().split():
                row[zlib.crc32(word.encode()) % 64] += 1
        unit: NDArray[np.float32] = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return unit


def hang_before(module: Any, name: str, *, from_call: int) -> None:
    """Have a function of a module never return, from its n-th call on."""
    original: Callable[..., Any] = getattr(module, name)
    calls = 0

    def hanging(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls >= from_call:
            Path(os.environ["CROSSREAD_VAR"], "hangs").touch()
            time.sleep(600)
        return original(*args, **kwargs)

    setattr(module, name, hanging)


def main() -> None:
    """Work through the queue, or hang in the middle of the step that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from claims.analysis.encoding import Encoder
    from claims.services import matching, reading, vectors

    encoder = Encoder(model="words", store=vectors.StoredVectors())
    encoder.__dict__["_network"] = WordNetwork()
    matching.encoder = lambda: encoder  # type: ignore[assignment]
    match sys.argv[1]:
        case "reading":  # one article is read, and the second is read but not yet stored
            hang_before(reading, "_store", from_call=2)
        case "reading again":  # the one article with a new text is read but not yet stored
            hang_before(reading, "_store", from_call=1)
        case "embedding":  # the vectors are computed and not yet stored
            hang_before(vectors.StoredVectors, "put_many", from_call=1)
        case "matching":  # one comparison is stored; of the second, in an open transaction, the pairs are
            hang_before(matching, "store_lone", from_call=2)
    call_command("worker", once=True)


if __name__ == "__main__":
    main()
