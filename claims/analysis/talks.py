"""What was said in the talks, inside the account of somebody else.

"Trump told Putin", inside what an aide tells, is the aide's account; "Trump told reporters" is his own.
"""

from __future__ import annotations

import re

from .frame import Frame, Rank
from .inflection import expand
from .memory import Voice, speaks_for_others
from .referents import Referents
from .roster import Roster
from .statements import Sentence
from .subject import SubjectKind

_DEMANDING = re.compile(r"propos|offer|demand|urg|request|respond|repl|answer|retort|counter|object", re.I)
_RETORT = re.compile(r"counter|retort")  # an outlet's words for an answer in public
_IN_PUBLIC = re.compile(expand("{thank|urge|demand|welcome|hail|back|applaud|slam|call}"), re.I)
# Whom these name is no addressee: nobody says so to a face.
_AGAINST = re.compile(expand("{slam|decry|blast|denounce|deplore|oppose}"), re.I)
# "told Tideway", "told Haiking's Harbour Television": where no side is told, a medium or a meeting is.
_OUTSIDER = re.compile(r"(?:told|tells|assured) (?:the |an? )?[A-Z][\w’'-]*(?! that)")
_PEOPLE = re.compile(r"\b(?:leaders|presidents|ministers|premiers|chancellors|men|women)\b", re.I)
_LEADER = re.compile(r"\b(?:president|leader|premier|chancellor|minister|king|queen|emir)\b", re.I)
_NARRATED = re.compile(
    expand(
        "{express|voice|underline|underscore|highlight|stress|emphasize|emphasise|note|call|reaffirm|reiterate|recall|"
        "acknowledge|suggest|indicate|point|speak|convey|describe|mention|outline|praise|welcome|pledge|promise}"
    ),
    re.I,
)
# What was said in the talks is told in the simple past: "has accepted" is said in public.
_PERFECT = re.compile(r"\b(?:has|have|['’]ve) (?:\w+ly |also |since |now |long )*$")
_TOLD_AFTER = re.compile(r", (?:[\w’'.-]+ ){1,8}(?:told|said|says|added|wrote)\b")
_DAY = re.compile(r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_OWNS = re.compile(
    r"['’]s? (?:[\w-]+ )?(?:claims?|accusations?|allegations?|demands?|charges?|assertions?|version|account)\b"
)
_CALLS_IT = re.compile(r"[^,;:.\x00]{0,40}[“\"‘']\x00")


class Talks:
    """Tell acts of the talks that an account tells of from statements of their own."""

    def __init__(self, referents: Referents, roster: Roster) -> None:
        self.referents, self._roster = referents, roster

    def is_inside(self, frame: Frame, voice: Voice, sentence: Sentence) -> bool:
        """Tell whether a verb tells what was said in the talks, inside the account of somebody else."""
        public = _is_dated_or_quotes(frame, sentence.masked)
        if frame.talk:
            return self._is_talk(frame, voice, sentence, public=public)
        return not public and self._is_narrated(frame, voice, sentence)

    def _is_talk(self, frame: Frame, voice: Voice, sentence: Sentence, *, public: bool) -> bool:
        """Tell whether a verb of talking ("told", "urged", "welcomed") tells what the parties said to each other.

        ``public``: its words say that it was said in public, unless it names to whom.
        """
        followed, kind = self.referents.followed, frame.subject.kind
        verb = frame.cue.of(sentence.masked)
        present = re.fullmatch(r"[a-z]+s", verb) is not None or _is_perfect(frame, sentence.masked)
        if kind is SubjectKind.STRANGER and not frame.subject.name[:1].isupper() and self._is_retold(frame, sentence):
            return True
        if frame.text or present or kind is SubjectKind.STRANGER or re.match(r"\W*Asked\b", sentence.masked):
            return False
        if kind in {SubjectKind.BOTH, SubjectKind.OUTLET}:
            return kind is SubjectKind.BOTH and verb != "agree"
        addressed = _has_addressee(frame, voice, sentence)
        own = followed is not None and followed.source == voice.source
        if not addressed and (public or _ends_quotation(frame, sentence.masked)):
            return False
        if not addressed and (_OUTSIDER.match(sentence.masked, frame.cue.start) or self._to_outlet(frame, sentence)):
            return False
        if _AGAINST.match(verb):
            return False
        if frame.stance and (followed is None or own or (self.referents.new_paragraph and not addressed)):
            return False
        if self._takes_position(frame, voice, sentence):
            return False
        speaker = self._roster.person(voice.speaker) if voice.speaker else None
        if own and not addressed and followed is not None and followed.speaker == voice.speaker and voice.speaker:
            return False  # who has just spoken in public goes on: "She demanded an apology"
        titled = not frame.subject.described or _LEADER.search(frame.subject.described) is not None
        leader = kind is SubjectKind.KNOWN and not speaks_for_others(speaker) and (speaker is not None or titled)
        return leader or kind is SubjectKind.PRONOUN or addressed

    def _to_outlet(self, frame: Frame, sentence: Sentence) -> bool:
        """Tell whether the outlet is told: "told Rubezh that …" in a text of the Rubezh Agency."""
        told = re.match(r" (?:the |The )?([A-ZÀ-Þ][\w’'-]+)", sentence.masked[frame.cue.end :])
        return told is not None and told[1] in self.referents.outlet.split()

    def _is_retold(self, frame: Frame, sentence: Sentence) -> bool:
        """Tell whether an account goes on with what strangers did: "At one of them, soldiers had demanded half"."""
        gap = sentence.masked[frame.subject.named.end : frame.cue.start]
        return self.referents.followed is not None and not self.referents.new_paragraph and gap.strip() == "had"

    def _takes_position(self, frame: Frame, voice: Voice, sentence: Sentence) -> bool:
        """Tell whether a state or an office demands in public: in a paragraph of its own, to nobody named."""
        verb = frame.cue.of(sentence.masked)
        impersonal = (
            frame.subject.kind is SubjectKind.KNOWN and voice.speaker is None and _DEMANDING.match(verb) is not None
        )
        turns = self.referents.followed is not None and self.referents.new_paragraph
        if turns and _IN_PUBLIC.match(verb) and frame.subject.kind is SubjectKind.KNOWN:
            return True
        if turns and _RETORT.match(verb) and not _has_addressee(frame, voice, sentence):
            return True
        return impersonal and turns and not _has_addressee(frame, voice, sentence)

    def _is_narrated(self, frame: Frame, voice: Voice, sentence: Sentence) -> bool:
        """Tell whether a readout that the paragraph follows goes on with what the other leader said in the talks.

        Readouts narrate with "stressed" and "expressed"; an outlet that turns to the other side writes "said".
        """
        followed = self.referents.followed
        if frame.subject.kind is SubjectKind.BOTH:
            return self.is_told() and _PEOPLE.search(frame.subject.span.of(sentence.masked)) is not None
        if (
            frame.subject.kind is not SubjectKind.KNOWN
            or frame.rank < Rank.MAIN
            or followed is None
            or voice.speaker is None
        ):
            return False
        leads = _LEADER.search(frame.subject.named.of(sentence.masked)) or not frame.subject.described
        if frame.rank is Rank.PART and leads and not speaks_for_others(self._roster.person(voice.speaker)):
            return self.is_told() and not self.referents.new_paragraph
        if followed.source == voice.source or self.referents.new_paragraph or voice.speaker in self.referents.heard:
            return False
        told = self.is_told()
        leader = not speaks_for_others(self._roster.person(voice.speaker))
        verb = frame.cue.of(sentence.masked).split(maxsplit=1)[0]
        return told and leader and _NARRATED.fullmatch(verb) is not None

    def is_told(self) -> bool:
        """Tell whether the account that the text follows is told by those who speak for others."""
        followed = self.referents.followed
        if followed is None:
            return False
        return followed.speaker is None or speaks_for_others(self._roster.person(followed.speaker))


def _has_addressee(frame: Frame, voice: Voice, sentence: Sentence) -> bool:
    """Tell whether the other side is named right after a verb: "told Putin", but not "countered China's claim"."""
    return any(
        0 <= one.span.start - frame.cue.end <= 30
        and one.source != voice.source
        and " that " not in sentence.masked[frame.cue.end : one.span.start]
        for one in sentence.mentions
        if not _OWNS.match(sentence.masked, one.span.end)
    )


def _is_perfect(frame: Frame, masked: str) -> bool:
    """Tell whether a verb stands in the perfect, and no clause after it says who told so: ", Pell told MPs"."""
    perfect = _PERFECT.search(masked, 0, frame.cue.start) is not None
    return perfect and _TOLD_AFTER.search(masked, frame.cue.end) is None


def _ends_quotation(frame: Frame, masked: str) -> bool:
    """Tell whether a subject and its verb stand right after a quotation: “…,” Pell told his side of the river."""
    return re.search(r"\x00[,.!?]?[”\"»’'][,.]? ?$", masked[: frame.subject.named.start]) is not None


def _is_dated_or_quotes(frame: Frame, masked: str) -> bool:
    """Tell whether a verb of talking tells an act in public: "on Friday proposed", "called the call “excellent”"."""
    between = masked[frame.subject.named.end : frame.cue.start]
    evaluates = frame.cue.of(masked).startswith("call") and _CALLS_IT.match(masked, frame.cue.end) is not None
    return evaluates or _DAY.search(between) is not None
