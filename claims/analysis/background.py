"""Which sentences state nothing, and which without a frame go on with the account that a text follows."""

from __future__ import annotations

import math
import re

from . import cues
from .roster import Roster

_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DATE_WORDS = re.compile(
    rf"\b(?:{_MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|date|dated|published|updated|posted|"
    r"am|pm|a\.m\.|p\.m\.|utc|gmt|msk|est|edt|cet|cest|bst|time|at|on|of|local|last|modified|issued|release[d]?|no|number|ref|the|st|nd|rd|th|\d[\d.:/+-]*(?:st|nd|rd|th)?)\b|[\W_\d]+",
    re.I,
)
_BYLINE = re.compile(
    r"(?:By|Reporting by|Editing by|Photo|Source|Share|Read more|Contact|Tags|Print|Subscribe)\b[^.!?]{0,80}"
)
# Signs that an outlet speaks: of the texts themselves, of the wider story, of times before the talks.
_META = re.compile(
    r"\b(?:(?:the|two|both|these|their|three) (?:\w+ )?(?:accounts|versions|readouts|texts|statements)|(?:account|version|readout|text|statement) (?:\w+ )?(?:reverses|differs|omits|says nothing|runs|makes no|leaves|mentions|goes|does)|in the \w+ (?:text|readout|statement|account|version)|neither (?:side|statement|account|readout|text)|both (?:texts|statements|accounts|readouts)|reconciled?|contradict\w*|discrepanc\w+|"
    r"chose (?:its|their|his|her) words|in vain|depends on whom|remains? (?:open|unclear|to be seen)|it (?:is|was) (?:un)?clear|analysts|observers|critics|"
    r"having none of it|less to (?:argue|dispute)|the distance is|agree on (?:little|less)|in dispute|disputed|appears? in)\b",
    re.I,
)
_PAST_TIMES = re.compile(
    r"\b(?:since|in|until|by the end of|back in) (?:19|20)\d\d\b|\b(?:last|previous) (?:year|month|spring|summer|autumn|fall|winter|time|decade)\b|\byears? ago\b|\bprevious\b|"
    r"\b(?:decades|centuries)\b|\bfor (?:more than )?(?:\w+ )?(?:years|decades)\b|\bthe (?:previous|last|first) (?:\w+ ){0,3}(?:did so|was in|came in)",
    re.I,
)
_STANDING_FACT = re.compile(
    r"\b(?:has|have) (?:not )?(?:\w+ )?(?:sold|been|fought|held|operated|owned|ruled|claimed|accused)\b|\bis believed to\b|\bare believed to\b|\bis home to\b|"
    r"\b(?:operates|owns|borders|lies|sits|depends on|supplies|ranks|separates|produces|imports|exports)\b|\bhad been due\b|\bis seen as\b|\bis widely\b",
    re.I,
)
_BACKSHIFT = re.compile(r"\b(?:would|had been|had|might|could)\b", re.I)
_OF_THE_TALKS = re.compile(
    r"\b(?:discuss\w*|exchang\w+ (?:of )?views|agreed|agreement|talks|conversation|negotiat\w+|detailed account|informed|told|asked|thanked|stressed|replied|raised|proposed|"
    r"expressed|attention was|was given to|was paid to|were (?:also )?(?:touched|discussed|raised|reviewed)|cooperation|invit\w+|continue)\b",
    re.I,
)
_BOTH_SIDES = re.compile(
    r"^\W*(?:the|both|our) (?:two )?(?:leaders|presidents|sides|parties|ministers|heads of state|interlocutors|prime ministers|countries)\b|^\W*(?:he|she|they|it|his|her|their)\b|"
    r"^\W*(?:in addition|also|besides|furthermore|moreover|in particular|at the same time|discussion was|special attention)\b",
    re.I,
)
_EVALUATION = re.compile(
    r"\b(?:easier|harder|simpler|more (?:modest|cautious|careful)|less (?:disputed|clear)|little in common|then there (?:is|are)|what came of it|the practical results|"
    r"there (?:is|was) (?:less|little|more)|two (?:people|leaders|men) (?:were|whose|who))\b",
    re.I,
)


def states_nothing(sentence: str) -> bool:
    """Tell whether a line is a date line, a byline or a line of marks: words, but no statement."""
    rest = _DATE_WORDS.sub("", sentence)
    if not any(sign.isalpha() for sign in rest):
        return True
    return _BYLINE.fullmatch(sentence.strip()) is not None


def carries_on(sentence: str, masked: str, *, new_paragraph: bool, roster: Roster) -> float:
    """Return the chance that a sentence without a frame goes on with the account before it.

    Args:
        masked: the sentence with its quotations blanked.
        new_paragraph: whether a paragraph ended since the account's last sentence.
    """
    score = 0.7 - 0.6 * new_paragraph
    score += 1.6 * ("\x00" in masked)
    score += 1.0 * bool(_BACKSHIFT.search(masked))
    score += 1.0 * bool(_OF_THE_TALKS.search(masked))
    score += 0.9 * bool(_BOTH_SIDES.search(masked) or roster.both(masked))
    score -= 2.2 * bool(_META.search(masked) or cues.UNSAID.search(masked))
    score -= 1.8 * bool(_PAST_TIMES.search(masked))
    score -= 1.5 * bool(_STANDING_FACT.search(masked))
    score -= 1.8 * bool(_EVALUATION.search(masked))
    score -= 1.5 * masked.startswith("Whether ")
    score -= 1.0 * sentence.rstrip().endswith("?")
    return 1 / (1 + math.exp(-score))


def is_about_texts(masked: str) -> bool:
    """Tell whether a sentence speaks of the accounts themselves, as only an outlet does."""
    return _META.search(masked) is not None
