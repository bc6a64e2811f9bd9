"""Frames: the part of a sentence that says whose statement it is.

A frame is a subject (somebody of the event, a pronoun, a document, a stranger) and a cue (a verb of reporting,
"according to", "in her words"). What stands inside quotation marks never frames anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import cues
from .frame import Frame, Rank, Scanned
from .inflection import lowered, word_set
from .phrases import BE, DETERMINERS, PAST, Phrase, Word, group_start, phrase_after, phrase_before, words_of
from .roster import Mention
from .structures import Span
from .subjects import TEXTS, WRITTEN, Subject, SubjectKind, is_human, is_relay
from .verbless import verbless_frames


@dataclass(frozen=True, slots=True)
class _Verb:
    span: Span
    talk: bool = False
    giving: bool = False
    stance: bool = False
    attitude: bool = False


_CLAUSE_LEADS = word_set("and but yet while whereas though although or meanwhile later earlier however so then")
_CONTRAST = re.compile(r"[,;—–] ?(?:though|but|while|whereas|although|yet)\s", re.I)
_TRAILS = re.compile(
    r"\s*(?:[.!?]?[”\"’»)]?\s*$|[,;:—–“\"«]|(?:on|in|at|to|after|before|during|late|earlier|later|while|when|as|via|for|from|"
    r"by|afterwards|today|yesterday|last|this|of|through|following|upon|shortly|overnight|separately|again|then|recently|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,;“\"]*(?:,[^“\"]*)?$)",
    re.I,
)
_QUOTED_AS = re.compile(r"\s+(?P<who>[^,;“\"]{2,60}?) as (?:having )?\w+(?:ing|said)\b", re.I)
_AS_SAYING = re.compile(r"(?:\s+(?:on|in|by|last|late)\b[^,;“\"]{1,50}?)? as (?:having )?(?:\w+ing|said)\b", re.I)
_FINITE_ING = re.compile(r"\b(?:is|was|are|were|be|been) (?:\w+ )?$", re.I)
_PASSIVE_BY = re.compile(r"[^,;:.“\"]{0,70}?\bby\s+")


def frames(masked: str, mentions: Sequence[Mention], both: Sequence[Span] = ()) -> list[Frame]:
    """Return the frames of a sentence, the one that counts first.

    Args:
        masked: the sentence with everything inside quotation marks blanked, of the same length.
        mentions: who is named outside quotation marks, at offsets of the sentence.
        both: the words that name all sides at once.
    """
    sentence = Scanned(masked, words_of(masked), mentions, both)
    found = [*verbless_frames(sentence)]
    unsaid = [Span(*match.span()) for match in cues.UNSAID.finditer(lowered(masked))]
    for verb in _verbs(masked):
        if not any(span.overlaps(verb.span) for span in unsaid):
            found += _of_verb(sentence, verb)
    if "\x00" in masked and all(frame.rank >= Rank.PART for frame in found):
        found += _beside_quotation(sentence)
    if all(frame.rank > Rank.PART for frame in found):
        found += _by_any_verb(sentence)
    return sorted(_settled(found, sentence), key=lambda frame: (frame.rank, frame.cue))


def _settled(found: list[Frame], sentence: Scanned) -> Iterator[Frame]:
    """Yield the frames with their final ranks: news media hand on, and a contrast ends what an aside holds."""
    first = min((frame.cue.start for frame in found if frame.rank is Rank.MAIN and not frame.talk), default=None)
    cites = any(
        frame.cue.of(sentence.masked) in {"citing", "quoting"} and frame.subject.kind is SubjectKind.KNOWN
        for frame in found
    )
    for frame in found:
        handed = cites and frame.subject.kind is SubjectKind.STRANGER and not frame.subject.personal
        if handed or is_relay(frame.subject, sentence.masked):
            yield replace(frame, rank=Rank.RELAY)
            continue
        end = min(frame.cue.start, frame.subject.span.start)
        parted = first is not None and first < end and _CONTRAST.search(sentence.masked, first, end + 1)
        yield replace(frame, rank=Rank.PART) if frame.rank is Rank.OUTER and parted else frame


def _verbs(masked: str) -> Iterator[_Verb]:
    taken: list[Span] = []
    low = _without_names(masked)
    for match in cues.PUBLIC.finditer(low):
        if cues.is_reporting(masked, match) and not cues.is_noun(masked, match) and not cues.tells_deed(masked, match):
            taken.append(Span(*match.span()))
            yield _Verb(Span(match.start(), cues.light_end(masked, match)))
    for match in cues.TALK.finditer(low):
        if cues.is_noun(masked, match):
            continue
        audience = cues.AUDIENCE.match(masked, match.end())
        taken.append(Span(*match.span()))
        end = audience.end() if audience and cues.JOURNALISTS.match(masked, match.end()) else match.end()
        yield _Verb(Span(match.start(), end), talk=audience is None)
    for match in cues.ATTITUDE.finditer(low):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken) and not cues.is_noun(masked, match):
            taken.append(span)
            yield _Verb(span, attitude=True)
    for kind, pattern in (("stance", cues.STANCE), ("giving", cues.GIVING)):
        for match in pattern.finditer(low):
            span = Span(*match.span())
            if cues.is_noun(masked, match) or cues.tells_deed(masked, match):
                continue
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield _Verb(span, talk=kind == "stance", stance=kind == "stance", giving=kind == "giving")


# A word within a name, or one half of a compound, is no verb: "Think Secret", "state-owned".
_IN_NAME = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-Þ][a-zà-ÿ]+(?![\w-])")
_COMPOUND = re.compile(r"(?<![\w-])(?!re-)[a-z]+-[a-z][a-z-]*")
_HEADLINE = 0.5  # share of words with a capital from which on a capital says nothing


def _without_names(masked: str) -> str:
    """Return a sentence in lower case with the words blanked that cannot be verbs, of the same length."""
    low = _COMPOUND.sub(_blanked, lowered(masked))
    names = [Span(*match.span()) for match in _IN_NAME.finditer(masked)]
    if not names or len(names) > _HEADLINE * masked.count(" "):
        return low
    signs = list(low)
    for name in names:
        signs[name.start : name.end] = "\x01" * (name.end - name.start)
    return "".join(signs)


def _blanked(match: re.Match[str]) -> str:
    return "\x01" * (match.end() - match.start())


def _of_verb(sentence: Scanned, verb: _Verb) -> Iterator[Frame]:
    """Yield the frames that a verb can head, by its form and by what stands beside it."""
    place = sentence.at(verb.span.start)
    before = sentence.words[place - 1].low if place else ""
    word = sentence.words[place].low if place < len(sentence.words) else ""
    if word.endswith("ing") and not _FINITE_ING.search(sentence.masked, 0, verb.span.start):
        yield from _shared(sentence, verb, place)
        return
    if before == "to":
        yield from _eager(sentence, verb, place)
        return
    if _is_attribute(sentence, verb, place):
        return
    if _is_passive(sentence, place) and not word.endswith("ing"):
        yield from _passive(sentence, verb, place)
    elif before in {"who", "which"}:
        yield from _relative(sentence, verb, place)
    else:
        yield from _active(sentence, verb, place)


def _active(sentence: Scanned, verb: _Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of a verb in the active voice: its subject stands before it, after it, or before another verb."""
    before = sentence.words[place - 1].low if place else ""
    word = sentence.words[place].low if place < len(sentence.words) else ""
    quoting = _QUOTED_AS.match(sentence.masked, verb.span.end) if word.startswith(("quot", "cit")) else None
    if quoting and (subject := sentence.subject(phrase_after(sentence.words, sentence.at(quoting.start("who"))))):
        yield Frame(subject, verb.span, Rank.OUTER)
        return
    frame = _inverted(sentence, verb, place) or _with_subject(sentence, verb, place)
    if frame is not None:
        yield frame
    elif before in {"and", "but", "then", "also"}:
        yield from _shared(sentence, verb, place)


# An article before a word makes it no verb; "that said" and "all agreed" are.
_ARTICLES = DETERMINERS - {"this", "that", "these", "those", "both", "each", "all", "some", "many"}


def _is_attribute(sentence: Scanned, verb: _Verb, place: int) -> bool:
    """Tell whether a participle tells more of a noun: "an informed source", "photos snapped by our man"."""
    word, before = sentence.words[place].low, sentence.words[place - 1].low if place else ""
    by = sentence.masked.startswith(" by ", verb.span.end) and word.endswith("ed") and not _is_passive(sentence, place)
    return by or word == "have" or before in _ARTICLES


_EAGER = word_set(
    "quick keen careful eager anxious pains hastened rushed sought moved took forced happy swift fast willing ready "
    "continued seemed appeared chose able used"
)


_PASSIVE_AFTER = BE | word_set("remain remains remained get gets got stay stays stayed left went goes go seem seems")


def _eager(sentence: Scanned, verb: _Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of what somebody is quick, keen or at pains to say, or takes to the air to say."""
    words = sentence.words
    for at in range(place - 2, max(0, place - 6), -1):
        if words[at].low in _EAGER:
            start = at - 1 if words[at - 1].low in {"at", "as"} else at
            frame = _with_subject(sentence, verb, start)
            if frame is not None and (not verb.talk or words[at].low in {"used", "took"}):
                yield replace(frame, talk=False)
            return
        if not words[at].is_word or words[at].low in BE:
            return


def _is_passive(sentence: Scanned, place: int) -> bool:
    """Tell whether a form of "be" stands before a verb: "was said", "has been denied"."""
    while place and (sentence.words[place - 1].low.endswith("ly") or sentence.words[place - 1].low in {"also", "not"}):
        place -= 1
    return place > 0 and sentence.words[place - 1].low in _PASSIVE_AFTER


def _passive(sentence: Scanned, verb: _Verb, place: int) -> Iterator[Frame]:
    """Yield who is quoted as saying, and who does it in the passive voice: "was announced by Crane"."""
    if _AS_SAYING.match(sentence.masked, verb.span.end):
        subject = sentence.subject(phrase_before(sentence.words, place, sentence.masked, sentence.mentions))
        if subject:
            yield Frame(subject, verb.span, Rank.MAIN)
        return
    agent = _PASSIVE_BY.match(sentence.masked, verb.span.end)
    if agent is None or verb.giving or _in_relative_clause(sentence, place):
        return
    phrase = phrase_after(sentence.words, sentence.at(agent.end()))
    subject = sentence.subject(phrase)
    if subject and subject.kind is not SubjectKind.PRONOUN and is_human(subject, sentence.masked):
        yield Frame(subject, verb.span, Rank.MAIN, talk=verb.talk, stance=verb.stance)


def _in_relative_clause(sentence: Scanned, place: int) -> bool:
    """Tell whether a passive tells more of a noun: "four officials whose resignations were announced by the palace"."""
    before = next((at for at in range(place - 1, -1, -1) if not sentence.words[at].is_word), -1)
    return any(sentence.words[at].low in {"who", "whose", "which", "that"} for at in range(max(before, 0), place))


def _relative(sentence: Scanned, verb: _Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of a relative clause ("the side, which said") unless it tells more of the main subject."""
    stop = place - 1
    while stop and sentence.words[stop - 1].text == ",":
        stop -= 1
    phrase = phrase_before(sentence.words, stop, sentence.masked, sentence.mentions)
    subject = sentence.subject(phrase)
    first = sentence.words[min(_opening(sentence), len(sentence.words) - 1)].start
    if subject and phrase and subject.kind is SubjectKind.KNOWN and not verb.talk and phrase.words[0].start > first:
        yield Frame(subject, verb.span, Rank.PART)


def _shared(sentence: Scanned, verb: _Verb, place: int) -> Iterator[Frame]:
    """Yield the frame of a verb that shares its clause's subject: "Iwase left, saying …", "… and said"."""
    if place < 2 or verb.giving or verb.talk or not _is_joined(sentence, place):
        return
    phrase = phrase_after(sentence.words, _opening(sentence), leads=True)
    subject = sentence.subject(phrase)
    if subject is None or subject.kind is SubjectKind.BOTH or subject.span.end >= verb.span.start:
        return
    if subject.kind in {SubjectKind.KNOWN, SubjectKind.PRONOUN} or subject.personal:
        yield Frame(subject, verb.span, Rank.PART)


def _is_joined(sentence: Scanned, place: int) -> bool:
    """Tell whether a verb follows a comma, a conjunction or a text: "left, saying", "a statement denouncing"."""
    words = sentence.words
    at = place - 1
    while at and (words[at].low.endswith("ly") or words[at].low in {"also", "then", "even", "later"}):
        at -= 1
    word = words[at]
    return not word.is_word or word.low in _JOINING or word.low in TEXTS


_JOINING = word_set(
    "and but then by while when after before on interview remarks speech call briefing monday tuesday "
    "wednesday thursday friday saturday sunday yesterday today"
)


def _opening(sentence: Scanned) -> int:
    """Return the word after what opens a sentence: "But", "In Vell, ", "On Monday, "."""
    words = sentence.words
    place = 0
    while place < len(words) and (words[place].low in _CLAUSE_LEADS or not words[place].is_word):
        place += 1
    if place < len(words) and words[place].low in {"in", "on", "at", "after", "during", "speaking", "earlier", "later"}:
        comma = next((at for at, word in enumerate(words) if word.text == "," and place < at < place + 12), None)
        return place if comma is None else comma + 1
    return place


def _with_subject(sentence: Scanned, verb: _Verb, place: int) -> Frame | None:
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
    free = not lead or quoted or not lead[0].isalnum() or lead in _CLAUSE_LEADS or cleft or whose
    if not free and (lead != "as" or _is_when(sentence, verb, phrase)):
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


def _is_when(sentence: Scanned, verb: _Verb, phrase: Phrase) -> bool:
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


_FACTS = word_set(
    "found ensured showed proved proves shows ensures means meant knew knows learned learnt learns realised realized "
    "saw sees provided heard noticed discovered discovers required requires decided ruled voted ordered agreed"
)


def _by_any_verb(sentence: Scanned) -> Iterator[Frame]:
    """Find people who by any verb hold "that …", or whom any verb names at the end: "…, frets Sunniva Dahl."."""
    words = sentence.words
    for place in range(1, len(words) - 1):
        word, after = words[place], words[place + 1]
        if after.low == "that" and word.low not in _FACTS and _is_finite(words, place):
            frame = _with_subject(sentence, _Verb(Span(word.start, word.end)), place)
            if frame is not None and (frame.subject.personal or frame.subject.described):
                yield frame
                return
        if (
            words[place - 1].text == ","
            and word.low not in PAST
            and _ANY_VERB.fullmatch(word.text)
            and after.is_capital
        ):
            phrase = phrase_after(words, place + 1)
            subject = sentence.subject(phrase)
            ends = phrase and _ENDS.match(sentence.masked, phrase.words[-1].end)
            if subject and ends and subject.personal:
                yield Frame(subject, Span(word.start, word.end), Rank.OUTER, aside=True)
                return


def _is_finite(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.low in BE or not (_ANY_VERB.fullmatch(word.text) or word.low in PAST):
        return False
    return words[place - 1].low not in DETERMINERS | BE


_QUOTED_LENGTH = 12  # code points: shorter ones are words in quotation marks, and nobody's speech
_ANY_VERB = re.compile(r"[a-z]{3,}ed|[a-z]{2,}s")


def _beside_quotation(sentence: Scanned) -> Iterator[Frame]:
    """Find who speaks a quotation by any verb: “No,” Peskov grinned; Peskov on television: “No”."""
    for at, quote in enumerate(sentence.words):
        if "\x00" not in quote.text or quote.end - quote.start < _QUOTED_LENGTH:
            continue
        begins = at == 0 or sentence.words[at - 1].text in {",", ":"}
        frame = (_after_quotation(sentence, at) if begins else None) or _before_quotation(sentence, at)
        if frame is not None:
            yield frame
            return


def _after_quotation(sentence: Scanned, at: int) -> Frame | None:
    words = sentence.words
    begin = at + 2 if at + 1 < len(words) and words[at + 1].text == "," else at + 1
    for place in range(begin, min(begin + 14, len(words))):
        if not _is_any_verb(words, place, begin):
            continue
        if place == begin:
            phrase = phrase_after(words, place + 1)
        else:
            phrase = phrase_before(words, place, sentence.masked, sentence.mentions)
            if phrase is None or phrase.words[0] is not words[begin]:
                return None
        subject = sentence.subject(phrase)
        if subject is None or not is_human(subject, sentence.masked) or subject.kind is SubjectKind.BOTH:
            return None
        return Frame(subject, Span(words[place].start, words[place].end), Rank.OUTER, aside=True)
    return None


def _is_any_verb(words: Sequence[Word], place: int, begin: int) -> bool:
    word, before = words[place], words[place - 1]
    if word.low in BE or word.low == "has" or not (_ANY_VERB.fullmatch(word.text) or word.low in PAST):
        return False
    return not word.low.endswith("s") or (place > begin and (before.is_capital or before.low in {"he", "she", ","}))


def _before_quotation(sentence: Scanned, at: int) -> Frame | None:
    """Find who speaks what follows a colon: "The minister on Relay: “No”", "Peskov grinned: “No”"."""
    words = sentence.words
    if at < 2 or words[at - 1].text != ":":
        return None
    phrase = phrase_after(words, _opening(sentence), leads=True)
    subject = sentence.subject(phrase)
    if phrase is None or subject is None or not is_human(subject, sentence.masked):
        return None
    rest = sentence.masked[phrase.words[-1].end : words[at - 1].start]
    said = subject.kind is SubjectKind.KNOWN or subject.personal
    if not said or len(rest) > 60 or any(sign in rest for sign in ";\x00"):
        return None
    cue = rest.strip() and Span(phrase.words[-1].end + 1, words[at - 1].start)
    return Frame(subject, cue or Span(words[at - 1].start, words[at - 1].end), Rank.MAIN)


def _may_say(sentence: Scanned, subject: Subject, verb: _Verb) -> bool:
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
_ENDS = re.compile(r"\s*(?:[.!?]?[”\"’»)]?\s*$|, (?:who|which|whose|the|an?|his|her|its|\d\d)\b)")


def _inverted(sentence: Scanned, verb: _Verb, place: int) -> Frame | None:
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
        and _ENDS.match(sentence.masked, phrase.words[-1].end) is not None
    )
    if plain is not None and plain.parted and not quoted and not ends and sentence.subject(plain):
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
    r"puts? (?:its|the|his|her|their) (?:number|toll|figure|count|cost|length|total|death|loss|price)\w*[^,;]{0,40} at "
)


def _gives(masked: str, verb: _Verb, subject: Subject) -> bool:
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
