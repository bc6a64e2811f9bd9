"""Affirmed on one side, denied or reversed on the other.

Three signs, each about something that both statements name: the same word under a negation on one side only, an act
that one side tells and the other says did not happen ("agreed" / "no agreement was reached"), and opposites
("resume" / "suspend"). A word and its negated opposite agree ("remains closed" / "was not reopened").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ..acts import Act
from ..clauses import Deed, content_stems, negators, read
from ..inflection import expand, own_stem, stem, word_set
from ..lexicon import OPPOSITES, TALKS
from ..structures import Claim, ReasonKind
from .base import Context, Finding, Side, words

_SCOPE_END = re.compile(r"[;:.,]|\b(?:but|although|because|until|unless|while|whereas|since|and that)\b")
_WORD = re.compile(r"\w[\w’'-]*")
_SCOPE_WORDS = 7
_THERE_IS = re.compile(
    r"\bthere (?:is|are|was|were|has been|have been|can be|could be|will be)(?: \w+ly)? *$", re.IGNORECASE
)
_AGAINST = re.compile(r"\b(?:not|no|never|unacceptable|inadmissible|cease|stop|against|reject|refus)", re.IGNORECASE)
# Under a negation these are no denial of what follows them: "not oppose", "no change", "did not stop".
_CONTRARY = re.compile(
    expand(
        r"\b(?:{oppose|object|reject|refuse|deny|prevent|block|hinder|impede|exclude|rule|forbid|violate|breach"
        r"|change|alter"
        r"|stop|cease|end|suspend|leave|waver|deviate|exceed|shoot|fire}|opposition|objections?|obstacles?"
        r"|intention|changes?"
        r"|limits?|alternative|danger|threat)\b"
    ),
    re.IGNORECASE,
)
# Taking away what is itself a negation turns it round: "lift the ban", "end the closure".
_TAKEN_AWAY = re.compile(
    expand(r"\b{lift|end|remove|waive|stop|halt|cease|abolish|revoke|drop|cancel|rescind|without}(?: [\w’'-]+){0,3} $"),
    re.IGNORECASE,
)
_MEETING_OF_MINDS = frozenset(
    {Act.AGREE, Act.COMMIT, Act.PROMISE, Act.ACCEPT, Act.OFFER, Act.PROPOSE, Act.REQUEST, Act.OBJECT}
)
_SPOKEN_OF = frozenset(
    {Act.DISCUSS, Act.RAISE, Act.NOTE, Act.REQUEST, Act.OBJECT, Act.STATE, Act.PROPOSE, Act.CONSIDER}
)
_LIGHT = frozenset(map(stem, word_set("be have do make take give say tell side talk time new one president minister")))


_NEGATIVE_NOUNS = word_set(
    "closure ban bans embargo blockade suspension veto halt freeze prohibition detention occupation"
)
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The words under a negation: its start and end, the stems of its head, and all its stems.

    The head is what the negation bears on first ("not [give way] on the border"); names and figures are no heads.
    ``flat`` says that the negation denies existence ("there is no …").
    """

    start: int
    end: int
    head: frozenset[str]
    stems: frozenset[str]
    flat: bool


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return what one side affirms and the other denies or reverses."""
    found: list[Finding] = []
    for claim_a in a.claims:
        for claim_b in b.claims:
            found += _denied_acts(claim_a, claim_b)
            found += _negated_words(claim_a, claim_b)
            found += _opposites(claim_a, claim_b)
            found += _refusals(claim_a, claim_b)
    return sorted(found, key=rank)[:1]


def rank(finding: Finding) -> tuple[float, list[str]]:
    """Return a key that sorts findings best first, the same whichever side comes first."""
    return -finding.weight, sorted(shown.text for shown in (*finding.a, *finding.b))


def _finding(a: Claim, b: Claim, places: tuple[_Place, _Place], weight: float, explanation: str) -> Finding:
    shown = (words(a, *places[0]),), (words(b, *places[1]),)
    return Finding(ReasonKind.NEGATION_POLARITY, *shown, explanation, True, min(1.0, weight))


@lru_cache(maxsize=8192)
def _scopes(text: str) -> tuple[_Scope, ...]:
    return tuple(_scope(text, negator) for negator in negators(text) if negator[0].lower() != "without")


def _scope(text: str, negator: re.Match[str]) -> _Scope:
    end = _SCOPE_END.search(text, negator.end())
    inside = list(islice(_WORD.finditer(text, negator.end(), end.start() if end else len(text)), _SCOPE_WORDS))
    plain = [match for match in inside if match[0][0].islower()]
    # "Not a conversation that will …" denies what follows, not that there was a conversation.
    heads = [
        stem
        for match in plain
        if not TALKS.fullmatch(match[0])
        for stem in content_stems(match[0])
        if stem not in _LIGHT
    ]
    stop = inside[-1].end() if inside else negator.end()
    flat = _THERE_IS.search(text[: negator.start()]) is not None
    return _Scope(negator.start(), stop, frozenset(heads[:2]), content_stems(text[negator.end() : stop]), flat)


def _negated_words(a: Claim, b: Claim) -> Iterator[Finding]:
    """Yield a word under a negation on one side that the other side affirms."""
    for one, other, flip in ((a, b, False), (b, a, True)):
        others = content_stems(other.text) - _LIGHT
        denied = frozenset[str]().union(*(scope.stems for scope in _scopes(other.text))) - _LIGHT
        for scope in _scopes(one.text):
            shared = scope.head & others
            rest = (content_stems(one.text) & others) - scope.head
            if not shared or denied & scope.stems or _CONTRARY.search(one.text[scope.start : scope.end]):
                continue
            if not rest and not scope.flat:
                continue
            place = _place(other.text, shared)
            places = ((scope.start, scope.end), place) if not flip else (place, (scope.start, scope.end))
            weight = 0.35 + 0.15 * len(shared) + 0.08 * len(rest) + 0.15 * scope.flat
            yield _finding(a, b, places, weight, f"{other.source} affirms what {one.source} denies.")


def _place(text: str, stems: frozenset[str]) -> tuple[int, int]:
    found = [match for match in _WORD.finditer(text) if own_stem(match[0].lower()) in stems]
    first = found[0]
    near = [match for match in found if match.end() - first.start() <= 60]
    return first.start(), near[-1].end()


def _denied_acts(a: Claim, b: Claim) -> Iterator[Finding]:
    """Yield an act that one side tells and the other says did not happen."""
    for x in read(a.text):
        for y in read(b.text):
            if x.negated == y.negated or not _same_act(x, y):
                continue
            acts = content_stems(a.text[x.start : x.end]) | content_stems(b.text[y.start : y.end])
            shared = (content_stems(a.text) & content_stems(b.text)) - _LIGHT - acts
            if not shared:
                continue
            weight = (0.75 if x.act in _MEETING_OF_MINDS and y.act in _MEETING_OF_MINDS else 0.5) + 0.05 * len(shared)
            places = _cue(a.text, x), _cue(b.text, y)
            told, denied = (b, a) if x.negated else (a, b)
            yield _finding(
                a, b, places, weight, f"{told.source} says that it happened, {denied.source} that it did not."
            )


def _same_act(x: Deed, y: Deed) -> bool:
    denied, told = (x, y) if x.negated else (y, x)
    if denied.act is told.act and denied.act is not Act.STATE:
        return True
    bound = {Act.AGREE, Act.COMMIT, Act.PROMISE, Act.ACCEPT, Act.OFFER}
    if denied.act in bound and told.act in bound:
        return True
    return denied.act in {Act.DISCUSS, Act.RAISE, Act.NOTE} and told.act in _SPOKEN_OF


def _cue(text: str, deed: Deed) -> tuple[int, int]:
    """Return the place of an act's cue, with its negator where it has one."""
    if not deed.negated:
        return deed.start, deed.end
    close = [match.start() for match in negators(text) if deed.start - 40 <= match.start() <= deed.end]
    return min([deed.start, *close]), deed.end


def _refusals(a: Claim, b: Claim) -> Iterator[Finding]:
    """Yield a refusal or denial on one side against the same thing granted or affirmed on the other."""
    against = {Act.REFUSE, Act.DENY}
    given = {Act.AGREE, Act.COMMIT, Act.PROMISE, Act.ACCEPT, Act.OFFER}
    for x in read(a.text):
        for y in read(b.text):
            granted = (x.act in against and y.act in given) or (y.act in against and x.act in given)
            if not granted or x.negated or y.negated:
                continue
            shared = (content_stems(a.text) & content_stems(b.text)) - _LIGHT
            places = (x.start, x.end), (y.start, y.end)
            close = _near(a.text, places[0]) & _near(b.text, places[1]) - _LIGHT
            grant = a.text[x.end : x.until] if x.act in given else b.text[y.end : y.until]
            if len(shared) >= 2 and close and not _AGAINST.search(grant):
                weight = 0.5 + 0.1 * len(close)
                grants, refuses = (a, b) if x.act in given else (b, a)
                told = f"{grants.source} has it granted, {refuses.source} has it refused."
                yield _finding(a, b, places, weight, told)


@lru_cache(maxsize=8192)
def _signs(text: str) -> dict[str, list[tuple[int, _Place]]]:
    """Return by axis the signs (1 or -1) of its words in a text, turned round where they stand under a negation."""
    scopes = _scopes(text)
    found: dict[str, list[tuple[int, _Place]]] = {}
    for (axis, sign), match in OPPOSITES.find(text):
        turned = sum(scope.start < match.start() < scope.end for scope in scopes) % 2
        if match[0] in _NEGATIVE_NOUNS:
            turned ^= _TAKEN_AWAY.search(text[: match.start()]) is not None
        found.setdefault(axis, []).append((-sign if turned else sign, match.span()))
    return found


def _opposites(a: Claim, b: Claim) -> Iterator[Finding]:
    """Yield opposite words that stand near a word which both sides use."""
    told_a, told_b = _signs(a.text), _signs(b.text)
    for axis in (one for one in told_a if one in told_b):
        signs_a, signs_b = told_a[axis], told_b[axis]
        if len({sign for sign, _ in signs_a}) != 1 or len({sign for sign, _ in signs_b}) != 1:
            continue
        if signs_a[0][0] == signs_b[0][0]:
            continue
        options = [(_near(a.text, x) & _near(b.text, y) - _LIGHT, x, y) for _, x in signs_a for _, y in signs_b]
        shared, x, y = max(options, key=_preference)
        if shared:
            yield _finding(
                a,
                b,
                (x, y),
                0.4 + 0.1 * len(shared),
                f"{a.source} says “{_of(a, x)}”, {b.source} “{_of(b, y)}”: they exclude each other.",
            )


def _preference(option: tuple[frozenset[str], _Place, _Place]) -> tuple[int, int, int]:
    shared, x, y = option
    return len(shared), -x[0] - y[0], -abs(x[0] - y[0])


def _near(text: str, span: tuple[int, int]) -> frozenset[str]:
    """Return the content stems within six words of a place."""
    before = list(_WORD.finditer(text, 0, span[0]))[-6:]
    after = list(islice(_WORD.finditer(text, span[1]), 6))
    return content_stems(" ".join(match[0] for match in before + after))


def _of(claim: Claim, span: tuple[int, int]) -> str:
    return claim.text[span[0] : span[1]]
