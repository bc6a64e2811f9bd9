"""Decisions from a file: the preview, the confirmation, and what is refused."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Pair, Review
from claims.services.review import decide
from tests.exports import exported, make_worked_on
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairs(client: Client) -> list[Pair]:
    comparison = make_worked_on()
    client.force_login(User.objects.get(username="ana"))
    return list(comparison.pairs.order_by("pk"))


def file_with(said: dict[int, str], name: str = "table.csv") -> SimpleUploadedFile:
    """Write a table of three columns, as exported for ana and filled in."""
    pair = Pair.objects.get(pk=next(iter(said)))
    ana = User.objects.get(username="ana")
    text = exported("csv", pair.comparison, reviewer_id=ana.pk).decode()
    versions = dict(re.findall(r"/pairs/(\d+)/,(v[\w.]+)", text))
    lines = [f"{key},{word},{versions[str(key)]}" for key, word in said.items()]
    return SimpleUploadedFile(name, "\n".join(["pair,decision,version", *lines]).encode())


def preview(client: Client, file: SimpleUploadedFile) -> str:
    answer = client.post("/decisions/", {"file": file})
    assert answer.status_code == 200
    return str(answer.text)


def lines_in(page: str) -> str:
    found = re.search(r'name="lines" value="([^"]*)"', page)
    assert found
    return found[1]


def test_the_preview_shows_what_would_change_and_changes_nothing(client: Client, pairs: list[Pair]) -> None:
    page = preview(client, file_with({pairs[1].pk: "partial", pairs[3].pk: "agree", pairs[0].pk: "nonsense"}))
    assert "<b>2</b> would change" in page
    assert "<b>1</b> cannot be taken" in page
    assert "“nonsense” is no decision" in page
    assert "ben: partial (" in page
    assert "Store 2 decisions" in page
    assert Review.objects.get(pair=pairs[1], reviewer__username="ana").decision == "diverge"


def test_what_is_confirmed_is_stored(client: Client, pairs: list[Pair]) -> None:
    page = preview(client, file_with({pairs[3].pk: "agree"}))
    answer = client.post("/decisions/apply/", {"lines": lines_in(page)}, follow=True)
    assert "1 decision stored." in answer.text
    assert Review.objects.get(pair=pairs[3]).reviewer.username == "ana"


def test_a_conflict_is_stored_only_where_it_is_ticked(client: Client, pairs: list[Pair]) -> None:
    file = file_with({pairs[3].pk: "agree", pairs[4].pk: "agree"})
    for pair in (pairs[3], pairs[4]):
        decide(pair, User.objects.get(username="ben"), "diverge")
    page = preview(client, file)
    assert "<b>2</b> in conflict" in page
    assert "said diverge" in page
    (first, _) = re.findall(r'name="over" value="([^"]*)"', page)
    answer = client.post("/decisions/apply/", {"lines": lines_in(page), "over": [first]}, follow=True)
    assert "1 decision stored. 1 left as they are" in answer.text
    assert [review.pair for review in Review.objects.filter(reviewer__username="ana", decision="agree")] == [
        pairs[0],
        pairs[3],
    ]


def test_what_was_decided_between_preview_and_confirmation_is_left(client: Client, pairs: list[Pair]) -> None:
    page = preview(client, file_with({pairs[3].pk: "agree"}))
    decide(pairs[3], User.objects.get(username="ana"), "no_match")
    answer = client.post("/decisions/apply/", {"lines": lines_in(page)}, follow=True)
    assert "0 decisions stored. 1 left as they are" in answer.text
    assert Review.objects.get(pair=pairs[3]).decision == "no_match"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (None, "Choose the table that you exported"),
        (SimpleUploadedFile("t.csv", b"a,b\n1,2\n"), "names no column “pair”"),
        (SimpleUploadedFile("t.xlsx", b"PK nothing"), "neither a CSV file nor an XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    client: Client, pairs: list[Pair], file: SimpleUploadedFile | None, told: str
) -> None:
    answer = client.post("/decisions/", {"file": file} if file else {})
    assert answer.status_code == 422
    assert told in answer.text


@pytest.mark.parametrize("lines", ["", "made:up:by-hand"])
def test_a_preview_that_was_not_made_here_is_refused(client: Client, pairs: list[Pair], lines: str) -> None:
    answer = client.post("/decisions/apply/", {"lines": lines})
    assert answer.status_code == 422
    assert "Upload the file once more" in answer.text


def test_words_of_the_file_are_escaped(client: Client, pairs: list[Pair]) -> None:
    assert "<script>alert" not in preview(client, file_with({pairs[3].pk: "<script>alert(1)</script>"}))


def test_a_reader_decides_on_nothing(client: Client, pairs: list[Pair]) -> None:
    client.force_login(make_user("reader"))
    for answer in (client.get("/decisions/"), client.post("/decisions/"), client.post("/decisions/apply/")):
        assert answer.status_code == 403
