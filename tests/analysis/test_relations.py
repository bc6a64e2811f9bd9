"""Verdicts: what the findings come to."""

from __future__ import annotations

import pytest

from claims.analysis.reasons.base import Context
from claims.analysis.relations import PLAIN, features, probabilities, relate
from claims.analysis.roster import Roster
from claims.analysis.structures import DivergenceKind, ReasonKind, Relation, Verdict

from .reasons.sides import ARDEN, EVENT, VELLAND, side


def judge(a: str, b: str, *, similarity: float = 0.6) -> Verdict:
    context = Context(EVENT, Roster.of(EVENT, texts=[a, b]))
    one = relate(side(ARDEN, a), side(VELLAND, b), context, similarity=similarity)
    other = relate(side(VELLAND, b), side(ARDEN, a), context, similarity=similarity)
    assert (one.relation, one.kind, one.confidence) == (other.relation, other.kind, other.confidence)
    assert [reason.kind for reason in one.reasons] == [reason.kind for reason in other.reasons]
    return one


def test_the_same_words_agree() -> None:
    verdict = judge(
        "The leaders discussed the grain corridor.", "The leaders discussed the grain corridor.", similarity=1
    )
    assert verdict.relation is Relation.AGREE
    assert verdict.reasons == ()


def test_a_plain_clash_never_agrees_however_alike_the_words_are() -> None:
    verdict = judge("Velland will free 340 men.", "Velland will free 120 men.", similarity=0.99)
    assert verdict.relation is not Relation.AGREE
    assert verdict.reasons[0].kind is ReasonKind.NUMBER


def test_an_offer_against_a_request_is_a_divergence_of_account() -> None:
    verdict = judge(
        "President Brandt suggested that he will join the talks with Norrin.",
        "The Arden president told Brandt that the talks could benefit from Velland's help with Norrin.",
    )
    assert (verdict.relation, verdict.kind) == (Relation.DIVERGE, DivergenceKind.ACCOUNT)
    assert ReasonKind.AGENCY in {reason.kind for reason in verdict.reasons}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "They discussed grain.",
            "They discussed grain, timber, fish, visas and the northern railway in great detail.",
        ),
        ("Arden promised 40 trucks.", "Arden promised trucks."),
    ],
)
def test_every_difference_shows_its_ground(a: str, b: str) -> None:
    verdict = judge(a, b)
    assert verdict.relation is Relation.AGREE or verdict.reasons
    for reason in verdict.reasons:
        assert reason.a or reason.b


def test_probabilities_add_up() -> None:
    figures = features([], side(ARDEN, "They spoke."), side(VELLAND, "They talked."), similarity=0.4)
    assert sum(probabilities(figures, PLAIN).values()) == pytest.approx(1)
