"""How the statements of a pair relate: from typed differences and similarity to a verdict.

The detectors of ``reasons`` say what differs. Here their findings are weighed: a multinomial logistic regression over
a few figures that a person can name (the strongest clash and the strongest softer difference of each kind, the
similarity, how much of the words is shared) gives a probability for each relation. Its coefficients are the table
``COEFFICIENTS``, fitted by ``bench/fit_relations.py``; without any finding nothing is called a divergence, so that
every divergence shows its ground.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from .acts import Act
from .clauses import content_stems, negators, read
from .coefficients import COEFFICIENTS, MATERIAL
from .reasons import find_reasons
from .reasons.base import Context, Finding, Side
from .structures import DivergenceKind, Reason, ReasonKind, Relation, Verdict

_STANCE = frozenset({Act.STATE, Act.REQUEST, Act.OBJECT, Act.REFUSE, Act.DENY, Act.HOPE, Act.WELCOME})
_STANCE_KINDS = frozenset({ReasonKind.NEGATION_POLARITY, ReasonKind.MODALITY_HEDGE, ReasonKind.TONE})
_OF_THE_TALKS = frozenset({Act.AGREE, Act.DISCUSS, Act.RAISE, Act.COMMIT, Act.PROMISE, Act.OFFER, Act.INITIATE})
_OWN_STANCE = re.compile(
    r"\b(?:must|should|will not|will never|cannot|unacceptable|has no|have no|is not|are not|never)\b", re.I
)
_PLAIN_CLASH = 0.75
_MOST = 0.5
# From this chance on, a difference is shown: where precision and recall balance on the blocks that were fitted.
_MATERIAL = 0.25


def relate(a: Side, b: Side, context: Context, *, similarity: float) -> Verdict:
    """Return how two sides of a pair relate, and in what they differ.

    Args:
        similarity: cosine of the two sides' vectors, -1 to 1.

    Source of the method: multinomial logistic regression (McFadden 1974) over the detectors' findings.
    """
    findings = find_reasons(a, b, context)
    figures = features(findings, a, b, similarity=similarity)
    chances = probabilities(figures)
    relation = _relation(chances, figures)
    return Verdict(
        relation,
        () if relation is Relation.AGREE else _reasons(findings, figures),
        _kind(findings, a, b) if relation is Relation.DIVERGE else None,
        round(chances[relation], 4),
    )


def _relation(chances: Mapping[Relation, float], figures: Mapping[str, float]) -> Relation:
    """Return the likeliest relation that its grounds allow.

    What plainly clashes does not agree; a divergence needs a clash, or to be likelier than everything else together.
    """
    allowed = set(Relation)
    if figures["strongest clash"] >= _PLAIN_CLASH:
        allowed.discard(Relation.AGREE)
    elif not figures["any clash"] and chances[Relation.DIVERGE] < _MOST:
        allowed.discard(Relation.DIVERGE)
    return max(allowed, key=lambda one: (chances[one], one))


def features(findings: Sequence[Finding], a: Side, b: Side, *, similarity: float) -> dict[str, float]:
    """Return the named figures that a verdict rests on; they are the same whichever side comes first."""
    text_a, text_b = _text(a), _text(b)
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
    return found


def probabilities(figures: Mapping[str, float]) -> dict[Relation, float]:
    """Return the probability of each relation; they add up to 1."""
    scores = {
        relation: sum(COEFFICIENTS[name][column] * value for name, value in figures.items() if name in COEFFICIENTS)
        for column, relation in enumerate(Relation)
    }
    top = max(scores.values())
    powers = {relation: math.exp(score - top) for relation, score in scores.items()}
    total = sum(powers.values())
    return {relation: power / total for relation, power in powers.items()}


def _text(side: Side) -> str:
    return " ".join(claim.text for claim in side.claims)


def materiality(kind: ReasonKind, figures: Mapping[str, float]) -> float:
    """Return the chance that a reader would name this kind of difference, 0 to 1, where a detector found it."""
    table = MATERIAL.get(kind.value, {})
    score = sum(table[name] * value for name, value in figures.items() if name in table)
    return 1 / (1 + math.exp(-score))


def _reasons(findings: Sequence[Finding], figures: Mapping[str, float]) -> tuple[Reason, ...]:
    """Return one reason a kind, the likeliest first: those that a reader would name, or else the likeliest one."""
    best: dict[ReasonKind, Finding] = {}
    for finding in sorted(findings, key=lambda finding: (not finding.clash, -finding.weight, finding.kind)):
        best.setdefault(finding.kind, finding)
    chance = {kind: materiality(kind, figures) for kind in best}
    ranked = sorted(best, key=lambda kind: (-chance[kind], kind))
    shown = [kind for kind in ranked if chance[kind] >= _MATERIAL] or ranked[:1]
    return tuple(Reason(one.kind, one.a, one.b, one.explanation) for one in map(best.__getitem__, shown))


def _kind(findings: Sequence[Finding], a: Side, b: Side) -> DivergenceKind:
    """Return whether the accounts conflict or the stances that each side reports of its own."""
    kinds = {finding.kind for finding in findings if finding.clash} or {finding.kind for finding in findings}
    if kinds & _STANCE_KINDS and all(_is_stance(side) for side in (a, b)):
        return DivergenceKind.POSITION
    return DivergenceKind.ACCOUNT


def _is_stance(side: Side) -> bool:
    """Tell whether a side's statement says what somebody holds or wants, not what the talks brought."""
    acts = {deed.act for claim in side.claims for deed in read(claim.text)}
    if acts & _OF_THE_TALKS:
        return False
    return bool(acts & _STANCE) or _OWN_STANCE.search(_text(side)) is not None
