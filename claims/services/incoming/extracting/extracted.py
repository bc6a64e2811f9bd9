"""What comes of reading a file."""

from __future__ import annotations

import time
from dataclasses import dataclass


class Unreadable(Exception):
    """A file cannot be read as an article; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as a file tells it; what it does not tell is empty.

    ``published`` is an ISO date, ``language`` a code. ``notices`` are sentences on what was guessed or left out.
    """

    text: str
    kind: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """A file to be read: its bytes, its name, the charset that whoever sent it declared, and the time by when."""

    data: bytes
    name: str = ""
    url: str = ""
    charset: str = ""
    until: float = float("inf")

    def is_late(self) -> bool:
        """Tell whether reading must come to an end."""
        return time.monotonic() > self.until
