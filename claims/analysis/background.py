"""Which sentences state nothing, and which without a frame go on with the account that a text follows.

A carried-over account shows in its grammar: indirect speech shifts its verbs into the past ("would", "had been"), tells
of the talks, names both sides at once or quotes. An outlet's own background stands in the present, goes back to earlier
years, tells who came and went, or holds the accounts themselves against each other.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from . import cues
from .inflection import expand, lowered

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_DATE_WORDS = re.compile(
    rf"\b(?:{_MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|date|dated|published|"
    r"updated|posted|modified|issued|released?|am|pm|a\.m\.|p\.m\.|utc|gmt|msk|est|edt|cet|cest|bst|time|at|on|of|"
    r"local|"
    r"last|no|number|ref|the|st|nd|rd|th|\d[\d.:/+-]*(?:st|nd|rd|th)?)\b|[\W_\d]+",
    re.I,
)
_BYLINE = re.compile(
    r"(?:By|Reporting by|Editing by|Photo|Source|Share|Read more|Contact|Tags|Print|Subscribe)\b[^.!?]{0,80}"
)
_AGENCY_LINE = re.compile(rf"(?-i:[A-Z][A-Z .'’-]+)(?:, (?:{_MONTHS})\.? \d{{1,2}})?\.?|/[^/]{{2,40}}/\.?", re.I)
_TEXTS = r"(?:accounts?|versions?|readouts?|statements?|texts?|summar(?:y|ies)|communiqu[ée]s?|wordings?)"
_META = re.compile(
    expand(
        rf"\b(?:(?:the two|both|these|their|the three|neither|either) (?:of the )?(?:[\w’'-]+ )?{_TEXTS}"
        rf"|{_TEXTS} (?:[\w’'-]+ )?(?:{{differ|diverge|contrast|conflict|match|coincide|omit|reverse|run|make}}|"
        rf"says nothing|makes no|leaves)"
        rf"|in the \w+ {_TEXTS}|neither side"
        r"|{reconcile|contradict}|discrepanc(?:y|ies)|in dispute|disputed|in contrast|by contrast"
        r"|(?:is|are|was|were) (?:widely )?(?:believed|thought|understood|rumou?red) to"
        r"|remains? (?:open|unclear|to be seen)|(?:is|was) (?:open|unclear|not clear)|analysts|observers|critics|"
        r"experts|agree on (?:little|less))\b"
    ),
    re.I,
)
# A text that sets one side's tone against the other's: "The chancellery was more reserved", "gave a cooler summary".
_POSTURE = re.compile(
    expand(
        r"\b(?:{be|sound|strike|take|give|offer|present|paint|use|publish|issue} (?:\w+ ){0,2}?"
        r"(?:more|less|[a-z]{2,}(?<!oth)(?<!minist)(?<!lead)(?<!wat)(?<!numb)er|different|very different|another|"
        r"similar|silent|terse|brief|cautious|guarded|reserved|blunt) "
        r"?(?:\w+ )?(?:[.,;:]|picture|account|version|view|line|tone|summary|statement|readout|note|language|emphasis)"
        r"|there (?:is|was) (?:less|little|more)\b"
        r"|\b(?:something|anything) (?:\w+ )?(?:else|different)\b|\bthe (?:opposite|contrary|reverse)\b"
        r"|{tell|see|put|describe|remember|recall|present} (?:it|this|things|matters|[\w’'-]+ [\w’'-]+) (?:quite |"
        r"very |rather )?"
        r"(?:differently|otherwise)|(?:another|a (?:very |quite |rather )?different|its own|their own) "
        r"(?:story|tale|account|version|picture|view|reading|tone|note)\b)"
    ),
    re.I,
)
_PAST_TIMES = re.compile(
    r"\b(?:since|in|until|by the end of|back in) (?:19|20)\d\d\b|\b(?:years?|decades|centuries) ago\b|\bprevious\b|"
    r"\b(?:last|previous) (?:year|month|spring|summer|autumn|fall|winter|time|decade)\b|\b(?:decades|centuries)\b|"
    r"\bfor (?:more than )?(?:\w+ )?(?:years|decades)\b|\bthe (?:previous|last|first) (?:\w+ ){0,3}(?:did so|was in|"
    r"came in)|"
    r"\bnever (?:\w+ ){0,2}before\b|\bfirst time (?:since|in)\b|\bfirst such\b|\b(?:first|latest) (?:[\w-]+ ){1,3}(?:since|in "
    r"(?:almost|nearly|more than|over|\w+ (?:years|months)))\b|^\W*the (?:last|previous) (?:[\w-]+ ){1,4}(?:was|were|took)\b",
    re.I,
)
_BACKSHIFT = re.compile(r"\b(?:would|had been|had|might|could)\b", re.I)
# The first finite verb that English shows without doubt, if it stands in the present or the present perfect.
_PRESENT = re.compile(
    expand(
        r"^\W*(?:(?!(?:was|were|had|did|would|could|might)\b|\w+ed\b)[\w’'%.-]+,? ){0,12}?(?:is|are|has|have|does|do|"
        r"controls|operates|owns|borders|lies|sits|depends|supplies|ranks|separates|produces|processes|imports|"
        r"exports|hosts|holds|"
        r"accounts|remains|stands|includes|belongs|runs|serves|lives|makes|plays|covers|carries|faces|shares|spans|"
        r"stretches)\b"
    ),
    re.I,
)
_NAMED = re.compile(r"[a-z,] [A-Z][a-z]+")
_HAD_DONE = re.compile(r"\bhad (?:\w+ )?(?:been|\w+ed|\w+en)\b")
_PRONOUN_FIRST = re.compile(r"^\W*(?:he|she|it|they|his|her|its|their)\b", re.I)
# How things are to be judged, which is said by somebody.
_JUDGES = re.compile(
    r"\b(?:unacceptable|important|necessary|essential|crucial|clear|wrong|right|illegal|legitimate|baseless|false|ready|"
    r"committed|determined|willing|responsible|impossible|possible)\b"
)
_COMING_UP = re.compile(r"\bwill\b", re.I)
# What a reporter sees or sets beside the account: "In Zemra, flags flew", "By evening, most had left".
_SCENE = re.compile(
    r"^\W*(?:in|at|outside|across|near|on|by|within|meanwhile|elsewhere|hours|minutes|days) "
    r"(?:the )?(?:(?-i:[A-Z])\w+|hours?|evening|nightfall|noon|dawn|midnight|afternoon|minutes|days?)[^,]{0,30}(?:,| both)",
    re.I,
)
_DENIAL = re.compile(r"\b(?:no|not|never|nothing|neither|none|nobody|without|only)\b|n['’]t\b", re.I)
_BOUND = re.compile(r"\b(?:must|should|may|needs? to|is to be|are to be|is to|are to|has to|have to|cannot)\b", re.I)
_DATED = re.compile(rf"\b(?:19|20)\d\d\b|\b(?:in|on) (?:early |late |mid-)?(?:{_MONTHS})\b", re.I)
_WHOLE = re.compile(r"\W*\x00[\x00\W]*")  # nothing stands outside of its quotation marks
_MOVING = re.compile(
    expand(
        r"\b(?:{arrive|land|travel|fly|depart|tour|attend|return} (?:\w+ )?(?:in|at|to|from|on|for|home|back)|"
        r"{take} office)\b"
    ),
    re.I,
)
_SEEN = re.compile(
    r"\b(?:stepped|walked|smiled|shook hands|hugged|embraced|emerged|strolled|stood|sat|drove|met|visited|posed|looked|is (?:not )?"
    r"expected|are (?:not )?expected|is due|rubbed|waved|greeted)\b",
    re.I,
)
_OF_THE_TALKS = re.compile(
    expand(
        r"\b(?:{discuss|exchange|agree|negotiate|inform|tell|ask|thank|stress|reply|raise|propose|express|continue|"
        r"invite|assure|remind|"
        r"touch|review|reject|offer|recall|underline}|agreements?|talks|conversation|discussions?|negotiations?|"
        r"exchange of views|"
        r"attention was|was given to|was paid to|cooperation|invitations?)\b"
    ),
    re.I,
)
_GOES_ON = re.compile(
    r"^\W*(?:the|both|our) (?:two )?(?:leaders|presidents|sides|parties|ministers|heads of state|interlocutors|"
    r"prime ministers|"
    r"countries)\b|^\W*(?:he|she|they|it|his|her|their)\b|"
    r"^\W*(?:in addition|also|besides|furthermore|moreover|in particular|at the same time|discussion was|special "
    r"attention)\b",
    re.I,
)


# The outlet of itself, and of what it could not find out.
_ITSELF = re.compile(
    r"(?-i:\b(?:[Oo]ur|us|[Ww]e|me)\b)|\b(?:this (?:newspaper|paper|magazine|website|reporter|portal))\b|\b(?:not|never) (?:be |been )?(?:immediately |"
    r"independently )?(?:clear|verif(?:y|ied)|established|confirmed|published|released|made public|disclosed|returned|answered)\b|"
    r"\b(?:can|could) be (?:seen|heard)\b|"
    r"\b(?:is|are|was|were) (?:said|reported|believed|thought|understood) to\b|\b(?:unclear|unknown)\b|\bnot (?:yet )?(?:clear|"
    r"known)\b",
    re.I,
)
_SCHEDULED = re.compile(
    r"\b(?:is|are|has been|have been) (?:planned|due|scheduled|set|expected|to be held|to meet)\b|\b(?:the|a) next \w+|\bmeets? "
    r"(?:again )?(?:on|in)\b|\b(?:falls?|comes?) due\b",
    re.I,
)
# How one thing stands to another in time, as only a narrator says: "The pause follows two weeks of strikes".
_AMID = re.compile(
    r"\b(?:comes?|came|follow(?:s|ed)?) (?:\w+ )?(?:as|amid|after|before|(?:\w+ ){0,2}(?:days?|hours|weeks|months)|an?|the)\b|"
    r"\b(?:relations|ties|tensions) (?:between [^,.;]{3,50} )?(?:have|has|had|are|were|remain)\b|\bbetween the two (?:countries|sides|nations)\b",
    re.I,
)
# A main clause that only sets one event beside another: what stands in it is the narrator's.
_BESIDE = re.compile(
    r"^[^,;:“\"\x00]{3,70}?(?:,[^,]{3,60},|[–—-] [^–—-]{3,60} [–—-])? ?\b(?:comes?|came|follows|followed|is|was) "
    r"(?:just |only |barely )?(?:as|amid|(?:(?:\w+ ){0,2}(?:days?|hours|weeks|months) )?(?:after|before))\b",
    re.I,
)
_MARKET = re.compile(
    r"\b(?:rose|fell|gained|lost|climbed|dropped|slid|jumped|traded|closed|rallied|pumped|handled|risen|fallen|dropped|tripled|"
    r"doubled|gone up|killed|died)\b.{0,60}(?:\d|\bper ?cent\b|%)|\b(?:shares|stocks|futures|prices|bonds|benchmark|index|population|"
    r"listed|built in|opened in|founded|commissioned)\b",
    re.I,
)


_PLACE = r"(?-i:[A-ZÀ-Þ][\w.'’-]+)(?:[ /](?-i:[A-ZÀ-Þ])[\w.'’-]*){0,2}"
_DAY = rf"(?:(?:{_MONTHS})\.? \d{{1,2}}|\d{{1,2}} (?:{_MONTHS})\.?)(?:,? \d{{4}})?"
_AGENCY = r"(?:\([^)]{2,40}\)|\[[^\]]{2,40}\]|/[^/]{2,40}/\.?)"
_DATELINE = re.compile(
    rf"{_PLACE}(?:, {_PLACE}|, (?-i:[A-Z]{{2,6}}))?(?:,? {_DAY})?\.?"
    rf"(?:\s*{_AGENCY}\s*(?:(?:—|–|--?|:)\s+)?|\s+(?:—|–|--?)\s+(?!who\b|which\b|whose\b|an? ))"
    rf"|(?-i:[A-ZÀ-Þ]{{3,}}(?: [A-ZÀ-Þ]{{3,}}){{0,2}}), (?:(?-i:[A-ZÀ-Þ])[\w.'’-]+|{_DAY}) (?=[A-ZÀ-Þ])",
    re.I,
)
_STAMP = re.compile(
    rf"(?:\d{{1,2}} (?:{_MONTHS})\.? )?\d{{1,2}}[.:]\d\d(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|BST|UTC|CET|EST|MSK))?"
    r"(?: ?[-–—:])?\s+(?=[\w“\"])",
    re.I,
)
_LONGEST_LINE = 120  # of a date line or a byline


def states_nothing(sentence: str) -> bool:
    """Tell whether a line is a date line, a byline or a line of marks: words, but no statement."""
    if len(sentence) > _LONGEST_LINE:
        return False
    rest = _DATE_WORDS.sub("", sentence)
    if not any(sign.isalpha() for sign in rest):
        return True
    return _BYLINE.fullmatch(sentence.strip()) is not None or _AGENCY_LINE.fullmatch(sentence.strip()) is not None


def without_dateline(sentence: str) -> str:
    """Return a sentence with its date line blanked, of the same length: "MOSCOW, June 4 (Reuters) - …"."""
    found = _STAMP.match(sentence) or _DATELINE.match(sentence)
    return sentence if found is None else " " * found.end() + sentence[found.end() :]


@dataclass(frozen=True, slots=True)
class Unframed:
    """A sentence without a frame, in its place.

    ``masked`` is it with its quotations blanked; ``new_paragraph``: a paragraph ended since the sentence before;
    ``third_party``: the account before is that of somebody who is no side of the event; ``both``: it names both sides
    at once; ``since``: sentences since the account's last frame; ``outlet``: the article's publisher; ``late``: where in
    the article it stands, 0 to 1; ``names``: which side it names first, "own" for that of the account or "other";
    ``goes_on``: its paragraph has another sentence after it; ``vague``: the account is that of somebody without a name
    ("a senior official").
    """

    text: str
    masked: str
    new_paragraph: bool
    third_party: bool
    both: bool
    since: int
    outlet: str = ""
    late: float = 0.0
    names: str = ""
    goes_on: bool = False
    vague: bool = False


# Weights of a logistic score, as ``python -m training.attribution_carry`` fits and prints them.
WEIGHTS = {
    "constant": 1.89,
    "new_paragraph": -2.09,
    "third_party": -1.99,
    "whole": 1.91,
    "quoted": 1.31,
    "backshift": 1.58,
    "of_the_talks": 0.77,
    "goes_on": 0.09,
    "both_talk": 0.76,
    "about_texts": -2.10,
    "past_times": -1.77,
    "present": -0.85,
    "coming_up": 0.68,
    "moving": -1.34,
    "question": -1.51,
    "opens_with_scene": -1.45,
    "since": -0.48,
    "denial": 0.68,
    "bound": 0.45,
    "dated": -0.38,
    "of_outlet": -2.39,
    "scheduled": -0.28,
    "market": -1.12,
    "amid": -0.62,
    "late": -0.93,
    "names_own": 0.01,
    "new_long_paragraph": -1.05,
    "vague": -0.67,
    "names_somebody": -0.45,
    "had_done": 0.28,
    "figures": -0.30,
    "pronoun_first": 0.46,
    "judges": 0.43,
}


def signs(one: Unframed) -> dict[str, float]:
    """Return what speaks for and against that a sentence goes on with the account before it, 0 to 1 each."""
    masked = one.masked
    quoted = "\x00" in masked
    present = _PRESENT.search(masked) is not None
    backshift = _BACKSHIFT.search(masked) is not None and not present
    return {
        "constant": 1.0,
        "new_paragraph": float(one.new_paragraph),
        "third_party": float(one.third_party),
        "whole": float(is_whole_quotation(masked)),
        "quoted": float(quoted),
        "backshift": float(backshift),
        "of_the_talks": float(_OF_THE_TALKS.search(masked) is not None),
        "both_talk": float(one.both and _OF_THE_TALKS.search(masked) is not None),
        "goes_on": float(_GOES_ON.search(masked) is not None or one.both),
        "about_texts": float(is_about_texts(masked) or cues.UNSAID.search(lowered(masked)) is not None),
        "past_times": float(_PAST_TIMES.search(masked) is not None),
        "present": float(present and not quoted),
        "coming_up": float(_COMING_UP.search(masked) is not None),
        "moving": float(_MOVING.search(masked) is not None),
        "question": float(masked.startswith("Whether ") or one.text.rstrip().endswith("?")),
        "opens_with_scene": float(_SCENE.match(masked) is not None),
        "since": min(one.since, 3) / 3,
        "denial": float(_DENIAL.search(masked) is not None),
        "bound": float(_BOUND.search(masked) is not None),
        "dated": float(_DATED.search(masked) is not None),
        "of_outlet": float(names_outlet(masked, one.outlet)),
        "scheduled": float(_SCHEDULED.search(masked) is not None),
        "market": float(_MARKET.search(masked) is not None),
        "late": one.late,
        "amid": float(_AMID.search(masked) is not None),
        "names_own": float(one.names == "own"),
        "new_long_paragraph": float(one.new_paragraph and one.goes_on),
        "vague": float(one.vague),
        "names_somebody": float(_NAMED.search(masked) is not None),
        "had_done": float(_HAD_DONE.search(masked) is not None),
        "figures": float(any(sign.isdigit() for sign in masked)),
        "pronoun_first": float(_PRONOUN_FIRST.match(masked) is not None),
        "judges": float(_JUDGES.search(masked) is not None),
    }


def moves(masked: str) -> bool:
    """Tell whether a sentence tells where somebody went or what they were seen to do."""
    return _MOVING.search(masked) is not None or _SEEN.search(masked) is not None


def sets_beside(masked: str) -> int | None:
    """Return where the narrator's clause ends that sets one event beside another: "The call came hours after …"."""
    found = _BESIDE.match(masked)
    return found.end() if found else None


def is_whole_quotation(masked: str) -> bool:
    """Tell whether nothing stands outside of a sentence's quotation marks."""
    return _WHOLE.fullmatch(masked) is not None


def names_outlet(masked: str, outlet: str) -> bool:
    """Tell whether the outlet speaks of itself ("our", its name) or of what nobody could check."""
    words = outlet.removeprefix("The ").split()
    first = (
        bool(words) and len(words[0]) > 2 and words[0] in masked and re.search(rf"\b{re.escape(words[0])}\b", masked)
    )
    named = bool(first) or (bool(words) and f"he {words[-1]} " in masked)
    return named or _ITSELF.search(masked) is not None


def carries_on(one: Unframed) -> float:
    """Return the chance that a sentence without a frame goes on with the account before it."""
    found = signs(one)
    score = sum(weight * found[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-score))


def is_about_texts(masked: str) -> bool:
    """Tell whether a sentence speaks of the accounts themselves, as only an outlet does."""
    return _META.search(masked) is not None or sets_tones(masked)


def sets_tones(masked: str) -> bool:
    """Tell whether a sentence says how a side put it, and so turns to it: what follows is that side's account."""
    return _POSTURE.search(masked) is not None
