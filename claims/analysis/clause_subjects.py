"""Who stands before or after a verb of reporting, and whether they may be who reports."""

from __future__ import annotations

import re

from . import cues
from .frame import Frame, Rank, Scanned
from .inflection import word_set
from .nouns import TEXTS, WRITTEN
from .outsiders import is_human
from .phrases import Phrase, group_start, phrase_after, phrase_before
from .subject import Subject, SubjectKind
from .verbs import Verb
from .words import ADVERBS, BE, OPENING_ADVERBS, OPENING_PREPOSITIONS

CLAUSE_LEADS = word_set("and but yet while whereas though although or meanwhile later earlier however so then")
_TRAILS = re.compile(
    r"\s*(?:[.!?]?[”\"’»)]?\s*$|[,;:—–“\"«]|(?:on|in|at|to|after|before|during|late|earlier|later|while|when|as|via|for|from|"
    r"by|afterwards|today|yesterday|last|this|of|through|following|upon|shortly|overnight|separately|again|then|recently|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,;“\"]*(?:,[^“\"]*)?$)",
    re.I,
)


def opening(sentence: Scanned) -> int:
    """Return the word after what opens a sentence: "But", "In Vell, ", "On Monday, "."""
    words = sentence.words
    place = 0
    while place < len(words) and (words[place].low in CLAUSE_LEADS or not words[place].is_word):
        place += 1
    if place < len(words) and words[place].low in {"in", "on", "at", "after", "during", "speaking", "earlier", "later"}:
        comma = next((at for at, word in enumerate(words) if word.text == "," and place < at < place + 12), None)
        return place if comma is None else comma + 1
    return place


def with_subject(sentence: Scanned, verb: Verb, place: int) -> Frame | None:
    """Find the subject before a verb: "Peskov, the spokesman, has also said"."""
    masked = sentence.masked
    phrase = phrase_before(sentence.words, place, masked, sentence.mentions)
    subject = sentence.subject(phrase)
    if phrase is None or subject is None or not _may_say(sentence, subject, verb):
        return None
    if subject.kind is SubjectKind.BOTH and cues.QUARREL.match(verb.span.of(masked)):
        return None  # "Akebono and Taevan both claim the islets": each says another thing
    lead = phrase.lead
    written = lead == "by" and _WRITTEN_BY.search(masked, 0, phrase.words[0].start) is not None
    if written:
        aside = _TRAILS.match(masked, verb.span.end) is not None
        return Frame(subject, verb.span, Rank.OUTER if aside else Rank.MAIN, text=True, aside=aside)
    quoted = "\x00" in lead
    how = lead == "how" and _word_before(sentence, phrase, 2) in BE
    cleft = how or (lead == "what" and phrase.words[0] is sentence.words[1])  # "What that text does speak of is …"
    whose = lead == "whose" and subject.kind is SubjectKind.KNOWN
    free = not lead or quoted or not lead[0].isalnum() or lead in CLAUSE_LEADS or cleft or whose
    if not free and (lead != "as" or _is_when(sentence, verb, phrase)):
        return None
    if subject.kind is SubjectKind.PRONOUN and not lead and _tells_more(sentence, phrase):
        return None
    start = phrase.words[0].start
    gap = group_start(sentence.words, place, masked)
    audience = cues.AUDIENCE.match(masked, verb.span.end)
    trails = _TRAILS.match(masked, audience.end() if audience else verb.span.end) is not None
    aside = start > 0 and (quoted or how or lead in {",", "—", "–", "-", ":", "“", '"'} or lead == "as") and trails
    aside = aside and not _opens_adverbially(sentence, start) and gap >= 0
    if verb.giving and aside:
        return None
    text = subject.kind is SubjectKind.DOCUMENT or sentence.words[max(place - 1, 0)].low in TEXTS
    rank = Rank.OUTER if aside or (lead == "as" and start > 0) else Rank.MAIN
    if lead == "as" and start > 3 and sentence.before(start)[:-2].rstrip()[-1:].isalnum():
        rank = Rank.PART  # "not as close to a deal as Mr Biden suggested"
    if whose:
        rank = Rank.PART
    return Frame(subject, verb.span, rank, talk=verb.talk and not aside, stance=verb.stance, text=text, aside=aside)


def _tells_more(sentence: Scanned, phrase: Phrase) -> bool:
    """Tell whether a pronoun stands right after a noun, in a relative clause without "that": "ships it accuses of"."""
    words, at = sentence.words, sentence.at(phrase.words[0].start)
    if at < 3 or not words[at - 1].low.isalpha() or words[at - 1].low.endswith("ly"):
        return False
    begin = next((place + 1 for place in range(at - 1, -1, -1) if not words[place].is_word), 0)
    opens = words[min(begin, at)].low
    adverbial = opens in OPENING_PREPOSITIONS | OPENING_ADVERBS | CLAUSE_LEADS or opens.endswith("ing")
    return not adverbial and words[at - 1].low not in ADVERBS | OPENING_ADVERBS and not words[at - 1].is_capital


def _is_when(sentence: Scanned, verb: Verb, phrase: Phrase) -> bool:
    """Tell whether "as" says when: "announced a truce as world powers urged restraint", but not ", as Pell said"."""
    start = sentence.words[max(sentence.at(phrase.words[0].start) - 1, 0)].start
    before = sentence.masked[:start].rstrip()
    return before[-1:].isalnum() and _TRAILS.match(sentence.masked, verb.span.end) is None


def _word_before(sentence: Scanned, phrase: Phrase, back: int) -> str:
    """Return the word that stands so many words before a phrase, in lower case."""
    at = sentence.at(phrase.words[0].start) - back
    return sentence.words[at].low if at >= 0 else ""


_WRITTEN_BY = re.compile(
    rf"\b(?:{'|'.join(sorted(TEXTS | WRITTEN))})(?: (?:\w+ed|carried out|put out))?"
    r"(?: (?:on|in|last|this|late) (?:\w+ ){0,2}\w+)? by (?:the |an? )?$"
)
_ADVERBIAL_START = re.compile(
    r"^\W*(?:asked|speaking|commenting|responding|noting|citing|referring|in|on|at|after|before|when|while|during|following|"
    r"despite|earlier|later|meanwhile|separately|if|as|for|under|since|though|although|amid|by|\w+ing)\b[^,]*(?:,[^,]*)?,\s*$",
    re.I,
)


def _opens_adverbially(sentence: Scanned, start: int) -> bool:
    """Tell whether only an adverbial stands before a clause: what follows its verb is said, not what precedes."""
    return _ADVERBIAL_START.match(sentence.masked[:start]) is not None


def _may_say(sentence: Scanned, subject: Subject, verb: Verb) -> bool:
    masked = sentence.masked
    if verb.giving and not _gives(masked, verb, subject):
        return False
    word = verb.span.of(masked).lower()
    if verb.attitude:
        return subject.personal or (subject.kind is not SubjectKind.PRONOUN and is_human(subject, masked))
    if subject.kind is SubjectKind.NOUN and cues.WEAK.match(word) is not None and not is_human(subject, masked):
        return False
    weak = cues.WEAK.match(word) is not None or verb.stance or verb.giving
    return not weak or is_human(subject, masked)


_QUOTED_BEFORE = re.compile(r"[”\"»’'][,.!?]?$")
# Whom these name after them is not who speaks: "Assadi, a spokesman, blamed both governments".
_OF_PEOPLE = re.compile(
    r"(?:blam|accus|criticis|criticiz|condemn|prais|thank|congratulat|slam|rebuk|remind|warn|urg|ask|assur|inform|call)\w*\b"
)
_TOLD = re.compile(r"told|tells?\b")  # whom it tells follows, and not who does
# Nothing but asides and times follows whom an inverted verb names; an object clause would go on.
ENDS = re.compile(r"\s*(?:[.!?]?[”\"’»)]?\s*$|, (?:who|which|whose|the|an?|his|her|its|\d\d)\b)")


def inverted(sentence: Scanned, verb: Verb, place: int) -> Frame | None:
    """Find a verb before its subject: "…, said Peskov"; it needs a comma, a quotation or a colon before."""
    before = sentence.before(verb.span.start)
    about = _OF_PEOPLE.match(sentence.masked, verb.span.start) is not None and not _QUOTED_BEFORE.search(before)
    if verb.giving or about or re.search(r"(?:[,:”\"»’'?!—–]|(?<!\w)[Ss]o)$", before) is None:
        return None
    quoted = before.endswith(("”", '"', "»", "’", "?", "!", "'")) or re.search(r"[”\"»’'],$", before) is not None
    plain = phrase_before(sentence.words, place, sentence.masked, sentence.mentions)
    if place + 1 >= len(sentence.words) or sentence.words[place + 1].text in {",", ":", "."}:
        return None
    phrase = phrase_after(sentence.words, sentence.at(verb.span.end))
    subject = sentence.subject(phrase)
    ends = (
        phrase is not None
        and not verb.talk
        and not _TOLD.match(sentence.masked, verb.span.start)
        and ENDS.match(sentence.masked, phrase.words[-1].end) is not None
    )
    named = ends and subject is not None and subject.personal
    if plain is not None and plain.parted and not quoted and not named and sentence.subject(plain):
        return None  # "Peskov, speaking in Sochi, said Moscow …": an aside stands between subject and verb
    if subject is None or (subject.kind is SubjectKind.PRONOUN and (verb.talk or not quoted)):
        return None
    if (
        not quoted
        and subject.kind in {SubjectKind.NOUN, SubjectKind.STRANGER}
        and not is_human(subject, sentence.masked)
    ):
        return None  # "Lars Eik, the envoy, confirmed the closure"
    return Frame(subject, verb.span, Rank.OUTER, aside=True)


_PUTS_AT = re.compile(
    r"puts? (?:its|the|his|her|their) (?:number|toll|figure|count|cost|length|total|death|loss|price|"
    r"odds|chances?|damage|bill)\w*[^,;]{0,40} at "
)


def _gives(masked: str, verb: Verb, subject: Subject) -> bool:
    """Tell whether a verb of giving reports: an institution's text that gives, lists, names or leaves out something."""
    side = subject.side
    institution = subject.kind is SubjectKind.DOCUMENT or (
        side is not None and (side.person is None or subject.described)
    )
    if re.match(r"s?poke|speak", masked[verb.span.start : verb.span.end], re.I):
        return re.match(r"\s+(?:only\s+)?(?:of|about)\b", masked[verb.span.end :]) is not None
    speaks = subject.kind is SubjectKind.KNOWN or (subject.kind is SubjectKind.STRANGER and is_human(subject, masked))
    if speaks and _PUTS_AT.match(masked, verb.span.start):
        return True
    return bool(institution) and cues.GIVEN.match(masked, verb.span.end) is not None
