"""Charts as plain shapes: where they stand and how large they are. Templates draw them as SVG, styles give them colour.

Bars and columns are placed in hundredths of the width that the page gives them, so that their patterns and signs keep
their size on every screen and in print; a map is drawn in units of its own. Each shape of a relation differs from the
others without colour: a bar by its pattern (``includes/patterns.html``), a mark on a map by its form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from claims.templatetags.crossread import UNJUDGED
from claims.views.bars import RELATIONS, Bar

UNIT = 10  # of a map: the side of the square that two claims have there
HEIGHT = 160  # of a chart over time, in pixels


@dataclass(frozen=True, slots=True)
class Row:
    """One bar with what it is called and where its name leads; two names where it is of two sources."""

    name: str
    href: str
    bar: Bar
    note: str = ""
    other: str = ""
    other_href: str = ""

    @property
    def title(self) -> str:
        """Return all that it is called."""
        return gettext("%(a)s and %(b)s") % {"a": self.name, "b": self.other} if self.other else self.name


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a column: ``box`` are the attributes of its rectangle."""

    relation: str
    box: SafeString


@dataclass(frozen=True, slots=True)
class Column:
    """What stands at one place in time: its name, where it leads, its counts, and its blocks from the ground up."""

    name: str
    href: str
    counts: Mapping[str, int]
    blocks: tuple[Block, ...]
    box: SafeString

    @property
    def table(self) -> list[int]:
        """Return its counts in the order of the relations."""
        return [self.counts.get(relation, 0) for relation in RELATIONS]


@dataclass(frozen=True, slots=True)
class Point:
    """A mark on a map: a pair in its relation's form, or (``near``) a candidate that was not taken."""

    relation: str
    href: str
    title: str
    shape: SafeString
    a: int
    b: int
    score: float | None

    @property
    def is_round(self) -> bool:
        """Tell whether it is a circle; all else is a path."""
        return self.relation == "near"


@dataclass(frozen=True, slots=True)
class Map:
    """The claims of two sources against each other, in the order of their texts: one's across, the other's down."""

    across: int
    down: int
    points: tuple[Point, ...]
    bands: tuple[SafeString, ...]

    @property
    def legend(self) -> list[tuple[str, SafeString]]:
        """Return each relation's form, for the key to the map."""
        drawn = {point.relation for point in self.points}
        relations = [*RELATIONS[:3], *([UNJUDGED] if UNJUDGED in drawn else [])]
        return [(relation, form_of(relation, 0, 0)) for relation in relations]

    @property
    def view_box(self) -> SafeString:
        """Return the attribute of the drawing."""
        return _attributes(viewBox=f"0 0 {self.across * UNIT} {self.down * UNIT}")

    @property
    def frame(self) -> SafeString:
        """Return the attributes of its ground."""
        return _attributes(width=self.across * UNIT, height=self.down * UNIT)

    @property
    def lines(self) -> SafeString:
        """Return a path with a line after every fifth claim."""
        width, height = self.across * UNIT, self.down * UNIT
        down = "".join(f"M{x} 0V{height}" for x in range(5 * UNIT, width, 5 * UNIT))
        return _attributes(d=down + "".join(f"M0 {y}H{width}" for y in range(5 * UNIT, height, 5 * UNIT)))


def columns(entries: Sequence[tuple[str, str, Mapping[str, int]]]) -> list[Column]:
    """Return a column for each name, address and counts, as high as its share of the highest."""
    highest = max((sum(counts.values()) for _, _, counts in entries), default=0) or 1
    width = 100 / max(1, len(entries))
    return [
        Column(
            name,
            href,
            counts,
            tuple(_blocks(place * width, width, counts, highest)),
            _box(place * width, 0, width, HEIGHT),
        )
        for place, (name, href, counts) in enumerate(entries)
    ]


def form_of(relation: str, a: int, b: int, score: float = 1.0) -> SafeString:
    """Return the attributes of a mark: a square for what agrees, half of one for what agrees in part, a cross for what
    diverges, a bar for what is not judged yet, and for a candidate a circle that grows with its score."""
    x, y, side = a * UNIT, b * UNIT, UNIT
    if relation == "near":
        return _attributes(cx=x + side / 2, cy=y + side / 2, r=round(1 + 3.5 * score, 2))
    paths = {
        "agree": f"M{x + 1} {y + 1}h8v8h-8z",
        "partial": f"M{x + 1} {y + 1}v8h8z",
        "diverge": f"M{x + 1} {y + 1}l8 8m0 -8l-8 8",
        UNJUDGED: f"M{x + 1} {y + 5}h8",
    }
    return _attributes(d=paths[relation])


def band(place: int, length: int, *, across: bool) -> SafeString:
    """Return the attributes of the band of a claim that has no counterpart: a column of the map, or a row."""
    if across:
        return _attributes(x=place * UNIT, y=0, width=UNIT, height=length * UNIT)
    return _attributes(x=0, y=place * UNIT, width=length * UNIT, height=UNIT)


def strip(states: Sequence[str]) -> list[tuple[str, SafeString]]:
    """Return a cell for each state, side by side: full height where a source speaks, a low line where it does not."""
    width = 100 / max(1, len(states))
    heights = {"says": (0, 22), "near": (11, 11)}
    gap = min(0.3, width * 0.15)
    return [
        (state, _box(place * width + gap / 2, *_placed(heights.get(state, (20, 2)), width - gap)))
        for place, state in enumerate(states)
    ]


def _placed(upright: tuple[int, int], width: float) -> tuple[float, float, float]:
    y, height = upright
    return y, width, height


def _blocks(x: float, width: float, counts: Mapping[str, int], highest: int) -> Iterable[Block]:
    ground = float(HEIGHT)
    for relation in RELATIONS:
        if count := counts.get(relation, 0):
            height = HEIGHT * count / highest
            ground -= height
            yield Block(relation, _box(x + width * 0.12, ground, width * 0.76, height))


def _box(x: float, y: float, width: float, height: float) -> SafeString:
    return _attributes(x=f"{x:.3f}%", y=f"{y:.2f}", width=f"{width:.3f}%", height=f"{height:.2f}")


def _attributes(**values: object) -> SafeString:
    """Return numbers, paths and shares as attributes; nothing that anybody wrote comes here."""
    return mark_safe(" ".join(f'{name}="{value}"' for name, value in values.items()))  # noqa: S308
