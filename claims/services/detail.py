"""What the pages ask the analysis about wording: how detailed an account is, and how far it binds.

The web process imports this module: the lexicons are compiled when they are first asked for, and no model is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.analysis.clauses import Commitment
    from claims.analysis.detail import Detail


def detail_of(texts: Iterable[str]) -> Detail:
    """Return how long and how detailed an account is."""
    from claims.analysis.detail import detail_of as measured

    return measured(texts)


def commitments_of(text: str) -> list[Commitment]:
    """Return the words of a statement that bind somebody, each with its step on the ladder of commitment."""
    from claims.analysis.clauses import commitments

    return commitments(text)
