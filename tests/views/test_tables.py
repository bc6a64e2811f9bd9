"""Importing a table: which column is what, what would come of it, and how far it has come."""

from __future__ import annotations

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Table
from claims.services.incoming.import_table import store_table
from tests.factories import make_event, make_table, make_user
from tests.materials import zip_of
from tests.services.incoming.test_archives import EVENT, FOLDER
from tests.services.incoming.test_tables import TABLE

pytestmark = pytest.mark.django_db

CHOSEN = {"text": "body", "title": "headline", "published": "date", "url": "link", "constant": "Arden"}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def test_a_table_is_chosen_and_its_columns_are_guessed(editor: Client) -> None:
    event = make_event()
    file = SimpleUploadedFile("releases.csv", TABLE.encode())
    answer = editor.post(f"/events/{event.slug}/articles/import/", {"file": file})
    table = Table.objects.get()
    assert answer["Location"] == table.get_absolute_url()
    page = editor.get(table.get_absolute_url()).text
    assert '<option value="body" selected>' in page
    assert "Grain will pass." in page
    assert bytes(table.snapshot.data) == TABLE.encode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [(None, "Choose a file"), (b"", "There are no rows"), (b"\x89PNG\0\1\2" * 90, "not text"), (b"text\n", "no rows")],
)
def test_what_is_no_table_is_refused(editor: Client, file: bytes | None, sentence: str) -> None:
    event = make_event()
    sent = {} if file is None else {"file": SimpleUploadedFile("a.csv", file)}
    answer = editor.post(f"/events/{event.slug}/articles/import/", sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Table.objects.exists()


def test_trying_tells_what_would_come_of_it_by_line(editor: Client) -> None:
    event = make_event()
    table = make_table(event, data=TABLE.encode())
    page = editor.post(table.get_absolute_url(), {**CHOSEN, "do": "try"}).text
    assert "<strong>2</strong> would be added, 1 has a text that the event has already, 4 are refused" in page
    assert "<td>6</td><td>“next week” is no date." in page
    assert not event.articles.exists()


def test_a_mapping_that_lacks_something_is_refused_and_kept(editor: Client) -> None:
    table = make_table(make_event(), data=TABLE.encode())
    for changed, sentence in (
        ({"text": ""}, "Say which column holds"),
        ({"constant": ""}, "Say who published the articles"),
        ({"title": "nowhere"}, "Choose one of the file&#x27;s columns."),
    ):
        answer = editor.post(table.get_absolute_url(), {**CHOSEN, "do": "store", **changed})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert '<option value="link" selected>' in answer.text
    table.refresh_from_db()
    assert table.state == "new"


def test_storing_is_the_workers_and_the_page_follows_it(editor: Client) -> None:
    event = make_event()
    table = make_table(event, data=TABLE.encode())
    assert editor.post(table.get_absolute_url(), {**CHOSEN, "do": "store"})["Location"] == table.get_absolute_url()
    page = editor.get(table.get_absolute_url()).text
    assert "Waiting for the worker to begin." in page
    assert f'hx-get="/tables/{table.pk}/progress/"' in page
    Table.objects.filter(pk=table.pk).update(state="queued")
    store_table.call(table.pk)
    page = editor.get(f"/tables/{table.pk}/progress/").text
    assert "2 articles added" in page
    assert "4 were refused" in page
    assert "hx-get" not in page
    assert event.articles.count() == 2


# Archives


def test_an_archive_of_events_is_imported(editor: Client) -> None:
    file = SimpleUploadedFile("events.zip", zip_of(dict(FOLDER)))
    page = editor.post("/import/", {"file": file}).text
    assert '<a href="/events/call/">Call on grain</a>: new, 2 sources and 1 article added' in page


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose a .zip file"),
        (b"no archive", "cannot be unpacked"),
        (zip_of({"call/event.toml": EVENT}), "call/readout.txt is missing"),
        (zip_of({"call/event.toml": "title = "}), "Nothing was imported"),
    ],
)
def test_an_archive_that_is_none_is_refused_without_this_machines_places(
    editor: Client, file: bytes | None, sentence: str
) -> None:
    sent = {} if file is None else {"file": SimpleUploadedFile("events.zip", file)}
    answer = editor.post("/import/", sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert tempfile.gettempdir() not in answer.text
