"""Broader and narrower: quantifiers, joined against compound objects, conditions, lists, and detail of one side alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..clauses import content_stems
from ..inflection import lowered, own_stem, stem
from ..structures import Claim, ReasonKind, Words
from .base import Context, Finding, Side, words

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ALL = re.compile(
    r"\b(?:all|every|any|full(?:y)?|entire(?:ly)?|complete(?:ly)?|whole|total(?:ly)?|general|comprehensive|unconditional(?:ly)?|without (?:exception|conditions?|restrictions?))\b"
)
_SOME = re.compile(
    r"\b(?:some|certain|several|part(?:ial(?:ly)?|s of| of)?|limited|selected|individual|specific|most|a (?:number|series|few) of|in principle|humanitarian|gradual(?:ly)?|phased)\b"
)
_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|nothing but|no more than|merely|just|alone|limited to|confined to|except(?:ing)?|excluding|apart from|other than)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|on (?:the )?condition|on the understanding|as long as|so long as|subject to|only (?:once|after|when)|not (?:before|until)|in exchange for|in return for|depending on|"
    r"contingent|once|as conditions permit|in accordance with|within the framework)\b"
)
_GENERIC = re.compile(
    r"\b(?:(?:other |various |a (?:wide |broad )?(?:range|number|variety) of |several |many )?(?:issues|questions|matters|topics|subjects|aspects|areas)(?: of (?:mutual|common|shared) (?:interest|concern))?|"
    r"(?:regional|international|bilateral|global) (?:issues|matters|agenda|affairs|developments)|bilateral (?:relations|cooperation|ties))\b"
)
_AGREED = re.compile(
    r"\b(?:agree[ds]?|agreement|commit(?:ted|ment|s)?|halt|cease(?:fire)?|truce|moratorium|pledg\w+|suspen\w+|stop(?:ped)?|pause|ban|refrain\w*|undertak\w+|undertook|accept\w*)\b"
)
_STOP = re.compile(r"[,;.]")
_CLAUSE_END = re.compile(r"[;:.]")
_TWO_WORDS = re.compile(r"\b\w+ (?P<other>[\w-]+)")
_JOINT = re.compile(r"(?P<one>[^\W\d_][\w-]+)(?: (?:and|or|as well as)|, ?(?:and )?) (?P<other>[^\W\d_][\w-]+)")


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return the difference of scope that weighs most."""
    found = [*_compounds(a, b), *_quantified(a, b), *_conditions(a, b), *_generic(a, b), *_detail(a, b)]
    return [max(found, key=lambda one: (one.clash, one.weight))] if found else []


def _compounds(a: Side, b: Side) -> Iterator[Finding]:
    """Find "energy and infrastructure" against "energy infrastructure"."""
    for one, other, turned in ((a, b, False), (b, a, True)):
        for claim in one.claims:
            for match in _JOINT.finditer(lowered(claim.text)):
                for against in other.claims:
                    narrow = _compound(match["one"][:-1], match["other"][:-1], lowered(against.text))
                    if narrow is None:
                        continue
                    shown = words(claim, *match.span()), words(against, *narrow.span())
                    clash = (
                        _AGREED.search(lowered(claim.text)) is not None
                        and _AGREED.search(lowered(against.text)) is not None
                    )
                    told = f"{one.source.name} says “{shown[0].text}”, {other.source.name} “{shown[1].text}”."
                    yield _finding(shown, told, turned, clash=clash, weight=0.9)


def _compound(one: str, other: str, text: str) -> re.Match[str] | None:
    """Find two words, without their endings, right after each other."""
    start = text.find(one)
    while start >= 0:
        found = _TWO_WORDS.match(text, start)
        if found and found["other"].startswith(other):
            return found
        start = text.find(one, start + 1)
    return None


def _quantified(a: Side, b: Side) -> Iterator[Finding]:
    """Find "all prisoners" against "some prisoners", and a limit that only one side sets."""
    for one, other, turned in ((a, b, False), (b, a, True)):
        for claim in one.claims:
            for match in _ALL.finditer(lowered(claim.text)):
                noun = _next_stem(claim.text, match.end())
                for against in other.claims:
                    for narrow in _SOME.finditer(lowered(against.text)):
                        if noun and noun == _next_stem(against.text, narrow.end()):
                            shown = words(claim, *match.span()), words(against, *narrow.span())
                            told = f"{one.source.name} says “{shown[0].text}”, {other.source.name} “{shown[1].text}”."
                            yield _finding(shown, told, turned, clash=True, weight=0.7)
        yield from _one_sided(one, other, _ONLY, "{} sets a limit that {} does not: “{}”.", 0.45, turned=turned)


def _conditions(a: Side, b: Side) -> Iterator[Finding]:
    for one, other, turned in ((a, b, False), (b, a, True)):
        yield from _one_sided(
            one, other, _CONDITION, "{} names a condition that {} does not: “{}”.", 0.5, turned=turned
        )


def _generic(a: Side, b: Side) -> Iterator[Finding]:
    for one, other, turned in ((a, b, False), (b, a, True)):
        shorter = sum(len(content_stems(claim.text)) for claim in one.claims)
        longer = sum(len(content_stems(claim.text)) for claim in other.claims)
        if shorter < longer:
            yield from _one_sided(
                one, other, _GENERIC, "{} speaks in general where {} is specific: “{}”.", 0.45, turned=turned
            )


def _one_sided(
    one: Side, other: Side, pattern: re.Pattern[str], told: str, weight: float, *, turned: bool
) -> Iterator[Finding]:
    if any(_first(pattern, claim.text) for claim in other.claims):
        return
    for claim in one.claims:
        if match := _first(pattern, claim.text):
            end = min(len(claim.text), match.end() + 40)
            stop = _STOP.search(claim.text[match.end() : end])
            end = match.end() + stop.start() if stop else claim.text.rfind(" ", match.end(), end)
            shown = words(claim, match.start(), max(end, match.end()))
            explanation = told.format(one.source.name, other.source.name, shown.text)
            in_a, in_b = ((), (shown,)) if turned else ((shown,), ())
            yield Finding(ReasonKind.SCOPE_DETAIL, in_a, in_b, explanation, False, weight)
            return


@lru_cache(maxsize=8192)  # each side of a pair is held against the other, both ways round
def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return pattern.search(lowered(text))


def _detail(a: Side, b: Side) -> Iterator[Finding]:
    """Find the longest stretch of one side that has no word of the other."""
    stems_a, stems_b = _stems(a), _stems(b)
    extra = {True: stems_a - stems_b, False: stems_b - stems_a}
    total = max(1, len(stems_a | stems_b))
    share = abs(len(extra[True]) - len(extra[False])) / total
    fuller, leaner, turned = (a, b, False) if len(extra[True]) >= len(extra[False]) else (b, a, True)
    if len(extra[not turned]) < 3:
        return
    stretch = max((_stretch(claim, _stems(leaner)) for claim in fuller.claims), key=lambda one: one[0])
    if stretch[1] is None or stretch[0] < 3:
        return
    told = f"{fuller.source.name} says more: “{stretch[1].text}”."
    in_a, in_b = ((), (stretch[1],)) if turned else ((stretch[1],), ())
    yield Finding(ReasonKind.SCOPE_DETAIL, in_a, in_b, told, False, round(min(0.8, 0.2 + 0.8 * share), 3))


def _stems(side: Side) -> frozenset[str]:
    return frozenset[str]().union(*(content_stems(claim.text) for claim in side.claims))


def _stretch(claim: Claim, known: frozenset[str]) -> tuple[int, Words | None]:
    """Return the longest run of words without a word that the other side has, and how many content words it holds."""
    best: tuple[int, Words | None] = (0, None)
    run: list[re.Match[str]] = []
    for word in [*_WORD.finditer(claim.text), None]:
        shared = word is not None and own_stem(word[0]) in known
        if word is None or shared or (run and _CLAUSE_END.search(claim.text, run[-1].end(), word.start())):
            count = len(content_stems(claim.text[run[0].start() : run[-1].end()])) if run else 0
            if count > best[0]:
                best = (count, words(claim, run[0].start(), run[-1].end()))
            run = [] if word is None or shared else [word]
        else:
            run.append(word)
    return best


def _next_stem(text: str, start: int) -> str:
    found = _WORD.search(text, start)
    while found and found[0].lower() in {"of", "the", "its", "their", "our", "these", "those"}:
        found = _WORD.search(text, found.end())
    return stem(found[0]) if found else ""


def _finding(shown: tuple[Words, Words], told: str, turned: bool, *, clash: bool, weight: float) -> Finding:
    a, b = (shown[1], shown[0]) if turned else shown
    return Finding(ReasonKind.SCOPE_DETAIL, (a,), (b,), told, clash, weight)
