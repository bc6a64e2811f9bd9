"""schema.org: claims and quotations for machines, and never a rating of truth."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claims.models import Claim, Comparison
from claims.services.export.schema_org import in_page
from tests.exports import exported

pytestmark = pytest.mark.django_db


def nodes(comparison: Comparison) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(exported("schema", comparison))["@graph"]
    return told


def test_each_claim_says_whose_it_is_and_where_it_appeared(worked_on: Comparison) -> None:
    graph = {node["@id"]: node for node in nodes(worked_on)}
    claims = [node for node in graph.values() if node["@type"] == "Claim"]
    assert len(claims) == 12
    assert {claim["author"]["name"] for claim in claims} == {"Arden", "Velland"}
    assert all(graph[claim["appearance"]["@id"]]["@type"] == "Article" for claim in claims)


def test_a_claim_in_quotation_marks_is_a_quotation_of_who_spoke(worked_on: Comparison) -> None:
    Claim.objects.filter(text__contains="warm").update(quoted=True, speaker="The palace")
    (quoted,) = [node for node in nodes(worked_on) if node["@type"] == ["Claim", "Quotation"]]
    assert quoted["spokenByCharacter"] == {"@type": "Person", "name": "The palace"}


def test_nothing_rates_truth(worked_on: Comparison) -> None:
    told = exported("schema", worked_on)
    assert b"ClaimReview" not in told
    assert b"Rating" not in told


def test_in_a_page_nothing_ends_the_script(worked_on: Comparison) -> None:
    claim = worked_on.lone.all()[0].claim
    Claim.objects.filter(pk=claim.pk).update(speaker="</script><b>", quoted=True)
    claims = Claim.objects.of_sources(worked_on.a, worked_on.b)
    told = in_page(worked_on, claims, "https://crossread.example")
    assert "<" not in told
    assert "</script><b>" in json.dumps(json.loads(told))
