"""Who does what towards whom: a light reading of one sentence, by rules on its words.

No parser. A sentence is read as a row of deeds: each cue of the lexicon of acts, with the actor before it as its
subject ("by X" after a passive), the actor right after it as its addressee, the words up to the next deed of the same
level as its content, and what stands before it that negates or weakens it. That is enough for the plain, repetitive
syntax of readouts, and every decision can be shown to a reader by its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .actors import Actor, ActorKind, find_actors
from .acts import CUE_LOOKUP, STEPS, Act
from .inflection import own_stem, right_before, word_set

_WORD = re.compile(r"[\w][\w’'-]*")
_BOUNDARY = re.compile(
    r"[;:.]|, (?:and|but|while|whereas|which|who|although|though)\b|\b(?:but|while|whereas|although)\b"
)
_NEGATOR = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|nothing|without|cannot|nowhere|no one|hardly|scarcely)\b|n['’]t\b",
    re.IGNORECASE,
)
# A negator that negates nothing ("not only", "no doubt"), or only a comparison ("no later than").
_IDLE_NEGATOR = re.compile(
    r"\b(?:not (?:only|just|merely|simply|solely|least|to mention|for the first time|without|un\w+)|no (?:doubt"
    r"|less|later|fewer|more|matter|sooner"
    r"|secret|wonder|earlier)|nothing (?:less|but|short)|without (?:doubt|exception|delay|fail|precedent"
    r"|precondition\w*"
    r"|condition\w*|hesitation|question)|none other|cannot but|never before|whether or not|not later)\b",
    re.IGNORECASE,
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|got)(?: \w+ly| also| not| never| jointly)?\s*$")
_PARTICIPLE = re.compile(r"\w+(?:ed|en|wn|ne|ght|eld|ept|old|aid|id|ade|ut|it)\b", re.IGNORECASE)
_BY = re.compile(r"^[^.;:]{0,60}?\bby (?=\S)")
_CAME_FROM = re.compile(r"^[^.;]{0,120}?\b(?:came|coming|comes|emanated|originated)(?: \w+)? from (?=\S)")
_PREPOSITION = re.compile(
    r"\b(?:of|to|with|by|for|from|on|in|at|against|between|into|towards?|over|about|upon)(?: the)?\s*$", re.I
)
_NEXT_DEED = re.compile(r";|, and |, but | but ")
_WHO = re.compile(r",? who(?: \w+ly| had| has| have)*\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_REACH = 40  # code points before a place in which a preposition or an auxiliary right before it stands
_INITIATIVE_OF = re.compile(r"^\s*(?:of|from) (?=\S)")
_FUNCTION = word_set(
    "the a an and or but of in on at to for from with by as it its he she they we i our his her their "
    "this that these those both two be is are was were been being has have had will would could can may "
    "might shall should must do does did not no him them us me my who whom which what when where while "
    "than then there here also only so such any all each other its up out into over about upon under if "
    "whether because said told"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One act in a sentence. Offsets count in the sentence's text.

    ``start`` and ``end`` delimit the cue; ``subject`` is None where the sentence names nobody (a passive without an
    agent); ``content`` holds the stems of what the act is about; ``until`` is where that content ends.
    """

    act: Act
    start: int
    end: int
    until: int
    subject: Actor | None
    addressee: Actor | None
    content: frozenset[str]
    negated: bool
    passive: bool


@lru_cache(maxsize=4096)  # the detectors ask for the same claims and clauses one after another
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of a text."""
    words = (match[0] for match in _WORD.finditer(text.lower()))
    return frozenset(own_stem(word) for word in words if word not in _FUNCTION and len(word) > 1)


@lru_cache(maxsize=8192)
def negators(text: str) -> tuple[re.Match[str], ...]:
    """Return the words of a text that negate, without those that only look like it ("not only", "no doubt")."""
    found = list(_NEGATOR.finditer(text))
    idle = [match.span() for match in _IDLE_NEGATOR.finditer(text)] if found else []
    return tuple(match for match in found if not any(start <= match.start() < end for start, end in idle))


def _cues(text: str) -> list[tuple[Act, int, int]]:
    """Return the cues of a sentence in order; an earlier class of the lexicon keeps the words it took."""
    taken: list[tuple[Act, int, int]] = []
    for act, match in CUE_LOOKUP.find(text):
        if not any(start < match.end() and match.start() < end for _, start, end in taken):
            taken.append((act, match.start(), match.end()))
    return sorted(taken, key=lambda cue: cue[1])


@dataclass(frozen=True, slots=True)
class Commitment:
    """Words that place somebody on the ladder of commitment (``acts.STEPS``), at offsets of the sentence's text.

    What is negated ("did not agree") stands on the lowest step.
    """

    act: Act
    step: int
    start: int
    end: int
    negated: bool


def commitments(text: str) -> list[Commitment]:
    """Return the words of a sentence that bind somebody, in order, without asking whom: a tenth of a full reading."""
    found = []
    for act, start, end in _cues(text):
        if act in STEPS:
            negated = _is_negated(text, start, end)
            found.append(Commitment(act, 0 if negated else STEPS[act], start, end, negated))
    return found


def _clause_start(text: str, position: int) -> int:
    ends = [match.end() for match in _BOUNDARY.finditer(text, 0, position)]
    return ends[-1] if ends else 0


def _is_free(text: str, actor: Actor) -> bool:
    """Tell whether an actor can be a subject: not a genitive, and not governed by a preposition."""
    if _POSSESSIVE.search(text[actor.start : actor.end]):
        return False
    return right_before(_PREPOSITION, text, actor.start, within=_REACH) is None


def _actor_at(actors: Sequence[Actor], position: int, *, within: int = 5) -> Actor | None:
    return next((actor for actor in actors if position <= actor.start <= position + within), None)


def _agent(text: str, end: int, actors: Sequence[Actor]) -> Actor | None:
    for pattern in (_BY, _CAME_FROM):
        match = pattern.match(text[end:])
        if match:
            return _actor_at(actors, end + match.end())
    return None


def _possessor(text: str, start: int, end: int, actors: Sequence[Actor]) -> Actor | None:
    """Return whose request, proposal or initiative a noun cue names ("at X's request", "at the request of X")."""
    match = _INITIATIVE_OF.match(text[end:])
    if match:
        return _actor_at(actors, end + match.end())
    inside = [actor for actor in actors if start <= actor.start < end or 0 <= start - actor.end <= 1]
    return inside[-1] if inside else None


def _subject(text: str, start: int, actors: Sequence[Actor], earlier: Sequence[Deed]) -> Actor | None:
    """Return the nearest actor before a cue that can be its subject, or that of the act on which the cue depends."""
    addressed = {deed.addressee.start for deed in earlier if deed.addressee}
    relative = right_before(_WHO, text, start, within=_REACH)
    before = [actor for actor in actors if actor.end <= start]
    if relative and before:
        return before[-1]
    free = [actor for actor in before if _is_free(text, actor) and actor.start not in addressed]
    if not free:
        return None
    return _resolve(free[-1], earlier)


def _resolve(actor: Actor, earlier: Sequence[Deed]) -> Actor:
    """Return whom "he" means: the subject of the act before, where there is one."""
    if actor.kind is not ActorKind.PRONOUN:
        return actor
    subjects = [deed.subject for deed in earlier if deed.subject and deed.subject.kind is not ActorKind.PRONOUN]
    return subjects[-1] if subjects else actor


def _is_negated(text: str, start: int, end: int) -> bool:
    clause, reach = _clause_start(text, start), 2 if _THING.fullmatch(text[start:end]) else 4
    before = [match for match in negators(text) if match.end() > clause and match.start() <= start]
    before = [match for match in before if "," not in text[match.end() : start]]
    close = [match for match in before if len(_WORD.findall(text[match.end() : start])) <= reach]
    after = _DENIED_AFTER.match(text, end)
    count = len(close) + sum(start < match.start() < end for match in negators(text))
    return (count % 2 == 1) or (after is not None and count == 0)


_DENIED_AFTER = re.compile(
    r"\s+(?:was |were |has been |have been )?"
    r"(?:nothing|no\b(?! doubt| less)|not\b(?! (?:only|just|least|merely|simply))|never|neither)"
)
# A noun that may be the thing itself and not its making: "not part of the agreement" denies no agreement.
_THING = re.compile(
    r"(?:agreements?|understanding|accord|commitments?|guarantees?|proposals?|initiatives?|pledges?|word)", re.I
)
_NOUN_CUE = re.compile(
    r"(?:initiative|instigation|suggestion|prompting|urging|proposal|motion|request|invitation|behest|offer)s?$", re.I
)


# "said that the search could benefit from help": what the act is about stands before it, in the clause's own subject.
_SAID_OF = re.compile(
    r"\bthat (?P<thing>(?:the|this|that|these|those|any|an?|its|their) [^,;:.]{2,80})$", re.IGNORECASE
)


def _deed(text: str, cue: tuple[Act, int, int], until: int, actors: Sequence[Actor], earlier: Sequence[Deed]) -> Deed:
    act, start, end = cue
    noun = _NOUN_CUE.search(text[start:end]) is not None
    passive = (
        not noun
        and right_before(_BE, text, start, within=_REACH) is not None
        and _PARTICIPLE.match(text[start:end]) is not None
    )
    addressee = None
    if noun:
        subject = _possessor(text, start, end, actors) or _agent(text, end, actors)
        subject = _resolve(subject, earlier) if subject else None
    elif passive:
        subject = _agent(text, end, actors)
    else:
        subject = _subject(text, start, actors, earlier)
        addressee = _actor_at(actors, end)
    content = content_stems(text[end:until])
    if passive or noun:
        content |= content_stems(text[_clause_start(text, start) : start])
    elif thing := _SAID_OF.search(text, 0, start):
        content |= content_stems(thing["thing"])
    return Deed(act, start, end, until, subject, addressee, content, _is_negated(text, start, end), passive)


@lru_cache(maxsize=8192)
def read(text: str) -> tuple[Deed, ...]:
    """Return the acts that a sentence reports, in order."""
    actors, cues = find_actors(text), _cues(text)
    deeds: list[Deed] = []
    for index, cue in enumerate(cues):
        later = [start for _, start, _ in cues[index + 1 :]]
        boundary = next((match.start() for match in _NEXT_DEED.finditer(text[cue[2] :])), None)
        ends = [len(text)] + ([cue[2] + boundary] if boundary and later and cue[2] + boundary < later[-1] else [])
        deeds.append(_deed(text, cue, min(ends), actors, deeds))
    return tuple(deeds)
