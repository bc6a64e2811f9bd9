"""The fit of the chances of matches: what is held out, and the lines that are drawn."""

from __future__ import annotations

import numpy as np

from claims.analysis.alignment import Weights
from training.fit_alignment import Measured, held_out, with_thresholds

SIGNALS = 6


def measured(name: str, *, seed: int, gold: bool = True) -> Measured:
    """Return an event of four statements a side whose first signal tells what belongs together."""
    linked = np.eye(4, dtype=bool) if gold else np.zeros((4, 4), bool)
    signals = np.random.default_rng(seed).normal(size=(4, 4, SIGNALS))
    signals[..., 0] += 2 * linked
    signals[..., -1] = np.abs(signals[..., -1]) + 1  # as like as they need be to be looked at
    return Measured(name, signals, linked)


def test_comparisons_of_one_event_are_held_out_together() -> None:
    """Three sources make three comparisons: none is fitted on its own event's other two."""
    others = [measured(f"event {number}", seed=number) for number in range(8)]
    first = measured("talks of three", seed=20)
    alike, unlike = (measured("talks of three", seed=21, gold=gold) for gold in (True, False))
    with_one, with_other = (held_out([first, second, *others], SIGNALS)[0] for second in (alike, unlike))
    assert np.array_equal(with_one, with_other)
    elsewhere = measured("another event", seed=21, gold=False)
    assert not np.array_equal(with_one, held_out([first, elsewhere, *others], SIGNALS)[0])


def test_of_what_is_called_sure_nearly_all_was_right() -> None:
    """Of two hundred links the upper half is right, and of those below every other one."""
    chances = [np.array([[0.5 + number / 400]]) for number in range(200)]
    gold = [number >= 100 or number % 2 == 0 for number in range(200)]
    events = [Measured(str(number), np.zeros((1, 1, SIGNALS)), np.array([[hit]])) for number, hit in enumerate(gold)]
    drawn = with_thresholds(Weights(0.0, (1.0,) * SIGNALS, 0.5, 1.0, 0.0), chances, events)
    sure = [hit for chance, hit in zip(chances, gold, strict=True) if chance[0, 0] >= drawn.sure]
    assert len(sure) >= 100
    assert np.mean(sure) >= 0.99
