"""The words that a search is typed in: ``source:kremlin relation:diverge before:2025-06-01 "exact phrase" -word``.

Nothing here asks the database; ``services.search`` does, and says which sources and events there are.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from claims.analysis.structures import ReasonKind, Relation
from claims.models.index import Term
from claims.models.search import LONGEST_QUERY

ONLY = "only"


class Key(StrEnum):
    """What can stand before a colon."""

    SOURCE = "source"
    PARTY = "party"
    RELATION = "relation"
    REASON = "reason"
    EVENT = "event"
    BEFORE = "before"
    AFTER = "after"


RELATIONS = (*(relation.value for relation in Relation), ONLY)
REASONS = tuple(kind.value for kind in ReasonKind)

_TOKEN = re.compile(r'(?P<absent>-)?(?:(?P<key>[A-Za-z]+):(?=\S))?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))')
_QUOTES = str.maketrans("“”„«»", '"""""')
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_KNOWN = " ".join(f"{key.value}:" for key in Key)


class Unclear(ValueError):
    """A part of what was typed that is not understood; the message is a sentence with the way out."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A key with its value; ``absent`` where that is left out of what is found."""

    key: Key
    value: str
    absent: bool = False

    @property
    def day(self) -> dt.date:
        """Return the day that ``before`` and ``after`` exclude: of a month or a year the one that lies nearest."""
        return _day(self.value, last=self.key is Key.AFTER)


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, as it was understood; ``problems`` says in sentences what was not."""

    typed: str
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the words whose meaning is looked for, without filters and without what may not occur."""
        return " ".join(term.text for term in self.terms if not term.absent)

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing."""
        return not self.terms and not self.filters

    def values(self, key: Key, *, absent: bool = False) -> list[str]:
        """Return what stands after a key, or what is left out by it."""
        return [one.value for one in self.filters if one.key is key and one.absent is absent]


def parse(typed: str) -> Query:
    """Read what was typed. Never fails: what is not understood becomes a sentence among ``problems``."""
    typed = " ".join(typed.replace("\0", " ").split())
    if len(typed) > LONGEST_QUERY:
        problem = gettext("This search is too long: keep it under %(longest_query)s characters.") % {
            "longest_query": LONGEST_QUERY
        }
        return Query(typed[:LONGEST_QUERY], problems=(problem,))
    told = typed.translate(_QUOTES)
    problems = []
    if told.count('"') % 2:
        problems.append(gettext("A quotation mark is missing: put one before and one after the exact words."))
    terms, filters = [], []
    for token in _TOKEN.finditer(told):
        try:
            found = _read(token)
        except Unclear as unclear:
            problems.append(str(unclear))
            continue
        if isinstance(found, Filter):
            filters.append(found)
        else:
            terms.append(found)
    return Query(typed, tuple(terms), tuple(filters), tuple(dict.fromkeys(problems)))


def quoted(value: str) -> str:
    """Return a value as it is typed after a key: in quotation marks where it has blanks."""
    return f'"{value}"' if re.search(r"\s", value) else value


def _read(token: re.Match[str]) -> Filter | Term:
    """Return what one part says.

    Raises:
        Unclear: if it says nothing that is known.
    """
    key, absent = token["key"], bool(token["absent"])
    exact = token["quoted"] is not None
    value = (token["quoted"] if exact else token["plain"]).strip()
    if key:
        return _filter(key.lower(), value, absent=absent)
    if not any(sign.isalnum() for sign in value):
        raise Unclear(gettext("“%(value)s” has no letter or figure to look for: leave it out.") % {"value": value})
    return Term(value, exact=exact, absent=absent)


def _filter(key: str, value: str, *, absent: bool) -> Filter:
    if key not in set(Key):
        raise Unclear(
            gettext("“%(key)s:” is not known. Known are %(known)s – or put it in quotation marks.")
            % {"key": key, "known": _KNOWN}
        )
    if not value:
        raise Unclear(
            gettext("Nothing stands after “%(key)s:”. Write it together, such as %(key)s:%(examples)s")
            % {"key": key, "examples": _EXAMPLES[Key(key)]}
        )
    return _CHECKED.get(Key(key), Filter)(Key(key), value, absent)


def _relation(key: Key, value: str, absent: bool) -> Filter:
    told = value.lower()
    if told not in RELATIONS:
        raise Unclear(
            gettext("“%(value)s” is no relation. There are %(relations)s.")
            % {"value": value, "relations": ", ".join(RELATIONS)}
        )
    return Filter(key, told, absent)


def _reason(key: Key, value: str, absent: bool) -> Filter:
    told = re.sub(r"[\s-]+", "_", value.lower())
    if told not in REASONS:
        raise Unclear(
            gettext("“%(value)s” is no reason. There are %(reasons)s.")
            % {"value": value, "reasons": ", ".join(REASONS)}
        )
    return Filter(key, told, absent)


def _date(key: Key, value: str, absent: bool) -> Filter:
    if absent:
        other = Key.AFTER if key is Key.BEFORE else Key.BEFORE
        raise Unclear(
            gettext("A date cannot be left out: write %(other)s: in place of -%(key)s:.") % {"other": other, "key": key}
        )
    made = Filter(key, value)
    try:
        _ = made.day
    except ValueError:
        raise Unclear(
            gettext("“%(value)s” is no date. Write it as year-month-day, such as %(key)s:2025-06-04.")
            % {"value": value, "key": key}
        ) from None
    return made


def _day(value: str, *, last: bool) -> dt.date:
    found = _DATE.fullmatch(value)
    if found is None:
        raise ValueError(value)
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # noqa: S101 - the pattern has it
    month = month or (12 if last else 1)
    if day is None:
        day = calendar.monthrange(year, month)[1] if last and 1 <= month <= 12 else 1
    return dt.date(year, month, day)


_CHECKED: dict[Key, Callable[[Key, str, bool], Filter]] = {
    Key.RELATION: _relation,
    Key.REASON: _reason,
    Key.BEFORE: _date,
    Key.AFTER: _date,
}
_EXAMPLES = {
    Key.SOURCE: "kremlin",
    Key.PARTY: "russia",
    Key.RELATION: "diverge",
    Key.REASON: "number",
    Key.EVENT: "the-slug-of-its-address",
    Key.BEFORE: "2025-06-01",
    Key.AFTER: "2025-06-01",
}
