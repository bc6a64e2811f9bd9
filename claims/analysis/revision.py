"""How a new text of an article follows from the one before: what stands, what changed, what went.

Statements are held against each other, first by their order (a longest common subsequence in the manner of Ratcliff and
Obershelp), then those that are left by their words alone, since a paragraph may have moved. Blanks do not count: a
statement that was only set anew still stands. What stands between two places that held is what may have changed: there
a statement goes on as another one if it shares most of the words of the shorter of both, so that one that was split
goes on as two, and two that were joined go on as one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cydifflib import SequenceMatcher

from .statements import split_statements
from .structures import Span

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
_SHARED = 0.5  # of the words of the shorter statement, for one to go on as the other
_LEAST = 0.2  # of the words of the longer one
_IN_PLACE = 0.25  # of the words of the longer one, where one statement stands in the place of one
_CANDIDATES = 5  # statements that are looked at for each, those that share most words
_COMMON = 20  # statements that hold a word, from which on it tells nothing


@dataclass(frozen=True, slots=True)
class Opcode:
    """Statements ``i1`` to ``i2`` of the old text beside ``j1`` to ``j2`` of the new; ``equal`` if they are alike."""

    equal: bool
    i1: int
    i2: int
    j1: int
    j2: int


@dataclass(frozen=True, slots=True)
class Revision:
    """Two texts of an article, their statements in order, and how the new one's follow from the old one's.

    ``standing`` leads from the place of an old statement to that of the new one that is the same but for blanks,
    ``changed`` from one that does not stand to those that it goes on as; what is in neither went.
    """

    old_text: str
    new_text: str
    old: tuple[Span, ...]
    new: tuple[Span, ...]
    opcodes: tuple[Opcode, ...]
    standing: Mapping[int, int]
    changed: Mapping[int, tuple[int, ...]]
    _starts: list[int] = field(default_factory=list)
    _moves: dict[tuple[int, int], _Moved] = field(default_factory=dict)

    @classmethod
    def of(cls, old_text: str, new_text: str) -> Revision:
        """Hold two texts against each other."""
        if _words_of(old_text) == _words_of(new_text):  # also where lines are broken elsewhere, and so statements
            return _all_standing(old_text, new_text)
        old, new = split_statements(old_text), split_statements(new_text)
        keys = [_words_of(span.of(old_text)) for span in old], [_words_of(span.of(new_text)) for span in new]
        opcodes = _opcodes(*keys)
        standing = _standing(opcodes, *keys)
        changed = _changed(opcodes, standing, *keys)
        starts = [span.start for span in old]
        return cls(old_text, new_text, tuple(old), tuple(new), opcodes, standing, changed, starts)

    @property
    def only_blanks(self) -> bool:
        """Tell whether nothing but blanks and line ends differs."""
        return len(self.old) == len(self.new) == len(self.standing) and all(one.equal for one in self.opcodes)

    def follow(self, span: Span) -> Span | None:
        """Return where words of the old text stand in the new one; None if one of their statements changed or went."""
        first, last = self.places(span)
        if first not in self.standing or last not in self.standing:
            return None
        start, end = self._move(first).start_of(span.start), self._move(last).end_of(span.end)
        if start is None or end is None or start >= end:
            return None
        found = Span(start, end)
        return found if _words_of(found.of(self.new_text)) == _words_of(span.of(self.old_text)) else None

    def find(self, span: Span) -> Span | None:
        """Return where a part of a changed statement stands word for word in what that goes on as, if it does once."""
        first, last = self.places(span)
        if first != last or first not in self.changed or span == self.old[first]:
            return None
        words, places = span.of(self.old_text), self.changed[first]
        found = [(j, self.new[j].of(self.new_text)) for j in places]
        if sum(text.count(words) for _, text in found) != 1:
            return None
        place, text = next((j, text) for j, text in found if words in text)
        start = self.new[place].start + text.index(words)
        return Span(start, start + len(words))

    def goes_on_as(self, span: Span) -> list[Span]:
        """Return the new statements that follow from those that hold a stretch of the old text, in order."""
        if self.only_blanks:
            return []
        first, last = self.places(span)
        found: set[int] = set()
        for place in range(first, last + 1):
            found |= {self.standing[place]} if place in self.standing else set(self.changed.get(place, ()))
        return [self.new[place] for place in sorted(found)]

    def _move(self, place: int) -> _Moved:
        key = place, self.standing[place]
        if key not in self._moves:
            self._moves[key] = _Moved(
                _letters(self.old_text, self.old[place]), _letters(self.new_text, self.new[key[1]])
            )
        return self._moves[key]

    def places(self, span: Span) -> tuple[int, int]:
        """Return the places of the old statements that hold the beginning and the end of a stretch."""
        first = max(0, bisect_left(self._starts, span.start + 1) - 1)
        return first, max(first, bisect_left(self._starts, span.end) - 1)


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where the letters of a statement went: the places of what is not blank in the old and in the new one."""

    old: Sequence[int]
    new: Sequence[int]

    def start_of(self, place: int) -> int | None:
        number = bisect_left(self.old, place)
        return self.new[number] if number < len(self.new) else None

    def end_of(self, place: int) -> int | None:
        number = bisect_left(self.old, place) - 1
        return self.new[number] + 1 if 0 <= number < len(self.new) else None


def _letters(text: str, span: Span) -> Sequence[int]:
    return [place for place, sign in enumerate(span.of(text), span.start) if not sign.isspace()]


def _words_of(text: str) -> str:
    """Return a text with one blank where it has any: what is equal then is the same but for blanks."""
    return " ".join(text.split())


def _all_standing(old_text: str, new_text: str) -> Revision:
    old, new = ((Span(0, len(text)),) for text in (old_text, new_text))
    return Revision(old_text, new_text, old, new, (Opcode(True, 0, 1, 0, 1),), {0: 0}, {}, [0])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> tuple[Opcode, ...]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(Opcode(tag == "equal", i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes())


def _standing(opcodes: Sequence[Opcode], old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which statements stand: those in their order, and those that moved."""
    found = {one.i1 + n: one.j1 + n for one in opcodes if one.equal for n in range(one.i2 - one.i1)}
    taken = set(found.values())
    left: dict[str, list[int]] = defaultdict(list)
    for place in reversed(range(len(new))):
        if place not in taken:
            left[new[place]].append(place)
    for place, words in enumerate(old):
        if place not in found and left.get(words):
            found[place] = left[words].pop()
    return found


def _changed(
    opcodes: Sequence[Opcode], standing: Mapping[int, int], old: Sequence[str], new: Sequence[str]
) -> dict[int, tuple[int, ...]]:
    found: dict[int, set[int]] = defaultdict(set)
    taken = set(standing.values())
    for one in opcodes:
        if not one.equal:
            olds = {i: _split(old[i]) for i in range(one.i1, one.i2) if i not in standing}
            news = {j: _split(new[j]) for j in range(one.j1, one.j2) if j not in taken}
            for i, j in _links(olds, news):
                found[i].add(j)
    return {i: tuple(sorted(places)) for i, places in found.items()}


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _links(olds: Mapping[int, tuple[str, ...]], news: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield which old statement goes on as which new one: each with the one that it shares most words with."""
    alone = len(olds) == len(news) == 1
    shared = {(i, j): _shared(olds[i], news[j]) for i, j in _candidates(olds, news)}
    good = {link: count for link, count in shared.items() if _goes_on(olds[link[0]], news[link[1]], count, alone)}
    for side in (0, 1):
        best: dict[int, tuple[int, int]] = {}
        for link, count in good.items():
            if link[side] not in best or count > good[best[link[side]]]:
                best[link[side]] = link
        yield from best.values()


def _candidates(olds: Mapping[int, tuple[str, ...]], news: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    holding: dict[str, list[int]] = defaultdict(list)
    for i, words in olds.items():
        for word in set(words):
            holding[word].append(i)
    for j, words in news.items():
        count = Counter(i for word in set(words) if len(holding[word]) <= _COMMON for i in holding[word])
        yield from ((i, j) for i, _ in count.most_common(_CANDIDATES))


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())


def _goes_on(a: Sequence[str], b: Sequence[str], shared: int, alone: bool) -> bool:
    shorter, longer = sorted((len(a), len(b)))
    if alone and shared >= _IN_PLACE * longer:
        return True
    return shared >= _SHARED * shorter and shared >= _LEAST * longer
