"""Threads on a pair's page and the inbox: editing, deleting, naming people, and what is unread."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Annotation, Notice, Pair, Reply
from claims.services.annotate import annotate, reply
from claims.services.threads import edit_annotation, edit_reply
from tests.factories import make_call, make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_call().pairs.get(verdict__reasons__kind="tone")


@pytest.fixture
def me(client: Client) -> User:
    user = make_user(name="me")
    client.force_login(user)
    return user


@pytest.fixture
def note(pair: Pair, me: User) -> Annotation:
    return annotate(pair, me, text="Which tariffs?")


def test_ones_own_note_is_edited_and_shows_what_it_said(client: Client, note: Annotation) -> None:
    answer = client.post(f"/annotations/{note.pk}/edit/", {"text": "Which <tariffs>, @ben?", "version": 1})
    assert (answer.status_code, answer["Location"]) == (303, note.get_absolute_url())
    page = client.get(note.pair.get_absolute_url()).text
    assert 'Which &lt;tariffs&gt;, <b class="mention">@ben</b>?' in page
    assert "Edited: what it said before" in page
    assert "annotation edited: “Which tariffs?” → “Which &lt;tariffs&gt;, @ben?”" in page


def test_anothers_note_is_edited_by_editors_alone(client: Client, note: Annotation) -> None:
    client.force_login(make_user(name="ben"))
    assert "Edit the note" not in client.get(note.pair.get_absolute_url()).text
    assert client.post(f"/annotations/{note.pk}/edit/", {"text": "Mine now.", "version": 1}).status_code == 403
    client.force_login(make_user("editor"))
    assert client.post(f"/annotations/{note.pk}/edit/", {"text": "Clearer.", "version": 1}).status_code == 303


def test_anothers_reply_is_nobody_elses_to_edit_or_delete(client: Client, note: Annotation) -> None:
    answer = reply(note, make_user(name="ben"), "Timber.")
    for person in (User.objects.get(username="me"), make_user("editor")):
        client.force_login(person)
        for verb in ("edit", "delete"):
            assert client.post(f"/replies/{answer.pk}/{verb}/", {"text": "x", "version": 1}).status_code == 403
    assert Reply.objects.get().text == "Timber."


def test_ones_own_reply_is_edited_and_deleted(client: Client, me: User, note: Annotation) -> None:
    answer = reply(note, me, "Timber.")
    client.post(f"/replies/{answer.pk}/edit/", {"text": "Steel.", "version": 1})
    page = client.get(note.pair.get_absolute_url()).text
    assert '<p class="text">Steel.</p>' in page
    assert '<li><p class="text">Timber.</p>' in page
    client.post(f"/replies/{answer.pk}/delete/", {"version": 2})
    page = client.get(note.pair.get_absolute_url()).text
    thread, history = page.split('id="history"')
    assert "Deleted by me" in thread
    assert "Steel." not in thread
    assert "reply deleted: “Steel.”" in history


@pytest.mark.parametrize("what", ["note", "reply"])
def test_who_is_late_sees_what_stands_and_keeps_what_was_typed(
    client: Client, me: User, note: Annotation, what: str
) -> None:
    answer = reply(note, me, "Timber.")
    if what == "note":
        edit_annotation(note, me, text="In another tab.", version=1)
        address = f"/annotations/{note.pk}/edit/"
    else:
        edit_reply(answer, me, text="In another tab.", version=1)
        address = f"/replies/{answer.pk}/edit/"
    late = client.post(address, {"text": "Here & now.", "version": 1})
    page = unescape(late.text)
    assert late.status_code == 409
    for told in ("Somebody else edited this", "In another tab.</p>", "Here & now.</textarea>"):
        assert told in page
    form = page[page.index(f'action="{address}"') :]
    assert 'name="version" value="2"' in form[: form.index("</form>")]
    assert client.post(address, {"text": "Here & now.", "version": 2}).status_code == 303


def test_a_late_edit_of_a_deleted_reply_is_kept_in_sight(client: Client, me: User, note: Annotation) -> None:
    answer = reply(note, me, "Timber.")
    client.post(f"/replies/{answer.pk}/delete/", {"version": 1})
    late = client.post(f"/replies/{answer.pk}/edit/", {"text": "Here and now.", "version": 1})
    assert late.status_code == 409
    assert "This reply was deleted meanwhile." in late.text
    assert "Here and now.</textarea>" in late.text


def test_a_blank_edit_is_refused(client: Client, note: Annotation) -> None:
    answer = client.post(f"/annotations/{note.pk}/edit/", {"text": " ", "version": 1})
    assert answer.status_code == 422
    assert "Write a note before you save it." in answer.text


def test_the_header_counts_what_is_unread(client: Client, me: User, note: Annotation) -> None:
    assert "unread</span>" not in client.get("/").text
    ben = make_user(name="ben")
    reply(note, ben, "Timber.")
    reply(note, ben, "And steel, @me.")
    assert '<b class="count">2<span class="visually-hidden"> unread</span></b>' in client.get("/").text


def test_the_inbox_says_who_did_what_where(client: Client, me: User, note: Annotation) -> None:
    reply(note, make_user(name="ben"), "Those on <timber>, @me.")
    page = client.get("/inbox/").text
    assert "<b>ben</b> mentioned you" in page
    assert 'Those on &lt;timber&gt;, <b class="mention">@me</b>.' in page
    assert f'href="{note.get_absolute_url()}"' in page


def test_notices_are_marked_one_by_one_and_all(client: Client, me: User, note: Annotation) -> None:
    ben = make_user(name="ben")
    for text in ("Timber.", "Steel.", "Coal."):
        reply(note, ben, text)
    one = Notice.objects.order_by("pk")[0]
    client.post("/inbox/read/", {"notice": one.pk, "read": "1"})
    page = client.get("/inbox/").text
    assert "Timber." not in page
    assert "Steel." in page
    assert "Timber." in client.get("/inbox/?show=all").text
    client.post("/inbox/read/", {"notice": one.pk, "read": "0"})
    assert "Timber." in client.get("/inbox/").text
    assert "Marked as read: 3." in client.post("/inbox/read/", {"notice": "all"}, follow=True).text
    assert "Everything is read." in client.get("/inbox/").text


def test_others_inboxes_stay_theirs(client: Client, me: User, note: Annotation) -> None:
    ben = make_user(name="ben")
    reply(note, ben, "Timber.")
    one = Notice.objects.get()
    client.force_login(ben)
    assert "Timber." not in client.get("/inbox/?show=all").text
    client.post("/inbox/read/", {"notice": one.pk})
    one.refresh_from_db()
    assert one.read_at is None


def test_names_are_completed_for_who_may_write(client: Client, me: User) -> None:
    make_user(name="Benno")
    make_user(name="ben")
    make_user(name="cem")
    assert client.get("/people/?begins=be").json() == {"names": ["Benno", "ben"]}
    client.force_login(make_user("reader"))
    assert client.get("/people/?begins=be").status_code == 403


def test_a_longer_inbox_and_longer_threads_cost_no_more_queries(client: Client, me: User) -> None:
    counts = []
    for size in (3, 12):
        pair = make_large(size).pairs.all()[0]
        note = annotate(pair, me, text="Note")
        for number in range(size):
            person = make_user(name=f"person-{size}-{number}")
            edit_reply(reply(note, person, "Timber."), person, text="Steel.", version=1)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/inbox/").text
            client.get(pair.get_absolute_url())
        assert len(re.findall(r'class="card unread"', page)) >= size
        counts.append(len(queries))
    assert counts[0] == counts[1]
