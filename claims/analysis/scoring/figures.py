"""From the counts of many events to figures, each with an interval.

The interval is what the middle 95 % of a thousand draws of as many events, with replacement, reach: events are drawn
and not links, since the links of one event share its texts. Source of the method: the percentile bootstrap (Efron and
Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 13).

Every count is a vector here: its first value is the sum over the events as they are, the others are those of the draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..structures import ReasonKind, Relation
from .counting import BANDS, BINS, Counts, Key, Outcome

Vector = NDArray[np.float64]

DRAWS = 1000
_SEED = 20250604
_MIDDLE = (2.5, 97.5)  # per cent


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its interval; None where there is nothing to measure, or nothing to draw from."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one thing, by the name of the measure, and the number of cases that they rest on."""

    cases: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Band:
    """Cases whose chance lies from ``start`` on: how many, the mean of their chances, and the share that is right."""

    start: float
    cases: int
    chance: float
    right: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is reached on some events.

    ``scores`` are in reading order. ``confusion`` counts links that both have by (gold relation, said relation);
    ``reliability`` holds the bands of the match score, ``confidence`` those of the attribution's.
    """

    events: int
    scores: Mapping[str, Score]
    confusion: Mapping[tuple[Relation, Relation], int]
    reliability: tuple[Band, ...]
    confidence: tuple[Band, ...]


def evaluation_of(counts: Sequence[Counts], *, draws: int = DRAWS) -> Evaluation:
    """Return the figures of some events. The same events give the same intervals, whenever they are asked for.

    Args:
        counts: those of each event; at least one.
        draws: how often events are drawn for the intervals; one event alone has none.
    """
    sums = _Sums(counts, draws if len(counts) > 1 else 0)
    confusion = {(gold, said): sums.total("relation", gold, said) for gold in Relation for said in Relation}
    return Evaluation(
        len(counts),
        _scores(sums),
        confusion,
        _bands(sums, "score", [place / BINS for place in range(BINS)]),
        _bands(sums, "confidence", BANDS),
    )


class _Sums:
    """Counts added up over events, as vectors of 1 + draws values."""

    def __init__(self, counts: Sequence[Counts], draws: int) -> None:
        keys = sorted({key for one in counts for key in one})
        self._column = {key: place for place, key in enumerate(keys)}
        table = np.array([[one.get(key, 0.0) for key in keys] for one in counts])
        times = np.ones((1 + draws, len(counts)))
        if draws:
            chosen = np.random.default_rng(_SEED)
            times[1:] = chosen.multinomial(len(counts), [1 / len(counts)] * len(counts), size=draws)
        self._sums: Vector = times @ table

    def __getitem__(self, key: Key) -> Vector:
        if key not in self._column:
            return np.zeros(len(self._sums))
        found: Vector = self._sums[:, self._column[key]]
        return found

    def total(self, *key: str) -> int:
        """Return the count over the events as they are."""
        return round(float(self[key][0]))


def _scores(sums: _Sums) -> dict[str, Score]:
    of_relations = {relation: _outcomes_of(sums, relation) for relation in Relation}
    common = sum(int(right[0] + missed[0]) for right, _, missed in of_relations.values())
    mean = np.mean([np.nan_to_num(_f1(*outcomes)) for outcomes in of_relations.values()], axis=0)
    found = {"align": _retrieval(sums, [("align",)])}
    found["relation"] = Score(common, {"macro_f1": _figure(mean if common else np.full_like(mean, np.nan))})
    found |= {f"relation {one}": _of_outcomes(*outcomes) for one, outcomes in of_relations.items()}
    found["diverge"] = _retrieval(sums, [("diverge",)])
    found["kind"] = _share(sums, "kind", "accuracy")
    found["reasons"] = _retrieval(sums, [("reasons", kind) for kind in ReasonKind])
    found |= {f"reasons {kind}": _retrieval(sums, [("reasons", kind)]) for kind in ReasonKind}
    found["only"] = _retrieval(sums, [("only",)])
    found["attribution"] = _share(sums, "attribution", "accuracy")
    found["sure"] = _share(sums, "sure", "precision")
    found["calibration"] = _calibration(sums)
    return found


def _outcomes_of(sums: _Sums, relation: Relation) -> tuple[Vector, Vector, Vector]:
    """Return how many links that both have are rightly called so, wrongly, and not though the gold does."""
    right = sums["relation", relation, relation]
    said = np.sum([sums["relation", other, relation] for other in Relation], axis=0)
    gold = np.sum([sums["relation", relation, other] for other in Relation], axis=0)
    return right, said - right, gold - right


def _retrieval(sums: _Sums, keys: Sequence[Key]) -> Score:
    """Return precision, recall and F1 over the sum of some counts."""
    right, wrong, missed = (np.sum([sums[*key, outcome] for key in keys], axis=0) for outcome in Outcome)
    return _of_outcomes(right, wrong, missed)


def _of_outcomes(right: Vector, wrong: Vector, missed: Vector) -> Score:
    found = {
        "precision": _figure(_share_of(right, right + wrong)),
        "recall": _figure(_share_of(right, right + missed)),
        "f1": _figure(_f1(right, wrong, missed)),
    }
    return Score(int(right[0] + missed[0]), found)


def _f1(right: Vector, wrong: Vector, missed: Vector) -> Vector:
    return _share_of(2 * right, 2 * right + wrong + missed)


def _share(sums: _Sums, key: str, measure: str) -> Score:
    cases = sums[key, "cases"]
    return Score(int(cases[0]), {measure: _figure(_share_of(sums[key, Outcome.RIGHT], cases))})


def _calibration(sums: _Sums) -> Score:
    """Return the expected calibration error of the match score: its distance from the share right (Guo et al. 2017)."""
    places = [str(place) for place in range(BINS)]
    gaps = np.sum([abs(sums["score", place, "sum"] - sums["score", place, Outcome.RIGHT]) for place in places], axis=0)
    cases = np.sum([sums["score", place, "cases"] for place in places], axis=0)
    return Score(int(cases[0]), {"error": _figure(_share_of(gaps, cases))})


def _share_of(part: Vector, whole: Vector) -> Vector:
    """Return a share for every draw; nan where there is nothing to take it of."""
    found: Vector = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return found


def _figure(values: Vector) -> Figure:
    drawn = values[1:][~np.isnan(values[1:])]
    value = None if np.isnan(values[0]) else float(values[0])
    if value is None or not len(drawn):
        return Figure(value)
    low, high = np.percentile(drawn, _MIDDLE)
    return Figure(value, float(low), float(high))


def _bands(sums: _Sums, key: str, starts: Sequence[float]) -> tuple[Band, ...]:
    """Return the bands that hold a case."""
    found = []
    for place, start in enumerate(starts):
        cases = sums.total(key, str(place), "cases")
        if cases:
            chance, right = (float(sums[key, str(place), one][0]) / cases for one in ("sum", Outcome.RIGHT))
            found.append(Band(start, cases, chance, right))
    return tuple(found)
