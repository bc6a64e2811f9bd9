"""Fit when an account goes on: ``python -m training.attribution_carry [FILE.jsonl...] [--folder FOLDER]...``.

Without files it fits on those of ``training/attribution`` on which rules were written, as the weights in use are.

Every sentence without a frame after somebody's account is an example: it is that account's or it is not. The articles
are read with the gold answer at each such sentence, so that a mistake does not change the examples after it. The
weights are those of a logistic score with a Gaussian prior around the weights that were set by hand before (ridge):
some hundred examples cannot tell as many signs apart alone. Printed are the weights for ``claims/analysis/background``
and the accuracy on articles that were left out one at a time.

Deciding over all sentences up to the next frame at once, by a chain that may only end, was no better: 0.896 right in
articles left out, as it is one by one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from claims.analysis import background
from claims.analysis.attribution import Reader, Reading
from claims.analysis.folders import read_folder
from claims.analysis.roster import Roster
from claims.analysis.statements import Sentence
from claims.analysis.structures import Article, Event
from training.attribution_scores import read_events

PRIOR = 0.3  # the variance of a weight around what was set by hand
WRITTEN_ON = Path(__file__).parent / "attribution"
BY_HAND = {
    "constant": 0.7,
    "new_paragraph": -0.8,
    "third_party": -1.5,
    "whole": 2.0,
    "quoted": 1.6,
    "backshift": 1.0,
    "of_the_talks": 1.0,
    "goes_on": 0.9,
    "both_talk": 1.5,
    "about_texts": -2.2,
    "past_times": -1.8,
    "present": -1.3,
    "coming_up": -0.2,
    "moving": -1.5,
    "question": -1.5,
    "opens_with_scene": -1.0,
    "since": -0.2,
    "denial": 0.5,
    "bound": 0.3,
    "dated": -0.5,
    "of_outlet": -2.0,
    "scheduled": -0.5,
    "market": -1.0,
    "amid": -1.0,
    "late": 0.0,
    "names_own": 0.0,
    "new_long_paragraph": 0.0,
    "vague": 0.0,
    "names_somebody": 0.0,
    "had_done": 0.0,
    "figures": 0.0,
    "pronoun_first": 0.0,
    "judges": 0.0,
}

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence without a frame: its signs, and whether it goes on with the account before it."""

    article: str
    text: str
    signs: dict[str, float]
    carried: bool


class Watched(Reader):
    """Reads with the gold answer, and keeps what it met."""

    def __init__(self, event: Event, article: Article, gold: dict[str, set[str]]) -> None:
        super().__init__(article, Roster.of(event), own=None)
        self._name, self._gold = event.title, gold
        self.met: list[Example] = []

    def carry(self, sentence: Sentence) -> Reading:
        """Record the sentence and follow the gold."""
        unframed, followed = self.unframed(sentence), self.referents.followed
        want = self._gold.get(sentence.text)
        if unframed is None or followed is None or want is None:
            return super().carry(sentence)
        carried = followed.source in want
        self.met.append(Example(self._name, sentence.text, background.signs(unframed), carried))
        if not carried:
            self.referents.leave()
        return Reading(followed, implicit=carried)


def examples_of(event: Event, article: Article, gold: dict[str, set[str]]) -> list[Example]:
    """Return the examples of an article; ``gold`` has the right sources of its sentences by their texts."""
    reader = Watched(event, article, gold)
    for _ in reader.read():
        pass
    return reader.met


def from_file(path: Path) -> Iterator[Example]:
    """Yield the examples of a file of events."""
    for event, sentences in read_events(path):
        gold = {one["text"]: _named(event, one["source"]) for one in sentences}
        yield from examples_of(event, event.articles[0], gold)


def from_folder(path: Path) -> Iterator[Example]:
    """Yield the examples of an event folder with labels: of those articles that no source published."""
    event = read_folder(path).event
    labels = json.loads((path / "gold.json").read_text(encoding="utf-8"))["sentences"]
    for article in event.articles:
        if event.source(article.publisher) is None and article.name in labels:
            sentences = labels[article.name]
            gold = {article.text[one["start"] : one["end"]]: _named(event, one["source"]) for one in sentences}
            yield from examples_of(event, article, gold)


def _named(event: Event, said: str | list[str]) -> set[str]:
    parties = {source.party: source.name for source in event.sources}
    return {parties.get(one, one) for one in ([said] if isinstance(said, str) else said)}


def fit(found: Sequence[Example], start: Vector, names: Sequence[str]) -> Vector:
    """Return the weights with the highest posterior."""
    x = np.array([[one.signs[name] for name in names] for one in found])
    y = np.array([1.0 if one.carried else -1.0 for one in found])

    def loss(weights: Vector) -> float:
        return float(np.logaddexp(0, -y * (x @ weights)).sum() + ((weights - start) ** 2).sum() / (2 * PRIOR))

    fitted: Vector = minimize(loss, start, method="L-BFGS-B").x
    return fitted


def right(found: Sequence[Example], weights: Vector, names: Sequence[str]) -> int:
    """Return how many examples the weights decide as the gold does."""
    scores = [sum(weight * one.signs[name] for weight, name in zip(weights, names, strict=True)) for one in found]
    return sum((score >= 0) == one.carried for score, one in zip(scores, found, strict=True))


def main() -> None:
    """Fit, and print weights and accuracy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--folder", type=Path, action="append", default=[], help="an event folder with a gold.json")
    parser.add_argument("--wrong", action="store_true", help="list the examples that the fitted weights decide wrongly")
    given = parser.parse_args()
    if not given.files and not given.folder:
        given.files = [WRITTEN_ON / f"{name}.jsonl" for name in ("carry", "dev", "test", "dev2", "dev3", "dev4")]
    found = [one for path in given.files for one in from_file(path)]
    found += [one for path in given.folder for one in from_folder(path)]
    names = list(BY_HAND)
    start = np.array([BY_HAND[name] for name in names])
    left_out = 0
    for article in {one.article for one in found}:
        inside = [one for one in found if one.article != article]
        left_out += right([one for one in found if one.article == article], fit(inside, start, names), names)
    weights = fit(found, start, names)
    if given.wrong:
        for one in found:
            if right([one], weights, names) == 0:
                shown = ", ".join(name for name, value in one.signs.items() if value)
                print(f"{'carried' if one.carried else 'ended  '} [{one.article}] {one.text}\n    {shown}")
    counts = f"{len(found)} examples, {sum(one.carried for one in found)} carried"
    print(
        f"{counts}; right by hand {right(found, start, names)}, left out {left_out}, "
        f"fitted {right(found, weights, names)}"
    )
    for name, weight in zip(names, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
