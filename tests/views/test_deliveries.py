"""Bringing in files and pages: looked through and corrected before anything is stored, shown as they came."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Delivery, Draft, Event, Snapshot
from claims.services.incoming import deliver
from claims.services.incoming.apart import Fetched
from claims.services.incoming.extracting import Unreadable
from claims.services.revise import revise
from tests.factories import make_article, make_draft, make_event, make_user
from tests.materials import PARAGRAPHS, encrypted_pdf, page_of, word_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def upload(client: Client, event: Event, *files: tuple[str, bytes], **typed: str) -> object:
    chosen = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(f"/events/{event.slug}/articles/add/files/", {"uploads": chosen, **typed})


def typed_of(draft: Draft, **changed: str) -> dict[str, str]:
    return {"text": draft.text, "title": "", "publisher": "Arden", "outlet": "", "do": "add", **changed}


def test_one_file_leads_straight_to_its_draft(editor: Client) -> None:
    event = make_event()
    answer = upload(editor, event, ("call.docx", word_of(PARAGRAPHS, title="On the call", author="Ann Bell")))
    draft = Draft.objects.get()
    assert answer["Location"] == f"/drafts/{draft.pk}/"  # type: ignore[index]
    page = editor.get(draft.get_absolute_url()).text
    for value in ("On the call", "Ann Bell", "2031-04-08"):
        assert f'value="{value}"' in page
    assert PARAGRAPHS[0] in page
    assert not Article.objects.exists()


def test_several_files_are_listed_with_what_came_of_each(editor: Client) -> None:
    event = make_event()
    files = ("a.txt", b"The port opens."), ("b.pdf", encrypted_pdf()), ("c.txt", "Été à Sarn.".encode("cp1252"))
    answer = upload(editor, event, *files, publisher="Velland")
    page = editor.get(answer["Location"]).text  # type: ignore[index]
    assert "This PDF is protected with a password" in page
    assert "The port opens." in page
    assert "It was read as cp125" in page
    assert "Add all 2 as read" in page
    assert set(Draft.objects.exclude(state="refused").values_list("publisher", flat=True)) == {"Velland"}


def test_no_file_is_refused_beside_the_field(editor: Client) -> None:
    answer = upload(editor, make_event(), publisher="Velland")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Choose at least one file." in answer.text  # type: ignore[attr-defined]
    assert '<option value="Velland" selected>' in answer.text  # type: ignore[attr-defined]


def test_a_file_that_is_too_large_does_not_stop_the_others(editor: Client, settings: object) -> None:
    settings.CROSSREAD_MAX_FILE_BYTES = 1000  # type: ignore[attr-defined]
    answer = upload(editor, make_event(), ("a.txt", b"The port opens."), ("b.txt", b"x" * 1001))
    page = editor.get(answer["Location"]).text  # type: ignore[index]
    assert "The port opens." in page
    assert "a file may have 0.001 MB" in page


def test_a_corrected_draft_becomes_an_article(editor: Client) -> None:
    event = make_event()
    draft = make_draft(event)
    typed = typed_of(draft, text="The port\r\nopens in June.", title="Port", author="Bell", published="2031-04-09")
    answer = editor.post(draft.get_absolute_url(), typed)
    assert answer["Location"] == event.get_absolute_url()
    article = event.articles.get()
    assert (article.text, article.title, article.author) == ("The port\nopens in June.", "Port", "Bell")
    page = editor.get(article.get_absolute_url()).text
    assert "<cite>Port</cite> by Bell" in page
    assert f'href="/snapshots/{draft.snapshot_id}/"' in page


def test_a_refused_draft_keeps_what_was_typed(editor: Client) -> None:
    event = make_event()
    make_article(event, [("The Courier", "Already there.")])
    draft = make_draft(event)
    for changed, sentence in (
        ({"publisher": ""}, "Say who published the article"),
        ({"text": "Already there."}, "has this very text already"),
        ({"published": "yesterday"}, "Write it as year-month-day"),
        ({"url": "javascript:alert(1)"}, "no address of a page"),
        ({"language": "xx"}, "Select a valid choice"),
    ):
        answer = editor.post(draft.get_absolute_url(), typed_of(draft, title="My title", **changed))
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="My title"' in answer.text
    assert event.articles.count() == 1


def test_corrections_can_be_kept_for_later(editor: Client) -> None:
    draft = make_draft(make_event())
    answer = editor.post(draft.get_absolute_url(), typed_of(draft, title="Port", do="keep"))
    assert answer["Location"] == draft.delivery.get_absolute_url()
    draft.refresh_from_db()
    assert (draft.title, draft.state) == ("Port", "read")


def test_a_draft_is_left_out_and_its_snapshot_stays(editor: Client) -> None:
    event = make_event()
    draft = make_draft(event)
    assert editor.post(draft.get_absolute_url(), {"do": "leave_out"})["Location"] == event.get_absolute_url()
    draft.refresh_from_db()
    assert draft.state == "left_out"
    assert Snapshot.objects.exists()
    # Who comes back to it, or was slower than somebody else, is shown what became of it.
    assert editor.get(draft.get_absolute_url())["Location"] == draft.delivery.get_absolute_url()


def test_all_are_added_at_once(editor: Client) -> None:
    event = make_event()
    first = make_draft(event, text="One.")
    make_draft(event, text="Two.", delivery=first.delivery)
    answer = editor.post(f"/deliveries/{first.delivery_id}/store/")
    assert answer["Location"] == event.get_absolute_url()
    assert event.articles.count() == 2


def test_what_waits_is_read_when_asked(editor: Client) -> None:
    draft = make_draft(make_event(), text="", state="waiting", kind="")
    Snapshot.objects.filter(draft=draft).update(data=b"The port opens.")
    assert "1 file still to be read" in editor.get(draft.delivery.get_absolute_url()).text
    editor.post(f"/deliveries/{draft.delivery_id}/read/")
    assert "The port opens." in editor.get(draft.delivery.get_absolute_url()).text


def test_a_list_of_more_drafts_costs_no_more_queries(editor: Client) -> None:
    event = make_event()
    first = make_draft(event, text="One.")
    counts = []
    for more in (1, 6):
        for place in range(more):
            make_draft(event, text=f"{more}, {place}.", delivery=first.delivery)
        with CaptureQueriesContext(connection) as queries:
            editor.get(first.delivery.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Pages


def test_a_page_is_fetched_kept_and_looked_through(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    data = page_of(PARAGRAPHS).encode()
    page = Fetched("https://courier.test/port", "text/html; charset=utf-8", data)
    monkeypatch.setattr(deliver, "fetch_apart", lambda url: page)
    event = make_event()
    answer = editor.post(f"/events/{event.slug}/articles/add/page/", {"address": "courier.test/port"})
    draft = Draft.objects.get()
    assert answer["Location"] == draft.get_absolute_url()
    assert (draft.url, draft.title, draft.publisher) == ("https://courier.test/port", "Port to reopen", "The Courier")
    kept = draft.snapshot
    assert kept is not None
    assert (bytes(kept.data), kept.content_type) == (data, "text/html; charset=utf-8")
    editor.post(draft.get_absolute_url(), typed_of(draft, url=draft.url, publisher="another", outlet="The Courier"))
    assert event.articles.get().url == "https://courier.test/port"


def test_a_page_that_cannot_be_fetched_says_why(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(url: str) -> Fetched:
        raise Unreadable("10.0.0.1 is not on the public web.")

    monkeypatch.setattr(deliver, "fetch_apart", refuse)
    event = make_event()
    for address, sentence in (
        ("http://10.0.0.1/", "not on the public web"),
        ("", "Copy the address of the page here"),
        ("no address", "no address of a page"),
    ):
        answer = editor.post(f"/events/{event.slug}/articles/add/page/", {"address": address})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{address}"' in answer.text or not address
    assert not Delivery.objects.exists()


def test_a_known_address_with_another_text_leads_to_what_there_is(editor: Client) -> None:
    event = make_event()
    article = make_article(event, [("The Courier", "The port opens in May.")])
    Article.objects.filter(pk=article.pk).update(url="https://courier.test/port")
    draft = make_draft(event, text="The port opens in June.", url="https://courier.test/port")
    page = editor.get(draft.get_absolute_url()).text
    assert "This address is known, and its text was another one" in page
    assert f'href="{article.get_absolute_url()}"' in page
    same = make_draft(event, text="The port opens in May.")
    assert "The event has this very text already" in editor.get(same.get_absolute_url()).text


# Snapshots


def test_a_snapshot_is_told_and_given_as_a_file_alone(editor: Client) -> None:
    event = make_event()
    hostile = b"<script>alert(1)</script>"
    kept = Snapshot.objects.create(event=event, name='a"b\r\n.html', content_type="text/html", data=hostile)
    page = editor.get(kept.get_absolute_url()).text
    assert kept.checksum in page
    assert "25" in page
    assert "<script>alert" not in page
    answer = editor.get(f"/snapshots/{kept.pk}/file/")
    assert answer.content == hostile
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


# New texts under a known address

PORT = "https://courier.test/port"


def make_known(text: str = "The port opens in May. It is new.") -> Article:
    article = make_article(make_event(), [("The Courier", text)])
    Article.objects.filter(pk=article.pk).update(url=PORT)
    return Article.objects.get(pk=article.pk)


def test_a_new_text_under_a_known_address_becomes_a_version(editor: Client) -> None:
    article = make_known()
    draft = make_draft(article.event, text="The port opens in June. It is new.", url=PORT)
    page = editor.get(draft.get_absolute_url()).text
    assert "Store as version 2" in page
    assert "it becomes version 2 of" in editor.get(draft.delivery.get_absolute_url()).text
    typed = {"publisher": "another", "outlet": "The Courier", "text": draft.text, "url": PORT}
    answer = editor.post(draft.get_absolute_url(), typed | {"do": f"version:{article.pk}:1"}, follow=True)
    assert "Version 2 is stored." in answer.text
    article.refresh_from_db()
    draft.refresh_from_db()
    assert (article.version, article.text) == (2, draft.text)
    assert (draft.state, draft.article_id, draft.version) == ("added", article.pk, 2)
    assert article.event.articles.count() == 1


def test_a_version_that_somebody_else_stored_meanwhile_is_shown_with_409(editor: Client) -> None:
    article = make_known()
    draft = make_draft(article.event, text="The port opens in July.", url=PORT)
    revise(article, "The port opens in June. It is new.", None)
    typed = {"publisher": "another", "outlet": "The Courier", "text": "The port opens in July!", "url": PORT}
    answer = editor.post(draft.get_absolute_url(), typed | {"do": f"version:{article.pk}:1"})
    assert answer.status_code == 409
    assert "Somebody else stored version 2 while you wrote." in answer.text
    assert "The port opens in July!" in answer.text
    assert "Store as version 3" in answer.text


def test_all_at_once_stores_versions_and_the_same_text_adds_nothing(editor: Client) -> None:
    article = make_known()
    draft = make_draft(article.event, text="The port opens in June.", url=PORT, publisher="")
    make_draft(article.event, text=article.text, url=PORT, delivery=draft.delivery)
    answer = editor.post(f"/deliveries/{draft.delivery_id}/store/", follow=True)
    assert "1 new version of known articles stored." in answer.text
    article.refresh_from_db()
    assert (article.version, article.event.articles.count()) == (2, 1)
