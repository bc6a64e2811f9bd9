"""How the statements of a pair relate: from typed differences, similarity and a judge's opinion to a verdict.

The detectors of ``reasons`` say what differs. Here their findings are weighed: a multinomial logistic regression over
a few figures that a person can name (the strongest clash and the strongest softer difference of each kind, the
similarity, how much of the words is shared, what a judge holds for likely) gives a probability for each relation, and
one logistic regression a kind says whether a reader would name that difference. Their coefficients are fitted by
``training.fit_verdicts`` and stand in ``weights/verdicts.json``, once without a judge and once with the built-in one.

Every divergence shows its ground: words that a detector found, or those in which the judge sees the difference.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .acts import Act
from .clauses import content_stems, negators, read
from .judging import Opinion
from .reasons import find_reasons
from .reasons.base import Context, Finding, Side
from .reasons.judged import judged_reasons
from .shipped import stored
from .structures import DivergenceKind, Reason, ReasonKind, Relation, Verdict

_STANCE = frozenset({Act.STATE, Act.REQUEST, Act.OBJECT, Act.REFUSE, Act.DENY, Act.HOPE, Act.WELCOME})
_STANCE_KINDS = frozenset({ReasonKind.NEGATION_POLARITY, ReasonKind.MODALITY_HEDGE, ReasonKind.TONE})
_OF_THE_TALKS = frozenset({Act.AGREE, Act.DISCUSS, Act.RAISE, Act.COMMIT, Act.PROMISE, Act.OFFER, Act.INITIATE})
_OWN_STANCE = re.compile(
    r"\b(?:must|should|will not|will never|cannot|unacceptable|has no|have no|is not|are not|never)\b", re.I
)
_PLAIN_CLASH = 0.75
_MOST = 0.5
_LEAST = 0.001  # a chance; what a judge holds for impossible is not taken at its word


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What was fitted: for each figure a weight for each relation; for each kind of difference a weight a figure.

    ``shown`` is the chance from which on a difference is named, set where that serves F1 best.
    """

    relation: Mapping[str, Sequence[float]]
    reasons: Mapping[str, Mapping[str, float]]
    shown: float


def _stored(name: str) -> Coefficients:
    told = stored("verdicts", name)
    return Coefficients(told["relation"], told["reasons"], told["shown"])


PLAIN = _stored("plain")
JUDGED = _stored("judged")


def relate(a: Side, b: Side, context: Context, *, similarity: float, opinion: Opinion | None = None) -> Verdict:
    """Return how two sides of a pair relate, and in what they differ.

    Args:
        similarity: cosine of the two sides' vectors, -1 to 1.
        opinion: what a judge says of the two texts (see ``joined_text``); without one the detectors decide.

    Source of the method: multinomial logistic regression (McFadden 1974) over the detectors' findings; with a judge,
    stacked generalisation (Wolpert 1992).
    """
    findings = find_reasons(a, b, context)
    figures = features(findings, a, b, similarity=similarity, opinion=opinion)
    settled = opinion is not None and opinion.settled
    coefficients = JUDGED if opinion is not None and not settled else PLAIN
    chances = opinion.relation if opinion is not None and settled else probabilities(figures, coefficients)
    relation = max(Relation, key=lambda one: (chances[one], one)) if opinion else _relation(chances, figures)
    reasons = () if relation is Relation.AGREE else _reasons(findings, figures, coefficients, (a, b), opinion)
    kind = _kind(findings, a, b, opinion) if relation is Relation.DIVERGE else None
    return Verdict(relation, reasons, kind, round(chances[relation], 4), judge=opinion.by if opinion else "")


def _relation(chances: Mapping[Relation, float], figures: Mapping[str, float]) -> Relation:
    """Return the likeliest relation that the detectors' grounds allow.

    What plainly clashes does not agree; a divergence needs a clash, or to be likelier than everything else together.
    """
    allowed = set(Relation)
    if figures["strongest clash"] >= _PLAIN_CLASH:
        allowed.discard(Relation.AGREE)
    elif not figures["any clash"] and chances[Relation.DIVERGE] < _MOST:
        allowed.discard(Relation.DIVERGE)
    return max(allowed, key=lambda one: (chances[one], one))


def features(
    findings: Sequence[Finding], a: Side, b: Side, *, similarity: float, opinion: Opinion | None = None
) -> dict[str, float]:
    """Return the named figures that a verdict rests on; they are the same whichever side comes first."""
    text_a, text_b = joined_text(a), joined_text(b)
    stems_a, stems_b = content_stems(text_a), content_stems(text_b)
    shared, smaller = len(stems_a & stems_b), max(1, min(len(stems_a), len(stems_b)))
    larger = max(1, len(stems_a), len(stems_b))
    negated = abs(bool(negators(text_a)) - bool(negators(text_b)))
    found = {
        "bias": 1.0,
        "similarity": similarity,
        "shared of smaller": shared / smaller,
        "shared of larger": shared / larger,
        "length ratio": smaller / larger,
        "negation on one side": float(negated),
        "any clash": float(any(finding.clash for finding in findings)),
        "soft kinds": float(len({finding.kind for finding in findings if not finding.clash})),
    }
    strongest = max((finding.weight for finding in findings if finding.clash), default=0.0)
    found["strongest clash"] = strongest
    found["similarity beside a clash"] = similarity * strongest
    found["shared beside a clash"] = shared / smaller * strongest
    for finding in findings:
        name = f"{finding.kind.value} {'clash' if finding.clash else 'soft'}"
        found[name] = max(found.get(name, 0.0), finding.weight)
    return found | (_of_judge(opinion) if opinion is not None else {})


def _of_judge(opinion: Opinion) -> dict[str, float]:
    """Return a judge's chances as log-odds, so that they add up with the other figures."""
    partial = math.log(max(_LEAST, opinion.relation[Relation.PARTIAL]))
    found = {
        f"judge {relation.value}": math.log(max(_LEAST, opinion.relation[relation])) - partial
        for relation in (Relation.AGREE, Relation.DIVERGE)
    }
    for kind, chance in opinion.reasons.items():
        held = min(1 - _LEAST, max(_LEAST, chance))
        found[f"judge {kind.value}"] = math.log(held / (1 - held))
    return found


def probabilities(figures: Mapping[str, float], coefficients: Coefficients) -> dict[Relation, float]:
    """Return the probability of each relation; they add up to 1."""
    table = coefficients.relation
    scores = {
        relation: sum(table[name][column] * value for name, value in figures.items() if name in table)
        for column, relation in enumerate(Relation)
    }
    top = max(scores.values())
    powers = {relation: math.exp(score - top) for relation, score in scores.items()}
    total = sum(powers.values())
    return {relation: power / total for relation, power in powers.items()}


def joined_text(side: Side) -> str:
    """Return the text of a side's claims as a judge is given it: one after another, a blank between them."""
    return " ".join(claim.text for claim in side.claims)


def materiality(kind: ReasonKind, figures: Mapping[str, float], coefficients: Coefficients) -> float:
    """Return the chance that a reader would name this kind of difference, 0 to 1."""
    table = coefficients.reasons.get(kind.value, {})
    score = sum(table[name] * value for name, value in figures.items() if name in table)
    return 1 / (1 + math.exp(-score))


def _reasons(
    findings: Sequence[Finding],
    figures: Mapping[str, float],
    coefficients: Coefficients,
    sides: tuple[Side, Side],
    opinion: Opinion | None,
) -> tuple[Reason, ...]:
    """Return one reason a kind: those that a reader would name, or else the likeliest one.

    What a detector found comes first, since it says in a sentence what differs, then what a judge sees; each the
    likeliest first.
    """
    best: dict[ReasonKind, Finding] = {}
    for finding in sorted(findings, key=lambda finding: (not finding.clash, -finding.weight, finding.kind)):
        best.setdefault(finding.kind, finding)
    chance = _chances_of_kinds(best, figures, coefficients, opinion)
    ranked = sorted(chance, key=lambda kind: (-chance[kind], kind))
    least = _MOST if opinion is not None and opinion.settled and opinion.reasons else coefficients.shown
    shown = [kind for kind in ranked if chance[kind] >= least] or ranked[:1]
    found = [best[kind] for kind in shown if kind in best]
    judged = [kind for kind in shown if kind not in best]
    told = [Reason(finding.kind, finding.a, finding.b, finding.explanation) for finding in found]
    return (*told, *(judged_reasons(judged, *sides, opinion) if opinion is not None else ()))


def _chances_of_kinds(
    found: Collection[ReasonKind],
    figures: Mapping[str, float],
    coefficients: Coefficients,
    opinion: Opinion | None,
) -> dict[ReasonKind, float]:
    """Return the chance that a reader would name each kind of difference that a detector or a judge sees.

    A settled opinion says itself which kinds there are, if it says anything of them.
    """
    if opinion is None or (opinion.settled and not opinion.reasons):
        return {kind: materiality(kind, figures, coefficients) for kind in found}
    if opinion.settled:
        return {kind: chance for kind, chance in opinion.reasons.items() if chance > 0}
    return {kind: materiality(kind, figures, coefficients) for kind in {*found, *opinion.reasons}}


def _kind(findings: Sequence[Finding], a: Side, b: Side, opinion: Opinion | None) -> DivergenceKind:
    """Return whether the accounts conflict or the stances that each side reports of its own."""
    if opinion is not None and opinion.reasons:
        return DivergenceKind.POSITION if opinion.position >= _MOST else DivergenceKind.ACCOUNT
    kinds = {finding.kind for finding in findings if finding.clash} or {finding.kind for finding in findings}
    if kinds & _STANCE_KINDS and all(_is_stance(side) for side in (a, b)):
        return DivergenceKind.POSITION
    return DivergenceKind.ACCOUNT


def _is_stance(side: Side) -> bool:
    """Tell whether a side's statement says what somebody holds or wants, not what the talks brought."""
    acts = {deed.act for claim in side.claims for deed in read(claim.text)}
    if acts & _OF_THE_TALKS:
        return False
    return bool(acts & _STANCE) or _OWN_STANCE.search(joined_text(side)) is not None
