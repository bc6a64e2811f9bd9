"""Who acts in a sentence: names, titles, pronouns and "both sides", told apart by what an event's texts give away.

An event's texts say "President Marek Tsolan of Karvonia" once and "Tsolan", "the Karvonian leader" or "the President"
afterwards. ``Cast.of`` joins the words that stand in one such name into one group (union-find), so that two accounts
that call a person differently still name the same actor. Words of a source's name, party and aliases put a group on
that source's side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from .inflection import lowered, word_set
from .structures import Event, Source


class ActorKind(StrEnum):
    """How an actor is referred to."""

    NAMED = "named"
    TITLED = "titled"
    JOINT = "joint"
    SELF = "self"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Actor:
    """A reference to somebody who can act: offsets in the sentence, and the name words or the title, lower case."""

    kind: ActorKind
    start: int
    end: int
    names: frozenset[str] = frozenset()
    title: str = ""


_TITLE = (
    r"(?:(?:prime|foreign|defen[cs]e|interior|finance|trade|external affairs|vice|deputy|high|acting|crown|cabinet) )*"
    r"(?:president|premier|minister|chancellor|secretary(?:-general)?|chairman|chairwoman|chairperson|commissioner"
    r"|representative|king|queen|emir|sultan|prince|sheikh|highness|majesty|excellency|general|admiral|colonel|marshal"
    r"|envoy|ambassador|governor|director|leader|head of state|head of government|spokesman|spokeswoman|spokesperson"
    r"|adviser|advisor|aide|speaker|taoiseach|ayatollah|pope|caliph)"
)
_GROUPS = (
    r"(?:leaders|presidents|premiers|prime ministers|foreign ministers|ministers|chancellors|secretaries|chairmen"
    r"|heads of (?:state|government|delegation|mission)|sides|parties|delegations|countries|capitals|nations|states"
    r"|governments|interlocutors|officials|diplomats|principals|commanders|generals|officers|envoys|teams|men|women"
    r"|statesmen|negotiators|neighbours|neighbors|partners)"
)
# This, bare titles and pronouns are looked for in lower case (see ``inflection.lowered``).
_JOINT = re.compile(
    rf"\b(?:(?:both|the two|the|all|all three|the three) (?:[\w-]+ ){{0,2}}?{_GROUPS}|both of (?:them|us)|we both"
    rf"|both|they|{_GROUPS}(?= (?:agreed|discussed|exchanged))"
    r"|it was (?:jointly |mutually |also )?(?=agreed|decided|settled|arranged))\b"
)
_SELF = re.compile(
    rf"\b(?:I|[Ww]e|[Oo]ur (?:(?:[\w-]+ )?{_TITLE}|side|delegation|government|country|people|party)|[Mm]e|[Uu]s)\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|him|the (?:former|latter))\b")
_BARE_TITLE = re.compile(
    rf"\b(?:the|a|his|her|its|their|our) (?:[\w-]+ )?"
    rf"(?:{_TITLE}|counterpart|colleague|guest|host|visitor|side|delegation)\b"
)
_CAPITAL = r"(?:(?:[A-ZÀ-ÖØ-Þ]\.)+(?=\s?\w)|(?:Mr|Mrs|Ms|Dr)\.|[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\.[\w’'-]+)*)"
_NAME = re.compile(
    rf"\b{_CAPITAL}(?: (?:(?:of (?:the )?|bin |al-|de |von |van |la )?{_CAPITAL}))*"
    rf"(?: (?:side|party|delegation|government|ministry|presidency|authorities|{_TITLE}))?"
)
_TITLE_WORD = re.compile(rf"\b{_TITLE}\b", re.IGNORECASE)
# Capitalised only because they begin a sentence, or no part of anybody's name.
_NO_NAME = word_set(
    "the a an and or but of in on at to for from with by as it its he she they we i our his her their "
    "this that these those both two there here when while after before during if not no nothing none "
    "never any all each every some what who which how why where also at under over about upon regarding "
    "concerning according following speaking asked turning mr mrs ms dr sir lord lady h.e his her "
    "excellency highness majesty royal respected honourable january february march april may june july "
    "august september october november december monday tuesday wednesday thursday friday saturday sunday "
    "today yesterday meanwhile moreover however special recalling noting stressing side party delegation "
    "government ministry presidency authorities republic kingdom state states council cabinet office "
    "foreign external internal affairs interior defence defense trade commerce transport finance energy economy "
    "department secretariat directorate agency authority administration chancellery executive presidential federal "
    "royal national general house palace press service information communications diwan embassy mission commission "
    "commissioner committee minister prime secretary united union people's democratic islamic"
)


@lru_cache(maxsize=4096)
def _name_words(text: str) -> frozenset[str]:
    bare = _TITLE_WORD.sub(" ", text)
    words = (re.sub(r"(?:'s|’s|\.)$", "", word).lower() for word in re.findall(r"[\w.’'-]+", bare))
    return frozenset(word for word in words if len(word) > 1 and word not in _NO_NAME)


@lru_cache(maxsize=4096)
def _title_of(text: str) -> str:
    found = _TITLE_WORD.search(text)
    return found[0].lower() if found else ""


def _named(text: str) -> list[Actor]:
    found = []
    for match in _NAME.finditer(text):
        names, title = _name_words(match[0]), _title_of(match[0])
        if names:
            found.append(Actor(ActorKind.NAMED, match.start(), match.end(), names, title))
        elif title:
            found.append(Actor(ActorKind.TITLED, match.start(), match.end(), title=title))
    return found


@lru_cache(maxsize=8192)
def find_actors(text: str) -> tuple[Actor, ...]:
    """Return the references to actors in a sentence, in order, none overlapping another."""
    found = _named(text)
    taken = bytearray(len(text))  # an article names hundreds: each against all others would take too long
    for actor in found:
        taken[actor.start : actor.end] = b"\1" * (actor.end - actor.start)
    for kind, pattern in (
        (ActorKind.JOINT, _JOINT),
        (ActorKind.SELF, _SELF),
        (ActorKind.TITLED, _BARE_TITLE),
        (ActorKind.PRONOUN, _PRONOUN),
    ):
        for match in pattern.finditer(text if kind is ActorKind.SELF else lowered(text)):
            start, end = match.span()
            if taken.find(1, start, end) >= 0:
                continue
            title = _title_of(match[0]) if kind is not ActorKind.JOINT else ""
            found.append(Actor(kind, start, end, title=title))
            taken[start:end] = b"\1" * (end - start)
    return tuple(sorted(found, key=lambda actor: actor.start))


def _key(word: str) -> str:
    """Return what a country's name and its adjective share ("Karvonia", "Karvonian": "karvon")."""
    return word[: max(5, len(word) - 3)] if len(word) > 5 else word


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who in one event: the group of every name word, the group of every title that only one group bears."""

    group_of: dict[str, str] = field(default_factory=dict)
    titles: dict[str, frozenset[str]] = field(default_factory=dict)
    source_of: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(event: Event) -> Cast:
        """Read the names that an event's articles and sources hold."""
        return _cast(event.sources, tuple(article.text for article in event.articles))

    def group(self, actor: Actor) -> str | None:
        """Return the group of a named actor, or of a title that a single group bears; None for anybody else."""
        for name in sorted(actor.names):
            if _key(name) in self.group_of:
                return self.group_of[_key(name)]
        if actor.names:
            return _key(min(actor.names))
        bearers = self.titles.get(actor.title, frozenset())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def side(self, actor: Actor, own: str) -> str | None:
        """Return the source on whose side an actor is, or None; ``own`` is the source whose words these are."""
        if actor.kind is ActorKind.SELF:
            return own
        group = self.group(actor)
        return self.source_of.get(group) if group else None


class _Groups:
    """Union-find over name words."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        self.parent.setdefault(key, key)
        while self.parent[key] != key:
            key = self.parent[key]
        return key

    def join(self, keys: Iterable[str]) -> None:
        roots = sorted({self.find(key) for key in keys})
        for root in roots[1:]:
            self.parent[root] = roots[0]


def _source_words(source: Source) -> frozenset[str]:
    names = (source.name, source.party, *source.aliases, *source.spokespeople)
    return frozenset().union(*(_name_words(name) for name in names))


@lru_cache(maxsize=64)
def _cast(sources: tuple[Source, ...], texts: tuple[str, ...]) -> Cast:
    groups, borne = _Groups(), defaultdict[str, set[str]](set)
    known = [frozenset(map(_key, _source_words(source))) for source in sources]
    # A word in the names of two sources tells neither.
    shared = frozenset(word for place, own in enumerate(known) for other in known[place + 1 :] for word in own & other)
    for own in known:
        groups.join(own - shared)
    side_of = {word: place for place, own in enumerate(known) for word in own - shared}
    for text in texts:
        for actor in find_actors(text):
            keys = frozenset(map(_key, actor.names)) - shared
            # "Berg of Norland and Holt of Sudmark" is nobody's name.
            if keys and actor.title and len(keys) <= 4 and len({side_of[key] for key in keys if key in side_of}) <= 1:
                groups.join(keys)
                borne[actor.title].add(min(keys))
    titles = {title: frozenset(groups.find(key) for key in keys) for title, keys in borne.items()}
    source_of = {
        groups.find(key): source.name for source, own in zip(sources, known, strict=True) for key in own - shared
    }
    return Cast({key: groups.find(key) for key in groups.parent}, titles, source_of)
