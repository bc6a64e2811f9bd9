"""Figures in a text as values: counts, percentages, money, measures and durations, in digits or in words.

A quantity is an interval, since "almost forty", "12,000" and "three months" leave room; two quantities fit when their
intervals meet. Figures that are dates, times of day, years or ordinals are not quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from .inflection import lowered, own_stem, right_before, stem
from .structures import Span

_SMALL = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_LARGE = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD_NUMBER = "|".join(sorted({*_SMALL, *_TENS}, key=len, reverse=True))
_WORDS = rf"(?:an?\s+)?(?:(?:{_WORD_NUMBER}|hundred|thousand|million|billion|trillion)(?:[\s-]+(?:and\s+(?=(?:{_WORD_NUMBER})\b))?|\b))+"
_FRACTION = r"(?:(?:an?|one|two|three)[\s-]+)?(?:half|thirds?|quarters?|fifths?)(?=\s+(?:of\b|an?\s+(?:hour|century|year|million|billion)))"
_NUMBER = re.compile(
    rf"(?P<fraction>{_FRACTION})|(?P<dozen>(?:half\s+a|an?|one|two|three|several)?\s*\bdozens?\b)"
    rf"|(?P<digits>{_DIGITS})(?P<vulgar>[½¼¾⅓⅔])?(?:\s?(?P<large>million|billion|trillion|thousand|hundred|bn|mn|tn|k|m)\b)?|(?P<bare>[½¼¾⅓⅔])"
    rf"|\b(?P<words>{_WORDS})"
)
_BEFORE = re.compile(
    r"(?P<about>about|around|approximately|roughly|some|circa|an estimated|close to|in the region of|or so|~|nearing)\s+(?:the\s+)?$"
    r"|(?P<below>nearly|almost|just under|a little under|up to|at most|no more than|less than|fewer than|not more than|under|below|within)\s+(?:an?\s+)?$"
    r"|(?P<above>more than|over|at least|no fewer than|no less than|just over|a little over|above|upwards of|exceeding|north of|in excess of)\s+$"
)
# Most sentences hold none of these, and need not be looked through for every form of number.
_ANY = re.compile(
    rf"[\d½¼¾⅓⅔]|\b(?:{_WORD_NUMBER}|hundred|thousand|million|billion|dozens?|half|thirds?|quarters?|fifths?|an? (?:second|minute|hour|day|week|fortnight|month|year|decade|century))"
)
_CURRENCIES = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₽": "rub"}
_CURRENCY_BEFORE = re.compile(r"(?:US|A|C|HK)?(?P<sign>[$€£¥₽])\s?$", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(
    r"\s?(?P<sign>U\.?S\.? dollars?|dollars?|euros?|pounds(?: sterling)?|roubles?|rubles?|yuan|renminbi|yen|rupees?|lira|hryvnias?|"
    r"shekels?|dinars?|dirhams?|riyals?|crowns?|marks?|francs?|pesos?|won|USD|EUR|GBP|RUB|CNY)\b",
    re.IGNORECASE,
)
_MINUTES = {
    "second": Fraction(1, 60),
    "minute": Fraction(1),
    "hour": Fraction(60),
    "day": Fraction(1440),
    "week": Fraction(7 * 1440),
    "fortnight": Fraction(14 * 1440),
    "month": Fraction(1440 * 365, 12),
    "year": Fraction(1440 * 365),
    "decade": Fraction(1440 * 3650),
    "century": Fraction(1440 * 36500),
}
_TIME_UNIT = re.compile(
    r"[\s-]?(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies))\b(?![’']?s? old)"
)
_HALF_MORE = re.compile(r"\s+and a (?P<part>half|quarter)\b")
_AND_A_HALF = re.compile(r"\s+and an? (?P<part>half|quarter)(?= )")
_AND = re.compile(r"\s*,?\s+and\s+|\s*,\s*|\s*")
_AN_HOUR = re.compile(
    r"\b(?:(?P<part>half|(?:a|three)[\s-]quarters?(?:\s+of)?)\s+)?an?\s+(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|century)\b"
    r"(?P<half>\s+and a half|\s+and a quarter)?"
)
_CLOCKED = re.compile(r"\b(?P<hours>\d{1,2})\s?h(?:rs?|ours?)?\s?(?P<minutes>[0-5]?\d)\s?m?(?:in(?:ute)?s?)?\b")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent(?:age points?)?\b|pct\b)")
_MEASURES = {
    "km": ("length", Fraction(1000)),
    "kilometre": ("length", Fraction(1000)),
    "kilometer": ("length", Fraction(1000)),
    "metre": ("length", Fraction(1)),
    "meter": ("length", Fraction(1)),
    "mile": ("length", Fraction(1609344, 1000)),
    "nautical mile": ("length", Fraction(1852)),
    "tonne": ("mass", Fraction(1000)),
    "ton": ("mass", Fraction(1000)),
    "kilogram": ("mass", Fraction(1)),
    "kg": ("mass", Fraction(1)),
    "hectare": ("area", Fraction(10000)),
    "square kilometre": ("area", Fraction(1000000)),
    "square kilometer": ("area", Fraction(1000000)),
    "barrel": ("volume", Fraction(1)),
    "megawatt": ("power", Fraction(1)),
    "gigawatt": ("power", Fraction(1000)),
    "degree": ("degree", Fraction(1)),
}
_MEASURE = re.compile(rf"[\s-]?(?P<unit>{'|'.join(sorted(_MEASURES, key=len, reverse=True))})s?\b")
_RANGE = re.compile(rf"\s?(?:-|–|—|to|or|and)\s?(?={_DIGITS}|\b(?:{_WORD_NUMBER})\b)")
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_DATE_AFTER = re.compile(
    rf"(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\b|(?:st|nd|rd|th)\b|:\d\d|\s?(?:a\.m|p\.m|am|pm)\b|/\d|-\d\d-\d\d"
)
_DATE_BEFORE = re.compile(
    rf"(?:\b(?:{_MONTH})\.?\s+|:|/|\d-|\b(?:no|art|article|resolution|number|paragraph|chapter|section)\.?\s+)$"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:s)?$")
_STOP = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "but",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "will",
        "would",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "as",
        "than",
        "not",
        "if",
        "when",
        "while",
        "since",
        "until",
        "under",
        "over",
        "into",
        "between",
        "among",
        "against",
        "during",
        "without",
        "within",
        "per",
        "a",
        "an",
        "the",
        "this",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "after",
        "before",
        "about",
        "more",
        "less",
        "each",
        "also",
        "only",
        "came",
        "went",
        "took",
        "left",
        "right",
        "not",
        "nor",
        "so",
    ]
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LEAD = re.compile(
    r"(?:\s+(?:of\b(?:\s+(?:the|its|their|our|his|her)\b)?|other\b|additional\b|more\b|new\b|further\b))*"
)
_BETWEEN = re.compile(r"[\s-]+")
_MANY = re.compile(r"\s+[a-z]+s\b")
_REACH = 60  # code points before a figure in which what is said of it stands


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its place, its interval in the dimension's unit, what is counted, and how it was said.

    ``dimension`` is ``duration`` (in minutes), ``percent``, ``money:<currency>``, ``length`` (metres), ``mass`` and so
    on, or ``count``; ``things`` are the stems of the words counted, the head last.
    """

    span: Span
    low: Fraction
    high: Fraction
    dimension: str
    things: tuple[str, ...] = ()
    approximate: bool = False

    def fits(self, other: Quantity) -> bool:
        """Tell whether both can be the same figure."""
        return self.dimension == other.dimension and self.low <= other.high and other.low <= self.high

    @property
    def head(self) -> str:
        """Return the stem of what is counted, or nothing."""
        return self.things[-1] if self.things else ""


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, ordered and non-overlapping."""
    text = lowered(text)
    found: list[Quantity] = []
    if not _ANY.search(text):
        return ()
    for one in [*_bare_durations(text), *_numbers(text)]:
        if not any(one.span.overlaps(other.span) for other in found):
            found.append(one)
    return tuple(_joined(text, sorted(found, key=lambda one: one.span)))


@lru_cache(maxsize=4096)
def number_of(words: str) -> Fraction | None:
    """Return the value of a number in words ("one hundred and twenty"), or None if it is none."""
    total, current, seen = 0, 0, False
    for word in re.split(r"[\s-]+", words.strip().lower()):
        if word in _SMALL or word in _TENS:
            current += _SMALL.get(word, _TENS.get(word, 0))
            seen = True
        elif word == "hundred":
            current, seen = max(current, 1) * 100, True
        elif word in _LARGE:
            total, current, seen = total + max(current, 1) * _LARGE[word], 0, True
        elif word not in {"", "a", "an", "and"}:
            return None
    return Fraction(total + current) if seen else None


def _bare_durations(text: str) -> Iterator[Quantity]:
    """Yield "1h15m", "half an hour", "an hour and a half", "a year"."""
    for match in _CLOCKED.finditer(text):
        value = Fraction(int(match["hours"]) * 60 + int(match["minutes"]))
        yield _quantity(text, Span(*match.span()), value, value, "duration", (), grain=Fraction(0))
    for match in _AN_HOUR.finditer(text):
        part = (match["part"] or "").lower()
        if not part and not match["half"] and not right_before(_BEFORE, text, match.start(), within=_REACH):
            continue  # "a day", "a year" alone mostly mean "per"
        factor = (
            Fraction(1, 2)
            if part == "half"
            else Fraction(3, 4)
            if part.startswith("three")
            else Fraction(1, 4)
            if part
            else Fraction(1)
        )
        if match["half"]:
            factor += Fraction(1, 2) if "half" in match["half"] else Fraction(1, 4)
        value = factor * _MINUTES[match["unit"].lower()]
        yield _quantity(text, Span(*match.span()), value, value, "duration", (), grain=value / 30)


def _numbers(text: str) -> Iterator[Quantity]:
    place = 0
    while match := _NUMBER.search(text, place):
        place = match.end()
        value = _value(match)
        if value is None or _is_no_quantity(text, match, value):
            continue
        start, end, high = match.start(), len(text[: match.end()].rstrip(" -")), value
        if joint := _RANGE.match(text, end):
            upper = _NUMBER.match(text, joint.end())
            top = _value(upper) if upper else None
            if (
                upper
                and top is not None
                and top > value
                and (joint[0].strip().lower() != "and" or re.search(r"\bbetween\s+$", text[:start], re.I))
            ):
                if upper["large"] and not match["large"]:
                    value *= _LARGE.get(upper["large"].lower(), _SHORT_LARGE.get(upper["large"].lower(), 1))
                end, high, place = len(text[: upper.end()].rstrip(" -")), top, upper.end()
        yield _with_unit(text, start, end, value, high, match)


def _value(match: re.Match[str]) -> Fraction | None:
    if match["fraction"]:
        words = match["fraction"].lower()
        parts = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
        count = next((number for word, number in (("two", 2), ("three", 3)) if word in words), 1)
        return Fraction(count, next(number for word, number in parts.items() if word in words))
    if match["dozen"]:
        words = match["dozen"].lower()
        if words.strip().endswith("dozens") or "several" in words:
            return None
        return Fraction(
            12 * next((number for word, number in (("two", 2), ("three", 3)) if word in words), 1),
            2 if "half" in words else 1,
        )
    if match["bare"]:
        return _VULGAR[match["bare"]]
    if match["words"]:
        return number_of(match["words"])
    value = Fraction(re.sub(r"[,\u00a0\u202f]", "", match["digits"])) + _VULGAR.get(match["vulgar"] or "", Fraction(0))
    large = (match["large"] or "").lower()
    return value * _LARGE.get(large, _SHORT_LARGE.get(large, 1))


def _is_no_quantity(text: str, match: re.Match[str], value: Fraction) -> bool:
    start, end = match.span()
    joined = start > 0 and (text[start - 1] == "." or text[start - 1].isalnum() or text[start - 1] == "_")
    if joined and not right_before(_CURRENCY_BEFORE, text, start, within=_REACH):
        return True
    if right_before(_DATE_BEFORE, text, start, within=_REACH) or _DATE_AFTER.match(text, end):
        return True
    if (
        match["digits"]
        and _YEAR.fullmatch(match["digits"])
        and not _MEASURE.match(text, end)
        and not _MANY.match(text, end)
    ):
        return True
    # "One" is mostly a pronoun or an article: it counts before a unit of time or measure.
    alone = (match["words"] or "").strip().lower() == "one"
    return alone and _TIME_UNIT.match(text, match.end()) is None and _MEASURE.match(text, match.end()) is None


def _with_unit(text: str, start: int, end: int, low: Fraction, high: Fraction, match: re.Match[str]) -> Quantity:
    grain = _grain(match, low) if low == high else Fraction(0)
    if sign := right_before(_CURRENCY_BEFORE, text, start, within=_REACH):
        return _quantity(
            text, Span(sign.start(), end), low, high, f"money:{_CURRENCIES[sign['sign']]}", (), grain=grain
        )
    if percent := _PERCENT.match(text, end):
        return _quantity(text, Span(start, percent.end()), low, high, "percent", (), grain=grain)
    if (half := _AND_A_HALF.match(text, end)) and (unit := _TIME_UNIT.match(text, half.end())):
        more = Fraction(1, 2) if half["part"].lower() == "half" else Fraction(1, 4)
        return _duration(text, start, unit, low + more, high + more)
    if unit := _TIME_UNIT.match(text, end):
        return _duration(text, start, unit, low, high)
    if unit := _CURRENCY_AFTER.match(text, end):
        return _quantity(
            text, Span(start, unit.end()), low, high, f"money:{stem(unit['sign'].split()[-1])}", (), grain=grain
        )
    if unit := _MEASURE.match(text, end):
        dimension, factor = _MEASURES[unit["unit"].lower()]
        return _quantity(
            text, Span(start, unit.end()), low * factor, high * factor, dimension, (), grain=grain * factor
        )
    things, stop = _things(text, end)
    return _quantity(text, Span(start, stop), low, high, "count", things, grain=grain)


def _duration(text: str, start: int, unit: re.Match[str], low: Fraction, high: Fraction) -> Quantity:
    name = unit["unit"].lower().rstrip("s")
    name = {"sec": "second", "min": "minute", "hr": "hour", "h": "hour", "centurie": "century", "": "second"}.get(
        name, name
    )
    factor, end = _MINUTES[name], unit.end()
    if half := _HALF_MORE.match(text, end):
        more = Fraction(1, 2) if half["part"].lower() == "half" else Fraction(1, 4)
        low, high, end = low + more, high + more, half.end()
    # "Three months" is any of 89 to 92 days; hours and days are said to the unit.
    grain = low * factor / 40 if name in {"month", "year", "decade", "century"} else Fraction(0)
    return _quantity(text, Span(start, end), low * factor, high * factor, "duration", (), grain=grain)


def _things(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """Return the stems of what is counted, head last, and where its words end."""
    lead = _LEAD.match(text, end)
    stems: list[str] = []
    at, stop = lead.end() if lead else end, end
    for word in _WORD.finditer(text, at, at + 60):
        if _BETWEEN.fullmatch(text, at, word.start()) is None or word[0].lower() in _STOP or len(stems) == 4:
            break
        if word[0].lower().endswith(("ed", "ly")):
            at = word.end()  # "badly wounded prisoners"
            continue
        stems.append(own_stem(word[0]))
        at = stop = word.end()
        if word[0].lower().endswith("s") and not word[0].lower().endswith("ss"):
            break
    return tuple(stems), stop


def _grain(match: re.Match[str], value: Fraction) -> Fraction:
    """Return the room that a round figure leaves on either side: 12,000 may be 11,870, 12 is 12."""
    whole = value.numerator if value.denominator == 1 else 0
    if whole < 100:
        return Fraction(0)
    zeros = len(str(whole)) - len(str(whole).rstrip("0"))
    return min(Fraction(10**zeros, 2), value * 3 / 100) if zeros else Fraction(0)


def _quantity(
    text: str, span: Span, low: Fraction, high: Fraction, dimension: str, things: tuple[str, ...], *, grain: Fraction
) -> Quantity:
    said = right_before(_BEFORE, text, span.start, within=_REACH)
    if said is None:
        return Quantity(span, low - grain, high + grain, dimension, things)
    start = said.start()
    wide = Span(start, span.end)
    if said["below"]:
        return Quantity(wide, low * 85 / 100, high, dimension, things, True)
    if said["above"]:
        return Quantity(wide, low, high * 5 / 4, dimension, things, True)
    return Quantity(wide, low * 88 / 100 - grain, high * 112 / 100 + grain, dimension, things, True)


def _joined(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Join what makes one duration: "one hour and 15 minutes", "2 hours, 20 minutes"."""
    held: Quantity | None = None
    for one in found:
        if (
            held
            and held.dimension == one.dimension == "duration"
            and one.high < held.low
            and _AND.fullmatch(text, held.span.end, one.span.start)
        ):
            # What has been said of the whole ("approximately") holds for the part too.
            held = Quantity(
                Span(held.span.start, one.span.end),
                held.low + one.low,
                held.high + one.high,
                "duration",
                (),
                held.approximate or one.approximate,
            )
            continue
        if held:
            yield held
        held = one
    if held:
        yield held
