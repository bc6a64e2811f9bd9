"""Who may open which page and send which form: every address that there is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims import urls
from claims.models import Annotation, Event, Feed, FeedItem, FeedRule, Reply, SuggestedName
from claims.services.demo import DEMO_USERS, ensure_demo_users
from claims.services.library.keeping import PartyDraft, TermDraft, add_party
from claims.services.report import make_link
from claims.services.review import decide
from claims.services.search import save_search
from claims.services.tokens import make_token
from claims.services.webhooks import register
from claims.services.webhooks import test as send_test
from tests.factories import make_call, make_draft, make_event, make_table, make_user

pytestmark = pytest.mark.django_db

WITHOUT_LOGIN = {"login", "logout", "shared", "language", "api_docs"}
READING = {
    "events",
    "event",
    "event_progress",
    "comparison",
    "nearest",
    "pair",
    "article",
    "queue",
    "quality",
    "settings",
    "versions",
    "version",
    "diff",
    "fixes",
    "review_list",
    "history",
    "history_entry",
    "search",
    "complete",
    "elsewhere",
    "report",
    "comparison_report",
    "matrix",
    "event_overview",
    "overview",
    "source",
    "event_export",
    "event_export_file",
    "comparison_export",
    "comparison_export_file",
    "article_text",
    "disagreements",
    "library",
    "party",
    "person",
}
ADDING = {
    "event_add",
    "event_retry",
    "article_add",
    "source_add",
    "source_change",
    "correct",
    "article_language",
    "article_revise",
    "quality_apply",
    "quality_back",
    "delivery_add",
    "page_add",
    "delivery",
    "delivery_read",
    "delivery_store",
    "draft",
    "table_add",
    "table",
    "table_progress",
    "events_import",
    "links",
    "link_add",
    "link_revoke",
    "blind",
    "assignments",
    "assignments_back",
    "adjudicate",
    "reopen_final",
    *("webhooks", "webhook_add", "webhook", "webhook_turn", "webhook_secret", "webhook_test", "webhook_delete"),
    "webhook_again",
    "library_complete",
    "library_take",
    "library_read",
    "library_part",
    "party_add",
    "party_merge",
    "person_merge",
    "suggested_name",
    *("feeds", "feed", "feed_add", "feed_fetch", "feed_item", "feed_dismiss", "feeds_opml", "feeds_import"),
    *("rule_add", "rule", "rule_switch"),
}
SIGNED_IN = {"snapshot", "snapshot_file"}
REVIEWING = {
    *("review", "undo", "annotate", "reply", "resolve", "reopen", "reason", "queue_anew", "bulk"),
    *("join", "rematch", "silence", "fix_undo", "regroup", "edges", "cut", "merge"),
    *("import_decisions", "import_decisions_apply"),
    *("annotation_edit", "reply_edit", "reply_delete", "people", "agreement", "agreement_again"),
}
ONLY_SENT = {
    "event_retry",
    "correct",
    "article_language",
    "quality_apply",
    "quality_back",
    "link_add",
    "link_revoke",
    "blind",
    "assignments_back",
    "adjudicate",
    "reopen_final",
    "delivery_add",
    "page_add",
    "delivery_read",
    "delivery_store",
    *("webhook_add", "webhook_turn", "webhook_secret", "webhook_test", "webhook_delete", "webhook_again"),
    "library_take",
    "library_read",
    "library_part",
    "party_merge",
    "person_merge",
    "suggested_name",
    *("feed_fetch", "feed_item", "feed_dismiss", "feeds_import", "rule_switch"),
}
ONLY_SHOWN = {"webhooks", "webhook", "delivery", "table_progress", "library_complete", "feeds", "feeds_opml", "rule"}
PERSONAL = {"saved_add", "saved_delete"}
ONES_OWN = {"inbox", "inbox_read", "your_settings", "tokens", "token_add", "token_revoke"}  # for whoever is signed in
_OF_AN_EVENT = [
    *("event", "event_progress", "event_retry", "matrix", "event_overview", "event_export", "event_export_file"),
    *("article_add", "source_add", "blind", "assignments"),
]
NAMES = [pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern) and pattern.name]


@pytest.fixture
def addresses() -> dict[str, str]:
    """Return an address that exists for every name."""
    comparison = make_call()
    pair, claim = comparison.pairs.all()[0], comparison.lone.all()[0].claim
    annotation = Annotation.objects.create(pair=pair, author=make_user("reviewer", name="author"), text="A note.")
    draft, table = make_draft(comparison.event), make_table(comparison.event)
    editor = make_user("editor", name="maker")
    link = make_link(comparison.event, comparison, editor, until=None, indexed=False)
    token = make_token(editor, name="program", scopes=[], days="").token
    webhook = register(editor, address="https://hook.example/", kinds=["pair.final"])
    message = send_test(webhook)
    saved = save_search(editor, name="Calls", query="call", meaning=False)
    answer = Reply.objects.create(annotation=annotation, author=annotation.author, text="An answer.")
    feed = Feed.objects.create(url="https://a.example/feed", title="News", by=editor)
    item = FeedItem.objects.create(feed=feed, key="k", url="https://a.example/1", title="Talks", at=timezone.now())
    rule = FeedRule.objects.create(feed=feed, names=["Arden", "Velland"], by=editor)
    suggested = SuggestedName.objects.create(event=comparison.event, words="Om", folded="om", why="So.", count=1)
    party = add_party(PartyDraft("Omber", terms=[TermDraft("Ida Noor", "Minister")]), editor)
    event, a, b = comparison.event.slug, comparison.a.slug, comparison.b.slug
    arguments: dict[str, list[object]] = {
        **{key: [event] for key in _OF_AN_EVENT},
        **{key: [pair.pk] for key in ["pair", "review", "annotate", "reason", "regroup", "adjudicate", "reopen_final"]},
        **{key: [annotation.pk] for key in ["reply", "resolve", "reopen", "annotation_edit"]},
        **{key: [answer.pk] for key in ["reply_edit", "reply_delete"]},
        "assignments_back": [event, annotation.author_id],
        **{key: [comparison.a_id] for key in ["source", "source_change"]},
        **{
            key: [claim.article_id]
            for key in ["article", "article_language", "article_text", "article_revise", "versions"]
        },
        "version": [claim.article_id, 1],
        "diff": [claim.article_id, 1, 1],
        "correct": [claim.pk],
        "quality_back": [0],
        **{key: [event] for key in ["delivery_add", "page_add", "table_add"]},
        **{key: [draft.delivery_id] for key in ["delivery", "delivery_read", "delivery_store"]},
        **{key: [draft.snapshot_id] for key in ["snapshot", "snapshot_file"]},
        **{key: [table.pk] for key in ["table", "table_progress"]},
        "draft": [draft.pk],
        "history_entry": [decide(pair, annotation.author, "agree").pk],
        "saved_delete": [saved.pk],
        "elsewhere": [claim.pk],
        "report": [event],
        "comparison_report": [event, a, b],
        "link_revoke": [link.pk],
        "shared": [link.token],
        "token_revoke": [token.pk],
        **{key: [webhook.pk] for key in ["webhook", *(f"webhook_{do}" for do in ("turn", "secret", "test", "delete"))]},
        "webhook_again": [message.pk],
        **{key: [event, a, b] for key in ["comparison", "comparison_export", "comparison_export_file"]},
        **{key: [claim.pk] for key in ["edges", "cut", "merge"]},
        **{key: [comparison.pk] for key in ["join", "rematch", "fixes"]},
        **{key: [comparison.pk, claim.pk] for key in ["nearest", "silence"]},
        "fix_undo": [comparison.pk, 0],
        "suggested_name": [suggested.pk],
        "library_part": [party.changes.all()[0].pk],
        **{key: [item.feed_id] for key in ["feed", "feed_fetch", "rule_add"]},
        "feed_item": [item.pk],
        **{key: [rule.pk] for key in ["rule", "rule_switch"]},
        **{key: [party.pk] for key in ["party", "party_merge", "library_read"]},
        **{key: [party.terms.all()[0].person_id] for key in ["person", "person_merge"]},
    }
    return {name: reverse(name, args=arguments.get(name)) for name in NAMES}


def test_every_address_is_named_here() -> None:
    assert set(NAMES) <= WITHOUT_LOGIN | READING | SIGNED_IN | ADDING | REVIEWING | PERSONAL | ONES_OWN


def test_without_a_login_every_page_leads_to_the_login(settings: Settings, addresses: dict[str, str]) -> None:
    settings.CROSSREAD_PUBLIC_READ = False
    for name in NAMES:
        for answer in (Client().get(addresses[name]), Client().post(addresses[name])):
            if name in WITHOUT_LOGIN:
                assert answer.status_code in (200, 302, 303, 405, 422), name
            else:
                assert answer.status_code == 302, name
                assert answer["Location"].startswith("/login/?next="), name


def test_where_reading_is_open_only_reading_is(settings: Settings, addresses: dict[str, str]) -> None:
    settings.CROSSREAD_PUBLIC_READ = True
    for name in NAMES:
        answer = Client().get(addresses[name])
        if name in READING:
            assert answer.status_code == 200 or answer["Location"] == addresses["event"], name
        elif name not in WITHOUT_LOGIN:
            assert answer["Location"].startswith("/login/?next="), name
        if name not in WITHOUT_LOGIN:
            assert Client().post(addresses[name])["Location"].startswith("/login/?next="), name


@pytest.mark.parametrize("role", ["", "reader", "reviewer", "editor"])
def test_every_reader_may_read(client: Client, addresses: dict[str, str], role: str) -> None:
    client.force_login(make_user(role))
    for name in READING & set(NAMES):
        assert client.get(addresses[name]).status_code in (200, 302), name


@pytest.mark.parametrize("role", ["", "reader", "reviewer"])
def test_only_editors_add_and_correct(client: Client, addresses: dict[str, str], role: str) -> None:
    client.force_login(make_user(role))
    for name in sorted(ADDING):
        verb = client.get if name in ONLY_SHOWN else client.post
        answer = verb(addresses[name], {"title": "Talks", "name": "Omber", "voice": "The Courier"})
        assert answer.status_code == 403, name
        assert "This account may not do that" in answer.text, name
        assert Event.objects.count() == 1, name


def test_editors_get_the_forms(client: Client, addresses: dict[str, str]) -> None:
    client.force_login(make_user("editor"))
    for name in sorted(ADDING - ONLY_SENT):
        assert client.get(addresses[name]).status_code == 200, name


@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_what_was_read_is_shown_to_readers_with_a_role(client: Client, addresses: dict[str, str], name: str) -> None:
    client.force_login(make_user("reader"))
    assert client.get(addresses[name]).status_code == 200
    client.force_login(make_user(""))
    assert client.get(addresses[name]).status_code == 403


@pytest.mark.parametrize("role", ["", "reader"])
def test_readers_do_not_review(client: Client, addresses: dict[str, str], role: str) -> None:
    client.force_login(make_user(role))
    for name in sorted(REVIEWING & set(NAMES)):
        answer = client.post(addresses[name], {"decision": "agree", "text": "A note."})
        assert answer.status_code in (403, 405), name


@pytest.mark.parametrize("role", ["", "reader", "reviewer", "editor"])
def test_whoever_is_signed_in_has_an_inbox(client: Client, addresses: dict[str, str], role: str) -> None:
    client.force_login(make_user(role))
    assert client.get(addresses["inbox"]).status_code == 200
    assert client.post(addresses["inbox_read"], {"notice": "all"}).status_code == 303


def test_pages_hide_what_a_person_may_not_do(client: Client, addresses: dict[str, str]) -> None:
    client.force_login(make_user("reader"))
    pages = client.get("/").text + client.get(addresses["event"]).text + client.get(addresses["article"]).text
    for name in ("event_add", "article_add", "source_add", "source_change", "blind", "assignments"):
        assert addresses[name] not in pages
    client.force_login(make_user("editor"))
    pages = client.get("/").text + client.get(addresses["event"]).text
    for name in ("event_add", "article_add", "source_add", "source_change", "blind", "assignments"):
        assert addresses[name] in pages


def test_admin_asks_for_a_login_of_its_own(client: Client) -> None:
    client.force_login(make_user("editor"))
    assert client.get("/admin/").status_code == 302


def test_no_addresses_are_served_beside_these_and_the_admins() -> None:
    assert {str(pattern.pattern) for pattern in get_resolver().url_patterns} == {"admin/", ""}


# Logging in


def test_a_login_leads_back_to_where_it_began(client: Client) -> None:
    make_user("editor")
    answer = client.post("/login/", {"username": "editor", "password": "a-long-password", "next": "/events/add/"})
    assert answer["Location"] == "/events/add/"


def test_a_login_leads_to_no_other_site(client: Client) -> None:
    make_user("editor")
    answer = client.post("/login/", {"username": "editor", "password": "a-long-password", "next": "https://evil.test/"})
    assert answer["Location"] == "/"


def test_a_wrong_password_is_refused_and_the_name_is_kept(client: Client) -> None:
    make_user("editor")
    answer = client.post("/login/", {"username": "editor", "password": "wrong-password"})
    assert answer.status_code == 422
    assert 'value="editor"' in answer.text
    assert "wrong-password" not in answer.text
    assert 'class="problem"' in answer.text


def test_only_the_demo_shows_its_accounts(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    shown = client.get("/login/").text
    assert all(account.name in shown and account.password in shown for account in DEMO_USERS)
    settings.DEMO = False
    assert DEMO_USERS[0].password not in client.get("/login/").text


def test_the_accounts_that_are_shown_work(client: Client) -> None:
    for account in ensure_demo_users():
        answer = client.post("/login/", {"username": account.name, "password": account.password})
        assert answer.status_code == 302
        client.post("/logout/")


def test_logging_out_is_a_post(client: Client) -> None:
    client.force_login(make_user("reader"))
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302


# What goes wrong


def test_a_form_without_its_token_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("editor"))
    answer = client.post("/events/add/", {"title": "Talks"})
    assert answer.status_code == 403
    assert "The form was too old" in answer.text


def test_an_unknown_address_says_so_in_the_sites_own_page(client: Client) -> None:
    client.force_login(make_user("reader"))
    for address in ("/nowhere/", "/events/nowhere/", "/articles/999/", "/events/nowhere/progress/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "This page does not exist" in answer.text


def test_a_broken_page_says_so_without_what_may_be_broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(make_user("reader"))
    client.raise_request_exception = False
    monkeypatch.setattr("claims.views.events.points_of", lambda event, viewer: 1 / 0)
    event = make_event(sources=("Arden", "Velland", "Omber"))
    answer = client.get(event.get_absolute_url())
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text


def test_pages_allow_no_script_or_style_but_their_own(client: Client, addresses: dict[str, str]) -> None:
    client.force_login(make_user("editor"))
    for name in ("events", "event", "article", "event_add", "article_add", "source_change", "pair", "disagreements"):
        answer = client.get(addresses[name])
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert " style=" not in answer.text
        assert "<style" not in answer.text
        assert " hx-on" not in answer.text
        assert "<script>" not in answer.text
