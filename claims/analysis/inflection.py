"""English verb forms and stems: just enough morphology to look verbs up in a lexicon.

``forms`` goes from a dictionary form to every form that a text may hold, by the regular spelling rules (Quirk et al.,
*A Comprehensive Grammar of the English Language*, 3.5-3.10) and a list of irregular verbs; the regular expressions of
the lexicons are built from it. ``stem`` goes the other way, by Porter's English stemmer, to compare content words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase

import snowballstemmer


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(words.split())


_IRREGULAR: dict[str, str] = {
    "be": "is are am was were been being",
    "begin": "began begun",
    "bring": "brought",
    "break": "broke broken",
    "come": "came",
    "cut": "cut",
    "draw": "drew drawn",
    "fall": "fell fallen",
    "find": "found",
    "forbid": "forbade forbidden",
    "forgo": "forwent forgone",
    "freeze": "froze frozen",
    "get": "got gotten",
    "give": "gave given",
    "go": "went gone goes",
    "grow": "grew grown",
    "have": "has had having",
    "hear": "heard",
    "hit": "hit",
    "hold": "held",
    "keep": "kept",
    "lay": "laid",
    "lead": "led",
    "leave": "left",
    "let": "let",
    "lose": "lost",
    "make": "made",
    "meet": "met",
    "pay": "paid",
    "put": "put",
    "rise": "rose risen",
    "say": "said",
    "seek": "sought",
    "send": "sent",
    "set": "set",
    "shake": "shook shaken",
    "shoot": "shot",
    "shut": "shut",
    "signal": "signalled signaled",
    "label": "labelled labeled",
    "speak": "spoke spoken",
    "stand": "stood",
    "swear": "swore sworn",
    "take": "took taken",
    "tell": "told",
    "think": "thought",
    "undertake": "undertook undertaken",
    "uphold": "upheld",
    "win": "won",
    "withdraw": "withdrew withdrawn",
    "withhold": "withheld",
    "write": "wrote written",
}
# Verbs of several syllables that double their last letter: the last syllable is stressed, or British habit.
_DOUBLING = word_set(
    "admit commit permit submit omit remit refer confer defer prefer infer concur occur rebut recur "
    "regret abet allot control compel cancel signal label travel shelve begin forget"
)
_GENITIVE = re.compile(r"['’]s?$")
_VOWELS = "aeiou"
_SHORT = re.compile(r"(?:[^aeiou]*qu|[^aeiou]*)[aeiou][bdgklmnprtv]")
_STEMMER = snowballstemmer.stemmer("english")


def _doubles(verb: str) -> bool:
    return verb in _DOUBLING or _SHORT.fullmatch(verb) is not None


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _doubles(verb) else f"{verb}ed"


def _present_participle(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if _doubles(verb) else f"{verb}ing"


@lru_cache(maxsize=2048)
def forms(verb: str) -> frozenset[str]:
    """Return every form of a verb, the dictionary form (lower case, one word) included."""
    past = _IRREGULAR[verb].split() if verb in _IRREGULAR else [_past(verb)]
    return frozenset({verb, _third_person(verb), _present_participle(verb), *past})


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first.

    Words share their common beginnings (a trie), so that the matcher gives most positions of a text up after a letter
    or two, and not after as many attempts as there are words.
    """
    rest: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        rest.setdefault(word[:1], []).append(word[1:])
    ends = "" in rest
    branches = [re.escape(first) + (any_of(tails) if tails != [""] else "") for first, tails in rest.items() if first]
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"


def expand(pattern: str) -> str:
    """Replace every ``{verb}`` or ``{one|other}`` of a pattern by a group of all its forms.

    Plain quantifiers such as ``{0,2}`` are left alone.
    """

    def group(match: re.Match[str]) -> str:
        every = {form for verb in match[1].split("|") for form in forms(verb)}
        return f"(?:{any_of(every)})"

    return re.sub(r"\{([a-z]+(?:\|[a-z]+)*)\}", group, pattern)


def right_before(pattern: re.Pattern[str], text: str, end: int, *, within: int) -> re.Match[str] | None:
    """Find what ends right before a place, by a pattern that ends with ``$``, in so many code points before it."""
    return pattern.search(text, max(0, end - within), end)


@lru_cache(maxsize=8192)
def lowered(text: str) -> str:
    """Return a text in lower case with every letter at its place.

    A long pattern of words finds them in lower case two to three times as fast as it does regardless of case.
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one.lower()) != 1 else one.lower() for one in text)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return the stem of a word in any case ("Negotiations" and "negotiating": "negoti")."""
    stemmed: str = _STEMMER.stemWord(word.lower())
    return stemmed


@lru_cache(maxsize=16384)
def own_stem(word: str) -> str:
    """Return the stem of a word without its genitive ending."""
    return stem(_GENITIVE.sub("", word))


OPENING = 5  # letters: enough to tell most verbs apart
_ENDING = re.compile(r"\(\?:([a-z]+(?:\|[a-z]+)*)\)\?")  # "open(?:ly)?"
_WORD_END = re.compile(r" |\(\?! |-(?![?*{])")
_VERBS = re.compile(r"\{([a-z]+(?:\|[a-z]+)*)\}")


def openings(words: str) -> frozenset[str] | None:
    """Return the first five letters of every alternative of a word list, or None where one may begin otherwise."""
    found: set[str] = set()
    for one in _alternatives(words):
        begun = _opening(one)
        if begun is None:
            return None
        found |= begun
    return frozenset(found)


def _opening(one: str) -> frozenset[str] | None:
    if one.startswith("(?:"):
        depth = 0
        for place, sign in enumerate(one):
            depth += (sign == "(") - (sign == ")")
            if depth == 0:
                return None if one[place + 1 : place + 2] in {"?", "*", "{"} else openings(one[3:place])
    if verbs := _VERBS.match(one):
        rest = one[verbs.end() :]
        begun = [_begun(form, rest) for verb in verbs[1].split("|") for form in forms(verb)]
    else:
        letters = one[: len(one) - len(one.lstrip(ascii_lowercase))]
        ending = _ENDING.fullmatch(one, len(letters))
        longer = [_begun(letters + more, "") for more in ending[1].split("|")] if ending else []
        begun = [_begun(letters, "" if ending else one[len(letters) :]), *longer]
    return None if None in begun else frozenset(filter(None, begun))


def _begun(letters: str, rest: str) -> str | None:
    """Return how a word begins whose first letters are told, or None if what follows may be more letters of it."""
    if len(letters) > OPENING or (len(letters) == OPENING and rest[:1] not in {"?", "*"}):
        return letters[:OPENING]
    ended = not rest or _WORD_END.match(rest) is not None
    return letters if letters and ended else None


def _alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no bracket."""
    parts, depth = [""], 0
    for sign in pattern:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
