"""What each signal brings, and what it costs to read only the likeliest pairs.

    python -m bench.ablation FOLDER...

measures the event folders that hold gold labels once with everything and then with one thing left out at a time: the
judge (the detectors alone decide), the linker (vectors and words alone link), and each signal of the alignment. A
signal is left out by a coefficient of 0; the others and the thresholds stay as they were fitted with it, so what is
told is what the signal carries here, not what could be reached without it.

Last comes the recall of the gold links among the pairs that are read together (``alignment.worth_reading``), on sides
so long that not all pairs are read; where no event is, two events are put together.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.analysis import alignment
from claims.analysis.alignment import Weights
from claims.analysis.encoding import Encoder
from claims.analysis.judging import Linker, Texts
from claims.analysis.scoring.figures import Evaluation

_OF_LINKER = ("linker", "linker, without hubs", "linker, lead")
_OF_TEXTS = ("cosine, without hubs", "shared words", "cosine, lead", "shared words, lead", "distance", "cosine")
_FIGURES = (("align", "f1"), ("relation", "macro_f1"), ("diverge", "f1"), ("reasons", "f1"), ("only", "f1"))


class Remembered:
    """A linker that reads a pair once, however often it is asked."""

    def __init__(self, linker: Linker) -> None:
        self.name = linker.name
        self._linker = linker
        self._known: dict[Texts, float] = {}

    def link_scores(self, pairs: Sequence[Texts]) -> NDArray[np.float64]:
        """Return the log-odds that two texts belong together, shape (pairs,)."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known |= zip(new, map(float, self._linker.link_scores(new)), strict=True)
        return np.array([self._known[pair] for pair in pairs])


@contextmanager
def without_signal(place: int, *, read: bool) -> Iterator[None]:
    """Leave one signal out of the weights, with a linker's (``read``) or of those without."""
    name = "READ" if read else "PLAIN"
    stored: Weights = getattr(alignment, name)
    masked = tuple(0.0 if one == place else weight for one, weight in enumerate(stored.weights))
    setattr(alignment, name, replace(stored, weights=masked))
    try:
        yield
    finally:
        setattr(alignment, name, stored)


def signals_of(*, read: bool) -> list[str]:
    """Return the names of the signals that have a coefficient."""
    names = [*_OF_LINKER, *_OF_TEXTS] if read else [*_OF_TEXTS]
    return names[: len((alignment.READ if read else alignment.PLAIN).weights)]


def ablations(folders: Sequence[Path]) -> Iterator[tuple[str, Evaluation]]:
    """Yield what is reached with everything, and with each thing left out, under its name."""
    from claims.services.comparing import Readers
    from claims.services.evaluate import evaluated, measure

    whole = Readers.as_set()
    linker = Remembered(whole.linker) if whole.linker is not None else None
    whole = replace(whole, linker=linker)

    def reached(readers: Readers) -> Evaluation:
        return evaluated(list(measure(folders, readers=readers)), draws=0)

    yield "everything", reached(whole)
    if whole.judge is not None:
        yield "no judge", reached(replace(whole, judge=None))
    if linker is not None:
        yield "no linker", reached(replace(whole, linker=None))
        yield "neither", reached(replace(whole, linker=None, judge=None))
    for place, name in enumerate(signals_of(read=linker is not None)):
        with without_signal(place, read=linker is not None):
            yield f"no “{name}”", reached(whole)


@dataclass(frozen=True, slots=True)
class Sides:
    """The labelled sentences of two sources in the order of their texts, and the gold links between them."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    links: frozenset[tuple[int, int]]

    def __add__(self, other: Sides) -> Sides:
        moved = {(i + len(self.a), j + len(self.b)) for i, j in other.links}
        return Sides(self.a + other.a, self.b + other.b, self.links | moved)

    @property
    def pairs(self) -> int:
        """Return how many pairs of sentences there are."""
        return len(self.a) * len(self.b)

    @property
    def is_large(self) -> bool:
        """Tell whether not all pairs of sides of this size are read."""
        return not alignment.worth_reading(np.zeros((len(self.a), len(self.b)))).all()


def sides_of(folder: Path) -> Iterator[Sides]:
    """Yield the two sides of every gold comparison of an event folder."""
    from claims.analysis.scoring.counting import links_of
    from claims.services.folders import read_folder
    from claims.services.gold import read_gold

    texts = {article.name: article.text for article in read_folder(folder).event.articles}
    gold = read_gold(folder)
    for one in gold.comparisons:
        a, b = (
            {sentence.id: sentence for sentence in gold.sentences if sentence.id in labelled}
            for labelled in (one.labelled_a, one.turned().labelled_a)
        )
        place_a, place_b = ({name: place for place, name in enumerate(side)} for side in (a, b))
        links = {(place_a[i], place_b[j]) for i, j in links_of(one.pairs)}
        said_a, said_b = (tuple(one.span.of(texts[one.article]) for one in side.values()) for side in (a, b))
        yield Sides(said_a, said_b, frozenset(links))


def longer_than_is_read(events: Sequence[Sequence[Sides]]) -> tuple[str, list[Sides]]:
    """Return the sides of which not all pairs are read, or else each with the next event's, and how they came about."""
    if large := [one for sides in events for one in sides if one.is_large]:
        return "events as they are", large
    neighbours = [both for two in pairwise(events) for both in zip(*two, strict=False)]
    joined = [one + other for one, other in neighbours]
    return "two events put together", [one for one in joined if one.is_large]


def kept_of(sides: Sides, encoder: Encoder) -> tuple[int, int]:
    """Return how many gold links are among the pairs that are read, and how many pairs that is."""
    vectors = encoder.encode(sides.a), encoder.encode(sides.b)
    chance = alignment.chances(alignment.signals(*vectors, sides.a, sides.b), alignment.PLAIN)
    chosen = alignment.worth_reading(chance)
    return sum(bool(chosen[link]) for link in sides.links), int(chosen.sum())


def tell_pruning(folders: Sequence[Path], encoder: Encoder) -> None:
    """Print what the pairs that are read hold of the gold links, and what part of all pairs they are."""
    how, large = longer_than_is_read([list(sides_of(folder)) for folder in folders])
    if not large:
        print("\nNo two sides are so long that not all of their pairs are read.")
        return
    kept = [kept_of(one, encoder) for one in large]
    links, pairs = sum(len(one.links) for one in large), sum(one.pairs for one in large)
    found, read = (sum(column) for column in zip(*kept, strict=True))
    print(
        f"\nPairs worth reading ({how}: {len(large)}): {read} of {pairs} pairs ({read / pairs:.1%}) hold "
        f"{found} of {links} gold links ({found / links:.1%})"
    )


def main() -> None:
    """Measure everything on the folders of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from claims.services.comparing import Readers
    from claims.services.gold import labelled_folders

    folders = labelled_folders([Path(one) for one in sys.argv[1:]])
    print(f"{len(folders)} events, F1 (relation: macro)\n")
    print(f"{'':32}" + "".join(f"{name:>10}" for name, _ in _FIGURES))
    for name, told in ablations(folders):
        figures = [told.scores[one].figures[measure].value for one, measure in _FIGURES]
        shown = "".join(f"{'–' if figure is None else f'{figure:.3f}':>10}" for figure in figures)
        print(f"{name:32}{shown}", flush=True)
    tell_pruning(folders, Readers.of_rules().encoder)


if __name__ == "__main__":
    main()
