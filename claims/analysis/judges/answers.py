"""Reading what a language model answered, and believing none of it unseen.

A label must be one of those asked for, and words that are cited must stand in the text that they are cited from, letter
for letter. What does not hold is left out, or makes the answer on that pair void.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..judging import Opinion, Texts
from ..structures import DivergenceKind, ReasonKind, Relation, Span
from .asking import NO_KIND

MALFORMED = "the answer was not in the form that was asked for"
UNKNOWN_LABEL = "the answer used a label that there is not"
UNFOUND_WORDS = "a divergence was shown by words that do not stand in the texts"
NO_ANSWER = "the answer left out what it was asked"

Label = TypeVar("Label", Relation, ReasonKind, DivergenceKind)
_LEAST = 0.5  # the relation that a model names is at least as likely as the others together


@dataclass(slots=True)
class Read:
    """What an answer brought: opinions and refusals by a pair's number, and how many citations were dropped.

    ``told`` holds what was written of the pairs that have an opinion, as it came.
    """

    opinions: dict[int, Opinion] = field(default_factory=dict)
    told: dict[int, dict[str, Any]] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    dropped: int = 0


class _Void(ValueError):
    """Why an answer on one pair does not count."""


def read_answer(content: str, texts: Mapping[int, Texts]) -> Read:
    """Return what the answer says of each of the pairs of texts; every one has an opinion or a refusal."""
    try:
        verdicts = json.loads(content)["verdicts"]
        if not isinstance(verdicts, list):
            raise TypeError
        told = _by_number([one for one in verdicts if isinstance(one, dict)], texts)
    except (ValueError, TypeError, KeyError, RecursionError):
        return Read(refused=dict.fromkeys(texts, MALFORMED))
    found = Read()
    for number, pair in texts.items():
        try:
            found.opinions[number], dropped = _opinion(told.get(number, []), pair)
            found.told[number] = told[number][0]
            found.dropped += dropped
        except _Void as why:
            found.refused[number] = str(why)
    return found


def _by_number(verdicts: Sequence[dict[str, Any]], texts: Mapping[int, Texts]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in texts}
    for verdict in verdicts:
        number = verdict.get("item")
        if type(number) is int and number in found:
            found[number].append(verdict)
    return found


def _opinion(verdicts: Sequence[dict[str, Any]], texts: Texts) -> tuple[Opinion, int]:
    """Return the opinion that a pair's one verdict gives, and how many citations it loses.

    Raises:
        _Void: if there is no verdict or more than one, or if it does not hold.
    """
    if len(verdicts) != 1:
        raise _Void(MALFORMED if verdicts else NO_ANSWER)
    told = verdicts[0]
    relation, position = _label(Relation, told.get("relation")), _position(told)
    confidence = _share(told.get("confidence"))
    cited = list(_differences(told, texts)) if relation is not Relation.AGREE else []
    shown = [one for one in cited if one.words[0] or one.words[1]]
    if relation is Relation.DIVERGE and not shown:
        raise _Void(UNFOUND_WORDS)
    opinion = Opinion(
        {one: confidence if one is relation else (1 - confidence) / 2 for one in Relation},
        position,
        {one.kind: confidence for one in shown},
        _spans(shown, 0),
        _spans(shown, 1),
        settled=True,
    )
    return opinion, sum(one.dropped for one in cited)


@dataclass(frozen=True, slots=True)
class _Difference:
    kind: ReasonKind
    words: tuple[Span | None, Span | None]
    dropped: int


def _differences(told: Mapping[str, Any], texts: Texts) -> Iterator[_Difference]:
    listed = told.get("differences")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise _Void(MALFORMED)
    for one in listed:
        cited = one.get("words_a"), one.get("words_b")
        if not all(isinstance(words, str) for words in cited):
            raise _Void(MALFORMED)
        found = _find(cited[0], texts[0]), _find(cited[1], texts[1])
        lost = sum(bool(words.strip()) and span is None for words, span in zip(cited, found, strict=True))
        yield _Difference(_label(ReasonKind, one.get("kind")), found, lost)


def _find(words: str, text: str) -> Span | None:
    """Return where whole words stand in a text, exactly as they are; None if they are not there."""
    words = words.strip()
    if not words:
        return None
    before, after = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    found = re.search(before + re.escape(words) + after, text)
    return Span(*found.span()) if found else None


def _spans(differences: Sequence[_Difference], side: int) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for one in differences if (span := one.words[side]) is not None))


def _label(labels: type[Label], told: object) -> Label:
    if not isinstance(told, str):
        raise _Void(MALFORMED)
    try:
        return labels(told)
    except ValueError:
        raise _Void(UNKNOWN_LABEL) from None


def _position(told: Mapping[str, Any]) -> float:
    """Return how likely a divergence is one of stances: 1 or 0, since the answer says which it is."""
    diverges = told.get("relation") == Relation.DIVERGE
    kind = told.get("kind")
    if kind == NO_KIND and not diverges:
        return 0.0
    return float(_label(DivergenceKind, kind) is DivergenceKind.POSITION)


def _share(told: object) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 1:
        raise _Void(MALFORMED)
    return max(_LEAST, float(told))
