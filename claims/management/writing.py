"""Where a command's result goes: whole files or none, and how far it is, on a terminal."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

_SECONDS_BETWEEN = 0.2
_WIDEST = 78  # characters of the line: one that breaks cannot be taken away


def as_one_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file, replacing what stood there only when all of it is written.

    Raises:
        OSError: if the place cannot be written to.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(path))
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        made = Path(file.name)
        try:
            for piece in pieces:
                file.write(piece)
        except BaseException:
            made.unlink()
            raise
    made.chmod(0o644)
    made.replace(path)


def as_output(pieces: Iterable[bytes]) -> None:
    """Write to standard output, as bytes."""
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def hush() -> None:
    """Say no more: whoever reads has had enough, as in ``… | head``, and what is buffered must not be flushed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Progress:
    """A line on a terminal that counts; elsewhere nothing is said."""

    def __init__(self, stderr: OutputWrapper, shown: bool | None = None) -> None:
        shown = stderr.isatty() if shown is None else shown
        self._stderr, self._shown = stderr, shown
        self._total = self._done = 0
        self._told_at = 0.0

    def of(self, total: int) -> None:
        """Say how much there is to do."""
        self._total = total

    def beat(self) -> None:
        """Count one more."""
        self._done += 1
        self.say(f"{self._done} of {self._total}")

    def say(self, told: str) -> None:
        """Say how far it is in words, if nothing was said just now."""
        if self._shown and time.monotonic() - self._told_at > _SECONDS_BETWEEN:
            self._told_at = time.monotonic()
            self._say(f"\r\x1b[K{told[:_WIDEST]}")

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self._told_at:
            self._told_at = 0.0
            self._say("\r\x1b[K")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        self.clear()

    def _say(self, told: str) -> None:
        self._stderr.write(told, style_func=str, ending="")  # not in the colour of errors
        self._stderr.flush()
