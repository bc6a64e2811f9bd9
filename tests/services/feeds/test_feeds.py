"""Feeds: fetched when due, their items kept once and placed with events, taken in by people or by rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.models import Event, Feed, FeedItem, FeedRule, RuleApplication, Snapshot
from claims.services.feeds import ruling, watching
from claims.services.feeds.deciding import accept_item, dismiss_item, take_back
from claims.services.feeds.opml import as_opml, feeds_of
from claims.services.feeds.placing import names, placed_in
from claims.services.feeds.ruling import MOST_AT_ONCE, make_rule, switch_rule, tried
from claims.services.feeds.watching import add_feed, add_from_opml, change_feed, look_at, queue_due
from claims.services.incoming.extracting import Unreadable
from claims.services.library.keeping import PartyDraft, add_party
from claims.services.refusals import Refused
from tests.factories import make_event, make_user
from tests.services.feeds.pages import Site, serving

pytestmark = pytest.mark.django_db

TUESDAY = "Tue, 08 Apr 2025 10:00:00 GMT"
CALL = ("/call", "Arden and Velland speak on the telephone", TUESDAY)
CHEESE = ("/cheese", "Cheese grows dearer", TUESDAY)


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    with serving() as told:
        settings.CROSSREAD_FETCH_LOOPBACK = True
        settings.CROSSREAD_FETCH_PORTS = [told.port]
        yield told


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have likeness told by words in common: loading the model takes seconds."""

    def alike(texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        words = [[set(text.casefold().split()) for text in several] for several in (texts, others)]
        return [[len(one & other) / max(1, len(one | other)) for other in words[1]] for one in words[0]]

    monkeypatch.setattr(watching, "_likeness", alike)


@pytest.fixture
def editor() -> User:
    return make_user("editor")


@pytest.fixture
def feed(site: Site, editor: User) -> Feed:
    site.feed(CALL, CHEESE)
    told = {"title": "", "publisher": "The Courier", "every_minutes": 60, "active": True}
    return add_feed(editor, url=site.url("/feed"), **told)  # type: ignore[arg-type]


@pytest.fixture
def call() -> Event:
    event = make_event(date=dt.date(2025, 4, 7))
    event.sources.filter(name="Velland").update(aliases=["the palace"])
    return event


def again(feed: Feed) -> Feed:
    feed.refresh_from_db()
    return feed


# Watching


def test_a_worker_fetches_what_is_new_without_being_asked(feed: Feed, call: Event) -> None:
    call_command("worker", "--once", verbosity=0)
    assert again(feed).outcome == "2 items, 2 new."
    assert (feed.title, feed.failures) == ("News of Arden", 0)
    assert feed.next_at is not None
    assert feed.next_at > timezone.now() + dt.timedelta(minutes=50)
    item = feed.items.get(title=CALL[1])
    assert (item.summary, item.at) == ("A summary", dt.datetime(2025, 4, 8, 10, tzinfo=dt.UTC))
    assert item.state == "new"


def test_items_are_kept_once_by_id_and_by_address(feed: Feed, site: Site) -> None:
    look_at(feed)
    site.feed(CALL, CHEESE, ("/third", "A third", TUESDAY))
    data, kind = site.pages["/feed"]
    site.pages["/feed"] = data.replace(b"<guid>/call</guid>", b"<guid>renamed</guid>"), kind
    look_at(again(feed))
    assert feed.outcome == "3 items, 1 new."
    assert feed.items.count() == 3


def test_what_has_not_changed_is_not_sent_again(feed: Feed, site: Site) -> None:
    site.etag = '"v1"'
    look_at(feed)
    look_at(again(feed))
    assert again(feed).outcome == "Nothing has changed since."
    assert feed.etag == '"v1"'


def test_failures_are_told_and_waited_after_longer_each_time(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(url: str, known: object) -> None:
        raise Unreadable("The site has no such page (error 404).")

    waits = []
    monkeypatch.setattr(watching, "feed_apart", gone)
    for _ in range(7):
        look_at(again(feed))
        assert again(feed).next_at is not None
        waits.append(round((feed.next_at - timezone.now()).total_seconds() / 3600))  # type: ignore[operator]
    assert waits == [2, 4, 8, 16, 24, 24, 24]
    assert (feed.failures, "has no such page (error 404)" in feed.outcome) == (7, True)
    monkeypatch.undo()
    monkeypatch.setattr(watching, "_likeness", lambda texts, others: [[0.0] * len(others)] * len(texts))
    look_at(feed)
    assert again(feed).failures == 0


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"\x00\x01 garbage", "This is no feed"),
        (b"<rss><channel>" + b"<item><title>x</title></item>" * 400_000, "more than 8 MB"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(feed: Feed, site: Site, body: bytes, sentence: str) -> None:
    site.pages["/feed"] = body, "application/rss+xml"
    look_at(feed)
    assert sentence in again(feed).outcome
    assert feed.failures == 1


@pytest.mark.parametrize("target", ["http://10.0.0.1/feed", "http://169.254.169.254/latest/", "file:///etc/passwd"])
def test_a_redirect_to_what_is_not_public_is_not_followed(feed: Feed, site: Site, target: str) -> None:
    site.status["/feed"] = 302, target
    look_at(feed)
    assert again(feed).failures == 1
    assert "public web" in feed.outcome or "no address" in feed.outcome or "port" in feed.outcome
    assert not feed.items.exists()


def test_only_feeds_that_are_due_and_active_are_queued_and_once(feed: Feed, editor: User) -> None:
    past = timezone.now() - dt.timedelta(minutes=1)
    Feed.objects.update(next_at=past)
    rows = [Feed(url=f"https://a.example/{n}", title="A", by=editor, active=n == 0) for n in range(2)]
    Feed.objects.bulk_create(rows)
    assert queue_due() == 2
    assert queue_due() == 0


def test_a_change_of_the_address_begins_anew(feed: Feed, site: Site) -> None:
    site.etag = '"v1"'
    look_at(feed)
    told = {"title": "T", "publisher": "", "every_minutes": 15, "active": True}
    change_feed(again(feed), url=site.url("/other"), **told)
    assert (again(feed).etag, feed.title, feed.every_minutes) == ("", "T", 15)
    with pytest.raises(Refused, match="watched already"):
        add_feed(feed.by, url=feed.url, title="", publisher="", every_minutes=60, active=True)


def test_the_database_keeps_an_item_once_and_who_decided(feed: Feed) -> None:
    look_at(feed)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedItem.objects.update(key="same")
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedItem.objects.update(state="dismissed")


# Placing


def test_an_item_is_placed_by_day_parties_and_words_with_the_reasons(feed: Feed, call: Event) -> None:
    make_event("Talks on cheese", sources=("Omber", "Lusk"), date=dt.date(2025, 4, 8))
    far = make_event("An earlier call", date=dt.date(2024, 4, 8))
    look_at(feed)
    match = feed.items.get(title=CALL[1]).matches.get()
    assert match.event == call
    assert match.reasons[:2] == ["1 day after the event", "names Arden and Velland"]
    assert not feed.items.get(title=CHEESE[1]).matches.exists()
    assert not far.feed_matches.exists()


@pytest.mark.parametrize(
    ("text", "wanted", "holds"),
    [
        ("The palace spoke.", ["the palace"], True),
        ("The palaces spoke.", ["the palace"], False),
        ("ARDEN SPOKE", ["Arden"], True),
        ("All of us spoke.", ["US"], False),
        ("The US spoke.", ["US"], True),
        ("Ardenia spoke.", ["Arden", ""], False),
    ],
)
def test_names_are_whole_words_and_short_ones_are_of_their_case(text: str, wanted: list[str], holds: bool) -> None:
    assert names(text, wanted) is holds


def test_a_day_alone_places_nothing(call: Event) -> None:
    item = FeedItem(title="Cheese", at=dt.datetime(2025, 4, 7, tzinfo=dt.UTC))
    assert placed_in(item, call) is None
    assert placed_in(item, call, like=0.9) is not None


def test_a_look_costs_the_same_queries_whatever_comes(feed: Feed, site: Site, call: Event) -> None:
    counts = []
    for size in (4, 40):
        site.feed(*((f"/{size}-{n}", f"Arden and Velland {n}", TUESDAY) for n in range(size)))
        with CaptureQueriesContext(connection) as queries:
            look_at(again(feed))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Deciding


def test_an_accepted_item_is_a_draft_with_its_snapshot(feed: Feed, call: Event, editor: User) -> None:
    look_at(feed)
    item = feed.items.get(title=CALL[1])
    draft = accept_item(item, call, editor)
    item.refresh_from_db()
    assert (item.state, item.event, item.draft, item.decided_by) == ("accepted", call, draft, editor)
    assert "agreed that the port of Sarn" in draft.text
    assert (draft.publisher, draft.published) == ("The Courier", dt.date(2025, 4, 8))
    assert Snapshot.objects.get().url == item.url
    assert not call.articles.exists()
    with pytest.raises(Refused, match="decided meanwhile"):
        accept_item(item, call, editor)


def test_a_page_that_is_gone_leaves_the_item_to_decide(feed: Feed, site: Site, call: Event, editor: User) -> None:
    look_at(feed)
    del site.pages["/call"]
    item = feed.items.get(title=CALL[1])
    with pytest.raises(Refused, match="no such page"):
        accept_item(item, call, editor)
    item.refresh_from_db()
    assert item.state == "new"


def test_what_is_dismissed_stays_so_until_it_is_taken_back(feed: Feed, editor: User) -> None:
    look_at(feed)
    item = feed.items.get(title=CHEESE[1])
    dismiss_item(item, editor)
    look_at(again(feed))
    item.refresh_from_db()
    assert (item.state, item.decided_by) == ("dismissed", editor)
    take_back(item)
    item.refresh_from_db()
    assert item.state == "new"


# Rules


def test_a_rule_shows_what_it_would_do_and_takes_nothing_before_it_is_on(feed: Feed, call: Event, editor: User) -> None:
    look_at(feed)
    rule = make_rule(feed, editor, wanted=["Arden", "Velland", "Arden"], event=call)
    assert [item.title for item in tried(rule)] == [CALL[1]]
    assert not rule.active
    assert not call.articles.exists()
    with pytest.raises(Refused, match="two parties at least"):
        make_rule(feed, editor, wanted=["Arden", " "], event=call)


def test_a_rule_that_is_on_adds_what_comes_and_writes_it_down(feed: Feed, call: Event, editor: User) -> None:
    switch_rule(make_rule(feed, editor, wanted=["Arden", "Velland"], event=call), on=True)
    look_at(feed)
    article = call.articles.get()
    assert "port of Sarn" in article.text
    item = feed.items.get(title=CALL[1])
    assert (item.state, item.decided_by, item.rule) == ("accepted", editor, FeedRule.objects.get())
    assert RuleApplication.objects.get().told == f"Added to “{call}”."
    assert feed.items.get(title=CHEESE[1]).state == "new"


def test_a_rule_makes_one_new_event_a_day_of_the_parties_as_the_library_has_them(
    feed: Feed, site: Site, editor: User
) -> None:
    party = add_party(PartyDraft("Palace", "Velland", ("Vellish side",)), editor)
    switch_rule(make_rule(feed, editor, wanted=["Arden", "Palace"], event=None), on=True)
    site.feed(("/1", "Arden meets the Vellish side", TUESDAY), ("/2", "Palace thanks Arden", TUESDAY))
    data, kind = site.pages["/2"]
    site.pages["/2"] = data.replace(b"for an hour", b"for two hours"), kind
    look_at(feed)
    event = Event.objects.get()
    assert (event.date, event.articles.count()) == (dt.date(2025, 4, 8), 2)
    assert event.sources.get(name="Palace").entry == party
    told = [one.told for one in RuleApplication.objects.order_by("pk")]
    assert [text.split(",")[0].split("“")[0] for text in told] == ["Added to a new event", "Added to "]


def test_a_rule_of_somebody_who_may_not_add_any_more_takes_nothing(feed: Feed, call: Event, editor: User) -> None:
    switch_rule(make_rule(feed, editor, wanted=["Arden", "Velland"], event=call), on=True)
    editor.groups.clear()
    look_at(feed)
    assert "may not add articles any more" in RuleApplication.objects.get().told
    assert feed.items.get(title=CALL[1]).state == "new"


def test_a_feed_that_runs_wild_fills_no_event(
    feed: Feed, site: Site, call: Event, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refused({"": "It could not be fetched."})

    switch_rule(make_rule(feed, editor, wanted=["Arden", "Velland"], event=call), on=True)
    site.feed(*((f"/{n}", f"Arden and Velland, {n}", TUESDAY) for n in range(MOST_AT_ONCE + 3)))
    monkeypatch.setattr(ruling, "accept_item", refuse)  # fetching pages takes time and is not what this is about
    look_at(feed)
    told = [one.told for one in RuleApplication.objects.all()]
    assert sum("more than 10 items" in text for text in told) == 3
    assert sum("could not be fetched" in text for text in told) == MOST_AT_ONCE


# Lists


def test_a_list_of_feeds_goes_out_and_comes_in_switched_off(feed: Feed, editor: User) -> None:
    data = as_opml([feed])
    assert feeds_of(data) == [(feed.url, feed.title)]
    more = data.replace(b"</body>", b'<outline text="Folder"><outline xmlUrl="https://b.example/f"/></outline></body>')
    assert add_from_opml(editor, more) == (1, 1)
    assert not Feed.objects.get(url="https://b.example/f").active


@pytest.mark.parametrize("data", [b"", b"nothing", b"<html/>", b"<opml><body/></opml>"])
def test_what_is_no_list_is_refused(editor: User, data: bytes) -> None:
    with pytest.raises(Refused, match="list"):
        add_from_opml(editor, data)
