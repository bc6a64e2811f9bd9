"""Programmed variation: the same statements of other states and people, and figures that no longer fit."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from claims.analysis.structures import ReasonKind, Relation

from .examples import Block, Example

# Well-known states lend their names to training texts (never to anything that is shown): a model that has met only
# invented ones would read real ones with less care.
_STATES = [
    line.split("/")
    for line in (
        "the United States/American/Washington|Russia/Russian/Moscow|China/Chinese/Beijing|Ukraine/Ukrainian/Kyiv|"
        "France/French/Paris|Germany/German/Berlin|Turkey/Turkish/Ankara|India/Indian/New Delhi|Iran/Iranian/Tehran|"
        "Israel/Israeli/Jerusalem|Egypt/Egyptian/Cairo|Japan/Japanese/Tokyo|Brazil/Brazilian/Brasilia|"
        "Pakistan/Pakistani/Islamabad|Armenia/Armenian/Yerevan|Azerbaijan/Azerbaijani/Baku|Serbia/Serbian/Belgrade|"
        "Kosovo/Kosovar/Pristina|Qatar/Qatari/Doha|Saudi Arabia/Saudi/Riyadh|Mexico/Mexican/Mexico City|"
        "Canada/Canadian/Ottawa|Poland/Polish/Warsaw|Hungary/Hungarian/Budapest|Greece/Greek/Athens|"
        "South Korea/Korean/Seoul|Vietnam/Vietnamese/Hanoi|Kenya/Kenyan/Nairobi|Ethiopia/Ethiopian/Addis Ababa|"
        "Sudan/Sudanese/Khartoum|Nigeria/Nigerian/Abuja|Argentina/Argentine/Buenos Aires|Italy/Italian/Rome|"
        "Spain/Spanish/Madrid|Finland/Finnish/Helsinki|Kazakhstan/Kazakh/Astana|Uzbekistan/Uzbek/Tashkent|"
        "Syria/Syrian/Damascus|Iraq/Iraqi/Baghdad|Jordan/Jordanian/Amman|Australia/Australian/Canberra|"
        "Indonesia/Indonesian/Jakarta|Venezuela/Venezuelan/Caracas|Colombia/Colombian/Bogota|Cuba/Cuban/Havana|"
        "the United Kingdom/British/London|Georgia/Georgian/Tbilisi|Belarus/Belarusian/Minsk|Chad/Chadian/N'Djamena"
    ).split("|")
]
_FIRST = (
    "Adam Lena Viktor Maria Samuel Ingrid Omar Leyla Pavel Ana Chen Rosa Idris Karin Tomas Amina Luis Nadia Henrik Sara"
).split()
_LAST = (
    "Keller Ivanov Marsh Haddad Okafor Lindqvist Petrov Alvarez Nakamura Rahman Costa Demir Novak Mensah Farouk Walsh "
    "Tanaka Orlov Silva Brandt Kovacs Moreau Aziz Larsen Singh Castillo Weber Mbeki Sato Romano"
).split()


def renamed(block: Block, rng: random.Random) -> Block:
    """Return an event whose two sides bear other names, if its cast is known."""
    pairs = dict[str, str]()
    chosen = rng.sample(_STATES, 2)
    for side, (state, adjective, capital) in zip("ab", chosen, strict=True):
        cast = block.cast.get(side, {})
        leader = cast.get("leader", "").split()
        pairs |= {cast.get("state", ""): state, cast.get("adjective", ""): adjective, cast.get("capital", ""): capital}
        if len(leader) >= 2:
            first, last = rng.choice(_FIRST), rng.choice(_LAST)
            pairs |= {" ".join(leader): f"{first} {last}", leader[-1]: last}
    pairs = {old: new for old, new in pairs.items() if len(old) > 2 and old[0].isupper()}
    if not pairs:
        return block
    pattern = re.compile("|".join(rf"\b{re.escape(old)}\b" for old in sorted(pairs, key=len, reverse=True)))

    def spoken(text: str | None) -> str | None:
        return None if text is None else pattern.sub(lambda match: pairs[match[0]], text)

    links = [replace(link, words_a=spoken(link.words_a), words_b=spoken(link.words_b)) for link in block.links]
    a, b = ([spoken(text) or "" for text in texts] for texts in (block.a, block.b))
    return replace(block, a=tuple(a), b=tuple(b), links=tuple(links))


_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety".split()
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_UNITS = re.compile(r"[\s-]*(?:minute|hour|day|week|month|year)s?\b", re.I)
_LISTS: tuple[Sequence[str], ...] = (_NUMBERS, _WEEKDAYS, _MONTHS)
_FIGURE = re.compile(rf"\b(?:\d[\d,.]*\d|\d|{'|'.join(_NUMBERS + _WEEKDAYS + _MONTHS)})\b")


def misfit(example: Example, rng: random.Random) -> Example | None:
    """Return two statements that agree with one figure or date of one changed: they diverge then."""
    link = example.link
    if link is None or link.relation is not Relation.AGREE:
        return None
    in_a = {match[0] for match in _FIGURE.finditer(example.a)}
    shared = [match for match in _FIGURE.finditer(example.b) if match[0] in in_a]
    if not shared:
        return None
    match = rng.choice(shared)
    other = _other(match[0], rng)
    text = example.b[: match.start()] + other + example.b[match.end() :]
    unit = _UNITS.match(example.b, match.end())
    of_time = unit is not None or match[0] in _WEEKDAYS or match[0] in _MONTHS
    kind = ReasonKind.DATE_TIME if of_time else ReasonKind.NUMBER
    tail = unit[0] if unit else ""
    told = replace(
        link,
        relation=Relation.DIVERGE,
        position=False,
        reasons=frozenset({kind}),
        words_a=match[0] + tail if match[0] + tail in example.a else match[0],
        words_b=other + tail,
    )
    return Example(example.a, text, told)


def _other(figure: str, rng: random.Random) -> str:
    for words in _LISTS:
        if figure in words:
            return rng.choice([word for word in words if word != figure])
    digits = re.sub(r"\D", "", figure)
    value = int(digits)
    changed = max(1, round(value * rng.choice([0.3, 0.5, 0.75, 1.3, 1.5, 2, 3])))
    changed += changed == value
    return f"{changed:,}" if "," in figure else str(changed)
