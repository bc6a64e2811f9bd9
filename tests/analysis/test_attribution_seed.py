"""Whose statements the article is that the project began from, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.analysis.attribution import attribute
from claims.analysis.folders import read_folder
from claims.analysis.structures import Claim

SEED = Path(__file__).parents[2] / "seeds" / "trump-putin-call-2025-06-04"


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    event = read_folder(SEED).event
    return attribute(event, event.articles[0])


def test_every_sentence_is_a_claim_and_the_date_line_is_none(claims: list[Claim]) -> None:
    assert len(claims) == 16
    assert claims[0].text.startswith("U.S. leader Donald Trump has spoken")


def test_every_claim_has_its_source(claims: list[Claim]) -> None:
    expected = ["Vestnik Kavkaza"] + ["White House"] * 7 + ["Kremlin"] * 8
    assert [claim.source for claim in claims] == expected


def test_the_aides_account_goes_on_without_a_cue(claims: list[Claim]) -> None:
    carried = [claim for claim in claims if claim.implicit]
    starts = (
        "The Russian president gave",
        "Discussion was also",
        "The U.S. President told",
        "The presidents",
        "The two",
    )
    assert [claim.text.startswith(start) for claim, start in zip(carried, starts, strict=True)] == [True] * 5
    assert {(claim.source, claim.speaker) for claim in carried} == {("Kremlin", "Yury Ushakov")}
