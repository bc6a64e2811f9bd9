"""The pages of feeds: watching one, deciding on items, rules and lists."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Event, Feed, FeedItem, FeedMatch
from claims.services.incoming.apart import Fetched
from claims.services.library.keeping import PartyDraft, add_party
from tests.factories import make_event, make_user
from tests.services.feeds.pages import ARTICLE

pytestmark = pytest.mark.django_db

AT = dt.datetime(2031, 4, 9, 8, tzinfo=dt.UTC)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def feed(editor: Client) -> Feed:
    sent = {"url": "news.example/feed", "title": "News", "publisher": "The Courier", "every_minutes": "60"}
    answer = editor.post("/feeds/add/", sent | {"active": "on"})
    feed = Feed.objects.get()
    assert answer["Location"] == feed.get_absolute_url()
    return feed


def make_item(feed: Feed, number: int = 1, event: Event | None = None) -> FeedItem:
    told = {"title": f"Arden speaks with Velland {number}", "summary": "For an hour.", "at": AT}
    item = FeedItem.objects.create(feed=feed, key=f"k{number}", url=f"https://news.example/{number}", **told)
    if event:
        FeedMatch.objects.create(item=item, event=event, score=0.8, reasons=["1 day after the event", "names Arden"])
    return item


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every page that is fetched be an article."""
    page = Fetched("https://news.example/1", "text/html", ARTICLE.format(title="A call").encode())
    monkeypatch.setattr("claims.services.incoming.deliver.fetch_apart", lambda url: page)


def test_a_feed_is_watched_from_then_on(editor: Client, feed: Feed) -> None:
    assert (feed.url, feed.publisher, feed.active) == ("https://news.example/feed", "The Courier", True)
    page = editor.get("/feeds/").text
    for shown in ("News", "every hour", "not yet", "Nothing new is waiting"):
        assert shown in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"url": ""}, "Type the feed’s address"),
        ({"url": "ftp://a.example"}, "This is no address"),
        ({"url": "https://news.example/feed"}, "watched already"),
        ({"url": "https://a.example", "every_minutes": "1"}, "valid choice"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(editor: Client, feed: Feed, sent: dict[str, str], sentence: str) -> None:
    answer = editor.post("/feeds/add/", {"publisher": "typed by hand", "every_minutes": "60"} | sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "typed by hand" in answer.text
    assert Feed.objects.count() == 1


def test_it_is_changed_and_says_how_it_went(editor: Client, feed: Feed) -> None:
    Feed.objects.update(outcome="news.example has no such page.", failures=3, fetched_at=AT)
    page = editor.get(feed.get_absolute_url()).text
    assert "failed 3 times in a row" in page
    assert "no such page" in page
    sent = {"url": feed.url, "title": "Other", "every_minutes": "1440"}
    editor.post(feed.get_absolute_url(), sent)
    feed.refresh_from_db()
    assert (feed.title, feed.every_minutes, feed.active) == ("Other", 1440, False)
    assert editor.post(feed.get_absolute_url(), sent | {"url": "nonsense with blanks"}).status_code == 422


def test_an_item_is_shown_with_its_event_and_why_and_is_taken_in(editor: Client, feed: Feed, fetched: None) -> None:
    event = make_event()
    item = make_item(feed, event=event)
    page = editor.get("/feeds/").text
    for shown in ("1 day after the event · names Arden · score 0.80", str(event), "For an hour."):
        assert shown in page
    answer = editor.post(f"/feeds/items/{item.pk}/", {"event": event.pk})
    item.refresh_from_db()
    assert item.draft is not None
    assert answer["Location"] == item.draft.get_absolute_url()
    assert "Taken into" in editor.get(f"{feed.get_absolute_url()}?state=accepted").text
    again = editor.post(f"/feeds/items/{item.pk}/", {"event": event.pk}, follow=True)
    assert "decided meanwhile" in again.text


def test_an_item_begins_a_new_event(editor: Client, feed: Feed, fetched: None) -> None:
    item = make_item(feed)
    answer = editor.post(f"/feeds/items/{item.pk}/", {"do": "new"})
    form = editor.get(answer["Location"]).text
    assert 'value="Arden speaks with Velland 1"' in form
    assert 'value="2031-04-09"' in form
    sent = {"title": "A call", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "item": item.pk}
    assert editor.post("/events/add/", sent | {"form-0-name": "Arden"}).status_code == 422
    made = editor.post("/events/add/", sent | {"form-0-name": "Arden", "form-1-name": "Velland"})
    item.refresh_from_db()
    assert item.draft is not None
    assert (item.event, made["Location"]) == (Event.objects.get(), item.draft.get_absolute_url())


def test_an_item_is_dismissed_and_taken_back(editor: Client, feed: Feed) -> None:
    item = make_item(feed)
    editor.post(f"/feeds/items/{item.pk}/", {"do": "dismiss"})
    assert "Nothing new is waiting" in editor.get("/feeds/").text
    assert "Dismissed by editor" in editor.get(f"{feed.get_absolute_url()}?state=dismissed").text
    editor.post(f"/feeds/items/{item.pk}/", {"do": "back", "back": "feed"})
    item.refresh_from_db()
    assert item.state == "new"
    assert "Choose the event" in editor.post(f"/feeds/items/{item.pk}/", {"event": ""}, follow=True).text


def test_a_new_event_has_the_parties_of_the_library_that_the_item_names(editor: Client, feed: Feed) -> None:
    add_party(PartyDraft("Palace", "Velland", ("Velland’s palace", "Velland")), None)
    add_party(PartyDraft("Chancellery", "Omber"), None)
    form = editor.get(f"/events/add/?item={make_item(feed).pk}").text
    assert 'value="Palace (Velland)"' in form
    assert "Omber" not in form
    assert 'name="form-1-name"' in form


def test_what_no_event_is_proposed_for_is_dismissed_at_once(editor: Client, feed: Feed) -> None:
    kept, gone = make_item(feed, 1, make_event()), make_item(feed, 2)
    page = editor.get("/feeds/").text
    assert f'name="item" value="{gone.pk}"' in page
    assert f'name="item" value="{kept.pk}"' not in page
    told = editor.post("/feeds/items/dismiss/", {"item": [gone.pk, "x"], "feed": feed.pk}, follow=True).text
    assert "1 item dismissed" in told
    assert set(FeedItem.objects.values_list("pk", "state")) == {(kept.pk, "new"), (gone.pk, "dismissed")}


def test_a_rule_is_made_shown_and_switched_on(editor: Client, feed: Feed) -> None:
    make_item(feed)
    add = f"/feeds/{feed.pk}/rules/add/"
    assert "two parties at least" in editor.post(add, {"names": "Arden"}).text
    page = editor.post(add, {"names": "Arden, Velland"}, follow=True).text
    for shown in ("Items naming Arden and Velland", "it is about 1", "switched off", "Nothing yet."):
        assert shown in page
    rule = feed.rules.get()
    on = editor.post(f"/feeds/rules/{rule.pk}/switch/", {"on": "1"}, follow=True).text
    assert "it acts on items that come from now on" in on
    assert "Switch it off" in on


def test_lists_of_feeds_go_out_and_come_in(editor: Client, feed: Feed) -> None:
    data = b"".join(editor.get("/feeds/list/"))
    assert b'xmlUrl="https://news.example/feed"' in data
    file = SimpleUploadedFile("feeds.opml", data.replace(b"news.example", b"other.example"))
    assert "1 added" in editor.post("/feeds/import/", {"file": file}, follow=True).text
    assert Feed.objects.count() == 2
    wrong = editor.post("/feeds/import/", {"file": SimpleUploadedFile("a.opml", b"nothing")})
    assert (wrong.status_code, "no list of feeds" in wrong.text) == (422, True)


def test_the_pages_cost_the_same_queries_at_any_length(editor: Client, feed: Feed) -> None:
    event, counts = make_event(), []
    for size in (3, 15):
        for number in range(size):
            make_item(feed, number + 100 * size, event)
        with CaptureQueriesContext(connection) as queries:
            editor.get("/feeds/")
            editor.get(feed.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]
