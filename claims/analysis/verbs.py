"""The verbs of a sentence that may report, with the kind of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import cues
from .inflection import lowered
from .structures import Span


@dataclass(frozen=True, slots=True)
class Verb:
    span: Span
    talk: bool = False
    giving: bool = False
    stance: bool = False
    attitude: bool = False


def verbs(masked: str) -> Iterator[Verb]:
    taken: list[Span] = []
    low = _without_names(masked)
    for match in cues.PUBLIC.finditer(low):
        if cues.is_reporting(masked, match) and not cues.is_noun(masked, match) and not cues.tells_deed(masked, match):
            taken.append(Span(*match.span()))
            yield Verb(Span(match.start(), cues.light_end(masked, match)))
    for match in cues.TALK.finditer(low):
        if cues.is_noun(masked, match):
            continue
        audience = cues.AUDIENCE.match(masked, match.end())
        taken.append(Span(*match.span()))
        end = audience.end() if audience and cues.JOURNALISTS.match(masked, match.end()) else match.end()
        yield Verb(Span(match.start(), end), talk=audience is None)
    for match in cues.ATTITUDE.finditer(low):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken) and not cues.is_noun(masked, match):
            taken.append(span)
            yield Verb(span, attitude=True)
    for kind, pattern in (("stance", cues.STANCE), ("giving", cues.GIVING)):
        for match in pattern.finditer(low):
            span = Span(*match.span())
            if cues.is_noun(masked, match) or cues.tells_deed(masked, match):
                continue
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Verb(span, talk=kind == "stance", stance=kind == "stance", giving=kind == "giving")


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
