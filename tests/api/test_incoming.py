"""Files, pages and tables through the API: what comes in, is put right, and becomes articles."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.models import Article, Delivery, Event, KeptAnswer, Snapshot, Table
from claims.services.incoming import deliver
from claims.services.incoming.apart import Fetched
from claims.services.incoming.extracting.extracted import Unreadable
from claims.services.incoming.import_table import store_table
from tests.api.conftest import Program, program_of
from tests.api.test_writing import fields
from tests.factories import make_draft, make_event

pytestmark = pytest.mark.django_db

PAGE = b"<html><head><title>On the port</title></head><body><article><p>%s</p></article></body></html>" % (
    b"The port of Sarn opens in May, the ministry said on Tuesday. " * 8
)
ROWS = b"headline,body,when\nPort,The port opens.,2031-04-08\nCanal,The canal stays shut.,soon\nPort,The port opens.,\n"


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.fixture
def program() -> Program:
    return program_of("editor")


def upload(program: Program, address: str, data: dict[str, Any], **headers: str) -> Any:
    """Send files as a browser and curl do."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    body = encode_multipart(BOUNDARY, data)
    return program.generic("POST", f"/api/v1{address}", body, MULTIPART_CONTENT, headers=told)


def text_file(text: str, name: str = "note.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/plain")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Have pages come from a table in place of the web."""
    pages: dict[str, bytes] = {}

    def fetch(url: str) -> Fetched:
        if url not in pages:
            raise Unreadable("The page does not answer.")
        return Fetched(url=url, content_type="text/html", data=pages[url])

    monkeypatch.setattr(deliver, "fetch_apart", fetch)
    return pages


def test_files_become_drafts_that_are_put_right_and_added(program: Program, event: Event) -> None:
    files = [text_file("The port of Sarn opens in May."), SimpleUploadedFile("book.xls", b"\xd0\xcf\x11\xe0")]
    made = upload(program, f"/events/{event.slug}/deliveries", {"files": files, "published": "2031-04-09"})
    assert made.status_code == 201
    good, bad = made.json()["drafts"]
    assert (good["state"], good["published"], bad["state"], bool(bad["problem"])) == (
        "read",
        "2031-04-09",
        "refused",
        True,
    )
    assert (made.json()["waiting"], good["snapshot"]["size"]) == (0, 30)
    address = f"/drafts/{good['id']}"
    draft = program.read(address)
    assert draft.json()["text"] == "The port of Sarn opens in May."
    lacking = program.send("POST", f"{address}/add", If_Match=draft["ETag"])
    assert "publisher" in fields(lacking)
    right = {"text": "The port of Sarn opens in June.", "publisher": "Arden", "language": "en", "title": " Port "}
    assert program.send("PUT", address, right).status_code == 428
    put = program.send("PUT", address, right, If_Match=draft["ETag"])
    assert (put.json()["title"], put.json()["corrected"]) == ("Port", True)
    assert program.send("POST", f"{address}/add", If_Match=draft["ETag"]).status_code == 412
    article = program.send("POST", f"{address}/add", If_Match=put["ETag"])
    assert (article.status_code, article.json()["source"]["name"]) == (201, "Arden")
    after = program.read(f"/deliveries/{made.json()['id']}").json()["drafts"][0]
    assert (after["state"], after["article"]) == ("added", article.json()["id"])


def test_a_draft_can_be_left_out_and_the_rest_be_stored_at_once(program: Program, event: Event) -> None:
    one, other = make_draft(event, publisher="Arden"), make_draft(event, text="Of the canal.", publisher="Velland")
    etag = program.read(f"/drafts/{other.pk}")["ETag"]
    assert program.send("POST", f"/drafts/{other.pk}/leave-out", If_Match=etag).json()["state"] == "left_out"
    stored = program.send("POST", f"/deliveries/{one.delivery_id}/store").json()
    assert (stored["added"], stored["revised"], stored["refused"]) == (1, 0, 0)
    assert Article.objects.count() == 1
    listed = program.read(f"/deliveries?event={event.slug}").json()
    assert listed["total"] == 2
    assert program.read("/deliveries?event=another").json()["total"] == 0


def test_a_page_becomes_a_draft_and_a_new_text_of_it_a_version(
    program: Program, event: Event, web: dict[str, bytes]
) -> None:
    url = "https://velland.example/port"
    refused = program.send("POST", f"/events/{event.slug}/pages", {"web_address": url})
    assert "does not answer" in fields(refused)["web_address"]
    web[url] = PAGE
    told = {"web_address": url, "publisher": "Velland"}
    first = program.send("POST", f"/events/{event.slug}/pages", told)
    assert (first.status_code, first.json()["title"], first.json()["known"]) == (201, "On the port", [])
    added = program.send("POST", f"/drafts/{first.json()['id']}/add", If_Match=first["ETag"]).json()
    web[url] = PAGE.replace(b"May", b"June")
    again = program.send("POST", f"/events/{event.slug}/pages", told)
    assert again.json()["known"] == [{"article": added["id"], "version": 1, "same": False, "had": False}]
    revising = {"article": added["id"], "seen": 1}
    made = program.send("POST", f"/drafts/{again.json()['id']}/revise", revising, If_Match=again["ETag"])
    assert (made.status_code, made.json()["number"]) == (201, 2)
    assert Snapshot.objects.filter(article=added["id"]).count() == 2


def test_a_slow_write_is_done_once_under_its_key(
    program: Program, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, key = f"/events/{event.slug}/deliveries", {"Idempotency_Key": "one"}
    first = upload(program, address, {"files": text_file("The port opens.")}, **key)
    again = upload(program, address, {"files": text_file("The port opens.")}, **key)
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert Delivery.objects.count() == 1
    other = upload(program, address, {"files": text_file("The canal opens.")}, **key)
    assert "Idempotency-Key" in fields(other)
    # While one is under way its key has no answer yet; one that was cut off is taken up again after a while.
    KeptAnswer.objects.update(status=0)
    assert upload(program, address, {"files": text_file("The port opens.")}, **key).status_code == 409
    KeptAnswer.objects.update(at=timezone.now() - dt.timedelta(minutes=6))
    assert upload(program, address, {"files": text_file("The port opens.")}, **key).status_code == 201
    assert Delivery.objects.count() == 2


def test_a_refused_slow_write_leaves_its_key_free(program: Program, event: Event, web: dict[str, bytes]) -> None:
    url, key = "https://velland.example/port", {"Idempotency_Key": "one"}
    address, told = f"/events/{event.slug}/pages", {"web_address": url}
    assert program.send("POST", address, told, **key).status_code == 422
    web[url] = PAGE
    assert program.send("POST", address, told, **key).status_code == 201


def test_a_table_is_mapped_tried_and_stored_by_the_worker(program: Program, event: Event) -> None:
    made = upload(program, f"/events/{event.slug}/tables", {"file": SimpleUploadedFile("all.csv", ROWS)})
    assert (made.status_code, made.json()["names"]) == (201, ["headline", "body", "when"])
    assert made.json()["columns"] == {"text": "body", "title": "headline"}
    assert made.json()["first"][0] == {
        "line": 2,
        "cells": {"headline": "Port", "body": "The port opens.", "when": "2031-04-08"},
    }
    address, told = f"/tables/{made.json()['id']}", {"text": "body", "title": "headline", "published": "when"}
    assert "publisher" in fields(program.send("POST", f"{address}/try", told))
    told["constant_publisher"] = "Arden"
    tried = program.send("POST", f"{address}/try", told).json()
    assert (tried["rows"], tried["added"], tried["known"]) == (3, 1, 1)
    assert tried["refused"] == [{"line": 3, "why": tried["refused"][0]["why"]}]
    assert "“soon” is no date" in tried["refused"][0]["why"]
    assert not Article.objects.exists()
    queued = program.send("POST", f"{address}/store", told)
    assert (queued.status_code, queued.json()["state"], queued.json()["under_way"]) == (202, "queued", True)
    store_table.func(Table.objects.get().pk)
    done = program.read(address).json()
    assert (done["state"], done["added"], done["known"], len(done["refused"])) == ("done", 1, 1, 1)
    assert program.read(f"/tables?event={event.slug}").json()["items"][0]["publisher"] == "Arden"


def test_an_archive_of_event_folders_is_imported_whole_or_not_at_all(program: Program) -> None:
    toml = 'title = "Canal"\n[[source]]\nname = "A"\n[[source]]\nname = "B"\n'
    toml += '[[article]]\nfile = "a.txt"\npublisher = "A"\n'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("canal/event.toml", toml)
        archive.writestr("canal/a.txt", "The canal opens.")
    made = upload(program, "/import", {"file": SimpleUploadedFile("events.zip", packed.getvalue())})
    assert made.status_code == 201
    assert made.json()["events"] == [{"event": "canal", "new": True, "sources": 2, "articles": 1, "changed": []}]
    broken = upload(program, "/import", {"file": SimpleUploadedFile("events.zip", packed.getvalue()[:40])})
    assert "Nothing was imported." in fields(broken)["file"]
    assert tempfile.gettempdir() not in fields(broken)["file"]


def test_what_takes_files_takes_nothing_else_and_what_takes_json_no_files(
    program: Program, event: Event, settings: Settings
) -> None:
    assert program.send("POST", f"/events/{event.slug}/tables", {"file": "a"}).status_code == 415
    assert upload(program, "/events", {"title": "A call"}).status_code == 415
    assert "files" in fields(upload(program, f"/events/{event.slug}/deliveries", {"publisher": "Arden"}))
    settings.CROSSREAD_MAX_TABLE_BYTES = 10
    large = upload(program, f"/events/{event.slug}/tables", {"file": SimpleUploadedFile("all.csv", ROWS)})
    assert "manage.py load" in fields(large)["file"]
    settings.CROSSREAD_MAX_FILE_BYTES = 1
    assert upload(program, f"/events/{event.slug}/tables", {"file": SimpleUploadedFile("a", ROWS)}).status_code == 413
