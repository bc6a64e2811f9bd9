"""From events of the corpus to pairs of statements that the network learns from, varied anew for every epoch."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.analysis.structures import ReasonKind, Relation

RELATIONS = list(Relation)
REASONS = list(ReasonKind)


@dataclass(frozen=True, slots=True)
class Link:
    """A gold link: places in the two accounts, and what the gold says of it."""

    a: int
    b: int
    relation: Relation
    position: bool
    reasons: frozenset[ReasonKind]
    words_a: str | None
    words_b: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """An event of the corpus: two accounts as lists of statements, their links and the look-alikes."""

    file: str
    event: str
    a_source: str
    b_source: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    links: tuple[Link, ...]
    lookalikes: frozenset[tuple[int, int]]
    cast: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def gold(self) -> dict[tuple[int, int], Link]:
        """Return the links by their places."""
        return {(link.a, link.b): link for link in self.links}


@dataclass(frozen=True, slots=True)
class Example:
    """Two statements; ``link`` is None where they are no pair. ``hard`` says that they look like one."""

    a: str
    b: str
    link: Link | None
    hard: bool = False

    def turned(self) -> Example:
        """Return it with the sides changed."""
        link = self.link and replace(self.link, words_a=self.link.words_b, words_b=self.link.words_a)
        return Example(self.b, self.a, link, self.hard)


def read_blocks(paths: Iterable[Path]) -> list[Block]:
    """Return the events of files of the corpus."""
    return [
        _block(path.stem, json.loads(line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _block(file: str, told: dict[str, Any]) -> Block:
    links = tuple(
        Link(
            one["a"],
            one["b"],
            Relation(one["relation"]),
            one["kind"] == "position",
            frozenset(map(ReasonKind, one["facets"])),
            one["words_a"],
            one["words_b"],
        )
        for one in told["links"]
    )
    return Block(
        file,
        told["event"],
        told["a_source"],
        told["b_source"],
        tuple(told["a"]),
        tuple(told["b"]),
        links,
        frozenset((a, b) for a, b in told.get("lookalikes", [])),
        told.get("cast", {}),
    )


def examples(
    blocks: Sequence[Block], cosines: Sequence[NDArray[np.float32]], rng: random.Random, *, negatives: float = 2.0
) -> Iterator[Example]:
    """Yield every link and every look-alike, and for each link so many other pairs, of which half look alike.

    Args:
        cosines: one matrix a block, shape (statements of a, statements of b).
    """
    for block, cosine in zip(blocks, cosines, strict=True):
        gold = block.gold
        yield from (Example(block.a[a], block.b[b], link) for (a, b), link in gold.items())
        yield from (Example(block.a[a], block.b[b], None, hard=True) for a, b in block.lookalikes if (a, b) not in gold)
        rest = [
            (a, b)
            for a in range(len(block.a))
            for b in range(len(block.b))
            if (a, b) not in gold and (a, b) not in block.lookalikes
        ]
        wanted = min(len(rest), round(negatives * len(gold)))
        by_cosine = sorted(rest, key=lambda place: -cosine[place] + rng.gauss(0, 0.08))
        near, far = by_cosine[: wanted // 2], by_cosine[wanted // 2 :]
        chosen = near + rng.sample(far, min(len(far), wanted - len(near)))
        yield from (Example(block.a[a], block.b[b], None) for a, b in chosen)


def joined(block: Block, rng: random.Random) -> Iterator[Example]:
    """Yield links whose one statement was written on with its neighbour's, as compound sentences are.

    The relation stands: it is that of the statement which both make, whatever else a sentence says.
    """
    gold = block.gold
    for (a, b), link in gold.items():
        if link.a + 1 < len(block.a) and (a + 1, b) not in gold and rng.random() < 0.12:
            first, second = block.a[a], block.a[a + 1]
            yield Example(f"{first} {second}" if rng.random() < 0.7 else f"{second} {first}", block.b[b], link)
