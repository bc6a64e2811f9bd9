"""Invented sentences of readouts, of the lengths that readouts have: composed, so that any number can be had."""

from __future__ import annotations

import random

_WHO = ["The President", "The Foreign Minister", "The two leaders", "The delegation of Marovia", "The Prime Minister"]
_DID = ["stressed", "noted", "reaffirmed", "asked for", "welcomed", "rejected", "discussed in detail", "proposed"]
_WHAT = [
    "an early ceasefire along the northern line",
    "the release of {n} detained sailors",
    "a further round of talks in {n} days",
    "the reopening of the grain terminal at Port Sella",
    "trade worth {n} million crowns a year",
    "the safety of the Tolm power station",
]
_ENDS = [
    ".",
    ", and agreed to stay in contact.",
    ", while recalling that the position of his country had not changed.",
    " during a conversation that lasted {n} minutes, and instructed the ministries to prepare proposals before the "
    "meeting of the joint commission, which both sides described as overdue.",
]


def sentences(count: int, *, seed: int = 1) -> list[str]:
    """Return that many different sentences, of 6 to 50 words; the same ones for the same seed."""
    rng = random.Random(seed)  # noqa: S311
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [rng.choice(kind) for kind in (_WHO, _DID, _WHAT)]
        found[" ".join(parts).format(n=rng.randint(2, 999)) + rng.choice(_ENDS).format(n=rng.randint(2, 999))] = None
    return list(found)
