"""The library, suggested names and feeds through the API."""

from __future__ import annotations

import pytest

from claims.models import Event, Feed, FeedItem, Party, SuggestedName
from claims.services.feeds import deciding
from claims.services.library.keeping import PartyDraft, TermDraft, add_party
from tests.api.conftest import Program, program_of
from tests.api.everything import make_feed
from tests.api.test_writing import fields
from tests.factories import make_draft, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return program_of("editor", name="eva")


def test_a_party_is_kept_changed_and_found(program: Program) -> None:
    noor = {"name": "Ida Noor", "title": "President", "since": "2030-01-01"}
    made = program.send("POST", "/parties", {"name": "Palace", "within": "Velland", "terms": [noor]})
    assert (made.status_code, made.json()["label"]) == (201, "Palace (Velland)")
    again = program.send("POST", "/parties", {"name": "palace", "within": "Velland"})
    assert "in the library already" in fields(again)["name"]
    term, address = made.json()["terms"][0], made["Location"].removeprefix("/api/v1")
    assert program.send("PUT", address, {"name": "Palace"}).status_code == 428
    told = {"name": "Palace", "within": "Velland", "aliases": ["the court"], "terms": [{**noor, "id": term["id"]}]}
    put = program.send("PUT", address, told, If_Match=made["ETag"]).json()
    assert (put["aliases"], put["terms"][0]["id"]) == (["the court"], term["id"])
    assert program.send("PUT", address, told, If_Match=made["ETag"]).status_code == 412
    assert [one["name"] for one in program.read("/parties?q=noor").json()["items"]] == ["Palace", "Velland"]
    assert program.read(f"/parties?within={put['within']['id']}").json()["items"][0]["people"] == 1
    person = program.read("/people?q=noor").json()["items"][0]
    shown = program.read(f"/people/{person['id']}")
    named = {"name": "Ida M. Noor", "aliases": ["Noor"]}
    renamed = program.send("PUT", f"/people/{person['id']}", named, If_Match=shown["ETag"])
    assert renamed.json()["aliases"] == ["Noor"]
    history = program.read(f"/library/changes?party={made.json()['id']}").json()["items"]
    assert [one["what"] for one in history] == ["changed", "kept"]


def test_what_is_kept_twice_is_merged_told_apart_and_parted_again(program: Program) -> None:
    kept = add_party(PartyDraft("Palace", "Velland", terms=[TermDraft("Ida Noor")]), program.user)
    other = add_party(PartyDraft("Palace"), program.user)
    [twice] = program.read("/library/twice").json()
    assert {twice["one"]["id"], twice["other"]["id"]} == {kept.pk, other.pk}
    address = f"/parties/{kept.pk}"
    etag = program.read(address)["ETag"]
    assert "other" in fields(program.send("POST", f"{address}/merge", {"other": 999}, If_Match=etag))
    assert program.send("POST", f"{address}/merge", {"other": other.pk}, If_Match=etag).status_code == 200
    gone = program.read(f"/parties/{other.pk}")
    assert gone.json()["merged_into"] == kept.pk
    put = program.send("PUT", f"/parties/{other.pk}", {"name": "Court"}, If_Match=gone["ETag"])
    assert put.status_code == 422
    [change] = program.read("/library/changes?what=merged").json()["items"]
    assert program.send("POST", f"/library/changes/{change['id']}/undo").json()["undone_at"]
    assert program.read(f"/parties/{other.pk}").json()["merged_into"] is None
    assert program.send("POST", f"{address}/apart", {"other": other.pk}).status_code == 200
    assert program.read("/library/twice").json() == []


def test_an_event_gives_its_sources_and_takes_its_names(program: Program) -> None:
    event = make_event()
    source = event.sources.order_by("pk")[0]
    unkept = program.read("/library/unkept").json()["items"]
    assert [one["name"] for one in unkept] == ["Arden", "Velland"]
    taken = program.send("POST", "/library/take", {"sources": [source.pk]}).json()
    shown = program.read(f"/sources/{source.pk}")
    assert shown.json()["entry"] == taken["parties"][0]["id"]
    told = {"name": "Arden", "entry": shown.json()["entry"]}
    kept = program.send("PUT", f"/sources/{source.pk}", told, If_Match=shown["ETag"])
    assert kept.json()["entry"] == shown.json()["entry"]
    wrong = program.send("PUT", f"/sources/{source.pk}", {**told, "entry": 999}, If_Match=kept["ETag"])
    assert "entry" in fields(wrong)
    read = program.send("POST", f"/parties/{kept.json()['entry']}/read")
    assert (read.status_code, read.json()["events"]) == (202, [event.slug])


def test_suggested_names_are_dismissed_reopened_and_accepted(program: Program) -> None:
    event = make_event()
    source = event.sources.order_by("pk")[0]
    name = SuggestedName.objects.create(event=event, words="the Premier", folded="the premier", why="near", count=2)
    name.sources.add(source)
    assert program.read(f"/names?event={event.slug}").json()["items"][0]["sources"][0]["id"] == source.pk
    assert program.send("POST", f"/names/{name.pk}/dismiss").json()["decided_by"] == "eva"
    assert program.send("POST", f"/names/{name.pk}/dismiss").status_code == 422
    assert program.read("/names").json()["total"] == 0
    assert program.read("/names?state=dismissed").json()["total"] == 1
    assert program.send("POST", f"/names/{name.pk}/reopen").json()["state"] == "open"
    everywhere = program.send("POST", f"/names/{name.pk}/accept", {"source": source.pk, "everywhere": True})
    assert "not of the library" in fields(everywhere)["everywhere"]
    accepted = program.send("POST", f"/names/{name.pk}/accept", {"source": source.pk}).json()
    assert (accepted["state"], accepted["accepted_for"]) == ("accepted", source.pk)
    assert program.read(f"/sources/{source.pk}").json()["aliases"] == ["the Premier"]


def test_a_feed_is_watched_changed_and_fetched(program: Program) -> None:
    told = {"address": "https://velland.example/feed", "title": "Velland", "every_minutes": 15}
    made = program.send("POST", "/feeds", told)
    assert (made.status_code, made.json()["every_minutes"], made.json()["active"]) == (201, 15, True)
    assert "watched already" in fields(program.send("POST", "/feeds", told))["address"]
    address = made["Location"].removeprefix("/api/v1")
    put = program.send("PUT", address, {**told, "active": False}, If_Match=made["ETag"])
    assert put.json()["active"] is False
    assert program.send("POST", f"{address}/fetch").status_code == 202
    assert program.read("/feeds").json()["items"][0]["title"] == "Velland"
    assert program_of("reviewer").read("/feeds").status_code == 403


def test_items_are_taken_in_dismissed_and_ruled(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_event()
    feed = make_feed(event)
    [item] = program.read(f"/feed-items?event={event.slug}").json()["items"]
    assert item["proposed"] == [{"event": event.slug, "score": 0.5, "reasons": ["on the day"]}]
    assert program.send("POST", "/feed-items/dismiss", {"items": [item["id"]]}).json()["dismissed"] == 1
    assert program.read(f"/feed-items?state=dismissed&feed={feed.pk}").json()["items"][0]["decided_by"] == "eva"
    assert program.send("POST", f"/feed-items/{item['id']}/reopen").json()["state"] == "new"
    assert "event" in fields(program.send("POST", f"/feed-items/{item['id']}/accept", {"event": "nowhere"}))
    monkeypatch.setattr(deciding, "deliver_page", lambda event, by, url, told: make_draft(event))
    draft = program.send("POST", f"/feed-items/{item['id']}/accept", {"event": event.slug})
    assert (draft.status_code, draft.json()["event"]) == (201, event.slug)
    assert FeedItem.objects.get().state == "accepted"
    assert program.send("POST", f"/feed-items/{item['id']}/dismiss").status_code == 422
    one = program.send("POST", f"/feeds/{feed.pk}/rules", {"names": ["Arden"]})
    assert "two parties" in fields(one)["names"]
    made = program.send("POST", f"/feeds/{feed.pk}/rules", {"names": ["Arden", "Velland"], "event": event.slug})
    assert (made.status_code, made.json()["active"], made.json()["fits"]) == (201, False, [])
    switched = program.send("POST", f"/feed-rules/{made.json()['id']}/switch", {"active": True})
    assert switched.json()["active"] is True
    assert len(program.read(f"/feeds/{feed.pk}/rules").json()["items"]) == 2


@pytest.mark.parametrize("size", [2, 12])
def test_lists_take_as_many_queries_for_many_as_for_few(
    program: Program, size: int, django_assert_max_num_queries: object
) -> None:
    for number in range(size):
        add_party(PartyDraft(f"Office {number}", "Velland", terms=[TermDraft(f"Person {number}")]), program.user)
    event = make_event()
    for number in range(size):
        make_draft(event, text=f"Text {number}.")
        name = SuggestedName.objects.create(event=event, words=f"N{number}", folded=f"n{number}", why="so", count=1)
        name.sources.set(event.sources.all())
    for address, most in (("/parties", 4), ("/people", 5), ("/deliveries", 7), ("/names", 7), ("/library/changes", 4)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            assert program.read(address).json()["total"] >= size
    assert (Event.objects.count(), Feed.objects.count(), Party.objects.count()) == (1, 0, size + 1)
