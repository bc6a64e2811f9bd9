"""Answers of a server that are kept, so that a pair which was judged once costs nothing when it is judged again.

Kept is what the model wrote of one pair, not what was made of it: it is checked again whenever it is taken, as an
answer is that just came. An answer belongs to everything that led to it (the server, the model, what it was asked, the
two texts), so whatever of these changes is asked anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ..judging import Texts
from .asking import RESPONSE_FORMAT, messages_for

Told = dict[str, Any]


class AnswerStore(Protocol):
    """Where answers are kept between runs, by their question's key (see ``key_of``)."""

    def get_many(self, keys: Sequence[str]) -> Mapping[str, Told]:
        """Return the answers that are known, by key."""

    def put_many(self, judge: str, answers: Mapping[str, Told]) -> None:
        """Keep new answers of a judge, by key."""


def key_of(address: str, model: str, texts: Texts) -> str:
    """Return what an answer on two texts is known by: a SHA-256 in hex of all that it depends on."""
    asked = [address, model, messages_for({0: texts}), RESPONSE_FORMAT]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()
