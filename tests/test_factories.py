"""The rows that other tests stand on."""

from __future__ import annotations

import pytest

from claims.models import Claim, Event
from tests.factories import make_call, make_large, make_user

pytestmark = pytest.mark.django_db


def test_the_call_has_every_relation_and_a_lone_claim_on_each_side() -> None:
    comparison = make_call()
    event = Event.objects.with_counts().get()
    counts = (event.agree_count, event.partial_count, event.diverge_count, event.only_count)  # type: ignore[attr-defined]
    assert counts == (1, 2, 2, 2)
    assert {lone.claim.source for lone in comparison.lone.all()} == {comparison.a, comparison.b}


def test_claims_stand_at_their_offsets_and_a_large_comparison_leaves_none_out() -> None:
    comparison = make_large(8)
    assert all(claim.text == claim.article.text[claim.start : claim.end] for claim in Claim.objects.all())
    assert comparison.pairs.count() * 2 + comparison.lone.count() == 16


def test_a_role_brings_its_permissions() -> None:
    assert make_user("reviewer").has_perm("claims.add_review")
    assert not make_user("reader").has_perm("claims.add_review")
