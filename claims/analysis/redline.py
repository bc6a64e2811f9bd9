"""Two texts of an article beside each other, or in one: what stands, what was taken out, what was put in.

Nothing is lost: the pieces of the old side put together are the old text, those of the new side the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .revision import Opcode, Revision
from .structures import Span
from .wording import Edit, edits_between


class Kind(StrEnum):
    """What became of a stretch of text. ``moved`` stands elsewhere, word for word."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Row:
    """What of both texts stands beside each other, and both in one (``inline``)."""

    same: bool
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    inline: tuple[Piece, ...]


def rows_of(revision: Revision) -> Iterator[Row]:
    """Yield both texts in rows, from the first statement to the last."""
    for opcode in revision.opcodes:
        old = _slice(revision.old_text, revision.old, opcode.i1, opcode.i2)
        new = _slice(revision.new_text, revision.new, opcode.j1, opcode.j2)
        if opcode.equal:
            told = (Piece(new, Kind.SAME),)
            yield Row(True, (Piece(old, Kind.SAME),), told, told)
        else:
            yield Row(False, *_sides(revision, opcode), tuple(inline_of(edits_between(old, new))))


def inline_of(edits: Iterable[Edit]) -> Iterator[Piece]:
    """Yield edits as one text: what was taken out stands before what was put in."""
    for edit in edits:
        if edit.same:
            yield Piece(edit.new, Kind.SAME)
        else:
            yield from (*_marked(edit.old, Kind.GONE), *_marked(edit.new, Kind.NEW))


def _marked(text: str, kind: Kind) -> Iterator[Piece]:
    """Yield a stretch of text as one piece, the blanks at its end as another: to mark them says nothing."""
    words = text.rstrip()
    if words:
        yield Piece(words, kind)
    if words != text:
        yield Piece(text[len(words) :], Kind.SAME)


def _slice(text: str, spans: tuple[Span, ...], first: int, last: int) -> str:
    """Return the text of statements with the blanks after each; before the first stands what the text begins with."""
    return text[_edge(text, spans, first) : _edge(text, spans, last)] if first < last else ""


def _edge(text: str, spans: tuple[Span, ...], place: int) -> int:
    if place == 0:
        return 0
    return spans[place].start if place < len(spans) else len(text)


def _sides(revision: Revision, opcode: Opcode) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    back: dict[int, list[int]] = {}
    for i, places in revision.changed.items():
        for j in places:
            back.setdefault(j, []).append(i)
    moved = set(revision.standing.values())
    old = _side(revision, range(opcode.i1, opcode.i2), set(revision.standing), revision.changed, of_old=True)
    new = _side(revision, range(opcode.j1, opcode.j2), moved, back, of_old=False)
    return tuple(old), tuple(new)


def _side(
    revision: Revision, places: range, moved: set[int], others: Mapping[int, Iterable[int]], *, of_old: bool
) -> Iterator[Piece]:
    text, spans = (revision.old_text, revision.old) if of_old else (revision.new_text, revision.new)
    facing, across = (revision.new_text, revision.new) if of_old else (revision.old_text, revision.old)
    kind = Kind.GONE if of_old else Kind.NEW
    for place in places:
        own = _slice(text, spans, place, place + 1)
        if place in moved:
            yield from _marked(own, Kind.MOVED)
        elif place not in others:
            yield from _marked(own, kind)
        else:
            other = " ".join(across[one].of(facing) for one in others[place])
            edits = edits_between(own, other) if of_old else edits_between(other, own)
            told = ((edit.old if of_old else edit.new, edit.same) for edit in edits)
            for words, same in told:
                yield from [Piece(words, Kind.SAME)] if same else _marked(words, kind)
