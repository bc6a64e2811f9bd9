"""Whole numbers out of addresses and forms."""

from __future__ import annotations


def number(text: str | None) -> int | None:
    """Return the number that is written, or None where it is none that a database holds."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
