"""Where the sentences of a text begin and end.

``sentencex`` finds the ends; what diplomatic prose needs beside it is repaired here: times and zones ("5 p.m. Moscow
time"), titles and initials, quotations that belong to the clause that attributes them. Offsets are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from .quotations import quotations
from .structures import Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"[^\S ]")
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*\w)")
_NO_END_BEFORE = re.compile(
    r"(?:\b(?:[ap]\.m|U\.S|U\.K|E\.U|U\.N|[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|Adm|Maj|St|No|Nos|"
    r"Art|vs|cf|e\.g"
    r"|i\.e|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\bH\.E)\.$"
)
_GOES_ON = re.compile(
    r"(?:[a-z(]|\d|[A-Z][\w’'-]* (?:time|Time)\b|(?:Moscow|Kyiv|Beijing|Brussels|Washington|GMT|UTC|CET|EST|EDT|MSK|"
    r"BST)\b)"
)
_AFTER_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|Adm|Maj|St|H\.E)\.$")
_INITIAL = re.compile(r"(?:^|[\s(\"“])(?:[A-Z]\.)+$")
_STATE = re.compile(r"\b(?:U\.S|U\.K|E\.U|U\.N)\.$")


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a text: ordered, non-overlapping, trimmed; together they cover all that is not blank.

    A quotation stays whole with the clause that says whose it is, on either side of it. A line's end always ends a
    sentence.
    """
    return [span for line in _LINE.finditer(text) for span in _sentences(line[0], line.start())]


def _sentences(line: str, offset: int) -> Iterator[Span]:
    """Yield one line's sentences, at offsets of the text."""
    plain = _BLANK.sub(" ", line)
    quoted = quotations(plain)
    cuts = _ends(_directed(plain, quoted))
    held = [span for span in quoted if span.end - span.start > 2]
    openings = {span.start + 1: span.start for span in held}
    start = 0
    # A mark that opens a quotation belongs to what follows it.
    for cut in [*(openings.get(len(plain[:end].rstrip()), end) for end in cuts), len(plain)]:
        if cut <= start or (cut < len(plain) and (_is_held(plain, cut, held) or _is_no_end(plain, start, cut))):
            continue
        if span := _trimmed(plain, start, cut):
            yield Span(span.start + offset, span.end + offset)
        start = cut


def _directed(plain: str, quoted: list[Span]) -> str:
    """Return a line of the same length whose straight marks say which way they face; a lone one is blank.

    ``sentencex`` takes every other straight mark for one that closes, and so turns the rest of the line inside out
    where one is missing.
    """
    if '"' not in plain:
        return plain
    marks: dict[int, str] = {}
    for span in quoted:
        if plain[span.start] == plain[span.end - 1] == '"' and span.end - span.start > 1:
            marks[span.start], marks[span.end - 1] = "“", "”"
    return "".join(marks.get(place, " ") if sign == '"' else sign for place, sign in enumerate(plain))


def _ends(plain: str) -> list[int]:
    """Return the offsets where sentences end within a line, by ``sentencex`` and by full stops that it passes over."""
    try:
        ends = [int(found["end_index"]) for found in get_sentence_boundaries("en", plain)]
    except BaseException as error:  # a panic of the library's core is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        ends = [match.end() for match in _END.finditer(plain)]
    return sorted({end for end in ends if 0 < end < len(plain)})


def _is_held(plain: str, cut: int, held: list[Span]) -> bool:
    """Tell whether a cut lies in a quotation that its sentence goes on after: then quotation and clause are one."""
    for span in held:
        if span.start < cut < span.end:
            return _goes_on_after(plain, span)
        # A quotation that ended with its own stop, and a clause that says whose it was: “…!” he said.
        if span.end <= cut and not plain[span.end : cut].strip():
            return re.match(r"[a-z]", plain[cut:].lstrip()) is not None
    return False


def _goes_on_after(plain: str, span: Span) -> bool:
    """Tell whether a quotation is followed, or was opened, by a clause of the sentence around it."""
    if re.search(r"[,?!—–-]\W?$", plain[: span.end].rstrip()) and plain[span.end :].strip():
        return True
    after = plain[span.end :].lstrip()
    return after[:1] in {",", ";", "—", "–"} or re.match(r"[a-z]", after) is not None


def _is_no_end(plain: str, start: int, cut: int) -> bool:
    before, after = plain[start:cut].rstrip(), plain[cut:].lstrip()
    if _AFTER_TITLE.search(before):
        return True
    if _INITIAL.search(before) and not _STATE.search(before):
        return True
    return _NO_END_BEFORE.search(before) is not None and _GOES_ON.match(after) is not None


def _trimmed(plain: str, start: int, end: int) -> Span | None:
    inside = plain[start:end]
    left = len(inside) - len(inside.lstrip())
    right = len(inside.rstrip())
    return Span(start + left, start + right) if right > left else None
