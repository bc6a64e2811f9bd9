"""Which claims of two sources are about the same thing.

Signals are taken for every claim of one side against every claim of the other: the cosine of their vectors corrected
for hubs (a claim that resembles everything resembles nothing in particular), the share of rare words that both have,
by how much each of the two beats the next best choice of either claim, and how far apart they stand in the accounts.
The likeliest of these pairs are then read by a linker, which has learnt what "the same item of the talks" is, and what
it says is added as signals of the same kind. A logistic regression turns them into the chance that the two belong
together; ``weights/alignment.json`` holds its coefficients and the thresholds, fitted by ``training.fit_alignment``.
Links above a threshold that are near the best of one of their claims are taken; links of one claim to neighbouring
claims that have no other link become one group.

Everything is the same whichever source comes first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .clauses import content_stems
from .countries import states
from .inflection import stem
from .shipped import stored
from .structures import Alignment, Candidate, Certainty, Lone, Match

Matrix = NDArray[np.float64]
Group = tuple[tuple[int, ...], tuple[int, ...]]
Link = tuple[int, int]
ReadPairs = Callable[[Sequence[tuple[str, str]]], Matrix]

# What readouts call by many words: that the two spoke, and what they spoke by.
_SYNONYMS = (
    "talk talks talked conversation call called calls speak spoke spoken speaking dialogue conversed",
    "telephone phone telephoned phoned",
    "agree agreed agreement accord consensus understanding",
    "ceasefire truce armistice",
    "aid assistance help support",
    "prisoner prisoners captive captives detainee detainees",
    "negotiation negotiations negotiate negotiating",
    "soldier soldiers troops servicemen servicepeople",
    "sanction sanctions restriction restrictions",
    "meet met meeting meetings summit",
)
_ALL_READ = 320  # pairs; of two longer accounts the likeliest pairs are read
_READ_A_CLAIM = 6  # and of each claim at least so many
_UNREAD = -7.0  # log-odds of a pair that was not worth reading, and the least that a linker can say
_SIGNALS = 6  # without those of a linker
_LEAST_COSINE = 0.15
_LEAST_SHARED = 0.05
_NEIGHBOURS = 3  # nearest neighbours whose mean similarity tells a hub
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """The coefficients of the chances, and the thresholds that were set with them.

    From ``suggested`` on a link is shown, from ``sure`` on the machine stands behind it; a link counts only if it has
    the share ``near_best`` of the best chance of one of its claims.
    """

    intercept: float
    weights: tuple[float, ...]
    suggested: float
    sure: float
    near_best: float


def _stored(name: str) -> Weights:
    told = stored("alignment", name)
    return Weights(**{**told, "weights": tuple(told["weights"])})


PLAIN = _stored("plain")  # over the signals of vectors and words alone
READ = _stored("read")  # with those of a linker


def align(
    vectors_a: NDArray[np.float32],
    vectors_b: NDArray[np.float32],
    texts_a: Sequence[str],
    texts_b: Sequence[str],
    *,
    read_pairs: ReadPairs | None = None,
    kept: Collection[Group] = (),
    rejected: Collection[Group] = (),
    settled: Group = ((), ()),
) -> Alignment:
    """Return the matches of two sides, best of each claim first, and the claims that stay alone.

    Args:
        vectors_a: unit vectors of side a's claims in document order, shape (claims of a, dimensions); so vectors_b.
        texts_a: the claims' texts, as many as vectors; so texts_b.
        read_pairs: gives the log-odds that two texts belong together, for pairs of texts (see ``judging.Linker``).
        kept: groups of indices that people confirmed; each becomes a match as it is.
        rejected: groups that people rejected; no link of theirs is proposed again.
        settled: indices of either side's claims that people have settled; the machine links them to none, and they
            are nobody's best choice.

    Source of the hub correction: cross-domain similarity local scaling (Conneau et al. 2018).
    """
    if not texts_a or not texts_b:
        return Alignment((), tuple(map(Lone, range(len(texts_a)))), tuple(map(Lone, range(len(texts_b)))))
    measured, weights = signals(vectors_a, vectors_b, texts_a, texts_b), PLAIN
    chance = chances(measured, PLAIN)
    if read_pairs is not None:
        weights = READ
        scores = read(texts_a, texts_b, worth_reading(chance), read_pairs)
        chance = chances(with_reading(measured, scores), READ)
    barred = {link for group in [*kept, *rejected] for link in _links(group)}
    groups = [*kept, *group_links(taken(_open(chance, settled), weights) - barred)]
    matches = tuple(_match(group, chance, weights.sure) for group in sorted(set(groups)))
    linked_a = {i for match in matches for i in match.a}
    linked_b = {j for match in matches for j in match.b}
    return Alignment(matches, _lone(chance, linked_a), _lone(chance.T, linked_b))


def _open(chance: Matrix, settled: Group) -> Matrix:
    """Return the chances of the claims that are still to be linked; those of settled ones are 0."""
    left = chance.copy()
    left[list(settled[0]), :] = 0
    left[:, list(settled[1])] = 0
    return left


def signals(
    vectors_a: NDArray[np.float32], vectors_b: NDArray[np.float32], texts_a: Sequence[str], texts_b: Sequence[str]
) -> Matrix:
    """Return the signals of every pair of claims, the cosine last, shape (claims of a, claims of b, 6)."""
    cosine = vectors_a.astype(np.float64) @ vectors_b.astype(np.float64).T
    shared = shared_words(texts_a, texts_b)
    places_a, places_b = (
        np.linspace(0, 1, len(texts)) if len(texts) > 1 else np.array([0.5]) for texts in (texts_a, texts_b)
    )
    apart = np.abs(places_a[:, None] - places_b[None, :])
    return np.stack([_without_hubs(cosine), shared, _lead(cosine), _lead(shared), apart, cosine], axis=-1)


def worth_reading(chance: Matrix) -> NDArray[np.bool_]:
    """Return which pairs are read together: all of short accounts, of longer ones the likeliest.

    Two accounts of n and m claims have n * m pairs, and reading one takes as long as embedding two or three claims.
    """
    if chance.size <= _ALL_READ:
        return np.ones(chance.shape, bool)
    by_row = np.argsort(np.argsort(-chance, axis=1, kind="stable"), axis=1)
    by_column = np.argsort(np.argsort(-chance, axis=0, kind="stable"), axis=0)
    limit = np.sort(chance.ravel())[-_ALL_READ]
    chosen: NDArray[np.bool_] = np.minimum(by_row, by_column) < _READ_A_CLAIM
    return chosen | (chance > limit) if chosen.sum() < _ALL_READ else chosen


def read(texts_a: Sequence[str], texts_b: Sequence[str], chosen: NDArray[np.bool_], read_pairs: ReadPairs) -> Matrix:
    """Return what a linker says of the chosen pairs, as log-odds, shape (claims of a, claims of b)."""
    places = np.argwhere(chosen)
    scores = np.full(chosen.shape, _UNREAD)
    said = read_pairs([(texts_a[i], texts_b[j]) for i, j in places])
    scores[chosen] = np.clip(said, _UNREAD, -_UNREAD)
    return scores


def with_reading(measured: Matrix, scores: Matrix) -> Matrix:
    """Return the signals with those of a linker before them, shape (claims of a, claims of b, signals + 3)."""
    said = np.stack([scores, _without_hubs(scores), _lead(scores)], axis=-1)
    return np.concatenate([said, measured], axis=-1)


def chances(measured: Matrix, weights: Weights) -> Matrix:
    """Return the chance that two claims belong together, shape (claims of a, claims of b), from their signals."""
    score = weights.intercept + measured[..., : len(weights.weights)] @ np.array(weights.weights)
    if measured.shape[-1] == _SIGNALS:
        # Every signal but the words is relative: in two short accounts the best of nothing would still be the best.
        score = np.where((measured[..., -1] < _LEAST_COSINE) & (measured[..., 1] < _LEAST_SHARED), -10.0, score)
    # Rounded, so that no last bit of a sum depends on which side came first.
    rounded: Matrix = np.round(1 / (1 + np.exp(-score)), 6)
    return rounded


def shared_words(texts_a: Sequence[str], texts_b: Sequence[str]) -> Matrix:
    """Return the share of content words that two claims have in common, each word weighing the more the rarer it is.

    Source: Dice's coefficient over stems weighted by inverse document frequency within the two accounts.
    """
    stems = [subjects(text) for text in (*texts_a, *texts_b)]
    frequency = Counter(stem for one in stems for stem in one)
    column = {stem: place for place, stem in enumerate(sorted(frequency))}
    weight = np.array([np.log((len(stems) + 1) / frequency[stem]) for stem in column])
    held = np.zeros((len(stems), len(column)))
    for row, one in enumerate(stems):
        held[row, [column[stem] for stem in one]] = 1
    a, b = held[: len(texts_a)], held[len(texts_a) :]
    total = (a @ weight)[:, None] + (b @ weight)[None, :]
    shared: Matrix = 2 * ((a * weight) @ b.T) / np.maximum(total, 1e-9)
    return shared


@lru_cache(maxsize=8192)
def subjects(text: str) -> frozenset[str]:
    """Return what a text speaks of as stems: a state by any of its names, a talk by any word for it."""
    found = {_meaning(word) for word in content_stems(text)}
    return frozenset(found)


@lru_cache(maxsize=16384)
def _meaning(word: str) -> str:
    return _SAME.get(word, word)


def _same_meaning() -> dict[str, str]:
    classes = {words.split()[0]: words.split() for words in _SYNONYMS}
    table = {stem(word): f"={name}" for name, words in classes.items() for word in words}
    for state in states():
        for name in (*state.names, *state.demonyms):
            table.setdefault(stem(name), f"={state.names[0]}")
    return table


def _without_hubs(cosine: Matrix) -> Matrix:
    """Return twice the cosine less what each of the two claims has on average with its nearest neighbours."""
    return 2 * cosine - _nearest(cosine)[:, None] - _nearest(cosine.T)[None, :]


def _nearest(cosine: Matrix) -> Matrix:
    count = min(_NEIGHBOURS, cosine.shape[1])
    mean: Matrix = np.sort(cosine, axis=1)[:, -count:].mean(axis=1)
    return mean


def _lead(values: Matrix) -> Matrix:
    """Return by how much a value leads the best other one of its row, plus the same for its column."""
    return _lead_in_row(values) + _lead_in_row(values.T).T


def _lead_in_row(values: Matrix) -> Matrix:
    ordered = np.sort(values, axis=1)
    best = ordered[:, -1:]
    second = ordered[:, -2:-1] if values.shape[1] > 1 else np.zeros_like(best)
    lead: Matrix = values - np.where(values == best, second, best)
    return lead


def taken(chance: Matrix, weights: Weights) -> set[Link]:
    """Return the links that are taken: likely enough, and the best or nearly the best of one of their claims."""
    best = np.minimum(chance.max(axis=1, keepdims=True), chance.max(axis=0, keepdims=True))
    found = (chance >= weights.suggested) & (chance >= weights.near_best * best)
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(found), strict=True)}


def group_links(links: Iterable[Link]) -> list[Group]:
    """Return links as groups: one claim with neighbours of the other side that have no other link is one group.

    Only stars are joined, so that no chain of half-alike claims grows into a heap.
    """
    of_a, of_b = defaultdict(set), defaultdict(set)
    for i, j in links:
        of_a[i].add(j)
        of_b[j].add(i)
    groups: list[Group] = []
    for i, j in sorted((one, other) for one, others in of_a.items() for other in others):
        if len(of_b[j]) == 1 and len(of_a[i]) > 1:
            run = _run(j, {one for one in of_a[i] if len(of_b[one]) == 1})
            groups.append(((i,), run))
        elif len(of_a[i]) == 1 and len(of_b[j]) > 1:
            groups.append((_run(i, {one for one in of_b[j] if len(of_a[one]) == 1}), (j,)))
        else:
            groups.append(((i,), (j,)))
    return sorted(set(groups))


def _run(place: int, places: set[int]) -> tuple[int, ...]:
    """Return the unbroken run of places that holds one of them."""
    first = last = place
    while first - 1 in places:
        first -= 1
    while last + 1 in places:
        last += 1
    return tuple(range(first, last + 1))


def _links(group: Group) -> set[Link]:
    return {(i, j) for i in group[0] for j in group[1]}


def _match(group: Group, chance: Matrix, sure: float) -> Match:
    found = [float(chance[link]) for link in _links(group)]
    certainty = Certainty.SURE if min(found) >= sure else Certainty.SUGGESTED
    return Match(tuple(sorted(group[0])), tuple(sorted(group[1])), round(sum(sorted(found)) / len(found), 6), certainty)


def _lone(chance: Matrix, linked: Collection[int]) -> tuple[Lone, ...]:
    """Return the claims without a match, each with the claims of the other side that came nearest."""
    found = []
    for i in range(chance.shape[0]):
        if i not in linked:
            nearest = np.argsort(-chance[i], kind="stable")[:_CANDIDATES]
            found.append(Lone(i, tuple(Candidate(int(j), float(chance[i, j])) for j in nearest)))
    return tuple(found)


_SAME = _same_meaning()
