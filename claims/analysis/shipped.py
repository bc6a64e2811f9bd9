"""What was fitted and comes along: the folder of weights, and the figures in its tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).parent / "weights"


def stored(table: str, name: str) -> dict[str, Any]:
    """Return what a table (``alignment``, ``verdicts``) holds under a name."""
    told: dict[str, Any] = json.loads((WEIGHTS / f"{table}.json").read_text("utf-8"))[name]
    return told
