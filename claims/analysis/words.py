"""The words of a sentence, and the small closed classes by which a shallow reading tells where a phrase ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from .inflection import lowered, word_set

AT_HEAD = 15  # code points from a sentence's beginning in which its subject begins
_TOKEN = re.compile(r"[“\"«„‟‘'][\x00]+\S?|\w[\w’'&/.-]*|[^\w\s\x00]")
BE = word_set("is was are were be been being am isn't wasn't aren't weren't")
AUXILIARIES = BE | word_set(
    "has have had having do does did will would can could may might must shall should hasn't hadn't haven't doesn't "
    "didn't won't wouldn't can't couldn't"
)
ADVERBS = word_set(
    "also later then further only again too now earlier subsequently separately meanwhile however nevertheless once just "
    "never not himself herself itself themselves both all still even already soon afterwards today yesterday tonight "
    "always often far first last ever therefore thus instead either simply flatly repeatedly apparently reportedly "
    "here there yet so long"
)
OPENING_ADVERBS = word_set(
    "but and yet meanwhile however later earlier separately also still then now so while whereas though although nor or "
    "instead today yesterday once again even as both afterwards"
)
DETERMINERS = word_set(
    "the a an this that these those his her its their our my your one another some several many most two three four five "
    "both each every no any"
)
PRONOUNS = word_set("he she it they we i you")
OBJECTS = {"him": "he", "her": "she", "them": "they"}  # after "according to"
PREPOSITIONS = word_set("of for in at from with on to near close inside within behind familiar about outside")
OPENING_PREPOSITIONS = PREPOSITIONS | word_set(
    "after before during following despite amid under by since until upon without throughout against besides speaking "
    "per among along across ahead minutes hours days weeks shortly"
)
NEVER = (
    (AUXILIARIES - {"may"})
    | PRONOUNS
    | word_set(
        "him them me us there who which whom what that whose when where while if because although though whether than as "
        "since until unless how why whereas lest despite so not said says saying say told tell tells but nor or yet by "
        "after before"
    )
)
PAST = word_set(
    "met held went left came took gave made saw began sent led put set lost won fell rose spoke wrote kept found thought "
    "brought built bought broke drew drove fought got grew heard hit knew paid ran sank shot stood struck became chose "
    "ate flew forgot hid hung laid meant sat sold shook slept sought swore taught threw understood woke wore spent fled "
    "felt dealt bore quoted"
)
ED_NOUNS = word_set(
    "briefed involved based united unnamed retired armed red need speed seed breed bed shed limited allied weed deed feed"
)
TELLING_MORE = word_set("briefed involved based")  # "sources briefed on the talks"
ASIDE_OPENERS = DETERMINERS | word_set(
    "who which whose whom where when now then formerly also speaking citing quoting responding referring asked flanked "
    "addressing writing commenting however meanwhile too though in at on for from during after as along like with by "
    "himself herself including before until since accompanied through via apparently currently under not visibly once"
)
ADVERBIAL_OPENERS = word_set(
    "speaking citing quoting responding referring asked flanked addressing writing commenting however meanwhile too though "
    "in at on for during after as with by through via apparently visibly when where under then also"
)
BEFORE_ARTICLES = PREPOSITIONS | OPENING_PREPOSITIONS | word_set("and all half such than like including into onto over")
MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_PART_OF_DAY = r"(?:night|morning|afternoon|evening)"
_TIME = (
    rf"(?:(?:(?:on|late|early|earlier|last|this|that|in|later) )*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    rf"{MONTHS} \d{{1,2}}|\d{{1,2}} {MONTHS})(?: {_PART_OF_DAY})?|"
    rf"(?:late |earlier |later )?(?:last|this|that) (?:{_PART_OF_DAY}|week|month|year|weekend)|"
    r"(?:earlier|later) (?:in the day|on)|overnight|for (?:his|her|its|their) part|in turn)"
)
TIME_BEFORE = re.compile(rf"(?<!\w){_TIME} ?$", re.I)
TIME_AFTER = re.compile(rf"\s*,?\s*{_TIME}(?!\w)", re.I)
JOINING = word_set("and or but")
# Names that are pronouns in lower case: "the US", "the WHO".
_INITIALS = frozenset({"US", "WHO", "IT"})


class Word(NamedTuple):
    """A word, a mark, or a whole quotation; ``low`` is it in lower case, save for initials that a pronoun looks like."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        """Tell whether it is a word, and no mark or quotation."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()


def words_of(masked: str) -> list[Word]:
    """Return the words and marks of a sentence whose quotations are blanked; each quotation is one word."""
    low = lowered(masked).replace("’", "'")
    found = []
    for match in _TOKEN.finditer(masked):
        start, end = match.span()
        if masked[end - 1] == "." and end - start > 1 and not masked[end:].strip(' ”"’»)'):
            end -= 1
        text = masked[start:end]
        found.append(Word(start, end, text, text if text in _INITIALS else low[start:end]))
    return found
