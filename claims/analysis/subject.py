"""What the subject of a frame is, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .roster import Mention
from .structures import Span


class SubjectKind(StrEnum):
    """What the subject of a frame is; ``OUTLET`` is "we" and "I" outside quotation marks."""

    KNOWN = "known"
    BOTH = "both"
    PRONOUN = "pronoun"
    DOCUMENT = "document"
    NOUN = "noun"
    STRANGER = "stranger"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is said to say it.

    ``span`` covers the words that name them, ``named`` also their asides. ``name`` is that of a stranger or of a person
    whom only this phrase gives to a side; ``described`` is who speaks without a name ("a Tarsovan official"); ``side``
    the mention of the side, if there is one. ``personal`` tells a human being from a body.
    """

    kind: SubjectKind
    span: Span
    named: Span
    side: Mention | None = None
    name: str = ""
    described: str = ""
    personal: bool = False
