"""What an address or a form asks for, read without trust."""

from __future__ import annotations

import datetime as dt


def number(text: str | None) -> int | None:
    """Return a whole number that could be an id, or None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def day(text: str) -> dt.date | None:
    """Return a day written as 2031-04-08, or None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
