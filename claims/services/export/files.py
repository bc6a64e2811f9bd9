"""Files that are written as a whole before the first byte of them is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

PIECE = 64 * 1024


def pieces_of(file: IO[bytes], size: int = PIECE) -> Iterator[bytes]:
    """Yield what a file holds from here on, in pieces."""
    while piece := file.read(size):
        yield piece
