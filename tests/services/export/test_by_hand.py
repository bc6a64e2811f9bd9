"""What people made by hand, in every format: a pair without a score or a verdict, and a silence that was confirmed."""

from __future__ import annotations

import csv
import io
import json

import pytest
from lxml import etree

from claims.models import Claim, Comparison, Pair
from claims.services.export import FORMATS
from claims.services.export.tei import NAMESPACE
from claims.services.review import decide
from claims.services.silence import confirm_silence
from tests.exports import exported
from tests.factories import make_call, make_joined, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined() -> Pair:
    return make_joined(make_call(), make_user(name="ana"))


def rows(comparison: Comparison) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported("csv", comparison).decode(), newline="")))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_can_be_written(joined: Pair, name: str) -> None:
    assert exported(name, joined.comparison)


def test_the_table_says_who_made_it_and_leaves_open_what_nobody_said(joined: Pair) -> None:
    [row] = [row for row in rows(joined.comparison) if row["pair"] == str(joined.pk)]
    assert row["match"] == "made by hand by ana"
    assert (row["relation"], row["decision"]) == ("not judged yet", "")
    assert (row["score"], row["machine_relation"], row["confidence"]) == ("", "", "")


def test_a_decision_on_it_counts_as_on_any_other(joined: Pair) -> None:
    decide(joined, make_user(name="ben"), "diverge")
    [row] = [row for row in rows(joined.comparison) if row["pair"] == str(joined.pk)]
    assert (row["relation"], row["machine_relation"]) == ("diverge", "")


def test_a_confirmed_silence_stands_with_who_confirmed_it() -> None:
    comparison = make_call()
    claim = Claim.objects.get(lone_in__comparison=comparison, source=comparison.a)
    confirm_silence(comparison, claim, make_user(name="ana"))
    alone = {row["text_a"] or row["text_b"]: row for row in rows(comparison) if row["relation"] == "only one side"}
    assert [row["reviewers"] for row in alone.values()].count("ana") == 1
    assert alone[claim.text]["verdicts"].startswith("ana: the other side says nothing (20")


def test_annotations_name_its_maker_and_classify_nothing(joined: Pair) -> None:
    items = json.loads(exported("annotation", joined.comparison))["first"]["items"]
    here = f"https://crossread.example{joined.get_absolute_url()}"
    [link] = [item for item in items if item["id"] == here]
    assert link["creator"] == {"type": "Person", "nickname": "ana"}
    assert "generator" not in link
    assert not [item for item in items if item["id"] == f"{here}#verdict"]


def test_tei_makes_its_maker_responsible(joined: Pair) -> None:
    root = etree.fromstring(exported("tei", joined.comparison))
    [link] = root.xpath(f'//t:link[@xml:id="pair-{joined.pk}"]', namespaces={"t": NAMESPACE})
    name = root.xpath(f'//t:respStmt[@xml:id="{link.get("resp")[1:]}"]/t:name/text()', namespaces={"t": NAMESPACE})
    assert name == ["ana"]
    assert link.get("ana") is None
    assert not root.xpath(f'//t:app[@xml:id="app-{joined.pk}"]/t:note', namespaces={"t": NAMESPACE})
