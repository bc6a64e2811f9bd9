"""How far people agree beyond chance: Cohen's kappa of two, Krippendorff's alpha of any number, with intervals.

Both take verdicts as names without an order (nominal data). Kappa is scikit-learn's, alpha the package
``krippendorff``'s. The intervals are bootstrap percentiles over pairs (Efron and Tibshirani, 1993, chapter 13): pairs
are drawn anew, with all that was said of each, since what varies from study to study is which pairs there are. The
same figures come out the same every time, because the draws begin from a fixed seed.

References: Cohen (1960), "A coefficient of agreement for nominal scales"; Krippendorff (2019), "Content Analysis",
chapter 12; Hayes and Krippendorff (2007) on the bootstrap of alpha.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import krippendorff
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

LEAST_PAIRS = 10  # with fewer the interval covers nearly everything, and a figure would only mislead
DRAWS = 1000
_SEED = 20
_TOO_FEW = "Too few pairs: {pairs} that {who} decided, and {least} are needed."
_ALL_ALIKE = "Everybody always gave the same verdict: nothing tells agreement from chance."


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its 95 % interval, or why there is none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class OfTwo:
    """How two people agree: over how many pairs, on how many they said the same, and kappa."""

    a: int
    b: int
    pairs: int
    same: int
    kappa: Measured


Said = Mapping[int, Mapping[int, str]]  # by pair, what each person said of it


def of_all(said: Said, *, draws: int = DRAWS) -> Measured:
    """Return Krippendorff's alpha over the pairs that at least two people decided."""
    shared = [verdicts for _, verdicts in sorted(said.items()) if len(verdicts) > 1]
    if len(shared) < LEAST_PAIRS:
        return Measured(refusal=_TOO_FEW.format(pairs=len(shared), who="two or more people", least=LEAST_PAIRS))
    names = sorted({one for verdicts in shared for one in verdicts.values()})
    if len(names) < 2:
        return Measured(refusal=_ALL_ALIKE)
    counts = np.array([[Counter(verdicts.values())[name] for name in names] for verdicts in shared])
    chance = np.random.default_rng(_SEED)
    drawn = (counts[chance.integers(len(counts), size=len(counts))] for _ in range(draws))
    return _measured(_alpha(counts), np.array([_alpha(one) for one in drawn if _tells(one)]))


def of_twos(said: Said, *, draws: int = DRAWS) -> list[OfTwo]:
    """Return how every two people agree who have a pair in common, by their keys."""
    people = sorted({person for verdicts in said.values() for person in verdicts})
    found = []
    for a, b in combinations(people, 2):
        both = [(verdicts[a], verdicts[b]) for verdicts in said.values() if a in verdicts and b in verdicts]
        if both:
            found.append(OfTwo(a, b, len(both), sum(x == y for x, y in both), of_two(both, draws=draws)))
    return found


def of_two(both: Sequence[tuple[str, str]], *, draws: int = DRAWS) -> Measured:
    """Return Cohen's kappa of two people from what both said, pair by pair."""
    if len(both) < LEAST_PAIRS:
        return Measured(refusal=_TOO_FEW.format(pairs=len(both), who="both", least=LEAST_PAIRS))
    names = sorted({one for verdicts in both for one in verdicts})
    if len(names) < 2:
        return Measured(refusal=_ALL_ALIKE)
    a, b = zip(*both, strict=True)
    drawn = kappas(_tables(both, names, draws))
    return _measured(float(cohen_kappa_score(a, b, labels=names)), drawn[~np.isnan(drawn)])


def kappas(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Cohen's kappa of many tables at once, (n, k, k) to (n,); NaN where one verdict is all that was said.

    scikit-learn takes a thousand times as long for a thousand tables; a test holds this to it.
    """
    total = tables.sum(axis=(1, 2))
    seen = np.trace(tables, axis1=1, axis2=2) / total
    expected = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / total**2
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = (seen - expected) / (1 - expected)
    return found


def _tables(both: Sequence[tuple[str, str]], names: Sequence[str], draws: int) -> NDArray[np.float64]:
    """Draw the pairs anew many times: kappa depends on the table of counts alone, so the tables are drawn."""
    place = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(names), len(names)))
    for x, y in both:
        table[place[x], place[y]] += 1
    drawn = np.random.default_rng(_SEED).multinomial(len(both), (table / len(both)).ravel(), size=draws)
    return drawn.reshape(draws, *table.shape).astype(float)


def _alpha(counts: NDArray[np.int_]) -> float:
    """Return alpha from how often each verdict was given to each pair, (pairs, verdicts)."""
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _tells(counts: NDArray[np.int_]) -> bool:
    """Tell whether more than one verdict occurs; a draw without is no draw to measure on."""
    return int((counts.sum(axis=0) > 0).sum()) > 1


def _measured(value: float, drawn: NDArray[np.float64]) -> Measured:
    """Return a figure with the middle 95 % of its draws, widened to hold the figure itself."""
    low, high = (float(one) for one in np.percentile(drawn, [2.5, 97.5])) if len(drawn) else (value, value)
    return Measured(value, min(low, value), max(high, value))


def shared_pairs(said: Said) -> int:
    """Return on how many pairs the figures rest: those that two or more people decided."""
    return sum(len(verdicts) > 1 for verdicts in said.values())
