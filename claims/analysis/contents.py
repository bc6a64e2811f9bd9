"""Which stretches of a sentence are reported, once its frame is known (Pareti 2015: the content of an attribution).

The content is the sentence without its cue, without whom it names and without the words that belong to them: the
audience, the place and the time of saying it. Where nothing is left, the whole sentence is the content.
"""

from __future__ import annotations

import re

from .frame import Frame
from .structures import Span
from .words import TIME_AFTER

_HEARERS = re.compile(
    r"\s+(?:(?:the|a|an|his|her|its|local|state) )?(?:[\w’'-]+ ){0,4}?(?:reporters|journalists|briefing|conference|television|"
    r"TV|radio|station|agency|parliament|lawmakers|newspaper|channel|interview|Reuters|AFP|AP|TASS|Interfax|CNN|BBC|"
    r"[A-Z]{2,5})\b"
)
_MANNER = re.compile(
    r"\s*,?\s*(?:(?:in|on|at|during|after|via|through|by|to) (?:(?:a|an|the|his|her|its|their) )?(?:[\w’'-]+ ){0,4}?"
    r"(?:statement|interview|briefing|conference|post|speech|remarks|message|tweet|letter|telegram|twitter|x|comments|"
    r"address|reporters|meeting|call|talks|channel|platform|website|media|television|social|handle|truth social|note))"
    r"(?: (?:on|in|of|with|from|issued|posted|published|released) [^,;:.“\"]{1,40}?)?"
    r"(?=,|:|\s+(?:that|the|a|an|he|she|it|they|there|his|her|its|[A-Z]|[“\"«‘'])|[.!?]?$)",
    re.I,
)
_THAT = re.compile(r"[^,;:“\"]{0,80}?\bthat\s+", re.I)
_LEADING = re.compile(r"^[\s,;:—–-]*(?:that\s+)?", re.I)
_ADDING = re.compile(
    r",?\s+(?:and )?(?:also )?(?:adding|saying|noting|stressing|insisting|warning|claiming|explaining|arguing|recalling)"
    r"(?: only)?(?: that)?,?\s+",
    re.I,
)
_AS = re.compile(r"[,;]?\s*(?:as|so)\s*$", re.I)


def content_of(text: str, frame: Frame | None) -> list[Span]:
    """Return the reported stretches of a sentence, at offsets in it: ordered, trimmed, one at least."""
    whole = _trimmed(text, 0, len(text), "")
    if frame is None:
        return whole
    cue, named = frame.cue, frame.subject.named
    start, end = min(cue.start, named.start), max(cue.end, named.end)
    if frame.aside or cue.end <= named.start:
        found = [*_trimmed(text, 0, _before(text, start), ""), *_after(text, end)]
    else:
        found = _after(text, end)
        if opening := _quoted_opening(text, start):
            found = [opening, *found]
    return found or whole


def _before(text: str, start: int) -> int:
    as_said = _AS.search(text, 0, start)
    return as_said.start() if as_said else start


def _quoted_opening(text: str, start: int) -> Span | None:
    """Return the quotation that stands before a main clause: “No,” Peskov said, or part of one that is split."""
    before = text[:start].rstrip()
    if before.endswith(("”", '"', "»", "’", "'")) and len(before) > 2:
        found = _trimmed(text, 0, len(before), "")
        return found[0] if found else None
    return None


def _after(text: str, end: int) -> list[Span]:
    """Return what is reported after a cue: past the audience and the manner, and past "that"."""
    place = end
    for pattern in (_HEARERS, TIME_AFTER, _MANNER, TIME_AFTER):
        match = pattern.match(text, place)
        if match and (pattern is not _HEARERS or text[end - 4 : end] == "told" or text[end - 3 : end] == "ask"):
            place = match.end()
    that = _THAT.match(text, place)
    if that and text[place : place + 1] != ",":
        place = that.end()
    if adding := _ADDING.match(text, place):
        place = adding.end()
    elif text[place : place + 1] == "," and (adding := _ADDING.search(text, place)):
        if not re.search(r"[“\"«‘]", text[place : adding.start()]):
            place = adding.end()
    elif re.match(
        r"\s+(?:on|in|at|after|during|as|when|while|shortly|from|to|by|via|following|before|late|early)\b", text[place:]
    ):
        quote = re.search(r"[“\"«]", text[place:])
        return _trimmed(text, place + quote.start(), len(text), "") if quote and frame_is_end(text, place) else []
    return _trimmed(text, place, len(text), "that")


def frame_is_end(text: str, place: int) -> bool:
    """Tell whether what follows a cue is no more than where and when it was said, up to a comma or quotation."""
    return re.match(r"[^,;“\"«]{0,90}[,;:]?\s*[“\"«]", text[place:]) is not None


def _trimmed(text: str, start: int, end: int, drop: str) -> list[Span]:
    piece = text[start:end]
    lead = _LEADING.match(piece)
    left = lead.end() if lead and drop else len(piece) - len(piece.lstrip(" ,;:—–-"))
    right = len(piece.rstrip(" ,;:—–-."))
    if right <= left or not any(sign.isalnum() for sign in piece[left:right]):
        return []
    return [Span(start + left, start + right)]
