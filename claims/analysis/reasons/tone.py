"""Words of evaluation: how warm, how useful, how grave an account finds the talks or a thing in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..clauses import negators
from ..lexicon import EVALUATIONS, TALKS
from ..structures import Claim, ReasonKind
from .base import Context, Finding, Side, words

_RESERVATION = re.compile(r"\b(?:but|although|though|however|yet)\b[^.;]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """One evaluation: its degree from -3 to 3, its place, and whether it is of the talks themselves."""

    claim: Claim
    degree: int
    start: int
    end: int
    of_talks: bool

    @property
    def text(self) -> str:
        return self.claim.text[self.start : self.end]


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return the difference of evaluation, if there is one."""
    found_a, found_b = _evaluations(a), _evaluations(b)
    if not found_a and not found_b:
        return []
    if not found_a or not found_b:
        return _one_sided(found_a, found_b)
    best_a, best_b = _telling(found_a), _telling(found_b)
    if best_a.text.lower() == best_b.text.lower() or (
        best_a.degree == best_b.degree and _reserved(best_a) == _reserved(best_b)
    ):
        return []
    clash = best_a.degree * best_b.degree < 0 and best_a.of_talks and best_b.of_talks
    shown = tuple((words(best.claim, *_whole(best)),) for best in (best_a, best_b))
    told = [f"{best.claim.source} “{best.claim.text[slice(*_whole(best))]}”" for best in (best_a, best_b)]
    explanation = f"What each calls it: {told[0]}, {told[1]}."
    both_of_talks = best_a.of_talks and best_b.of_talks
    weight = 0.45 + 0.12 * abs(best_a.degree - best_b.degree) + 0.15 * both_of_talks
    weight = min(1.0, weight + 0.15 * (_reserved(best_a) != _reserved(best_b)))
    return [Finding(ReasonKind.TONE, shown[0], shown[1], explanation, clash, weight)]


def _one_sided(found_a: list[_Evaluation], found_b: list[_Evaluation]) -> list[Finding]:
    best = _telling(found_a or found_b)
    shown = (words(best.claim, best.start, best.end),)
    in_a, in_b = (shown, ()) if found_a else ((), shown)
    weight = 0.15 + 0.1 * abs(best.degree) + (0.1 if best.of_talks else 0.0)
    return [Finding(ReasonKind.TONE, in_a, in_b, f"Only {best.claim.source} evaluates: “{best.text}”.", False, weight)]


def _telling(found: list[_Evaluation]) -> _Evaluation:
    """Return the evaluation that tells most: of the talks before others, then the strongest, then the first."""
    return max(found, key=lambda one: (one.of_talks, abs(one.degree), -one.start))


def _evaluations(side: Side) -> list[_Evaluation]:
    return [one for claim in side.claims for one in _of_claim(claim)]


def _of_claim(claim: Claim) -> list[_Evaluation]:
    taken: list[_Evaluation] = []
    denied = [match.end() for match in negators(claim.text)]
    about_talks = TALKS.search(claim.text) is not None
    for degree, match in EVALUATIONS.find(claim.text):
        if any(one.start < match.end() and match.start() < one.end for one in taken):
            continue
        turned = any(0 <= match.start() - end <= 12 for end in denied)
        taken.append(_Evaluation(claim, -degree if turned else degree, *match.span(), about_talks))
    return taken


def _whole(one: _Evaluation) -> tuple[int, int]:
    """Return the place of an evaluation with the reservation that follows it in the same clause."""
    reservation = _RESERVATION.search(one.claim.text, one.end, one.end + 120)
    if reservation is None:
        return one.start, one.end
    return one.start, reservation.start() + len(reservation[0].rstrip(' "”’,'))


def _reserved(one: _Evaluation) -> bool:
    """Tell whether a reservation follows ("good, but not …")."""
    return _RESERVATION.search(one.claim.text, one.end) is not None
