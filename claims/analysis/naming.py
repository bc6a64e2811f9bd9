"""How English names people, offices and states: titles, roles, the forms of a name.

Everything here is about words in general and knows no event; ``roster`` puts it together for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .countries import Country, country
from .inflection import word_set
from .structures import Source

# Heads of state and government, ministers, envoys, speakers for somebody; longest first is arranged below.
_RANKS = (
    "foreign|defen[cs]e|finance|interior|trade|transport|energy|economy|agriculture|health|justice|environment|labou?r|"
    "press|external affairs|home|industry|fisheries|culture|education|water|forests?|oil|mining|treasury|state|national security|first|deputy|vice|acting|interim|senior|chief|"
    "special|"
    "army|navy|naval|air force|police|border guard|ministry|office|foreign office|chancellery|palace|parliamentary|"
    "party|political|"
    "diplomatic|military|intelligence|senior|communications|presidential|government|foreign policy|foreign affairs|"
    "security|top|former|federal|permanent|assistant|under|cabinet"
)
_HEADS = (
    r"president|vice[- ]president|prime minister|premier|chancellor|minister|secretary[- ]general|secretary|leader|"
    r"king|queen|"
    r"emperor|emir|sultan|crown prince|prince|princess|pope|head of state|head of government|taoiseach|"
    r"spokes(?:man|woman|person)|press secretary|press officer|aide|advis[eo]r|envoy|negotiator|ambassador|"
    r"diplomat|official|commissioner|director(?:[- ]general)?|chief of staff|high representative|chairman|"
    r"chairwoman|chair|"
    r"general|admiral|colonel|captain|major|marshal|commander|governor|mayor|senator|speaker|representative|"
    r"counterpart|"
    r"(?:communications |press )?(?:director|chief|head)|(?<!sound )source|insider|lawmaker|delegate|sherpa|"
    r"delegation head|prosecutor(?:[- ]general)?|attorney[- ]general|councillor|commodore|brigadier|lieutenant|sergeant|"
    r"inspector|undersecretary"
)
_ROLE = rf"(?:(?:{_RANKS})[ -])*(?:{_HEADS})(?: (?:for|of) (?:foreign|external|internal|home|maritime) affairs)?"
_NAME = (
    r"(?-i:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*(?: (?:al|bin|bint|de|del|der|van|von|da|di|el|la|le|ibn) ?)?"
    r"(?: ?[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+){1,3})"
)
_COURTESY = r"Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Dame|Madam|H\.E\.|His Excellency|Her Excellency|Prof|Gen|Col|Capt|Lt"

_HONOURS = word_set("sir lady lord dame mr mrs ms miss dr sen rep gov gen col lt capt prof amb")
ROLE = re.compile(rf"(?<![\w-])(?P<role>{_ROLE})(?![\w-])", re.I)
_OFFICE_OF_STATE = re.compile(r"(.+) of (?:the )?(?:[A-Z][\w'’-]+ ?){1,3}(?:\(.*\))?")
LOWER_ROLE = re.compile(ROLE.pattern)  # for texts in lower case (see ``inflection.lowered``)
SERVANT = re.compile(rf"['’]s? (?P<role>{_ROLE})(?![\w-])", re.I)
NAME_NEXT = re.compile(rf" (?P<name>{_NAME})")
NAME_BEFORE_COMMA = re.compile(rf"{_NAME}(?=, )")  # cheaper to look for than all of NAME_THEN_ROLE
NAME_THEN_ROLE = re.compile(
    rf"(?P<name>{_NAME}), (?P<of>(?:the |an? )?[\w.’' -]{{2,40}}?) ?(?P<role>{_ROLE})(?: (?:of|for) "
    rf"[^,.;]{{2,40}})?[,.;]",
    re.I,
)
# What follows the name of a state and is its office: "China's Foreign Ministry", "the Dovranian chancellery".
OFFICE_AFTER = re.compile(
    r"(?:['’]s?)? (?:(?:foreign|defen[cs]e|interior|finance|trade|economy|energy|prime|state|presidential|royal|"
    r"federal|"
    r"external affairs|press|minister['’]s?|president['’]s?|premier['’]s?) ){0,3}"
    r"(?:ministry(?: (?:of|for) (?:foreign|external) affairs)?|chancellery|presidency|government|office|palace|embassy|"
    r"foreign office|department|administration|side|delegation|team|leadership|authorities|press service|state "
    r"media)(?!\w)",
    re.I,
)
DETERMINER_BEFORE = re.compile(r"(?<!\w)(?P<lead>the|our|The|Our) ?$")
ARTICLE_BEFORE = re.compile(r"(?<!\w)(?:the|The|our|Our) $")
ADJOINS = re.compile(r"(?:['’]s?)? (?:(?:new|own|newly elected|outgoing) )?", re.I)
BOTH = re.compile(
    r"(?<!\w)(?:(?:the|our) two (?:\w+ )?(?:leaders|sides|parties|presidents|ministers|prime ministers|countries|"
    r"nations|states|"
    r"governments|delegations|men|women|heads of state|chancellors|premiers|capitals|teams|officials|partners|"
    r"neighbou?rs)|"
    r"(?:both|the two) (?:leaders|sides|parties|presidents|ministers|countries|nations|states|governments|delegations|men|"
    r"capitals|of them|embassies|ministries|foreign ministries|camps|militaries|armies|teams|foreign ministers|officials)|"
    r"(?:the|our) (?:leaders|presidents|sides|parties|ministers|prime ministers|heads of state|interlocutors|two)"
    r"(?! (?:of|who) \w)|(?:the )?heads of state of the two \w+)(?!\w)",
    re.I,
)
_LOCATED = re.compile(r"(?<!\w)(?:in|at|near|outside|around|from|inside|across|via) (?:the )?$", re.I)
_TITLE = re.compile(
    rf"(?:the )?(?P<title>(?:(?:[A-Z][\w-]+ (?:and [A-Z]\w+ )?)?(?:{_ROLE}))|(?:{_COURTESY})\.?) (?P<name>{_NAME}|"
    rf"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+)",
    re.I,
)
_BARE_TITLE = re.compile(rf"(?:the )?(?:{_ROLE})(?: (?:of|for) .+)?", re.I)
_INSTITUTION = re.compile(
    r"\b(?:ministry|office|house|palace|palais|palacio|government|administration|presidency|chancellery|department|"
    r"council|"
    r"commission|agency|authority|directorate|service|secretariat|embassy|union|organi[sz]ation|republic|kingdom|"
    r"state|side|"
    r"delegation|army|forces|committee|court|bank|party|parliament|senate|congress|treasury|citadel|emirates|"
    r"federation)\b",
    re.I,
)
_GENERIC = word_set(
    "the republic kingdom state states united islands island of and federation federal union democratic people "
    "people's north south east west new santa saint san st great grand central islamic"
)
_ENDINGS = "i|is|an|ans|ian|ians|n|ns|ese|er|ers|ish|e|es|ic|ine|ines|ite|ites|ard|ards|ene|ner|ners|ois"


def fold(form: str) -> str:
    """Return a form as it is looked up: without a leading article, one kind of apostrophe and blank."""
    return re.sub(r"\s+", " ", re.sub(r"^(?:[Tt]he) ", "", form)).replace("’", "'").strip()


def surname(name: str) -> str:
    """Return the last word of a name; generational suffixes do not count."""
    words = [word for word in name.split() if word.rstrip(".,") not in {"Jr", "Sr", "II", "III", "IV"}]
    return words[-1] if words else name


def bare_name(name: str) -> str:
    """Return a printed name without what leads it or hangs on it: an article, a nation's adjective, a title, "'s"."""
    words = re.sub(r"(?:['’]s?|[.,])$", "", name).split()
    while len(words) > 1 and (
        words[0].lower() in {"the", "a", "an"}
        or words[0].lower().rstrip(".") in _HONOURS
        or ROLE.fullmatch(words[0])
        or _is_adjective(words)
    ):
        words = words[1:]
    title = ROLE.match(" ".join(words))
    rest = " ".join(words)[title.end() :].split() if title else []
    return " ".join(rest if len(rest) > 1 and all(word[0].isupper() for word in rest) else words)


def _is_adjective(words: list[str]) -> bool:
    known = country(words[0])
    return (
        known is not None
        and words[0] in (*known.demonyms, *known.names)
        and ROLE.match(" ".join(words[1:])) is not None
    )


def same_person(full: str, other: str) -> bool:
    """Tell whether two names can be one person's: the words of the shorter are in the longer, or initials of them."""
    long, short = full.split(), other.split()
    return all(any(_word_fits(word, one) for one in long) for word in short)


def _word_fits(word: str, one: str) -> bool:
    return word == one or (len(word) == 2 and word.endswith(".") and one.startswith(word[0]))


def split_title(form: str) -> tuple[str, str]:
    """Return the title and the name of "President Moreau"; the title is empty where there is none."""
    match = _TITLE.fullmatch(form.strip())
    if match is None:
        return "", fold(form)
    return match["title"], match["name"]


@lru_cache(maxsize=1024)
def role_class(title: str) -> str:
    """Return the role in one spelling: "spokeswoman" and "press secretary" are one class."""
    words = title.lower().strip(" .")
    if re.fullmatch(_COURTESY, words, re.I):
        return ""
    if re.search(r"spokes(?:man|woman|person)$|press (?:secretary|officer)$", words):
        return "spokesperson"
    if re.search(r"(?<!deputy )(?:prime minister|premier|taoiseach)$", words):
        return "prime minister"
    if re.search(r"(?:aide|advis[eo]r)$", words):
        return "aide"
    head = re.search(rf"(?:{_HEADS})(?: (?:for|of) \w+ affairs)?$", words)
    return head[0] if head else words


def looks_personal(name: str, forms: Iterable[str], texts: Iterable[str]) -> bool:
    """Tell whether an alias without a title is a person's name: its surname is used alone or after a title.

    Two capitalised words may be a capital as well ("Port Merrin"), so that evidence is asked for.
    """
    words = name.split()
    if not re.fullmatch(_NAME, name) or _INSTITUTION.search(name) or country(name) or len(words) < 2:
        return False
    if words[-1] in forms:
        return True
    last = re.escape(words[-1])
    shown = re.compile(
        rf"(?:(?:{_ROLE})|{_COURTESY})\.? (?:{re.escape(name)}|{last})\b|(?<!{re.escape(words[-2])} )\b{last}\b", re.I
    )
    read = list(texts)
    return any(map(shown.search, read)) or family_first(name, read) is not None


def person_forms(name: str) -> list[str]:
    """Return how a person is named: in full, by surname, each also after a title (added by the pattern)."""
    last = surname(name)
    return [name, *([last] if last != name and len(last) > 2 else [])]


def family_first(name: str, texts: Iterable[str]) -> str | None:
    """Return the first word of a name if texts use it alone, and never the last: "Lee" of "Lee Jae-myung"."""
    words = name.split()
    if len(words) < 2 or country(words[0]) or _INSTITUTION.search(words[0]):
        return None
    rest = re.escape(" ".join(words[1:]))
    alone = re.compile(rf"(?<![\w-]){re.escape(words[0])}(?![\w-]| {rest}| [A-ZÀ-Þ])")
    last = re.compile(rf"(?<![\w-])(?<!{re.escape(words[-2])} ){re.escape(words[-1])}(?![\w-])")
    return words[0] if any(map(alone.search, texts)) and not any(map(last.search, texts)) else None


def office_forms(source: Source) -> list[str]:
    """Return the source's name, its part in brackets, and those aliases that are neither a person's nor a state's."""
    forms = [source.name, re.sub(r"\s*\(.*?\)", "", source.name), *re.findall(r"\((?:the )?(.+?)\)", source.name)]
    forms += [part[1] for form in forms if (part := _OFFICE_OF_STATE.fullmatch(form))]
    forms += [alias for alias in source.aliases if not split_title(alias)[0]]
    forms += [other for form in forms for other in _ministry_forms(form)]
    return [form for form in forms if form.strip()]


_MINISTRY = re.compile(
    r"(?P<what>[A-Z][\w-]+(?: [A-Z][\w-]+)?) Ministry|Ministry (?:of|for) (?:the )?(?P<of>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)


def _ministry_forms(form: str) -> list[str]:
    """Return how a ministry is named the other way round: "Foreign Ministry", "Ministry of Foreign Affairs"."""
    found = _MINISTRY.fullmatch(form)
    if found is None:
        return []
    what = found["what"] or found["of"]
    what = (
        what.removesuffix(" Affairs") if what in {"Foreign Affairs", "External Affairs", "Internal Affairs"} else what
    )
    full = f"{what} Affairs" if what in {"Foreign", "External", "Internal"} else what
    spelt = [(what, full)]
    spelt += [
        (one.replace(a, b), two.replace(a, b))
        for one, two in spelt
        for a, b in (("Defence", "Defense"), ("Defense", "Defence"))
        if a in one
    ]
    return [
        other
        for one, two in spelt
        for other in (f"{one} Ministry", f"Ministry of {two}", f"Ministry of the {two}", f"{one.lower()} ministry")
    ]


def party_forms(source: Source) -> list[str]:
    """Return the names and demonyms of the source's state: from the table, or by the stem of an unknown name."""
    known = _country_of(source)
    if known is not None:
        return [
            source.party,
            *known.names,
            *known.demonyms,
            *(f"{one}s" for one in known.demonyms if one[-1] not in "hse"),
        ]
    return [form for form in [source.party] if form]


def seat_forms(source: Source) -> list[str]:
    """Return the capitals and seats of power that stand for the source's state."""
    known = _country_of(source)
    return list(known.seats) if known is not None else []


def stems(source: Source) -> str:
    """Return a pattern for the demonyms of an unknown state ("Valmere": Valmeran), or an empty string."""
    if not source.party or _country_of(source) is not None or _INSTITUTION.search(source.party):
        return ""
    words = [word for word in source.party.split() if word.lower() not in _GENERIC and len(word) >= 4]
    return "|".join(f"{re.escape(word.rstrip('aeiouy') if len(word) > 4 else word)}(?:{_ENDINGS})" for word in words)


def _country_of(source: Source) -> Country | None:
    return country(source.party) if source.party else None


def alternation(forms: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of the folded forms, longest first, also after "the" and after a title."""
    ordered = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    if not ordered:
        return None
    body = "|".join(re.escape(form).replace("'", "['’]").replace(r"\ ", r"\s") for form in ordered)
    return re.compile(rf"(?<![\w-])(?:{body})(?!\w)")


def is_located(text: str, start: int) -> bool:
    """Tell whether a preposition of place stands before ``start``."""
    return _LOCATED.search(text, 0, start) is not None
