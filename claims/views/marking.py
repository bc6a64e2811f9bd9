"""A claim's text with marks: the words of reasons, the words that differ, the words that people annotated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from ``start`` to ``end`` (offsets of the article) that are marked, with a class and, perhaps, a reason."""

    start: int
    end: int
    name: str
    reason: str = ""


def marked(text: str, offset: int, marks: Iterable[Mark]) -> SafeString:
    """Return a claim's text as HTML with its marks; everything is escaped, and no text is added or lost.

    Args:
        offset: where the text begins in its article. Marks may overlap; each stretch carries all that hold it.
    """
    held = [(max(0, mark.start - offset), min(len(text), mark.end - offset), mark) for mark in marks]
    held = [one for one in held if one[0] < one[1]]
    cuts = sorted({0, len(text), *(start for start, _, _ in held), *(end for _, end, _ in held)})
    parts = [
        _stretch(text[start:end], [mark for from_, to, mark in held if from_ <= start and end <= to])
        for start, end in pairwise(cuts)
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every stretch is escaped


def _stretch(text: str, marks: Sequence[Mark]) -> str:
    if not marks:
        return escape(text)
    names = " ".join(sorted({mark.name for mark in marks}))
    reasons = " ".join(sorted({mark.reason for mark in marks if mark.reason}))
    told = f' data-reason="{escape(reasons)}"' if reasons else ""
    return f'<mark class="{escape(names)}"{told}>{escape(text)}</mark>'
