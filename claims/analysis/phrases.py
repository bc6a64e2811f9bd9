"""Noun phrases beside a verb: who stands before it, or after it, as far as word classes tell.

A shallow reading without a tagger, in the manner of chunking (Abney 1991): English marks where a noun phrase ends by
words of a small closed class (auxiliaries, pronouns, conjunctions) and by commas. Between a subject and its verb may
stand adverbs, a time ("on Monday") and asides ("Peskov, the Kremlin's spokesman, said").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .inflection import word_set
from .roster import Mention
from .structures import Span
from .words import (
    ADVERBIAL_OPENERS,
    ADVERBS,
    ASIDE_OPENERS,
    AUXILIARIES,
    BEFORE_ARTICLES,
    DETERMINERS,
    ED_NOUNS,
    JOINING,
    MONTHS,
    NEVER,
    OBJECTS,
    OPENING_ADVERBS,
    OPENING_PREPOSITIONS,
    PAST,
    PREPOSITIONS,
    PRONOUNS,
    TELLING_MORE,
    TIME_BEFORE,
    Word,
)

_LONGEST = 30  # words of a phrase; longer ones are lists or misread clauses


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its first ``head`` words name somebody, the asides after them tell more.

    ``lead`` is the word or mark before it in lower case, empty at a sentence's beginning; ``parted`` tells that an
    aside stands between it and its verb.
    """

    words: tuple[Word, ...]
    head: int
    lead: str = ""
    parted: bool = False

    @property
    def core(self) -> tuple[Word, ...]:
        """Return the words without the asides."""
        return self.words[: self.head]

    @property
    def asides(self) -> tuple[Word, ...]:
        """Return the words of the asides, the comma before them included."""
        return self.words[self.head :]

    @property
    def span(self) -> Span:
        """Return the characters that the phrase covers."""
        return Span(self.words[0].start, self.words[-1].end)

    @property
    def first_part(self) -> tuple[Word, ...]:
        """Return the words before the first preposition: "a spokesman" of "a spokesman for the army"."""
        for place, word in enumerate(self.core):
            if place and (word.low in PREPOSITIONS or word.low in TELLING_MORE):
                return self.core[:place]
        return self.core


def group_start(words: Sequence[Word], verb: int, masked: str) -> int:
    """Return where a verb's group begins: its auxiliaries, adverbs and times ("has on Monday also said")."""
    place = verb
    while place:
        word = words[place - 1]
        if word.low in AUXILIARIES or word.low in ADVERBS or (word.low.endswith("ly") and not word.is_capital):
            place -= 1
            continue
        end = words[place].start
        time = TIME_BEFORE.search(masked, max(0, end - 45), end)
        if time is None:
            break
        begun = next((at for at in range(place) if words[at].start >= time.start()), place)
        if begun >= place:
            break
        place = begun
    return place


def phrase_before(words: Sequence[Word], verb: int, masked: str, mentions: Sequence[Mention]) -> Phrase | None:
    """Return the noun phrase that can be a finite verb's subject, or None."""
    gap = group_start(words, verb, masked)
    if gap > 1 and (words[gap - 1].low in JOINING or words[gap - 1].low in PREPOSITIONS):
        return None  # "the ship was sheltering from a storm and had told the coastguard"
    end = told = _before_relative(words, gap)
    while end and words[end - 1].text in ",—–-)":
        opened = _aside_start(words, end - 1, mentions)
        if opened is None:
            return None
        adverbial = words[opened + 1].low in ADVERBIAL_OPENERS
        told = opened if adverbial and told == end else told
        end = opened
    if end > 2 and words[end - 1].text.isdigit() and words[end - 2].text == ",":
        end -= 2  # "Park Sun-ja, 81, a resident of Mangol, said"
    start = _start(words, end, mentions)
    if start is None:
        return None
    start, end = _with_name_before(words, start, end, mentions)
    if told > end and words[told - 1].text in ",—–-":
        told -= 1
    # A word that would fit stands at the end of an adverbial that was cut off: "In the evening Potočnik wrote".
    lead = words[start - 1].low if start and not _fits(words, start - 1, end) else ""
    return Phrase(tuple(words[start : max(told, end)]), end - start, lead, parted=end != gap)


def _before_relative(words: Sequence[Word], gap: int) -> int:
    """Return where a clause begins that stands without commas between name and verb: "an official who was there"."""
    for place in range(gap - 1, max(0, gap - 16), -1):
        if not words[place].is_word:
            return gap
        if words[place].low == "that" and 1 < place < 6 and _is_relative_that(words, place):
            return place
        if words[place].low in {"who", "whose"}:
            return place if place < gap - 1 and words[place - 1].is_word else gap
    return gap


def _is_relative_that(words: Sequence[Word], place: int) -> bool:
    """Tell whether "that" tells more of the noun that begins a sentence: "The board that runs the dam"."""
    after = words[place + 1].low
    finite = after in AUXILIARIES or after in PAST or after.endswith(("ed", "s"))
    return words[0].low in DETERMINERS and finite and all(_fits(words, at, place) for at in range(place))


def _with_name_before(words: Sequence[Word], start: int, end: int, mentions: Sequence[Mention]) -> tuple[int, int]:
    """Return the phrase's range from a name before an aside that was taken for the subject: "Marie Alt, 61, who …"."""
    if start < 2 or words[start - 1].text != "," or not _is_aside(words, start, end) or words[start].is_capital:
        return start, end
    before = _start(words, start - 1, mentions)
    if before is None or not any(word.is_capital for word in words[before : start - 1]):
        return start, end
    lead = words[before - 1] if before else None
    clause = lead is None or not lead.is_word or lead.low in OPENING_ADVERBS
    return (before, start - 1) if clause and (end < len(words) and words[end].text == ",") else (start, end)


def _aside_start(words: Sequence[Word], close: int, mentions: Sequence[Mention]) -> int | None:
    """Return the mark that opens the aside which the mark at ``close`` ends: its noun phrase ends there."""
    opener = {")": "(", ",": ",", "—": "—", "–": "–", "-": "-"}[words[close].text]
    for place in range(close - 1, max(0, close - 45), -1):
        mark = words[place].text
        if mark in {";", ":"} and opener != "(":
            return None
        if mark != opener or not (words[place - 1].text[0].isalnum() or words[place - 1].text == ")"):
            continue
        ends = _before_bracket(words, place)
        if opener == "(" or (_is_aside(words, place + 1, close) and _start(words, ends, mentions) is not None):
            # One comma inside: "who teaches law, believes that the ruling" is an aside and the clause after it.
            return None if sum(word.text == "," for word in words[place + 1 : close]) == 1 else place
    return None


def _before_bracket(words: Sequence[Word], place: int) -> int:
    """Return where a phrase ends that a bracket stands after: "the Guards (IRGC), …"."""
    if words[place - 1].text != ")":
        return place
    return next((at for at in range(place - 2, max(0, place - 12), -1) if words[at].text == "("), place)


def _is_aside(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether a stretch between commas tells more of the name before it."""
    if start >= end:
        return False
    first = words[start]
    if start + 1 < end and words[start + 1].low in {"which", "whom"}:
        return True
    if first.low in ASIDE_OPENERS or first.low.endswith(("ing", "'s")) or first.text.isdigit():
        return True
    # "spokesman for the army", "Fan Yulin": no verb in it.
    return not any(word.low in NEVER for word in words[start:end])


def _start(words: Sequence[Word], end: int, mentions: Sequence[Mention]) -> int | None:
    """Return where the noun phrase begins that ends before a word, or None if none ends there."""
    place = end
    while place and end - place < _LONGEST and _fits(words, place - 1, end):
        place -= 1
        if place and words[place].low in {"the", "a", "an"} and words[place - 1].low not in BEFORE_ARTICLES:
            break  # "Officials swear the premier said": an object clause begins
    while place < end and words[place].low in OPENING_ADVERBS - ({"both"} if end - place > 1 else set()):
        place += 1
    if place == 1 and place < end and words[0].low in {"after", "before", "since", "until"}:
        begun = _past_adverbial(words, 0, end, mentions)
        return begun if begun is not None and begun > 1 else place
    named = place < end and any(one.span.start == words[place].start for one in mentions)
    opens = place < end and not named and (words[place].low in OPENING_PREPOSITIONS or words[place].low.endswith("ing"))
    alone = opens and words[place].low.endswith("ing") and end - place == 1
    if alone and place == 0 and not any(one.span.start == words[0].start for one in mentions):
        return None  # "Dismissing claims that …" begins with what somebody does, and with nobody's name
    if opens and not alone:
        return _past_adverbial(words, place, end, mentions)
    if place == end and end and words[end - 1].low in PRONOUNS:
        return end - 1
    return place if place < end else None


def _fits(words: Sequence[Word], at: int, end: int) -> bool:
    """Tell whether a word can belong to a noun phrase: it is no mark, no verb and no word that joins clauses."""
    word = words[at]
    if not word.is_word or (word.low in NEVER and not _is_object(words, at)):
        return False
    if word.is_capital and at:
        return True
    if word.low in PAST:
        return False
    return not _is_past(words, at)


def _is_object(words: Sequence[Word], at: int) -> bool:
    """Tell whether a pronoun hangs on a noun before it: "one of them", "a source close to him"."""
    before = [word.low for word in words[max(0, at - 2) : at]]
    return words[at].low in {"them", "him"} and (before[-1:] == ["of"] or before in (["close", "to"], ["loyal", "to"]))


def _is_past(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is a regular verb in the past, and no attribute ("an unnamed official")."""
    word = words[at]
    if not word.low.endswith("ed") or "-" in word.text or word.low in ED_NOUNS or at == 0:
        return False
    before = words[at - 1].low
    return not (before in DETERMINERS or before in {"newly", "recently", "now", "senior", "so-called", "of"})


def _past_adverbial(words: Sequence[Word], start: int, end: int, mentions: Sequence[Mention]) -> int | None:
    """Return where the subject begins after an adverbial without a comma: "After the meeting Radev said"."""
    last = words[end - 1].end
    named = next((one for one in mentions if one.span.start <= last <= one.span.end), None)
    begin = end - 1
    if named is not None:
        begin = next(at for at in range(start, end) if words[at].end > named.span.start)
    while begin > start + 1 and words[begin].is_capital and words[begin - 1].is_capital:
        begin -= 1
    if named is None and not words[begin].is_capital:
        articles = [at for at in range(start + 2, end) if words[at].low in DETERMINERS]
        if not articles:
            return end - 1 if words[end - 1].low.endswith("s") and end - start > 2 else None
        begin = articles[-1]
    begin = _with_whose_it_is(words, start, begin, mentions)
    if begin > start + 1 and words[begin - 1].low in DETERMINERS:
        begin -= 1
    if begin == start + 1 and words[start].low in PREPOSITIONS and not named:
        return None
    return begin if begin > start else None


def _with_whose_it_is(words: Sequence[Word], start: int, begin: int, mentions: Sequence[Mention]) -> int:
    """Return where the name begins that "of" joins to the side after it: "Major Solti of the Karvenite army"."""
    place = begin - 1 if words[begin - 1].low in DETERMINERS else begin
    if place < start + 2 or words[place - 1].low not in {"of", "for"}:
        return begin
    named = [one for one in mentions if one.span.end == words[place - 2].end]
    if not named:
        return begin
    first = next(at for at in range(start, place) if words[at].end > named[0].span.start)
    while first > start + 1 and words[first - 1].is_capital:
        first -= 1
    return first


def phrase_after(words: Sequence[Word], start: int, *, leads: bool = False) -> Phrase | None:
    """Return the noun phrase that begins at a word: who is named after "said" or "according to".

    Args:
        leads: whether the sentence goes on after the phrase: then few commas open an aside of it.
    """
    place = start
    while place < len(words) and place - start < _LONGEST and _goes_on(words, place, start):
        place += 1
    while place > start and words[place - 1].low in PREPOSITIONS:
        place -= 1
    if place == start:
        if start < len(words) and (words[start].low in PRONOUNS or words[start].low in OBJECTS):
            return Phrase((words[start],), 1)
        return None
    end = _end_of_asides(words, place, leads=leads)
    return Phrase(tuple(words[start:end]), place - start, words[start - 1].low if start else "")


def _goes_on(words: Sequence[Word], at: int, start: int) -> bool:
    word = words[at]
    if not _fits(words, at, at + 1):
        return False
    if at > start and word.low in DETERMINERS and words[at - 1].low not in PREPOSITIONS | {"and"}:
        return False
    if at > start and not word.is_capital and (word.low in ADVERBS or word.low.endswith("ly")):
        return False
    if word.low in PREPOSITIONS:
        return at > start and _joins(words, at)
    return not (word.low.endswith("ing") and at > start and words[at - 1].low not in PREPOSITIONS | DETERMINERS)


_WHERE_SAID = word_set(
    "statement interview briefing conference post speech remarks message tweet letter press television telegram twitter "
    "comments address reporters x event note readout"
)
_WHEN = re.compile(rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{MONTHS})", re.I)


def _joins(words: Sequence[Word], at: int) -> bool:
    """Tell whether a preposition goes on with the name: "a source in the ministry", but not "Peskov in a statement"."""
    rest = words[at + 1 : at + 6]
    if not rest or _WHEN.fullmatch(rest[0].text) or any(word.low in _WHERE_SAID for word in rest):
        return False
    return words[at].low in {"of", "for"} or not words[at - 1].is_capital or words[at - 1].low in {"ministry", "office"}


def _end_of_asides(words: Sequence[Word], place: int, *, leads: bool) -> int:
    """Return where the asides after a name end: "Viktor Panin, Ruvenia's deputy minister"."""
    if place + 1 >= len(words) or words[place].text != ",":
        return place
    stop = next((at for at in range(place + 1, len(words)) if words[at].text in {",", ";", "."}), len(words))
    stretch = words[place + 1 : stop]
    if not stretch or stretch[0].low in ADVERBIAL_OPENERS | {"who", "which", "where", "whose", "and", "but", "adding"}:
        return place
    if (
        any(word.low in NEVER | {"to", "enough"} for word in stretch)
        or len(stretch) > 15
        or stretch[0].low.endswith("ing")
    ):
        return place
    if leads and stop == len(words):
        return place
    return _end_of_asides(words, stop, leads=leads) if stretch[0].text.isdigit() else stop
