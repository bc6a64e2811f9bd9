"""Names of sources that nobody listed: what texts call somebody, which of the event's sources that likely is, and why.

Looked for is only what the roster does not resolve, in four kinds: a state's people with a role ("the Chinese leader")
or its seat of power ("Beijing"), where a source's name points to that state or two sources share it; an office by its
words ("the Foreign Ministry spokeswoman" for a "Ministry of Foreign Affairs"); a person whom a text introduces by such
a role; and people who are known to belong to a source at another time. Which of them holds is a person's to say:
nothing is taken for granted, since a wrong name puts words into somebody's mouth.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import naming
from .countries import Country, country, states
from .inflection import lowered, word_set
from .roster import Mention, Roster
from .sentences import split_sentences
from .structures import Article, Event, Source, Span

MOST = 40
_LONGEST_READ = 2_000  # code points of a sentence that are read
_LONGEST = 400  # code points of a sentence that are shown
_NEAR = 60  # code points before a role in which the words of an office stand
# What a capital's name before these is: where something happened, or what it is called.
_OF_A_PLACE = re.compile(
    r"(?i: (?:talks|summit|meeting|conference|declaration|agreement|accords?|time|airport|process|olympics|region|"
    r"protocol|treaty|memorandum|suburb|metro)\b)|[- ][A-Z]|-|/"
)
_OFFICE = re.compile(
    r"(?<![\w-])(?:[Tt]he )?(?P<office>(?:[A-Za-z][\w’'-]* ){1,3}?(?:[Mm]inistry|[Cc]hancellery|[Pp]residency|"
    r"[Cc]abinet|[Aa]dministration|[Dd]epartment|[Ss]ecretariat|[Ee]mbassy|[Oo]ffice|[Pp]alace|[Cc]ommission|"
    r"[Cc]ouncil)(?: (?:of|for) (?:[A-Z][\w’'-]* ?){1,3})?)(?![\w-])"
)
_EMPTY_WORDS = word_set("of for the and a an his her their our its this that own by in at to with from")
_LEADING = re.compile(r"(?:(?:of|for|the|and|an?|his|her|their|our|its|this|that|by|in|at|to|with|from) )*", re.I)
_FORMER = re.compile(r"(?<!\w)(?:former|ex-|late|ousted|deposed) ?[\w’' -]{0,30}$", re.I)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand: how often in an article, and one sentence with them at these offsets of it."""

    article: str
    count: int
    sentence: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Words that likely name a source and that none of its names resolves. ``sources`` are the likely ones."""

    words: str
    sources: tuple[str, ...]
    why: str
    places: tuple[Place, ...]

    @property
    def count(self) -> int:
        """Return how often they stand in the event's articles."""
        return sum(place.count for place in self.places)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who belongs to a source by what is known beside the event: the name, and how that is known."""

    source: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    words: str
    sources: tuple[str, ...]
    why: str
    within: Span | None = None  # the sentence, once the span counts in the whole text


def unlisted_names(event: Event, known: Sequence[Known] = (), roster: Roster | None = None) -> list[Unlisted]:
    """Return what the event's texts likely call its sources and no name resolves, what stands there most often first.

    Args:
        known: people who belong to a source at another time, or in another event.
    """
    roster = roster or Roster.of(event)
    found: dict[str, list[tuple[Article, _Found]]] = defaultdict(list)
    for article in event.articles:
        for one in _in_article(event, article, roster, known):
            found[naming.fold(one.words).casefold()].append((article, one))
    several = [_together(rows) for rows in found.values()]
    return sorted(several, key=lambda one: (-one.count, one.words))[:MOST]


def _in_article(event: Event, article: Article, roster: Roster, known: Sequence[Known]) -> Iterator[_Found]:
    """Yield what is found in one text, the longest of what overlaps, without what the roster resolves.

    Sentence by sentence, since the roster costs the square of a text's length; who is introduced is known from there.
    """
    own = article.publisher if any(source.name == article.publisher for source in event.sources) else None
    people = [_Somebody(_forms_of(one.name, ""), (one.source,), one.why) for one in known]
    for span in _sentences(article.text):
        text = span.of(article.text)[:_LONGEST_READ]
        names = [*_of_states(event.sources, text), *_of_offices(event.sources, text)]
        introducing = [one for one in names if _introduces(one, text)]
        people += [_introduced(one, text, article.text) for one in introducing]
        found = [*_people(people, text), *(one for one in names if one not in introducing)]
        for one in _unresolved(found, text, roster, own):
            place = Span(span.start + one.span.start, span.start + one.span.end)
            yield _Found(place, one.words, one.sources, one.why, span)


def _unresolved(found: Sequence[_Found], text: str, roster: Roster, own: str | None) -> list[_Found]:
    """Return the longest of what overlaps, without what the roster resolves or who has left an office."""
    resolved = roster.mentions(text, own=own) if found else []
    kept: list[_Found] = []
    for one in sorted(found, key=lambda each: each.span.start - each.span.end):
        taken = any(one.span.overlaps(other.span) for other in kept)
        if not taken and not _is_resolved(one, resolved) and not _FORMER.search(text[: one.span.start][-60:]):
            kept.append(one)
    return sorted(kept, key=lambda each: each.span)


def _is_resolved(one: _Found, resolved: Iterable[Mention]) -> bool:
    return any(one.span.overlaps(mention.span) for mention in resolved)


def _together(rows: list[tuple[Article, _Found]]) -> Unlisted:
    by_article: dict[str, list[tuple[Article, _Found]]] = defaultdict(list)
    for article, one in rows:
        by_article[article.name].append((article, one))
    places = tuple(_place(article_rows) for article_rows in by_article.values())
    first = rows[0][1]
    return Unlisted(naming.fold(first.words), first.sources, first.why, places)


def _place(rows: list[tuple[Article, _Found]]) -> Place:
    article, one = rows[0]
    around = one.within or one.span
    start = max(around.start, one.span.start - _LONGEST // 2)
    sentence = article.text[start : min(around.end, start + _LONGEST)]
    return Place(article.name, len(rows), sentence, Span(one.span.start - start, one.span.end - start))


@lru_cache(maxsize=32)
def _sentences(text: str) -> list[Span]:
    return split_sentences(text)


# A state's people with a role, and its seats


def _of_states(sources: tuple[Source, ...], text: str) -> Iterator[_Found]:
    for state, names in _sources_by_state(sources).items():
        why = f"{_listed(names)} {'is' if len(names) == 1 else 'are'} of {state.names[0]}"
        for form in _forms(state).finditer(text):
            after = text[form.end() :]
            role = _ROLE_AFTER.match(lowered(after[:_NEAR]))
            office = naming.OFFICE_AFTER.match(after)
            if role or office:
                end = form.end() + max(match.end() for match in (role, office) if match)
                start = _with_article(text, form.start())
                yield _Found(Span(start, end), text[form.start() : end], names, why)
            elif _acts(state, form, text):
                yield _Found(Span(*form.span()), form[0], names, why)


_ROLE_AFTER = re.compile(rf"(?:['’]s?)? {naming.LOWER_ROLE.pattern}")


def _acts(state: Country, form: re.Match[str], text: str) -> bool:
    """Tell whether a seat or a state's name stands for its government: not a place, nor part of a longer name."""
    if form[0] in state.demonyms or naming.is_located(text, form.start()):
        return False
    return _OF_A_PLACE.match(text, form.end()) is None


def _sources_by_state(sources: tuple[Source, ...]) -> dict[Country, tuple[str, ...]]:
    """Return the states that sources are of, by party or by words of their names, each with those sources."""
    found: dict[Country, list[str]] = defaultdict(list)
    for source in sources:
        own = country(source.party) if source.party else None
        for state in {own} if own else _states_in((source.name, source.party, *source.aliases)):
            found[state].append(source.name)
    return {state: tuple(names) for state, names in found.items()}


def _states_in(names: Iterable[str]) -> set[Country]:
    return {_by_form()[match[0]] for name in names for match in _every_form().finditer(name)}


@lru_cache(maxsize=1)
def _by_form() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for state in states():
        for form in (*state.names, *state.demonyms, *state.seats):
            found.setdefault(form, state)
    return found


@lru_cache(maxsize=1)
def _every_form() -> re.Pattern[str]:
    return _any_of(_by_form())


@lru_cache(maxsize=64)
def _forms(state: Country) -> re.Pattern[str]:
    return _any_of((*state.names, *state.demonyms, *state.seats))


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    body = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{body})(?!\w)")


# An office by its words


def _of_offices(sources: tuple[Source, ...], text: str) -> Iterator[_Found]:
    words = {source.name: _words_of(source) for source in sources}
    for office in _OFFICE.finditer(text):
        told = _stems(office["office"])
        start = office.start("office") + _LEADING.match(office["office"]).end()  # type: ignore[union-attr]
        names = tuple(name for name, own in words.items() if len(told) > 1 and told <= own)
        if not names:
            continue
        role = _ROLE_AFTER.match(lowered(text[office.end() : office.end() + _NEAR]))
        end = office.end() + (role.end() if role else 0)
        yield _Found(
            Span(_with_article(text, start), end),
            text[start:end],
            names,
            f"the words of an office that {_listed(names)} {'has' if len(names) == 1 else 'have'} in the name",
        )


def _words_of(source: Source) -> frozenset[str]:
    return frozenset().union(*map(_stems, (source.name, source.party, *source.aliases)))


def _stems(name: str) -> frozenset[str]:
    """Return the words of a name as they are compared: "ministry" and "minister" are one, "affairs" says nothing."""
    words = (re.sub(r"['’]s?$", "", word).casefold() for word in re.findall(r"[\w’'-]+", name))
    return frozenset(word[:6] for word in words if word not in _EMPTY_WORDS and word != "affairs")


# People


@dataclass(frozen=True, slots=True)
class _Somebody:
    """A person who likely belongs to a source: by which forms texts name them, under which words they are proposed."""

    forms: re.Pattern[str]
    sources: tuple[str, ...]
    why: str
    words: str = ""


def _introduces(one: _Found, text: str) -> bool:
    """Tell whether a role is followed by the name of who holds it."""
    role = _ROLE_END.search(text[one.span.start : one.span.end])
    return role is not None and naming.NAME_NEXT.match(text, one.span.end) is not None


_ROLE_END = re.compile(rf"{naming.ROLE.pattern}$", re.I)


def _introduced(one: _Found, text: str, whole: str) -> _Somebody:
    """Return the person whom a text names right after a role ("Chinese Foreign Minister Wang Yi")."""
    named = naming.NAME_NEXT.match(text, one.span.end)
    name = named["name"] if named else one.words
    return _Somebody(_forms_of(name, whole), one.sources, f"introduced as {one.words}", name)


def _forms_of(name: str, text: str) -> re.Pattern[str]:
    return _any_of({*naming.person_forms(name), naming.family_first(name, [text]) or name})


def _people(people: Iterable[_Somebody], text: str) -> Iterator[_Found]:
    for person in people:
        for match in person.forms.finditer(text):
            yield _Found(Span(*match.span()), person.words or match[0], person.sources, person.why)


def _with_article(text: str, start: int) -> int:
    article = naming.ARTICLE_BEFORE.search(text, max(0, start - 5), start)
    return article.start() if article else start


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)
