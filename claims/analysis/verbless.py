"""Frames without a verb of reporting: "according to", "by her account", "for its part", "the minister's claim that"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import cues
from .frame import Frame, Rank, Scanned
from .inflection import lowered, word_set
from .nouns import TEXTS, WRITTEN
from .phrases import phrase_after, phrase_before
from .roster import Mention
from .structures import Span
from .subject import Subject, SubjectKind
from .words import AT_HEAD


def verbless_frames(sentence: Scanned) -> Iterator[Frame]:
    """Yield the frames of a sentence that no verb of reporting heads."""
    yield from _before_name(sentence)
    yield from _accounts(sentence)
    yield from _was_word(sentence)
    yield from _versions(sentence)
    yield from _parts_taken(sentence)
    yield from _claims_owned(sentence)
    yield from _texts(sentence)


# A statement that is spoken of, and none that is quoted: "Asked about the statement from the Taliban".
_ASKED_ABOUT = re.compile(
    r"\b(?:about|after|on|following|despite|before|with|against|reject\w*|dismiss\w*) (?:the |an? )?$", re.I
)
_LIGHT_NAMES = word_set("per for from citing quoting")


def _before_name(sentence: Scanned) -> Iterator[Frame]:
    """Find "according to X", "in the words of X", "as reported by X", "For X, …" at a sentence's head."""
    masked = sentence.masked
    for match in cues.BEFORE_NAME.finditer(masked):
        cue = Span(match.start("cue"), match.end("cue"))
        word = match["cue"].lower()
        if (
            word in _LIGHT_NAMES - {"citing", "quoting"}
            and match.start() > 0
            and (word != "per" or not sentence.before(match.start()).endswith(","))
        ):
            continue
        if " " in word and re.search(r" [A-Z]", match["cue"]):
            continue  # "the Line of Actual Control" is a name
        if word.endswith((" from", " by", " of")) and _ASKED_ABOUT.search(masked[: match.start()]):
            continue
        start = match.end()
        if issued := cues.ISSUED_BY.match(masked, start):
            start = issued.end()
        leads = not masked[: match.start()].strip(' "“')
        phrase = phrase_after(sentence.words, sentence.at(start), leads=leads)
        subject = sentence.subject(phrase)
        if subject is None or phrase is None:
            continue
        after = masked[phrase.words[-1].end :]
        if leads and word.startswith(("the ", "a ", "an ")) and not after.lstrip().startswith((",", ":")):
            continue  # "The communiqué of the ministry gives the same date": its verb says so
        fits = subject.kind is SubjectKind.KNOWN or (word == "per" and subject.kind is not SubjectKind.PRONOUN)
        clause = after.startswith(",") or (word == "for" and subject.personal and _CLAUSE_NEXT.match(after.lstrip()))
        if word in _LIGHT_NAMES and (not fits or (leads and not clause)):
            continue
        after_text = (
            sentence.words[sentence.at(phrase.words[-1].end)] if phrase.words[-1] is not sentence.words[-1] else None
        )
        if (
            phrase.first_part[-1].low in TEXTS | WRITTEN
            and after_text
            and after_text.low in {"it", "he", "she", "they"}
        ):
            span = Span(after_text.start, after_text.end)  # "a timeline it posted"
            subject = Subject(SubjectKind.PRONOUN, span, phrase.span, personal=after_text.low in {"he", "she"})
        rank = Rank.HEAD if leads else Rank.OUTER
        if (
            word.endswith((" by", " of"))
            and not word.startswith(("as ", "in "))
            and sentence.before(match.start())[-1:].isalnum()
        ):
            rank = Rank.PART  # "the text circulated by Tursan": a part of whatever phrase
        yield Frame(subject, cue, rank, text=issued is not None, aside=not leads)


def _accounts(sentence: Scanned) -> Iterator[Frame]:
    """Find "by her account", "in the Kremlin's version", "in its summary"."""
    masked = sentence.masked
    for match in cues.ACCOUNT_OF.finditer(masked):
        noun = cues.POSSESSED_NOUN.search(masked, match.end(), match.end() + 75)
        if noun is None:
            continue
        before, after = sentence.before(match.start()), masked[noun.end() :].lstrip()
        held = _CLAUSE_NEXT.match(after) is not None and not before
        if (after[:1] not in {",", "", "."} and not held) or (before and not before.endswith((",", "”", '"', "»"))):
            continue  # "In the text one looks in vain": a place, not a frame
        cue = Span(match.start(), noun.end())
        rank = Rank.OUTER if before else Rank.HEAD
        owner = cues.OWNER.match(masked, match.end())
        phrase = phrase_after(sentence.words[: sentence.at(noun.start())], sentence.at(match.end()))
        if owner:
            span = Span(*owner.span())
            yield Frame(Subject(SubjectKind.PRONOUN, span, span), cue, rank, text=True)
        elif (subject := sentence.subject(phrase)) and (not held or subject.kind in _SPEAKING):
            yield Frame(subject, cue, rank, text=True)


_SPEAKING = frozenset({SubjectKind.KNOWN, SubjectKind.DOCUMENT})
_CLAUSE_NEXT = re.compile(r"(?:the|an?|this|that|these|those|there|it|its|both|no|all) ")
# What a text does with what it holds.
_TEXT_VERBS = re.compile(
    r"(?<=[\w’'] )(?:makes|made|calls|called|has|had|gives|gave|speaks|spoke|lists|listed|adds|added|puts|contains|"
    r"contained|promises|leaves|left|mentions|mentioned|describes|described|refers|referred|frames|presents|presented|dwells|keeps|"
    r"announces|ties|links|limits|names|uses|insists|sets|reduces|turns|reads)\b"
)


def _texts(sentence: Scanned) -> Iterator[Frame]:
    """Find a side's text that holds what follows: "The Dovranian readout makes it conditional"."""
    if cues.UNSAID.search(lowered(sentence.masked)):
        return
    match = _TEXT_VERBS.search(sentence.masked)
    if match is None:
        return
    phrase = phrase_before(sentence.words, sentence.at(match.start()), sentence.masked, sentence.mentions)
    subject = sentence.subject(phrase)
    if phrase is None or subject is None or phrase.words[0].start > AT_HEAD or subject.kind is not SubjectKind.KNOWN:
        return
    if phrase.first_part[-1].low in TEXTS:
        yield Frame(subject, Span(*match.span()), Rank.MAIN, text=True)


def _was_word(sentence: Scanned) -> Iterator[Frame]:
    """Find "was the minister's word for it"."""
    for match in cues.WAS_WORD.finditer(sentence.masked):
        inside = [one for one in sentence.mentions if match.start() <= one.span.start < match.end()]
        if inside:
            yield _known(inside[0], Span(*match.span()), Rank.OUTER)


def _versions(sentence: Scanned) -> Iterator[Frame]:
    """Find "Moscow's version is another: …"."""
    for mention in sentence.mentions:
        if match := cues.VERSION.match(sentence.masked[mention.span.end :]):
            yield _known(mention, Span(mention.span.start, mention.span.end + match.end()), Rank.OUTER)


def _parts_taken(sentence: Scanned) -> Iterator[Frame]:
    """Find "For its part, Moscow …": the text turns to the other side. A verb of reporting counts before it."""
    masked = sentence.masked
    match = re.match(r"\W*(?:For|On) (?:his|her|its|their) (?:part|side),? (?:the )?", masked)
    turned = next((one for one in sentence.mentions if match and abs(one.span.start - match.end()) <= 4), None)
    if match and turned:
        yield _known(turned, Span(match.start(), match.end()), Rank.PART)
    head = sentence.mentions[0] if sentence.mentions and sentence.mentions[0].span.start < 5 else None
    if head and (aside := re.match(r",? for (?:his|her|its|their) part,", masked[head.span.end :])):
        yield _known(head, Span(head.span.end, head.span.end + aside.end()), Rank.PART)


_CLAIM = (
    r"(?:account|accusation|allegation|argument|assertion|assessment|assurance|claim|complaint|conclusion|contention|defence|"
    r"denial|explanation|hint|hope|insistence|line|message|point|position|prediction|promise|reading|refusal|stance|"
    r"suggestion|theory|verdict|view|warning|words|answer|reply|response|demand|offer|proposal|version|stated aim)"
)


_CLAIM_OWNED = re.compile(
    rf"['’]s? (?:[\w-]+ ){{0,2}}?{_CLAIM}\b,?(?: that\b| to\b| on\b| of\b| about\b|[^.,;:“\"]{{0,40}}:|"
    r"(?: [^,;:]{0,30},)? (?:is|was|remains|holds) (?:that\b|:|simple|clear))"
)


_HAS_CLAIM = re.compile(
    rf" (?:has|had|have) (?:an?|his|her|its|their|one|another) (?:[\w-]+ ){{0,3}}?{_CLAIM}\b[^:,;]{{0,20}}:"
)


# What comes of a claim, or before it, is the outlet's to tell: "Trump's remarks come amid talks".
_FOLLOWS = re.compile(r" ?(?:comes?|came|follow(?:s|ed)?|echo(?:es|ed)?|drew|prompted|were met|was met|sparked)\b")


def _claims_owned(sentence: Scanned) -> Iterator[Frame]:
    """Find "Mr Paz's hint that …", "Oberlin's contention is that …", "the postman has a theory: …"."""
    for pattern in (_CLAIM_OWNED, _HAS_CLAIM):
        match = pattern.search(sentence.masked)
        if match is None or _FOLLOWS.match(sentence.masked, match.end()):
            continue
        place = sentence.at(match.start() - 1) + 1
        phrase = phrase_before(sentence.words, place, sentence.masked, sentence.mentions)
        subject = sentence.subject(phrase)
        if phrase is None or subject is None or phrase.words[0].start > AT_HEAD:
            continue
        if subject.kind in {SubjectKind.KNOWN, SubjectKind.DOCUMENT} or subject.name[:1].isupper():
            yield Frame(subject, Span(match.start() + 1, match.end()), Rank.MAIN)


def _known(mention: Mention, cue: Span, rank: Rank) -> Frame:
    subject = Subject(SubjectKind.KNOWN, mention.span, mention.span, mention, personal=mention.person is not None)
    return Frame(subject, cue, rank)
