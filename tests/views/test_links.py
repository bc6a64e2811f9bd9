"""Public links: they show a report and nothing else, to whoever has one, until they are closed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.models import Change, Comparison, PublicLink
from claims.services.annotate import annotate
from claims.services.report import edit_report, make_link, revoke_link
from claims.services.review import decide
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def comparison() -> Comparison:
    return make_call()


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def stranger(settings: Settings) -> Client:
    """Return somebody without an account, where reading needs one."""
    settings.CROSSREAD_PUBLIC_READ = False
    return Client()


def link_to(comparison: Comparison, **told: Any) -> PublicLink:
    return make_link(
        comparison.event, comparison, make_user("editor", name="maker"), **({"until": None, "indexed": False} | told)
    )


def test_a_stranger_reads_the_report_and_finds_no_way_on(stranger: Client, comparison: Comparison) -> None:
    comparison.event.articles.filter(name="arden.txt").update(url="https://arden.example/readout")
    page = stranger.get(link_to(comparison).get_absolute_url()).text
    assert "Point by point" in page
    assert "The two leaders" in page
    addresses = re.findall(r'href="([^"]*)"', page)
    assert {one for one in addresses if not one.startswith(("#", "/static/"))} == {"https://arden.example/readout"}
    assert "<form" not in page
    assert "<script" not in page


def test_it_names_nobody_of_this_house(stranger: Client, comparison: Comparison) -> None:
    pair = comparison.pairs.all()[0]
    ana = make_user(name="ana-lind")
    decide(pair, ana, "diverge")
    decide(pair, make_user(name="ben-ott"), "agree")
    note = annotate(pair, ana, text="They differ on the hour.")
    link = link_to(comparison)
    edit_report(comparison.event, comparison, ana, introduction="By us.", notes=[note.pk], version=0)
    page = stranger.get(link.get_absolute_url()).text
    assert "They differ on the hour." in page
    assert "By us." in page
    assert "one reviewer: diverge" in page
    for name in ("ana-lind", "ben-ott", "maker"):
        assert name not in page


def test_it_opens_nothing_else(stranger: Client, comparison: Comparison) -> None:
    stranger.get(link_to(comparison).get_absolute_url())
    for address in ("/", comparison.get_absolute_url(), comparison.event.get_absolute_url(), "/links/"):
        assert stranger.get(address).status_code == 302


def test_no_cache_keeps_it_no_cookie_is_set_and_no_site_is_told(stranger: Client, comparison: Comparison) -> None:
    answer = stranger.get(link_to(comparison).get_absolute_url())
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Frame-Options"] == "DENY"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies


@pytest.mark.parametrize("indexed", [False, True])
def test_search_engines_are_told_what_they_may(stranger: Client, comparison: Comparison, indexed: bool) -> None:
    answer = stranger.get(link_to(comparison, indexed=indexed).get_absolute_url())
    assert (answer.headers.get("X-Robots-Tag") == "noindex, nofollow, noarchive") is not indexed
    assert ('<meta name="robots" content="index, nofollow">' in answer.text) is indexed
    assert ('<meta name="robots" content="noindex, nofollow, noarchive">' in answer.text) is not indexed


def test_only_looking_is_possible_and_it_writes_nothing(stranger: Client, comparison: Comparison) -> None:
    address = link_to(comparison).get_absolute_url()
    for send in (stranger.post, stranger.put, stranger.delete):
        assert send(address).status_code == 405
    with CaptureQueriesContext(connection) as queries:
        stranger.get(address)
    assert all(one["sql"].startswith("SELECT") for one in queries.captured_queries)


def test_a_revoked_an_expired_and_an_unknown_link_look_the_same(stranger: Client, comparison: Comparison) -> None:
    revoked, expired = link_to(comparison), link_to_again(comparison)
    revoke_link(revoked, make_user("editor"))
    past = timezone.now() - dt.timedelta(seconds=1)
    PublicLink.objects.filter(pk=expired.pk).update(expires_at=past, made_at=past - dt.timedelta(days=1))
    addresses = [revoked.get_absolute_url(), expired.get_absolute_url(), f"/shared/{'x' * 32}/", "/shared/%00/"]
    answers = [stranger.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "This link shows nothing" in answers[0].text
    assert {answer["X-Robots-Tag"] for answer in answers} == {"noindex, nofollow, noarchive"}
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}


def link_to_again(comparison: Comparison) -> PublicLink:
    return make_link(comparison.event, comparison, make_user("editor", name="another"), until=None, indexed=False)


def test_tokens_are_long_and_never_the_same(comparison: Comparison) -> None:
    maker = make_user("editor")
    tokens = {make_link(comparison.event, None, maker, until=None, indexed=False).token for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) >= 32


def test_an_editor_makes_one_sees_it_listed_and_revokes_it(editor: Client, comparison: Comparison) -> None:
    last = timezone.localdate() + dt.timedelta(days=7)
    told = {"event": comparison.event.slug, "comparison": str(comparison.pk), "until": last.isoformat(), "indexed": "y"}
    answer = editor.post("/links/add/", told)
    link = PublicLink.objects.get()
    assert answer["Location"] == f"{comparison.get_absolute_url()}report/#links"
    assert link.indexed
    assert link.expires_at is not None
    assert timezone.localtime(link.expires_at - dt.timedelta(seconds=1)).date() == last
    page = editor.get("/links/").text
    assert link.get_absolute_url() in page
    assert "editor" in page
    answer = editor.post(f"/links/{link.pk}/revoke/", {"next": "/links/"})
    assert answer["Location"] == "/links/"
    assert editor.get(link.get_absolute_url()).status_code == 404
    page = editor.get("/links/").text
    assert "revoked by editor" in page
    assert link.token not in page
    history = Change.objects.order_by("pk").values_list("what", "actor__username")
    assert list(history) == [("link", "editor"), ("revoked", "editor")]
    assert link.token not in "".join(Change.objects.values_list("before", "after")[0])


def test_revoking_twice_keeps_who_did_it_first(editor: Client, comparison: Comparison) -> None:
    link = link_to(comparison)
    revoke_link(link, make_user("editor", name="ana"))
    editor.post(f"/links/{link.pk}/revoke/")
    link.refresh_from_db()
    assert link.revoked_by is not None
    assert link.revoked_by.username == "ana"
    assert Change.objects.filter(what="revoked").count() == 1


@pytest.mark.parametrize(
    ("until", "sentence"), [("2020-01-01", "This day is over."), ("soon", "This is not a date."), ("0", "not a date")]
)
def test_a_day_that_cannot_be_is_refused(editor: Client, comparison: Comparison, until: str, sentence: str) -> None:
    answer = editor.post("/links/add/", {"event": comparison.event.slug, "until": until})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{until}"' in answer.text
    assert not PublicLink.objects.exists()


def test_a_link_to_nothing_is_not_made(editor: Client, comparison: Comparison) -> None:
    for told in ({"event": "nowhere"}, {"event": comparison.event.slug, "comparison": "999"}, {}):
        assert editor.post("/links/add/", told).status_code == 404


def test_more_links_cost_no_more_queries(editor: Client, comparison: Comparison) -> None:
    counts = []
    maker = make_user("editor", name="maker")
    for _ in range(2):
        for _ in range(5):
            revoke_link(make_link(comparison.event, comparison, maker, until=None, indexed=False), maker)
        with CaptureQueriesContext(connection) as queries:
            editor.get("/links/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
