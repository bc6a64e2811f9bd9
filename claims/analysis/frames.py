"""Frames: the part of a sentence that says whose statement it is.

A frame is a subject (somebody of the event, a pronoun, a document, a stranger) and a cue (a verb of reporting,
"according to", "in her words"). What stands inside quotation marks never frames anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from . import cues, naming
from .inflection import lowered, word_set
from .roster import Mention, MentionKind
from .structures import Span

_PROPER = r"(?:[A-ZÀ-ÖØ-Þ][\w’'&.-]*)"
_RUN = rf"{_PROPER}(?:(?: (?:of|for|de|and|the))* {_PROPER})*"
# Words that no subject holds: with one of them a clause has begun.
_NO_NOUN = (
    r"(?:is|was|were|are|be|has|had|have|will|would|can|could|may|might|must|that|which|who|whom|if|when|where|he|"
    r"she|it|they|not|to|"
    r"by|from|with|as|than|after|before|said|says|and|or|but|\w+(?<!arm)(?<!retir)(?<!unnam)ed)\b"
)
_STRANGER = re.compile(
    rf"(?:^\W*|[,;:—–]\s|[”\"]\s)(?:(?:but|and|while|meanwhile|however|yet|separately|later|earlier|still),? )?"
    rf"(?P<subject>(?:(?:the|an?|one|another|some) )?(?:(?!{_NO_NOUN})[a-zà-ÿ’'-]+ ){{0,5}}?(?-i:{_RUN})"
    rf"(?:(?: (?:(?!{_NO_NOUN})[a-zà-ÿ’'-]+ ){{1,4}}?(?-i:{_RUN}))?)(?: (?!{_NO_NOUN})[a-zà-ÿ’'-]+){{0,3}}?)"
    rf"(?:,[^,;“”\"]{{2,90}},)?$",
    re.I,
)
_OFFICIALS_IN = re.compile(
    r"\b(?:officials?|sources?|diplomats?|authorities|ministers?|spokes\w+|aides?|envoys?|leaders?|negotiators?|leadership|"
    r"government|those|people) (?:in|at|from) (?:the )?$",
    re.I,
)
_NAME_RUN = re.compile(_RUN)
_WORD_OF_END = r"(?!that\b)[^,;.“”\"\s]+"
_TRAILING = re.compile(rf"^\s*(?:(?:{_WORD_OF_END}\s+){{0,11}}{_WORD_OF_END})?\s*[.!?]?[”\"’]?\s*$")
_COMMON = word_set(
    "No Nobody Nothing All Any Each Every "
    "The A An In On At By For But And While However Meanwhile It He She They This That These Those There Yet "
    "Still Both Neither None Two Three Monday Tuesday Wednesday Thursday Friday Saturday Sunday January "
    "February March April May June July August September October November December Asked After Before Since "
    "Some Many Most Several Other Others Its His Her Their One What When Where Who Why How If As"
)


class FrameKind(StrEnum):
    """What the subject of a frame is."""

    KNOWN = "known"
    PRONOUN = "pronoun"
    DOCUMENT = "document"
    NOUN = "noun"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is said to say it: the subject's words, its mention where it is known, and the cue; offsets in the sentence.

    ``outer`` frames hold the whole sentence, wherever they stand; of the others the first counts.
    """

    kind: FrameKind
    subject: Span
    cue: Span
    mention: Mention | None = None
    name: str = ""
    outer: bool = False
    talk: bool = False
    document: bool = False
    stance: bool = False


def frames(sentence: str, masked: str, mentions: Sequence[Mention]) -> list[Frame]:
    """Return the frames of a sentence, the one that counts first.

    Args:
        masked: the sentence with everything inside quotation marks blanked, of the same length.
        mentions: who is named outside quotation marks, at offsets of the sentence.
    """
    found = [*_before_name(masked, mentions), *_accounts(masked, mentions), *_was_word(masked, mentions)]
    found += [*_versions(masked, mentions), *_parts_taken(masked, mentions)]
    unsaid = [Span(*match.span()) for match in cues.UNSAID.finditer(masked)]
    for verb in _verbs(masked):
        if any(span.overlaps(verb.span) for span in unsaid):
            continue
        frame = _inverted(masked, verb, mentions) or _with_subject(masked, verb, mentions)
        if frame is not None:
            found.append(frame)
    return sorted(found, key=_rank)


def _rank(frame: Frame) -> tuple[bool, bool, bool, Span]:
    """Order frames: at the sentence's head "according to X" holds all that follows, even what another said in it."""
    leads = frame.outer and frame.cue.start <= 1 and frame.cue.end <= frame.subject.start
    return not leads, not frame.outer, frame.cue.end <= frame.subject.start, frame.cue


@dataclass(frozen=True, slots=True)
class _Verb:
    span: Span
    talk: bool = False
    giving: bool = False
    stance: bool = False


def _verbs(masked: str) -> Iterator[_Verb]:
    taken: list[Span] = []
    low = lowered(masked)
    for match in cues.PUBLIC.finditer(low):
        if cues.is_reporting(masked, match) and not cues.is_noun(masked, match):
            taken.append(Span(*match.span()))
            yield _Verb(taken[-1])
    for match in cues.TALK.finditer(low):
        span = Span(*match.span())
        audience = cues.AUDIENCE.match(masked, span.end)
        end = audience.end() if audience else span.end
        taken.append(span)
        yield _Verb(Span(span.start, span.end if audience is None else end), talk=audience is None)
    for match in cues.STANCE.finditer(low):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            yield _Verb(span, talk=True, stance=True)
    for match in cues.GIVING.finditer(low):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken):
            yield _Verb(span, giving=True)


def _before_name(masked: str, mentions: Sequence[Mention]) -> Iterator[Frame]:
    """Find "according to X", "in the words of X", "as reported by X", "For X, …" at a sentence's head."""
    for match in cues.BEFORE_NAME.finditer(masked):
        citing = match["cue"].lower() in {"citing", "quoting"}
        light = citing or match["cue"].lower() in {"per", "for", "from"}
        if light and not citing and (match.start() > 0 or "," not in masked[match.end() : match.end() + 60]):
            continue
        cue = Span(match.start("cue"), match.end("cue"))
        frame = _subject_at(masked, match.end(), mentions, cue)
        if frame is None:
            continue
        if light and (frame.kind is not FrameKind.KNOWN or not re.match(r"\s*,", masked[frame.subject.end :])):
            continue
        yield frame


def _subject_at(masked: str, start: int, mentions: Sequence[Mention], cue: Span) -> Frame | None:
    """Return a frame whose subject begins at an offset (articles and titles may stand before the name)."""
    if issued := cues.ISSUED_BY.match(masked, start):
        start = issued.end()
    stop = re.search(r"[,;]|[.!?]\W*$|\bthat\b|$", masked[start:])
    reach = start + (stop.start() if stop else 0)
    inside = [one for one in mentions if start <= one.span.start < max(reach, start + 1) + 1]
    if inside:
        best = _fullest(inside, start)
        return Frame(FrameKind.KNOWN, best.span, cue, best, outer=True)
    for kind, pattern in (
        (FrameKind.DOCUMENT, cues.DOCUMENT),
        (FrameKind.NOUN, cues.SPEAKER_NOUN),
        (FrameKind.PRONOUN, cues.PRONOUN),
    ):
        if match := pattern.match(masked, start):
            return Frame(kind, Span(*match.span()), cue, outer=True)
    if match := re.match(
        rf"(?:the |an? )?(?:[a-z’'-]+ ){{0,4}}?(?P<name>{_PROPER}(?:(?: (?:of|for))* {_PROPER})*)", masked[start:]
    ):
        span = Span(start + match.start("name"), start + match.end("name"))
        return Frame(
            FrameKind.STRANGER, span, cue, name=match["name"].removesuffix("’s").removesuffix("'s"), outer=True
        )
    return None


def _fullest(inside: Sequence[Mention], start: int) -> Mention:
    """Return who a run of mentions is about: "Kremlin aide Yury Ushakov" is Ushakov."""
    first = inside[0]
    people = [one for one in inside if one.person is not None and one.source == first.source]
    return people[0] if people and people[0].span.start - start < 60 else first


def _accounts(masked: str, mentions: Sequence[Mention]) -> Iterator[Frame]:
    """Find "by her account", "in the Kremlin's version", "in its summary"."""
    for match in cues.ACCOUNT_OF.finditer(masked):
        noun = re.compile(rf"\b{cues.POSSESSED}\b").search(masked, match.end(), match.end() + 75)
        if noun is None:
            continue
        before, after = masked[: match.start()].rstrip(), masked[noun.end() :].lstrip()
        if after[:1] not in {",", "", "."} or (before and not before.endswith((",", "”", '"', "»"))):
            continue  # "In the text one looks in vain": a place, not a frame
        inside = [one for one in mentions if match.end() <= one.span.start < noun.start()]
        cue = Span(match.start(), noun.end())
        if inside:
            yield Frame(FrameKind.KNOWN, inside[-1].span, cue, _fullest(inside, match.end()), outer=True)
        elif office := cues.DOCUMENT.match(masked, match.end()):
            yield Frame(FrameKind.DOCUMENT, Span(*office.span()), cue, outer=True)
        elif owner := re.match(r"(?:his|her|its|their)\b", masked[match.end() :]):
            yield Frame(FrameKind.PRONOUN, Span(match.end(), match.end() + owner.end()), cue, outer=True)


def _was_word(masked: str, mentions: Sequence[Mention]) -> Iterator[Frame]:
    """Find "was the minister's word for it"."""
    for match in cues.WAS_WORD.finditer(masked):
        inside = [one for one in mentions if match.start() <= one.span.start < match.end()]
        if inside:
            yield Frame(FrameKind.KNOWN, inside[0].span, Span(*match.span()), inside[0], outer=True)


def _versions(masked: str, mentions: Sequence[Mention]) -> Iterator[Frame]:
    """Find "Moscow's version is another: …"."""
    for mention in mentions:
        if match := cues.VERSION.match(masked[mention.span.end :]):
            cue = Span(mention.span.start, mention.span.end + match.end())
            yield Frame(FrameKind.KNOWN, mention.span, cue, mention, outer=True)


def _parts_taken(masked: str, mentions: Sequence[Mention]) -> Iterator[Frame]:
    """Find "For its part, Moscow …": the text turns to the other side. A verb of reporting counts before it."""
    match = re.match(r"\W*(?:For|On) (?:his|her|its|their) (?:part|side),? (?:the )?", masked)
    turned = next((one for one in mentions if match and abs(one.span.start - match.end()) <= 4), None)
    if match and turned:
        yield Frame(FrameKind.KNOWN, turned.span, Span(match.start(), match.end()), turned)


def _inverted(masked: str, verb: _Verb, mentions: Sequence[Mention]) -> Frame | None:
    """Find a verb before its subject: "…, said Peskov"; it needs a comma, a quotation or a colon before."""
    if verb.giving or re.search(r"(?:[,:”\"»’?!]|\bso)\s*$", masked[: verb.span.start]) is None:
        return None
    quoted = re.search(r"[”\"»’?!],?\s*$", masked[: verb.span.start]) is not None
    if not quoted and _subject_before(masked, verb, mentions) is not None:
        return None  # "Peskov, speaking in Sochi, said Moscow …": an aside stands between subject and verb
    following = re.match(r"\s+(?:the |a |an )?", masked[verb.span.end :])
    if following is None:
        return None
    frame = _subject_at(masked, verb.span.end + len(re.match(r"\s+", masked[verb.span.end :])[0]), mentions, verb.span)  # type: ignore[index]
    if frame is None or (frame.kind is FrameKind.PRONOUN and verb.talk):
        return None
    near = frame.subject.start - verb.span.end <= 45
    bare = frame.mention is None or re.fullmatch(
        r"\s+(?:[\w’'.-]+\s+){0,5}", masked[verb.span.end : frame.subject.start] or " "
    )
    return (
        Frame(frame.kind, frame.subject, verb.span, frame.mention, frame.name, outer=True, talk=verb.talk)
        if near and bare
        else None
    )


def _with_subject(masked: str, verb: _Verb, mentions: Sequence[Mention]) -> Frame | None:
    """Find the subject before a verb: "Peskov, the spokesman, has also said"."""
    subject = _subject_before(masked, verb, mentions)
    if subject is None:
        return None
    kind, span, mention, name = subject
    if verb.giving and not _gives(masked, verb, kind, mention):
        return None
    before = masked[: span.start].rstrip()
    aside = (
        before.endswith((",", "”", '"', "’", "—", "–", ":")) and _TRAILING.match(masked[verb.span.end :]) is not None
    )
    parenthesis = before.endswith(",") and re.match(r"\s*[,—–“\"]", masked[verb.span.end :]) is not None
    talk = verb.talk and not (aside or parenthesis)
    text = re.match(rf"['’]?s? (?:[\w-]+ )?{cues.POSSESSED}\b", masked[span.end :]) is not None
    return Frame(
        kind,
        span,
        verb.span,
        mention,
        name,
        outer=aside or parenthesis,
        talk=talk,
        document=text or kind is FrameKind.DOCUMENT,
        stance=verb.stance,
    )


def _subject_before(
    masked: str, verb: _Verb, mentions: Sequence[Mention]
) -> tuple[FrameKind, Span, Mention | None, str] | None:
    known = [
        one
        for one in mentions
        if one.span.end <= verb.span.start
        and _reaches(masked, one.span.end, verb.span.start)
        and not _is_only_where(masked, one)
    ]
    if known:
        # "U.S. leader Trump said", "the Swiss envoy, Nora Egli, said": the person, if one is named.
        best = next((one for one in reversed(known) if one.person is not None), known[-1])
        return FrameKind.KNOWN, best.span, best, ""
    kinds = (
        (FrameKind.DOCUMENT, cues.DOCUMENT),
        (FrameKind.NOUN, cues.SPEAKER_NOUN),
        (FrameKind.PRONOUN, cues.PRONOUN),
    )
    for kind, pattern in kinds:
        for match in reversed(list(pattern.finditer(masked, 0, verb.span.start))):
            if _reaches(masked, match.end(), verb.span.start):
                return kind, Span(*match.span()), None, ""
    return _stranger_before(masked, verb)


def _stranger_before(masked: str, verb: _Verb) -> tuple[FrameKind, Span, None, str] | None:
    """Find a subject with a proper name that the event does not know: an expert, a bank, another state."""
    gap = re.search(r"(?:\s(?:has|have|had|also|later|\w+ly))*\s$", masked[: verb.span.start])
    head = masked[: gap.start()] if gap else masked[: verb.span.start]
    stranger = _STRANGER.search(head)
    if stranger is None or (verb.talk and not verb.stance) or (verb.giving and "“" in head):
        return None
    runs = [
        Span(stranger.start("subject") + run.start(), stranger.start("subject") + run.end())
        for run in _NAME_RUN.finditer(stranger["subject"])
    ]
    runs = [run for run in runs if run.of(masked) not in _COMMON and not naming.ROLE.fullmatch(run.of(masked))]
    acting = [run for run in runs if not naming.is_located(masked, run.start)]
    if acting != runs and all(" " not in run.of(masked) and run.start == 0 for run in acting):
        return None  # "Voters in Peru": a common noun at the head, and a place
    runs = acting
    if not runs or (len(runs) == 1 and runs[0].of(masked).split()[0] in _COMMON - {"The", "A", "An"}):
        return None
    return FrameKind.STRANGER, runs[-1], None, naming.bare_name(runs[-1].of(masked))


def _is_only_where(masked: str, mention: Mention) -> bool:
    """Tell whether a state is only where somebody is: "voters in Peru backed", but not "officials in Lima said"."""
    if mention.person is not None or not naming.is_located(masked, mention.span.start):
        return False
    return _OFFICIALS_IN.search(masked, 0, mention.span.start) is None


def _reaches(masked: str, end: int, start: int) -> bool:
    return start - end < 130 and cues.GAP.fullmatch(masked, end, start) is not None


def _gives(masked: str, verb: _Verb, kind: FrameKind, mention: Mention | None) -> bool:
    """Tell whether a verb of giving reports: an institution's text that gives, lists, names or leaves out something."""
    institution = kind is FrameKind.DOCUMENT or (
        mention is not None and (mention.kind in {MentionKind.PLACE, MentionKind.OFFICE} or mention.person is None)
    )
    if re.match(r"s?poke|speak", masked[verb.span.start : verb.span.end], re.I):
        return re.match(r"\s+(?:only\s+)?(?:of|about)\b", masked[verb.span.end :]) is not None
    thing = re.match(
        r"\s+(?:the |a |an )?(?:(?:same|exact|total|final|different|higher|lower|own) )*(?:figures?|numbers?|"
        r"lengths?|values?|totals?|durations?|dates?|"
        r"count|toll|sum|amount|version|account|them|it) ",
        masked[verb.span.end :] + " ",
        re.I,
    )
    return institution and thing is not None
