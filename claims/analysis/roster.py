"""Who is who in an event: which words of a text name which side, and which person of it.

A side is named by its source's name, its party (the state, its people, its capital or seat of power), its aliases, its
people, and by roles: "the Russian president", "the U.S. leader", "the Foreign Office spokeswoman", or "the president"
where only one side has one. People and their roles are also read from the texts ("Kremlin aide Yury Ushakov",
"Nora Egli, the Swiss foreign minister"), since nobody lists every aide beforehand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from . import naming
from .inflection import lowered
from .structures import Event, Source, Span

_WAS = re.compile(r"(?<!\w)(?:former |ex-|ousted |deposed )(?:[\w’'-]+ )?$", re.I)
_NEAR = 120  # code points before a role in which the name of its side stands


class MentionKind(StrEnum):
    """By what a side is mentioned: a person's name, its state, an office or a name of its own, a role."""

    PERSON = "person"
    PARTY = "party"
    PLACE = "place"
    OFFICE = "office"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that name one side; ``person`` is the canonical name where one person is meant.

    A seat of power after a preposition of place ("in Moscow") is a ``PLACE``: it does not act.
    """

    span: Span
    source: str
    person: str | None
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who belongs to a source, by the fullest name known and the roles that texts give."""

    name: str
    source: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Meaning:
    source: str
    person: str | None
    kind: MentionKind


class Roster:
    """Find the sides of an event in texts. Build it with ``of``; it is never changed afterwards."""

    def __init__(
        self, sources: tuple[Source, ...], people: tuple[Person, ...], families: Mapping[str, str] | None = None
    ) -> None:
        self.sources = sources
        self.people = people
        self._meanings = _unambiguous(_forms(sources, people, families or {}))
        self._pattern = naming.alternation(self._meanings)
        self._demonyms = _demonyms(sources)
        self._roles = _roles_by_source(people)
        # A claim is looked through when it is read and again when it is judged.
        self._found: dict[tuple[str, str | None], list[Mention]] = {}

    @classmethod
    def of(cls, event: Event, *, texts: Iterable[str] = ()) -> Roster:
        """Return the roster of an event; people and roles are also learnt from its articles and from ``texts``."""
        return _roster(event.sources, (*(article.text for article in event.articles), *texts))

    def mentions(self, text: str, *, own: str | None = None) -> list[Mention]:
        """Return who is named in a text: ordered, non-overlapping, the longest form wherever several fit.

        Args:
            own: name of the source whose own text this is. "Our president" then is its own, and so is a role that
                both sides have ("the President").
        """
        key = text, own
        if key not in self._found:
            self._found[key] = self._search(text, own)
        return list(self._found[key])

    def _search(self, text: str, own: str | None) -> list[Mention]:
        found = [*self._named(text, own), *self._by_role(text, own)]
        found.sort(key=lambda one: (one.span.start - one.span.end, one.span.start))
        taken: list[Mention] = []
        for mention in found:
            if not any(mention.span.overlaps(other.span) for other in taken):
                taken.append(mention)
        return sorted(taken, key=lambda one: one.span)

    def both(self, text: str) -> list[Span]:
        """Return the words that name all sides at once ("the two leaders", "both sides", "the presidents")."""
        return [Span(*match.span()) for match in naming.BOTH.finditer(text)]

    def person(self, name: str) -> Person | None:
        """Return the person of that full name or surname, if there is exactly one."""
        exact = [person for person in self.people if person.name == name]
        found = exact or [person for person in self.people if naming.surname(person.name) == naming.surname(name)]
        return found[0] if len(found) == 1 else None

    def source_of(self, name: str) -> str | None:
        """Return the source that a name, alias, party or person stands for, or None."""
        found = self.mentions(name)
        bare = re.sub(r"^[Tt]he ", "", name.strip())
        whole = [one for one in found if one.span.end - one.span.start >= len(bare)]
        return whole[0].source if whole else None

    def _named(self, text: str, own: str | None) -> Iterator[Mention]:
        for pattern, source in self._demonyms:
            for match in pattern.finditer(text):
                yield _at_office(text, Mention(Span(*match.span()), source, None, MentionKind.PARTY))
        for match in self._pattern.finditer(text) if self._pattern else ():
            meanings = self._meanings[naming.fold(match[0])]
            fitting = meanings if len(meanings) == 1 else [one for one in meanings if one.source == own]
            if len(fitting) != 1:
                continue
            kind = fitting[0].kind
            if kind is MentionKind.PLACE and not naming.is_located(text, match.start()):
                kind = MentionKind.PARTY
            yield _at_office(text, Mention(Span(*match.span()), fitting[0].source, fitting[0].person, kind))

    def _by_role(self, text: str, own: str | None) -> Iterator[Mention]:
        """Find roles: after the name of a side or a person ("the Russian president"), and alone."""
        for match in naming.LOWER_ROLE.finditer(lowered(text)):
            role = naming.role_class(match["role"])
            start, side = self._side_before(text, match.start(), own)
            if side is None:
                lead = naming.DETERMINER_BEFORE.search(text, 0, match.start())
                if lead is None:
                    continue
                start, side = lead.start("lead"), self._side_of_role(role, lead["lead"].lower(), own)
            if side is not None:
                end = match.end()
                if servant := naming.SERVANT.match(text, end):
                    end, role = servant.end(), naming.role_class(servant["role"])
                yield Mention(Span(start, end), side, self._holder(side, role), MentionKind.TITLE)

    def _side_before(self, text: str, end: int, own: str | None) -> tuple[int, str | None]:
        """Return where a role's phrase begins and whose it is, if a side's name stands right before the role."""
        begin = text.find(" ", end - _NEAR, end) + 1 if end > _NEAR else 0
        for mention in self._named(text[begin:end], own):
            start = begin + mention.span.start
            gap = text[begin + mention.span.end : end]
            if mention.kind is not MentionKind.PLACE and naming.ADJOINS.fullmatch(gap):
                article = naming.ARTICLE_BEFORE.search(text, max(0, start - _NEAR), start)
                return (article.start() if article else start), mention.source
        return end, None

    def _side_of_role(self, role: str, lead: str, own: str | None) -> str | None:
        if lead == "our" and own is not None:
            return own
        holders = [source for source, roles in self._roles.items() if role in roles]
        return holders[0] if len(holders) == 1 else (own if own in holders else None)

    def _holder(self, source: str, role: str) -> str | None:
        names = self._roles.get(source, {}).get(role, ())
        return names[0] if len(names) == 1 else None

    def _introduced(self, text: str) -> Iterator[Person]:
        """Yield the people whom a text introduces with a side's name and a role."""
        for role in naming.LOWER_ROLE.finditer(lowered(text)):
            named = naming.NAME_NEXT.match(text, role.end())
            if named is None or _is_former(text, role):
                continue
            _, side = self._side_before(text, role.start(), None)
            known = self.person(named["name"])
            if side is not None or known is not None:
                name = naming.bare_name(named["name"]) or named["name"]
                yield Person(name, known.source if known else side or "", _role_set(role["role"]))
        for name in naming.NAME_BEFORE_COMMA.finditer(text):
            match = naming.NAME_THEN_ROLE.match(text, name.start())
            if match is None:
                continue
            if "former" in match["of"].lower().split() or "former" in match["role"].lower():
                continue
            sides = self.mentions(match["of"])
            known = self.person(match["name"])
            if known is not None or sides:
                bare = naming.bare_name(match["name"]) or match["name"]
                yield Person(bare, known.source if known else sides[0].source, _role_set(match["role"]))


def _is_former(text: str, role: re.Match[str]) -> bool:
    """Tell whether somebody has left an office, and so speaks for nobody: "a former minister"."""
    return (
        "former" in role["role"].lower().split()
        or _WAS.search(text, max(0, role.start() - _NEAR), role.start()) is not None
    )


def _at_office(text: str, mention: Mention) -> Mention:
    """Return the mention with the office that is named after a side: "China's Foreign Ministry"."""
    office = naming.OFFICE_AFTER.match(text, mention.span.end)
    if mention.person is not None or office is None:
        return mention
    return replace(mention, span=Span(mention.span.start, office.end()), kind=MentionKind.OFFICE)


def _demonyms(sources: tuple[Source, ...]) -> list[tuple[re.Pattern[str], str]]:
    """Return patterns for the peoples of states that no table knows, unless two sides share a stem."""
    found = [(naming.stems(source), source.name) for source in sources]
    return [
        (re.compile(rf"(?<![\w-])(?:{stems})(?!\w)"), name)
        for stems, name in found
        if stems and sum(stems == other for other, _ in found) == 1
    ]


@lru_cache(maxsize=8)  # each article of an event is read with the same one, and so is each comparison
def _roster(sources: tuple[Source, ...], texts: tuple[str, ...]) -> Roster:
    read = list(texts)
    listed = _listed_people(sources, read)
    families = {name.name: first for name in listed if (first := naming.family_first(name.name, read))}
    known = Roster(sources, tuple(listed), families)
    learnt = [person for text in read for person in known._introduced(text)]
    return Roster(sources, _merge([*listed, *learnt]), families)


def _role_set(role: str) -> frozenset[str]:
    return frozenset({naming.role_class(role)})


def _listed_people(sources: tuple[Source, ...], texts: list[str]) -> list[Person]:
    found = []
    for source in sources:
        names = [naming.split_title(alias) for alias in source.aliases]
        bare = {name for _, name in names}
        places = set(source.party.split())  # "Port Leval" is a place of Leval, and no Mr Leval
        for title, name in names:
            if title or (naming.surname(name) not in places and naming.looks_personal(name, bare, texts)):
                found.append(Person(name, source.name, frozenset({naming.role_class(title)} if title else ())))
        ranked = {naming.surname(name) for title, name in names if title}
        for listed in source.spokespeople:
            title, name = naming.split_title(listed)
            own = frozenset({naming.role_class(title)} if title else ())
            speaks = own or frozenset(() if naming.surname(name) in ranked else {"spokesperson"})
            found.append(Person(name, source.name, speaks))
    return list(_merge(found))


def _merge(people: list[Person]) -> tuple[Person, ...]:
    """Join the entries of one person (same source and surname, one name a part of the other) under the fullest name."""
    merged: list[Person] = []
    for person in sorted(people, key=lambda one: -len(one.name)):
        for place, known in enumerate(merged):
            if known.source == person.source and naming.same_person(known.name, person.name):
                merged[place] = Person(known.name, known.source, known.roles | person.roles)
                break
        else:
            merged.append(person)
    return tuple(merged)


def _forms(
    sources: tuple[Source, ...], people: tuple[Person, ...], families: Mapping[str, str]
) -> Iterator[tuple[str, _Meaning]]:
    for source in sources:
        for form in naming.office_forms(source):
            yield form, _Meaning(source.name, None, MentionKind.OFFICE)
            if form[:1].islower():
                yield form[0].upper() + form[1:], _Meaning(source.name, None, MentionKind.OFFICE)
        for form in naming.party_forms(source):
            yield form, _Meaning(source.name, None, MentionKind.PARTY)
        for form in naming.seat_forms(source):
            yield form, _Meaning(source.name, None, MentionKind.PLACE)
    for person in people:
        known_as = [alias for source in sources if source.name == person.source for alias in source.aliases]
        parts = [alias for alias in known_as if alias in person.name.split() or person.name.endswith(f" {alias}")]
        for form in [*naming.person_forms(person.name), *parts, *filter(None, [families.get(person.name)])]:
            yield form, _Meaning(person.source, person.name, MentionKind.PERSON)


def _unambiguous(forms: Iterable[tuple[str, _Meaning]]) -> dict[str, list[_Meaning]]:
    """Return per form what it may mean, one meaning a source: the first kind given for it, but a person wins.

    What a source is called counts for more than where its state has its seat: of two sources of one state "the White
    House" is the one of that name.
    """
    found: dict[str, dict[str, _Meaning]] = defaultdict(dict)
    for form, meaning in forms:
        known = found[naming.fold(form)].get(meaning.source)
        if known is None or (known.person is None and meaning.person is not None):
            found[naming.fold(form)][meaning.source] = meaning
    told = {form: list(meanings.values()) for form, meanings in found.items() if form}
    return {
        form: [one for one in meanings if one.kind is not MentionKind.PLACE] or meanings
        for form, meanings in told.items()
    }


def _roles_by_source(people: Iterable[Person]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for person in people:
        for role in person.roles:
            found[person.source][role].append(person.name)
    return found
