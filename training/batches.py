"""Which texts share a batch while the network is trained and measured."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence


def batches(lengths: Sequence[int], *, most: int, rng: random.Random | None = None) -> Iterator[list[int]]:
    """Yield places of texts of about one length; a batch has ``most`` tokens at the most. ``rng`` shuffles."""
    noise = [rng.uniform(-2, 2) if rng else 0.0 for _ in lengths]
    order = sorted(range(len(lengths)), key=lambda place: lengths[place] + noise[place])
    found: list[list[int]] = [[]]
    for place in order:
        if found[-1] and lengths[place] * (len(found[-1]) + 1) > most:
            found.append([])
        found[-1].append(place)
    if rng:
        rng.shuffle(found)
    yield from found
