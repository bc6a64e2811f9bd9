"""Names: which people, places, bodies and things only one side names, and where each side names another.

The two sides themselves and their leaders are no difference, by whatever name or title they go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..countries import country
from ..inflection import own_stem, stem
from ..structures import Claim, ReasonKind, Span, Words
from .base import Context, Finding, Side, words

_WORD_OF_NAME = r"(?:U\.S\.?|U\.N\.?|U\.K\.?|E\.U\.?|[A-ZÀ-ÖØ-Þ](?:\.|[\w’'&-]*))"
_NAME = re.compile(rf"{_WORD_OF_NAME}(?: (?:(?:of|the|and|de|al|bin|for) )?(?=[A-ZÀ-ÖØ-Þ]){_WORD_OF_NAME})*")
_SLOT = re.compile(
    r"\b(?P<prep>in|at|to|from|with|via|through|between|near|into|by|under|against|toward|towards)(?: the)? $",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    [
        "the",
        "a",
        "an",
        "i",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "both",
        "all",
        "no",
        "not",
        "as",
        "at",
        "in",
        "on",
        "by",
        "for",
        "from",
        "with",
        "after",
        "before",
        "during",
        "while",
        "when",
        "if",
        "although",
        "but",
        "and",
        "or",
        "also",
        "only",
        "according",
        "president",
        "presidents",
        "prime",
        "minister",
        "ministers",
        "chancellor",
        "secretary",
        "mr",
        "mrs",
        "ms",
        "dr",
        "king",
        "foreign",
        "state",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "leader",
        "leaders",
        "side",
        "sides",
        "government",
        "governments",
        "two",
        "both",
        "there",
        "here",
        "what",
        "which",
        "who",
        "whose",
        "one",
    ]
)


@dataclass(frozen=True, slots=True)
class _Name:
    claim: Claim
    span: Span
    keys: frozenset[str]
    slot: str

    @property
    def words(self) -> Words:
        return words(self.claim, self.span.start, self.span.end)


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return a place or partner that the sides name differently, or else what only one of them names."""
    names_a, names_b = list(_names(a, context)), list(_names(b, context))
    only_a, only_b = _unmatched(names_a, names_b, b), _unmatched(names_b, names_a, a)
    if not only_a and not only_b:
        return []
    for x in only_a:
        for y in only_b:
            if x.slot and x.slot == y.slot and len(only_a) == len(only_b) == 1:
                told = f"{a.source.name} names {x.words.text}, {b.source.name} names {y.words.text}."
                return [Finding(ReasonKind.ENTITY, (x.words,), (y.words,), told, True, 0.6)]
    shown_a, shown_b = tuple(one.words for one in only_a[:3]), tuple(one.words for one in only_b[:3])
    weight = min(0.8, 0.3 + 0.1 * (len(only_a) + len(only_b)))
    return [Finding(ReasonKind.ENTITY, shown_a, shown_b, _told(a, shown_a, b, shown_b), False, weight)]


def _told(a: Side, shown_a: Sequence[Words], b: Side, shown_b: Sequence[Words]) -> str:
    parts = []
    for side, shown in ((a, shown_a), (b, shown_b)):
        if shown:
            parts.append(f"Only {side.source.name} names {', '.join(dict.fromkeys(one.text for one in shown))}.")
    return " ".join(parts)


def names_in(text: str) -> list[tuple[Span, frozenset[str]]]:
    """Return where a text names a person, a place or a body, and by which keys each is known."""
    found = (match for match in _NAME.finditer(text) if not _is_plain(text, match))
    return [(Span(*match.span()), _keys(match[0])) for match in found]


def _names(side: Side, context: Context) -> Iterator[_Name]:
    for claim in side.claims:
        sides = [one.span for one in context.roster.mentions(claim.text, own=side.source.name)]
        for span, keys in names_in(claim.text):
            if any(span.overlaps(other) for other in sides):
                continue
            slot = _SLOT.search(claim.text[: span.start])
            yield _Name(claim, span, keys, slot["prep"].lower() if slot else "")


def _is_plain(text: str, match: re.Match[str]) -> bool:
    """Tell a sentence's first word, a title or a month from a name."""
    name = match[0].rstrip(".")
    if len(name) < 2 or all(word.lower() in _PLAIN for word in re.findall(r"[\w’'-]+", name)):
        return True
    starts = match.start() == 0 or re.search(r"[.!?:]\s+[\"“‘(]?$|^[\"“‘(]$", text[: match.start()]) is not None
    return starts and " " not in name and country(name) is None


def _keys(name: str) -> frozenset[str]:
    """Return by what a name is known: the state that it names or derives from, or the stems of its words."""
    state = country(re.sub(r"['’]s?$", "", name))
    if state is not None:
        return frozenset({state.names[0]})
    found = frozenset(own_stem(word) for word in re.findall(r"[\w’'-]+", name) if word.lower() not in _PLAIN)
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return found | ({initials.lower()} if len(initials) > 2 else frozenset())


def _unmatched(names: Sequence[_Name], others: Sequence[_Name], other_side: Side) -> list[_Name]:
    """Return the names that the other side has in no form, neither as a name nor among its plain words."""
    known = frozenset[str]().union(*(other.keys for other in others)) if others else frozenset()
    plain = {stem(word) for claim in other_side.claims for word in re.findall(r"[\w’'-]+", claim.text)}
    found: dict[frozenset[str], _Name] = {}
    for one in names:
        if not one.keys & known and not one.keys & plain:
            found.setdefault(one.keys, one)
    return list(found.values())
