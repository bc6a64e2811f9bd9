"""What reviewers and editors put right by hand through the API: reasons, silences, fixes, assignments."""

from __future__ import annotations

import pytest

from claims.models import Assignment, Comparison, Pair
from claims.services.review import decide
from tests.api.conftest import Program, program_of
from tests.api.test_writing import fields
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Comparison:
    return make_call()


@pytest.fixture
def program() -> Program:
    return program_of("reviewer", name="ana")


def test_a_reason_is_right_dismissed_added_and_taken_back(call: Comparison, program: Program) -> None:
    pair = call.pairs.order_by("pk")[1]
    address = f"/pairs/{pair.pk}"
    reason = program.read(address).json()["machine"]["reasons"][0]
    said = {"kind": reason["kind"], "words": reason["quoted"], "says": "right"}
    assert program.send("PUT", f"{address}/reasons/mine", said).json()["words_on_reasons"][0]["says"] == "right"
    etag = program.read(address)["ETag"]
    added = {"kind": "tone", "words": "curt", "says": "added"}
    assert program.send("PUT", f"{address}/reasons/mine", added, If_Match='"another"').status_code == 412
    shown = program.send("PUT", f"{address}/reasons/mine", added, If_Match=etag).json()
    assert {one["says"] for one in shown["words_on_reasons"]} == {"right", "added"}
    gone = program.send("PUT", f"{address}/reasons/mine", {**added, "says": None}).json()
    assert [one["says"] for one in gone["words_on_reasons"]] == ["right"]
    unknown = program.send("PUT", f"{address}/reasons/mine", {**said, "words": "nowhere"})
    assert "no longer given" in fields(unknown)["says"]
    Pair.objects.filter(pk=pair.pk).update(withdrawn=True)
    assert program.send("PUT", f"{address}/reasons/mine", said).status_code == 409


def test_a_silence_is_confirmed_listed_and_taken_back(call: Comparison, program: Program) -> None:
    claim = call.lone.order_by("pk")[0].claim_id
    address = f"/comparisons/{call.pk}/silences"
    made = program.send("PUT", f"{address}/{claim}").json()
    assert (made["claim"], made["by"]) == (claim, "ana")
    assert program.send("PUT", f"{address}/{claim}").json() == made
    [listed] = program.read(address).json()["items"]
    assert (listed["claim"], listed["by"]) == (claim, "ana")
    assert program.send("DELETE", f"{address}/{claim}").status_code == 204
    assert program.send("DELETE", f"{address}/{claim}").status_code == 404
    paired = call.pairs.order_by("pk")[0].claims_of("a")[0].pk
    assert "Reject that pair first" in fields(program.send("PUT", f"{address}/{paired}"))["claim"]


def test_claims_are_split_and_merged_and_that_is_taken_back(call: Comparison, program: Program) -> None:
    claim = call.lone.order_by("pk")[0].claim
    address = f"/claims/{claim.pk}"
    etag = program.read(address)["ETag"]
    assert program.send("POST", f"{address}/cut", {"at": claim.start}).status_code == 428
    assert "at" in fields(program.send("POST", f"{address}/cut", {"at": claim.start}, If_Match=etag))
    at = claim.start + claim.text.index(" ") + 1
    first, second = program.send("POST", f"{address}/cut", {"at": at}, If_Match=etag).json()["claims"]
    assert (first["start"], second["start"], second["end"]) == (claim.start, at, claim.end)
    etag = program.read(f"/claims/{first['id']}")["ETag"]
    far = call.pairs.order_by("pk")[0].claims_of("b")[0].pk
    assert "other" in fields(program.send("POST", f"/claims/{first['id']}/unite", {"other": far}, If_Match=etag))
    [whole] = program.send("POST", f"/claims/{first['id']}/unite", {"other": second["id"]}, If_Match=etag).json()[
        "claims"
    ]
    assert whole["text"] == claim.text
    fixes = program.read(f"/comparisons/{call.pk}/fixes").json()["items"]
    assert [one["kind"] for one in fixes] == ["united", "cut"]
    assert program.send("POST", f"/fixes/{fixes[0]['id']}/undo").json()["undone_at"]
    assert program_of("reviewer", name="ben").send("POST", f"/fixes/{fixes[1]['id']}/undo").status_code == 422
    assert program.send("POST", f"/comparisons/{call.pk}/rematch").json()["is_due"] is True


def test_an_editor_shares_pairs_out_and_takes_them_back(call: Comparison, program: Program) -> None:
    editor, address = program_of("editor", name="eva"), f"/events/{call.event.slug}/sharing"
    told = {"reviewers": ["ana"], "which": "open"}
    assert "Nobody called" in fields(editor.send("POST", f"{address}/preview", {"reviewers": ["zoe"]}))["reviewers"]
    plan = editor.send("POST", f"{address}/preview", told).json()
    assert (plan["pairs"], plan["shares"]) == (5, [{"reviewer": "ana", "pairs": 5}])
    assert not Assignment.objects.exists()
    etag = editor.read(address)["ETag"]
    shared = editor.send("POST", address, told, If_Match=etag)
    assert {"reviewer": "ana", "pairs": 5} in shared.json()["shares"]
    assert editor.send("POST", address, told, If_Match=etag).status_code == 412
    decide(call.pairs.order_by("pk")[0], program.user, "agree")
    assert program.read("/assignments?state=waiting").json()["total"] == 4
    assert program.read("/assignments?state=done").json()["items"][0]["reviewer"] == "ana"
    back = editor.send("DELETE", f"{address}/ana", If_Match=shared["ETag"]).json()
    assert {"reviewer": "ana", "pairs": 1} in back["shares"]


def test_reviewers_see_their_own_assignments_alone(call: Comparison, program: Program) -> None:
    pair, editor = call.pairs.order_by("pk")[0], program_of("editor", name="eva")
    for person in (program.user, make_user("reviewer", name="ben")):
        Assignment.objects.create(pair=pair, reviewer=person, by=editor.user)
    assert [one["reviewer"] for one in program.read("/assignments").json()["items"]] == ["ana"]
    assert [one["reviewer"] for one in editor.read("/assignments").json()["items"]] == ["ana", "ben"]
    assert editor.read(f"/assignments?reviewer=ben&event={call.event.slug}").json()["total"] == 1
