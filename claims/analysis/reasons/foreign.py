"""Figures across languages: what can be told of two statements when the words of one are not read.

Two figures are held against each other only where each side gives just one in digits: both as shares, both in one
currency, or both as plain numbers too large for a day, an hour or a minute. Shares and sums that differ clash; plain
numbers may count different things, so that they differ is told and no more. Whether "5,000", "5.000" and "5 тыс." are
the same is no matter of separators or of words for thousands then: only the significant digits are compared, so figures
that differ by a power of ten are taken for the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..structures import ReasonKind, Words
from .base import Finding, Side, words

_FIGURE = re.compile(r"(?<![\w.,:])\d{1,3}(?:[.,\s]\d{3})+(?!\d)|(?<![\w.,:])\d+(?:[.,]\d+)?(?![\d:])")
_SIGNS = "%€$£¥₽₴"
_YEARS = range(1900, 2101)
_LEAST_PLAIN = 61
_BESIDE = 2  # code points between a figure and its sign, the sign among them
_CLASH, _SOFT = 0.8, 0.4


@dataclass(frozen=True, slots=True)
class _Figure:
    shown: Words
    digits: str
    sign: str


def find(a: Side, b: Side) -> list[Finding]:
    """Return the difference of the sides' only figures, or nothing."""
    told_a, told_b = _figures(a), _figures(b)
    if len(told_a) != 1 or len(told_b) != 1:
        return []
    x, y = told_a[0], told_b[0]
    if x.sign != y.sign or x.digits == y.digits:
        return []
    told = f"{a.source.name}: {x.shown.text}; {b.source.name}: {y.shown.text}."
    clash = bool(x.sign)
    return [Finding(ReasonKind.NUMBER, (x.shown,), (y.shown,), told, clash, _CLASH if clash else _SOFT)]


def _figures(side: Side) -> list[_Figure]:
    found = []
    for claim in side.claims:
        for match in _FIGURE.finditer(claim.text):
            around = claim.text[max(0, match.start() - 1) : match.end() + _BESIDE]
            sign = next((one for one in _SIGNS if one in around), "")
            plain = re.sub(r"\D", "", match[0])
            if sign or (int(plain) >= _LEAST_PLAIN and int(plain) not in _YEARS):
                found.append(_Figure(words(claim, match.start(), match.end()), plain.strip("0"), sign))
    return found
