"""Writes: what the pages offer, once under each key, on the state that was seen, and refused in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from claims.models import Annotation, Change, Event, KeptAnswer, Pair, Reply, Review, Run
from claims.services.review import decide
from tests.api.conftest import program_of
from tests.factories import ARDEN, make_call, make_event, make_user

pytestmark = pytest.mark.django_db

TWO = [
    {"name": "Arden", "party": "Government of Arden", "aliases": ["the Prime Minister"], "spokespeople": ["Ana Holt"]},
    {"name": "Velland"},
]


def fields(answer: Any) -> dict[str, str]:
    """Return what was refused, by field."""
    assert answer["Content-Type"] == "application/problem+json"
    return {one["field"]: one["problem"] for one in answer.json()["problems"]}


# Adding and correcting


def test_an_event_gets_its_sources_and_articles_and_the_worker_is_asked() -> None:
    program = program_of("editor")
    made = program.send("POST", "/events", {"title": "A call", "date": "2031-04-08", "sources": TWO})
    assert made.status_code == 201
    event = made.json()
    assert made["Location"] == f"/api/v1/events/{event['slug']}"
    assert [source["name"] for source in event["sources"]] == ["Arden", "Velland"]
    assert event["sources"][0]["aliases"] == ["the Prime Minister"]
    text = " ".join(ARDEN)
    told = {"text": text, "publisher": "Arden", "published": "2031-04-08", "web_address": "https://arden.example/call"}
    article = program.send("POST", f"/events/{event['slug']}/articles", told)
    assert article.status_code == 201
    assert (article.json()["text"], article.json()["source"]["name"]) == (text, "Arden")
    progress = program.read(f"/events/{event['slug']}/progress").json()
    assert (progress["state"], progress["under_way"], progress["articles_read"]) == ("queued", True, 0)
    third = program.send("POST", f"/events/{event['slug']}/sources", {"name": "Omber"})
    assert third.status_code == 201
    assert len(program.read(f"/comparisons?event={event['slug']}").json()["items"]) == 3
    assert Run.objects.get().state == "queued"


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"sources": TWO}, "title", "Field required"),
        ({"title": " ", "sources": TWO}, "title", "pattern"),
        ({"title": "A call", "sources": TWO[:1]}, "sources", "at least 2"),
        ({"title": "A call", "sources": [TWO[0], TWO[0]]}, "sources", "named twice"),
        ({"title": "A call", "sources": [TWO[0], {"name": "Ana Holt"}]}, "sources", "stands for both"),
        ({"title": "A call", "date": "June", "sources": TWO}, "date", "valid date"),
        ({"title": "A\0call", "sources": TWO}, "title", "no text has"),
        ({"title": "A call", "sources": TWO, "colour": "red"}, "colour", "not permitted"),
    ],
)
def test_a_refused_event_says_which_field_and_why(body: dict[str, Any], field: str, sentence: str) -> None:
    answer = program_of("editor").send("POST", "/events", body)
    assert answer.status_code == 422
    assert sentence in fields(answer)[field]
    assert not Event.objects.exists()


def test_a_text_that_is_there_already_is_refused_in_words() -> None:
    event, program = make_event(), program_of("editor")
    told = {"text": "The port opens.", "publisher": "The Courier"}
    assert program.send("POST", f"/events/{event.slug}/articles", told).status_code == 201
    assert fields(program.send("POST", f"/events/{event.slug}/articles", told)) == {
        "text": "The event has this very text already. Nothing was added."
    }
    bad = program.send("POST", f"/events/{event.slug}/articles", {**told, "web_address": "ftp://arden.example"})
    assert "web_address" in fields(bad)


def test_what_is_no_json_or_too_large_is_refused_before_it_is_read(settings: Any) -> None:
    program = program_of("editor")
    assert program.generic("POST", "/api/v1/events", "{", "application/json").status_code == 400
    assert program.generic("POST", "/api/v1/events", "title=A", "application/x-www-form-urlencoded").status_code == 415
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert program.send("POST", "/events", {"title": "A call", "sources": TWO}).status_code == 413


def test_whose_a_claim_is_can_be_put_right() -> None:
    comparison, program = make_call(), program_of("editor")
    address = f"/claims/{comparison.lone.all()[0].claim_id}"
    etag = program.read(address)["ETag"]
    done = program.send("PUT", f"{address}/source", {"voice": "The Courier"}, If_Match=etag)
    assert (done.status_code, done.json()["voice"], done.json()["source"]) == (200, "The Courier", None)
    assert done.json()["corrected_by"] == "editor"
    etag = done["ETag"]
    stranger = make_event("Another", sources=("Omber", "Sarn")).sources.all()[0]
    both = {"source": comparison.b_id, "voice": "The Courier"}
    for body, field in (({}, "source"), ({"source": stranger.pk}, "source"), (both, "voice")):
        assert field in fields(program.send("PUT", f"{address}/source", body, If_Match=etag))
    done = program.send("PUT", f"{address}/source", {"source": comparison.b_id}, If_Match=etag)
    assert done.json()["source"] == {"id": comparison.b_id, "name": "Velland"}


def test_a_corrected_text_is_stored_as_a_version_on_the_one_that_was_seen() -> None:
    event, program = make_event(), program_of("editor")
    told = {"text": "The port opens in May.", "publisher": "The Courier"}
    article = program.send("POST", f"/events/{event.slug}/articles", told)
    address, again = f"/articles/{article.json()['id']}", {"text": "The port opens in June.", "why": "A misprint."}
    assert program.send("POST", f"{address}/versions", again).status_code == 428
    made = program.send("POST", f"{address}/versions", again, If_Match=article["ETag"])
    assert (made.status_code, made.json()["number"], made.json()["by"]) == (201, 2, "editor")
    assert program.send("POST", f"{address}/versions", again, If_Match=article["ETag"]).status_code == 412
    assert [one["number"] for one in program.read(f"{address}/versions").json()["items"]] == [2, 1]
    assert program.read(f"{address}/versions/1").json()["text"] == "The port opens in May."
    now = program.read(address).json()
    assert (now["version"], now["text"]) == (2, "The port opens in June.")


# What two people edit


def test_an_edit_needs_the_state_that_was_seen_and_a_stale_one_gets_the_fresh() -> None:
    comparison, program = make_call(), program_of("editor")
    address, told = f"/sources/{comparison.a_id}", {"name": "Arden", "aliases": ["the Premier"]}
    etag = program.read(address)["ETag"]
    lacking = program.send("PUT", address, told)
    assert (lacking.status_code, lacking["ETag"]) == (428, etag)
    assert program.send("PUT", address, {**told, "party": "Arden"}, If_Match=etag).status_code == 200
    stale = program.send("PUT", address, told, If_Match=etag)
    assert (stale.status_code, stale.json()["current"]["party"]) == (412, "Arden")
    again = program.send("PUT", address, told, If_Match=stale["ETag"])
    assert (again.status_code, again.json()["aliases"], again.json()["party"]) == (200, ["the Premier"], "")


def test_a_final_verdict_is_given_on_what_the_editor_saw() -> None:
    comparison, program = make_call(), program_of("editor")
    pair = comparison.pairs.all()[0]
    seen = program.read(f"/pairs/{pair.pk}")["ETag"]
    decide(pair, make_user("reviewer", name="ana"), "diverge")
    told = {"decision": "agree", "why": "Both name Tuesday."}
    stale = program.send("PUT", f"/pairs/{pair.pk}/final", told, If_Match=seen)
    assert [one["reviewer"] for one in stale.json()["current"]["reviews"]] == ["ana"]
    done = program.send("PUT", f"/pairs/{pair.pk}/final", told, If_Match=stale["ETag"])
    assert (done.json()["final"], done.json()["outcome"]) == (True, "agree")
    closed = program.send("PUT", f"/pairs/{pair.pk}/reviews/mine", {"decision": "partial"})
    assert closed.status_code == 409
    assert "final verdict" in closed.json()["detail"]
    opened = program.send("POST", f"/pairs/{pair.pk}/final/reopen", {"why": "A new text."}, If_Match=done["ETag"])
    assert (opened.json()["final"], opened.json()["outcome"]) == (False, "diverge")


def test_an_event_is_made_blind_on_what_the_editor_saw() -> None:
    comparison, program = make_call(), program_of("editor")
    address = f"/events/{comparison.event.slug}"
    etag = program.read(address)["ETag"]
    assert program.send("PATCH", address, {"blind": True}, If_Match=etag).json()["blind"] is True
    assert program.send("PATCH", address, {"blind": False}, If_Match=etag).status_code == 412


# Reviewing


def test_a_review_is_put_once_for_each_reviewer_and_taken_back() -> None:
    pair, program = make_call().pairs.all()[0], program_of("reviewer")
    address = f"/pairs/{pair.pk}/reviews/mine"
    for _ in range(2):
        done = program.send("PUT", address, {"decision": "diverge"})
        assert (done.status_code, done.json()["mine"], done.json()["relation"]) == (200, "diverge", "diverge")
    assert Change.objects.filter(what="review").count() == 1
    program.send("PUT", address, {"decision": "partial", "why": "They hedge."})
    assert Review.objects.get().decision == "partial"
    assert program.send("POST", f"/pairs/{pair.pk}/undo").json()["mine"] == "diverge"
    assert program.send("POST", f"/pairs/{pair.pk}/undo").json()["mine"] == ""
    nothing = program.send("POST", f"/pairs/{pair.pk}/undo")
    assert "no verdict of yours" in nothing.json()["detail"]
    assert program.send("PUT", address, {"decision": "perhaps"}).status_code == 422
    Pair.objects.update(withdrawn=True)
    assert program.send("PUT", address, {"decision": "agree"}).status_code == 409
    Pair.objects.update(stale=True, changed_at=timezone.now())
    assert program.send("PUT", address, {"decision": "agree"}).json()["mine"] == "agree"


def test_claims_are_joined_split_and_moved() -> None:
    comparison, program = make_call(), program_of("reviewer")
    lone = list(comparison.lone.values_list("claim", flat=True))
    made = program.send("POST", f"/comparisons/{comparison.pk}/pairs", {"claims": lone, "relation": "partial"})
    assert (made.status_code, made.json()["made_by"], made.json()["mine"]) == (201, "reviewer", "partial")
    assert "claims" in fields(program.send("POST", f"/comparisons/{comparison.pk}/pairs", {"claims": lone[:1]}))
    other = comparison.pairs.all()[0]
    merged = program.send("POST", f"/pairs/{made.json()['id']}/merge", {"into": other.pk}, If_Match=made["ETag"])
    assert (merged.status_code, len(merged.json()["a"]), len(merged.json()["b"])) == (200, 2, 2)
    split = program.send("POST", f"/pairs/{other.pk}/split", {"claims": lone}, If_Match=merged["ETag"])
    assert (split.status_code, len(split.json()["a"])) == (201, 1)
    stale = program.send("POST", f"/pairs/{other.pk}/move", {"claims": lone}, If_Match=merged["ETag"])
    assert stale.status_code == 412


# Annotating


def test_words_are_annotated_answered_and_settled() -> None:
    comparison, program = make_call(), program_of("reviewer")
    pair = comparison.pairs.all()[1]
    claim = pair.claims_of("a")[0]
    start = claim.start + claim.text.index("1 May")
    told = {"text": "Moved by a month.", "kind": "date_time", "weight": "major", "claim": claim.pk}
    made = program.send("POST", f"/pairs/{pair.pk}/annotations", {**told, "start": start, "end": start + 5})
    assert made.status_code == 201
    assert made.json()["anchor"]["quote"] == "1 May"
    address = f"/annotations/{made.json()['id']}"
    answer = program.send("POST", f"{address}/replies", {"text": "By whom?"})
    assert (answer.status_code, answer.json()["text"]) == (201, "By whom?")
    seen = program.read(address)
    edited = program.send("PATCH", address, {"text": "Moved by a whole month."}, If_Match=seen["ETag"])
    assert (edited.json()["text"], edited.json()["version"]) == ("Moved by a whole month.", 2)
    assert program.send("PATCH", address, {"text": "No."}, If_Match=seen["ETag"]).status_code == 412
    assert program.send("POST", f"{address}/resolve").json()["resolved_by"] == "reviewer"
    assert program.send("POST", f"{address}/reopen").json()["resolved_by"] is None
    own = f"/replies/{answer.json()['id']}"
    changed = program.send("PATCH", own, {"text": "By which side?"}, If_Match=answer["ETag"])
    assert changed.json()["text"] == "By which side?"
    assert program.send("DELETE", own, If_Match=changed["ETag"]).status_code == 204
    assert Reply.objects.get().deleted_at is not None
    for more, field in (({"claim": 10**6}, "claim"), ({"start": 1}, "claim"), ({"claim": claim.pk}, "words")):
        assert field in fields(program.send("POST", f"/pairs/{pair.pk}/annotations", {"text": "x", **more}))
    assert Annotation.objects.count() == 1


def test_others_notes_and_replies_are_not_edited() -> None:
    pair = make_call().pairs.all()[0]
    ana, ben = program_of("reviewer", name="ana"), program_of("reviewer", name="ben")
    note = ana.send("POST", f"/pairs/{pair.pk}/annotations", {"text": "A note."})
    answer = ana.send("POST", f"/annotations/{note.json()['id']}/replies", {"text": "An answer."})
    etag = ben.read(f"/annotations/{note.json()['id']}")["ETag"]
    assert ben.send("PATCH", f"/annotations/{note.json()['id']}", {"text": "x"}, If_Match=etag).status_code == 403
    own = f"/replies/{answer.json()['id']}"
    assert ben.send("PATCH", own, {"text": "x"}, If_Match=answer["ETag"]).status_code == 403
    assert ben.send("DELETE", own, If_Match=answer["ETag"]).status_code == 403


# Once


def test_a_write_with_a_key_happens_once_and_is_answered_alike() -> None:
    program = program_of("editor")
    body = {"title": "A call", "sources": TWO}
    first = program.send("POST", "/events", body, Idempotency_Key="call-1")
    again = program.send("POST", "/events", body, Idempotency_Key="call-1")
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert Event.objects.count() == 1
    other = program.send("POST", "/events", {**body, "title": "Another"}, Idempotency_Key="call-1")
    assert other.status_code == 422
    assert "another request" in fields(other)["Idempotency-Key"]
    assert program.send("POST", "/events", body, Idempotency_Key="with a blank").status_code == 422
    assert program_of("editor", name="eve").send("POST", "/events", body, Idempotency_Key="call-1").status_code == 201


def test_what_was_refused_is_no_answer_to_keep_and_an_answer_is_kept_for_a_day() -> None:
    program = program_of("editor")
    body = {"title": "A call", "sources": TWO}
    refused = program.send("POST", "/events", {**body, "sources": [TWO[0], TWO[0]]}, Idempotency_Key="call-1")
    assert (refused.status_code, KeptAnswer.objects.count()) == (422, 0)
    assert program.send("POST", "/events", body, Idempotency_Key="call-1").status_code == 201
    KeptAnswer.objects.update(at=timezone.now() - dt.timedelta(hours=25))
    assert program.send("POST", "/events", body, Idempotency_Key="call-1").status_code == 201
    assert Event.objects.count() == 2
