"""What people's decisions say of the machine's scores: how often a score was right, and where to draw the lines.

A score is a chance that was fitted on other texts. Here it is fitted to an installation's own: with every decision
(these statements belong together, or they do not) a logistic regression of being right on the score's log-odds moves a
little away from leaving scores as they are. Then two lines are drawn anew, the one from which on a match is shown and
the one from which on the machine is sure of it.

Only what was shown was decided. Of the pairs below the line nobody knows how many were right, so nothing here can
lower it, and "all that were right" means all of those that were shown.

Sources: Platt scaling (Platt 1999) with a normal prior on its two coefficients; score intervals (Wilson 1927).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from .shipped import stored
from .structures import Candidate, Certainty, Comparison, Lone, Match, Pair

LEAST_DECISIONS = 30
SURE_RIGHT = 0.95  # the share that is to be right from "sure" on, by the lower bound of its interval
_PRIOR_INTERCEPT = 0.5  # standard deviations, in log-odds: thirty decisions move a score about half the way
_PRIOR_SLOPE = 0.25
_LEAST_SLOPE = 0.05  # a higher score never means less
_EDGE = 1e-6  # scores are rounded to six digits, and 0 and 1 have no log-odds
_ROUNDS = 50
_SLACK = 0.01  # of F1: a line is raised for more than this
_Z_TWO_SIDED, _Z_ONE_SIDED = 1.96, 1.645
_DIGITS = 4
_STEPS = 10_000

Group = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Decided:
    """A match that people decided on: its score (0 to 1), and whether they hold it for one."""

    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """How scores are read: ``intercept`` and ``slope`` of their log-odds, and two lines on the chances they become."""

    intercept: float
    slope: float
    suggested: float
    sure: float

    def chance(self, score: float) -> float:
        """Return the chance that a match of this score is right, 0 to 1."""
        return _share(self.intercept + self.slope * log_odds(score))

    def score_at(self, chance: float) -> float:
        """Return the score that comes out as this chance."""
        return _share((log_odds(chance) - self.intercept) / self.slope)


@dataclass(frozen=True, slots=True)
class Fit:
    """A scale that was fitted, on how many decisions, and whether they bear out its ``sure`` or it was kept."""

    scale: Scale
    decisions: int
    right: int
    sure_is_proven: bool


@cache
def shipped(name: str = "plain") -> Scale:
    """Return the scale that comes along: scores as they are, with the thresholds of ``weights/alignment.json``."""
    told = stored("alignment", name)
    return Scale(0.0, 1.0, told["suggested"], told["sure"])


def fit(decided: Sequence[Decided], base: Scale) -> Fit:
    """Fit a scale to decisions, beginning from the one that comes along.

    Few decisions change little: each coefficient has a normal prior around leaving scores as they are.
    """
    intercept, slope = _coefficients(decided)
    unlined = Scale(round(intercept, _DIGITS), round(slope, _DIGITS), 0.0, 1.0)
    chances = sorted(((unlined.chance(one.score), one.right) for one in decided), reverse=True)
    shown = _best_line([chance for chance, _ in chances], _floor(unlined.chance(base.suggested)))
    proven = _sure_line(chances)
    sure = max(shown, proven if proven is not None else base.sure)
    right = sum(one.right for one in decided)
    return Fit(replace(unlined, suggested=shown, sure=sure), len(decided), right, proven is not None)


def _coefficients(decided: Sequence[Decided]) -> tuple[float, float]:
    """Return intercept and slope of the regression, by Newton's method."""
    points = [(log_odds(one.score), float(one.right)) for one in decided]
    intercept, slope = 0.0, 1.0
    for _ in range(_ROUNDS):
        step = _step(points, intercept, slope)
        intercept, slope = intercept + step[0], max(_LEAST_SLOPE, slope + step[1])
        if max(map(abs, step)) < _EDGE:
            break
    return intercept, slope


def _step(points: Sequence[tuple[float, float]], intercept: float, slope: float) -> tuple[float, float]:
    """Return the Newton step of the penalised log-likelihood of both coefficients, at most 1 each."""
    down_i, down_s = -intercept / _PRIOR_INTERCEPT**2, (1 - slope) / _PRIOR_SLOPE**2
    bend_i, bend_s, bend_both = 1 / _PRIOR_INTERCEPT**2, 1 / _PRIOR_SLOPE**2, 0.0
    for odds, right in points:
        chance = _share(intercept + slope * odds)
        weight = chance * (1 - chance)
        down_i += right - chance
        down_s += (right - chance) * odds
        bend_i += weight
        bend_s += weight * odds * odds
        bend_both += weight * odds
    room = bend_i * bend_s - bend_both**2
    step_i = (bend_s * down_i - bend_both * down_s) / room
    step_s = (bend_i * down_s - bend_both * down_i) / room
    return max(-1.0, min(1.0, step_i)), max(-1.0, min(1.0, step_s))


def _cumulated(chances: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, int, int]]:
    """Yield each chance, from the highest down, with how many decisions lie from it on and how many were right."""
    right = 0
    for count, ((chance, is_right), (below, _)) in enumerate(pairwise([*chances, (-1.0, False)]), 1):
        right += is_right
        if below < chance:
            yield chance, count, right


def _best_line(chances: Sequence[float], lowest: float) -> float:
    """Return the lowest line whose expected F1 over the decided matches is the best, or nearly.

    Expected by the fitted chances and not by the decisions themselves, so that a line does not follow a few of them.

    Args:
        chances: of the decided matches, the highest first.
        lowest: the line that stands; it is kept where drawing a higher one would gain next to nothing.
    """
    total, right, lines = sum(chances), 0.0, []
    for count, chance in enumerate(chances, 1):
        right += chance
        lines.append((2 * right / (count + total), chance))
    best = max((f1 for f1, _ in lines), default=0.0)
    if not lines or lines[-1][0] >= best - _SLACK:
        return lowest
    return max(lowest, _floor(min(chance for f1, chance in lines if f1 >= best - _SLACK)))


def _sure_line(chances: Sequence[tuple[float, bool]]) -> float | None:
    """Return the lowest chance from which on enough were right, by the lower bound; None where it never is so."""
    lines = [chance for chance, count, right in _cumulated(chances) if lower_bound(right, count) >= SURE_RIGHT]
    return _floor(min(lines)) if lines else None


def interval(right: int, count: int, *, z: float = _Z_TWO_SIDED) -> tuple[float, float]:
    """Return the interval (0 to 1) that holds the true share in 95 of 100 cases; everything where nothing was counted.

    Source: Wilson's score interval.
    """
    if not count:
        return 0.0, 1.0
    share = right / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    least, most = ((middle + sign * spread) / (1 + z * z / count) for sign in (-1, 1))
    return max(0.0, least), min(1.0, most)


def lower_bound(right: int, count: int) -> float:
    """Return the share that the true one exceeds in 95 of 100 cases (one-sided)."""
    return interval(right, count, z=_Z_ONE_SIDED)[0]


def settled(found: Comparison, scale: Scale, *, kept: Collection[Group] = ()) -> Comparison:
    """Return a comparison with the certainty of its matches by a scale, without those below its lower line.

    Scores stay as they are, so that a later fit reads all of them alike. What people confirmed (``kept``) stays; the
    claims of a match that goes are alone, with each other as the nearest.
    """
    pairs = tuple(replace(pair, match=_rated(pair.match, scale)) for pair in found.pairs)
    stays = tuple(pair for pair in pairs if _stays(pair, scale, kept))
    gone = [pair.match for pair in pairs if not _stays(pair, scale, kept)]
    if not gone:
        return replace(found, pairs=stays)
    lone_a = _alone(
        found.lone_a, [(match.a, match.b, match.score) for match in gone], {i for one in stays for i in one.match.a}
    )
    lone_b = _alone(
        found.lone_b, [(match.b, match.a, match.score) for match in gone], {j for one in stays for j in one.match.b}
    )
    return replace(found, pairs=stays, lone_a=lone_a, lone_b=lone_b)


def _rated(match: Match, scale: Scale) -> Match:
    sure = scale.chance(match.score) >= scale.sure
    return replace(match, certainty=Certainty.SURE if sure else Certainty.SUGGESTED)


def _stays(pair: Pair, scale: Scale, kept: Collection[Group]) -> bool:
    return scale.chance(pair.match.score) >= scale.suggested or (pair.match.a, pair.match.b) in kept


def _alone(
    lone: Sequence[Lone], gone: Sequence[tuple[tuple[int, ...], tuple[int, ...], float]], held: set[int]
) -> tuple[Lone, ...]:
    """Return the claims that are alone, with those whose last match went."""
    near: dict[int, list[Candidate]] = {}
    for own, other, score in gone:
        for place in own:
            near.setdefault(place, []).extend(Candidate(one, score) for one in other)
    new = [
        Lone(place, tuple(sorted(found, key=lambda one: (-one.score, one.claim))))
        for place, found in near.items()
        if place not in held
    ]
    return tuple(sorted([*lone, *new], key=lambda one: one.claim))


def log_odds(share: float) -> float:
    """Return the log-odds of a share, held off 0 and 1."""
    held = min(1 - _EDGE, max(_EDGE, share))
    return math.log(held / (1 - held))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, odds))))


def _floor(chance: float) -> float:
    """Round down, so that the score that a line was drawn at lies above it."""
    return math.floor(chance * _STEPS) / _STEPS
