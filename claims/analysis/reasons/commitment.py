"""How far somebody is bound: the rung of the ladder from "agreed" down to "took note", on either side.

Compared are the highest rungs that the two statements reach about what they share; a step or two is a matter of
wording ("committed" / "promised"), more is a difference that a reader wants to see.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..acts import STEPS, Act
from ..clauses import Deed, read
from ..structures import Claim, ReasonKind
from .base import Context, Finding, Side, words

_MATERIAL_STEPS = 3


@dataclass(frozen=True, slots=True)
class _Rung:
    claim: Claim
    deed: Deed
    step: int


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return the difference in how far the accounts have somebody bound, if it is material."""
    rung_a, rung_b = _highest(a), _highest(b)
    if rung_a is None or rung_b is None or abs(rung_a.step - rung_b.step) < _MATERIAL_STEPS:
        return []
    higher, lower = (rung_a, rung_b) if rung_a.step > rung_b.step else (rung_b, rung_a)
    explanation = f"{higher.claim.source} binds further (“{_cue(higher)}”) than {lower.claim.source} (“{_cue(lower)}”)."
    shown = tuple((words(rung.claim, rung.deed.start, rung.deed.end),) for rung in (rung_a, rung_b))
    weight = min(1.0, 0.3 + 0.1 * (higher.step - lower.step))
    return [Finding(ReasonKind.COMMITMENT, shown[0], shown[1], explanation, False, weight)]


def _highest(side: Side) -> _Rung | None:
    """Return the highest rung of a side's statements; the first of several of one height."""
    rungs = [
        _Rung(claim, deed, 0 if deed.negated else STEPS[deed.act])
        for claim in side.claims
        for deed in read(claim.text)
        if deed.act in STEPS and not _is_topic(deed)
    ]
    return max(rungs, key=lambda rung: rung.step, default=None)


def _is_topic(deed: Deed) -> bool:
    """Tell whether an act is only named as a thing ("the agreement of 2015") and not done in the sentence."""
    return deed.act in {Act.AGREE, Act.COMMIT, Act.PROMISE} and deed.subject is None and not deed.passive


def _cue(rung: _Rung) -> str:
    return rung.claim.text[rung.deed.start : rung.deed.end]
