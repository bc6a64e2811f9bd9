"""Where words stand in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .structures import Span

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‟": "”"}
_OPENER = re.compile(f"[{''.join(_PAIRS)}\"‘']")
# Straight marks that can only open, or only close, by what stands around them.
_OPENS = re.compile(r'(?<=[\s(\[])"(?=[\w(\[$£€.…])')
_CLOSES = re.compile(r'(?<=[\w.,;:!?…)\]%])"(?=[\s.,;:!?)\]—–-]|$)')
_APOSTROPHE_LIKE = re.compile(r"(?<=\w)[’'](?=\w)|(?<=s)[’'](?=\s)")


def quotations(text: str) -> list[Span]:
    """Return the outermost quotations of a text, marks included: ordered, non-overlapping.

    Double marks of every style, and single ones that cannot be apostrophes. One that is opened and never closed runs
    to the end of its line, or to the mark that opens the next one, as in a quotation of several paragraphs.
    """
    return list(_found(text))


def _found(text: str) -> Iterator[Span]:
    place = 0
    while opener := _OPENER.search(text, place):
        start = opener.start()
        end = _end(text, start)
        place = start + 1
        if end is not None and end > place:
            yield Span(start, end)
            place = end


def _end(text: str, place: int) -> int | None:
    """Return where the quotation that opens at a place ends, or None if none opens there."""
    sign = text[place]
    if sign in _PAIRS:
        return _closing(text, place, _PAIRS[sign])
    if sign == '"':
        return None if _CLOSES.match(text, place) else _closing_straight(text, place)
    if sign in "‘'" and _opens_single(text, place):
        return _closing_single(text, place)
    return None


def _closing(text: str, place: int, closers: str) -> int:
    line_end = text.find("\n", place)
    line_end = len(text) if line_end < 0 else line_end
    ends = [found for closer in closers if (found := text.find(closer, place + 1, line_end)) >= 0]
    return min(ends) + 1 if ends else line_end


def _closing_straight(text: str, place: int) -> int:
    """Return the end of a straight-quoted stretch; one that opens anew says that this one was not closed."""
    end = _closing(text, place, '"')
    if _OPENS.match(text, end - 1):
        return place + len(text[place : end - 1].rstrip())
    return end


def _opens_single(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in "(—–-[") and after.isalnum() and not after.isdigit()


def _closing_single(text: str, place: int) -> int | None:
    """Return the end of a single-quoted stretch: the next single mark that is no apostrophe."""
    closer = "’" if text[place] == "‘" else "'"
    for match in re.finditer(re.escape(closer), text[place + 1 :]):
        at = place + 1 + match.start()
        if "\n" in text[place:at]:
            return None
        if not _APOSTROPHE_LIKE.match(text, at):
            return at + 1
    return None
