"""The article that the project began from, read and compared with the packaged model."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from claims.analysis.comparing import compare, read
from claims.analysis.encoding import Encoder
from claims.analysis.folders import read_folder
from claims.analysis.structures import Comparison, DivergenceKind, Pair, ReasonKind, Relation

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    event = read_folder(Path(settings.BASE_DIR, "seeds", "trump-putin-call-2025-06-04")).event
    (found,) = compare(event, read(event), encoder=Encoder())
    return found


def pair_with(comparison: Comparison, words: str) -> Pair:
    (found,) = (pair for pair in comparison.pairs if any(words in comparison.claims_a[i].text for i in pair.match.a))
    return found


def test_who_offered_help_on_iran_is_told_two_ways(comparison: Comparison) -> None:
    pair = pair_with(comparison, "Putin suggested that he will participate")
    assert "could benefit from Russia's help" in comparison.claims_b[pair.match.b[0]].text
    assert (pair.verdict.relation, pair.verdict.kind) == (Relation.DIVERGE, DivergenceKind.ACCOUNT)
    agency = next(reason for reason in pair.verdict.reasons if reason.kind is ReasonKind.AGENCY)
    assert "suggested" in agency.a[0].text
    assert "U.S. President" in agency.b[0].text


def test_a_good_conversation_meets_a_productive_one(comparison: Comparison) -> None:
    pair = pair_with(comparison, "good conversation, but not")
    assert "positive and very productive" in comparison.claims_b[pair.match.b[0]].text
    assert ReasonKind.TONE in {reason.kind for reason in pair.verdict.reasons}


def test_each_side_is_silent_on_something(comparison: Comparison) -> None:
    only_a = [comparison.claims_a[lone.claim].text for lone in comparison.lone_a]
    only_b = [comparison.claims_b[lone.claim].text for lone in comparison.lone_b]
    assert any("one hour and 15 minutes" in text for text in only_a)
    assert any("talks in Istanbul" in text for text in only_b)
