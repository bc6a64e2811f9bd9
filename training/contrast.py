"""Programmed contrasts: a statement of a pair that agrees, changed in one point, so that the two differ in just that.

Roles are changed over ("Wick asked Orlo" / "Orlo asked Wick"), a statement is denied, weakened from fact to possibility
or from an agreement to a readiness; or the order of its parts is changed, which changes nothing. Readers of pairs that
were only written by hand come to lean on how alike two statements are; these are alike and differ.

Source of the idea: contrast sets (Gardner et al. 2020) and counterfactually augmented data (Kaushik et al. 2020).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from claims.analysis.clauses import content_stems
from claims.analysis.structures import ReasonKind, Relation

from .examples import Block, Example, Link

_REACH = 60  # code points after a changed word in which the other statement must share content words with it
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed text, the words that stood there and stand there now, and what the change makes of an agreement."""

    text: str
    before: str
    after: str
    relation: Relation
    reason: ReasonKind | None


_Rule = tuple[re.Pattern[str], tuple[str, ...]]


def _rules(*pairs: tuple[str, str]) -> tuple[_Rule, ...]:
    return tuple((re.compile(rf"\b{words}\b"), tuple(others.split("|"))) for words, others in pairs)


# A past tense, and no participle: after "has" or "was" another word would have to change too.
_DID = r"(?<!has )(?<!have )(?<!had )(?<!was )(?<!were )(?<!been )(?<!be )(?<!is )(?<!also )(?<!not )(?<!never )"
_DENIED = _rules(
    ("will(?! not)", "will not|will never"),
    (_DID + "agreed to", "refused to|did not agree to|declined to"),
    (_DID + "agreed that", "did not agree that"),
    (_DID + "confirmed that", "denied that"),
    (
        "(?:is|are)(?= (?:ready|prepared|willing|open|committed|in force|possible|acceptable|under))",
        "is not|is no longer",
    ),
    ("(?:was|were)(?= (?:reached|agreed|decided|discussed|raised|signed|invited|informed))", "was not|was never"),
    ("has(?= (?:been|agreed|asked|received|begun|accepted|proposed|returned|stopped))", "has not|has never"),
    ("have(?= (?:been|agreed|asked|received|begun|accepted|proposed|returned|stopped))", "have not|have never"),
    (_DID + "accepted", "turned down|did not accept"),
    (_DID + "supported", "opposed|did not support"),
    ("supports", "opposes|does not support"),
    ("must(?! not)", "need not|must not"),
    ("resume", "suspend"),
    ("continue(?= )", "end"),
    (_DID + "raised", "did not raise"),
    (_DID + "asked(?= (?:for|him|her|the|about))", "did not ask"),
)
_WEAKENED = _rules(
    ("will(?! not)", "may|might|could|is expected to|would, in principle,"),
    ("(?:is|are) to(?= )", "may|could"),
    ("shall", "may|should"),
    ("certainly", "possibly"),
)
_LESS_BOUND = _rules(
    (
        "agreed to",
        "expressed readiness to|discussed whether to|said that it might be useful to|spoke in favour of a plan to",
    ),
    (_DID + "(?:promised|undertook|committed|pledged) to", "promised to consider whether to|expressed the hope to"),
    (_DID + "agreed on", "discussed|exchanged views on|touched upon"),
    (_DID + "agreed that", "discussed the idea that|noted the view that"),
)
_DIRECTED = re.compile(
    r"\b(?:asked|invited|thanked|told|offered|proposed|suggested|urged|informed|requested|congratulated|assured|"
    r"called on|warned|accused|promised|briefed|condoled|blamed|refused|initiated|telephoned|phoned|rang)\b"
)
_BOTH = re.compile(r"\b(?:both|two|each other|together|jointly|mutual\w*|they|leaders|sides|parties)\b", re.I)
_OPENING = re.compile(
    r"(?P<lead>(?:During|In|On|At|After|Before|Following|Towards|Over) [^,;:.“”\"]{4,40}), "
    r"(?P<first>the|both|they|he|she|it|a|an|our|its|[A-Z][\w’'-]+)(?P<rest> [^\"“”]{20,})\.$"
)


def denied(text: str, other: str, rng: random.Random) -> Edit | None:
    """Return a text one of whose statements is denied: near what the other text says too."""
    return _edited(text, other, rng, _DENIED, ReasonKind.NEGATION_POLARITY)


def weakened(text: str, other: str, rng: random.Random) -> Edit | None:
    """Return a text that says for possible what it said for certain."""
    return _edited(text, other, rng, _WEAKENED, ReasonKind.MODALITY_HEDGE)


def less_bound(text: str, other: str, rng: random.Random) -> Edit | None:
    """Return a text in which somebody is bound less."""
    return _edited(text, other, rng, _LESS_BOUND, ReasonKind.COMMITMENT)


def reordered(text: str) -> Edit | None:
    """Return a text whose opening ("During the call, …") stands at its end."""
    match = _OPENING.fullmatch(text)
    if match is None:
        return None
    lead, first = match["lead"], match["first"]
    begun = first[0].upper() + first[1:]
    changed = f"{begun}{match['rest']} {lead[0].lower()}{lead[1:]}."
    return Edit(changed, lead, lead, Relation.AGREE, None)


def swapped(text: str, block: Block) -> Edit | None:
    """Return a text whose two sides have changed roles, where one does something towards the other."""
    names, other = _names(block), _counterparts(block)
    found = list(names.finditer(text)) if names else []
    if names is None or len(found) < 2 or _BOTH.search(text):
        return None
    one, towards = found[:2]
    of = _sides(block)
    if of[one[0]] == of[towards[0]] or not _DIRECTED.search(text, one.end(), towards.start()):
        return None
    changed = names.sub(lambda match: other[match[0]], text)
    return Edit(changed, one[0], other[one[0]], Relation.DIVERGE, ReasonKind.AGENCY)


def contrasts(example: Example, block: Block, rng: random.Random) -> Iterator[Example]:
    """Yield a pair that agrees once more, with one point of its second statement changed."""
    link = example.link
    if link is None or link.relation is not Relation.AGREE:
        return
    edit = _any_edit(example.b, example.a, block, rng)
    if edit is not None:
        yield Example(example.a, edit.text, _link(link, edit, words_a=None))


def of_itself(text: str, block: Block, rng: random.Random) -> Example | None:
    """Return a statement beside itself with one point changed, or with its parts in another order."""
    edit = _any_edit(text, text, block, rng, lambda: reordered(text))
    if edit is None:
        return None
    plain = Link(0, 0, Relation.AGREE, False, frozenset(), None, None)
    return Example(text, edit.text, _link(plain, edit, words_a=edit.before))


def _any_edit(text: str, other: str, block: Block, rng: random.Random, *more: Callable[[], Edit | None]) -> Edit | None:
    """Return the first of the ways to change a text, in an order drawn anew, that it offers."""
    ways: list[Callable[[], Edit | None]] = [
        lambda: denied(text, other, rng),
        lambda: weakened(text, other, rng),
        lambda: less_bound(text, other, rng),
        lambda: swapped(text, block),
        *more,
    ]
    rng.shuffle(ways)
    return next((edit for way in ways if (edit := way()) is not None), None)


def _link(link: Link, edit: Edit, *, words_a: str | None) -> Link:
    if edit.reason is None:
        return link
    return replace(
        link,
        relation=edit.relation,
        position=False,
        reasons=frozenset({edit.reason}),
        words_a=words_a,
        words_b=edit.after,
    )


def _edited(text: str, other: str, rng: random.Random, rules: tuple[_Rule, ...], kind: ReasonKind) -> Edit | None:
    relation = Relation.DIVERGE if kind is ReasonKind.NEGATION_POLARITY else Relation.PARTIAL
    stems = content_stems(other)
    places = [
        (match, others)
        for pattern, others in rules
        for match in pattern.finditer(text)
        if len(content_stems(text[match.end() : match.end() + _REACH]) & stems) >= _SHARED
    ]
    if not places:
        return None
    match, others = rng.choice(places)
    after = rng.choice(others)
    return Edit(text[: match.start()] + after + text[match.end() :], match[0], after, relation, kind)


def _spellings(block: Block) -> list[tuple[str, str]]:
    """Return the names of side a with those of side b that they change over with."""
    a, b = (block.cast.get(side, {}) for side in "ab")
    pairs = [(a.get(key, ""), b.get(key, "")) for key in ("state", "adjective", "capital", "leader")]
    last = [cast.get("leader", "").split()[-1:] for cast in (a, b)]
    if all(last):
        pairs.append((last[0][0], last[1][0]))
    return [(one, other) for one, other in pairs if len(one) > 2 and len(other) > 2]


def _sides(block: Block) -> dict[str, str]:
    pairs = _spellings(block)
    return {one: "a" for one, _ in pairs} | {other: "b" for _, other in pairs}


def _counterparts(block: Block) -> dict[str, str]:
    pairs = _spellings(block)
    return dict(pairs) | {other: one for one, other in pairs}


def _names(block: Block) -> re.Pattern[str] | None:
    names = sorted(_counterparts(block), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names)) if names else None
