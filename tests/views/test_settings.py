"""The settings page: what is in use, what leaves this machine, and never a key."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.factories import make_user

pytestmark = pytest.mark.django_db

KEY = "sk-not-for-anybodys-eyes"


@pytest.fixture
def remote(settings: Settings) -> Settings:
    """Have a language model judge, on somebody's server, with a key."""
    settings.CROSSREAD_JUDGE = "remote"
    settings.CROSSREAD_JUDGE_MODEL = "a-large-model"
    settings.CROSSREAD_JUDGE_URL = "https://judge.example.org:8443/v1"
    settings.CROSSREAD_JUDGE_KEY = KEY
    return settings


@pytest.fixture(autouse=True)
def as_it_comes(settings: Settings) -> None:
    settings.CROSSREAD_JUDGE = "built-in"


def shown(client: Client, role: str = "reader") -> str:
    client.force_login(make_user(role))
    answer = client.get("/settings/")
    assert answer.status_code == 200
    return answer.text


def leaving(page: str) -> str:
    """Return the words of the card on what leaves this machine."""
    card = page[page.index('aria-labelledby="leaves"') : page.index('aria-labelledby="matching"')]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", card).split()))


@pytest.mark.parametrize("role", ["", "reader", "reviewer", "editor"])
def test_whoever_may_read_sees_what_is_in_use(client: Client, role: str) -> None:
    page = shown(client, role)
    assert "all-MiniLM-L6-v2" in page
    assert re.search(r'aria-current="true">\s*<h3>Built-in judge', page)


def test_it_needs_a_login_unless_reading_is_open(client: Client, settings: Settings) -> None:
    settings.CROSSREAD_PUBLIC_READ = False
    assert client.get("/settings/")["Location"].startswith("/login/")
    settings.CROSSREAD_PUBLIC_READ = True
    assert client.get("/settings/").status_code == 200


def test_nothing_can_be_sent_to_it(client: Client) -> None:
    client.force_login(make_user("editor"))
    assert client.post("/settings/", {"CROSSREAD_JUDGE": "remote"}).status_code == 405


@pytest.mark.parametrize("judge", ["built-in", "rules", "inference"])
def test_for_judges_of_this_machine_it_says_that_nothing_leaves(client: Client, settings: Settings, judge: str) -> None:
    settings.CROSSREAD_JUDGE = judge
    settings.CROSSREAD_JUDGE_MODEL = "somebody/nli-model"
    page = shown(client)
    assert "Nothing. Every text is read by models and rules on this machine" in leaving(page)
    assert ("somebody/nli-model" in page) == (judge == "inference")


def test_of_a_model_in_a_folder_the_name_is_shown_and_not_the_way(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    for name in ("some-encoder", "some-nli"):
        (tmp_path / name).mkdir()
    settings.CROSSREAD_MODEL = str(tmp_path / "some-encoder")
    settings.CROSSREAD_JUDGE, settings.CROSSREAD_JUDGE_MODEL = "inference", str(tmp_path / "some-nli")
    page = shown(client)
    assert "some-encoder" in page
    assert "some-nli" in page
    assert str(tmp_path) not in page


def test_for_a_server_it_says_what_goes_where(client: Client, remote: Settings) -> None:
    page = shown(client)
    told = leaving(page)
    assert "Statements are sent to judge.example.org:8443. They leave the house" in told
    assert "the texts of its two statements" in told
    assert "Never sent Whole articles, the lists of sources and events, drafts, notes, reviews, accounts." in told
    assert "not encrypted" not in told
    for word in ("a-large-model", "at most 20 seconds", "50 requests", "100,000 tokens"):
        assert word in page


def test_a_way_that_others_can_read_is_named(client: Client, remote: Settings) -> None:
    remote.CROSSREAD_JUDGE_URL = "http://judge.example.org/v1"
    assert "The way there is not encrypted." in leaving(shown(client))


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:11434"])
def test_a_server_on_this_machine_is_told_from_others(client: Client, remote: Settings, host: str) -> None:
    remote.CROSSREAD_JUDGE_URL = f"http://{host}/v1"
    told = leaving(shown(client))
    assert f"a server on this machine, {host}." in told
    assert "leave the house" not in told


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_no_key_is_shown_to_anybody(client: Client, remote: Settings, role: str) -> None:
    remote.CROSSREAD_JUDGE_URL = f"https://somebody:{KEY}@judge.example.org/v1?key={KEY}"
    page = shown(client, role)
    assert KEY not in page
    assert "with a key, which is never shown" in page


def test_every_page_leads_to_it(client: Client) -> None:
    client.force_login(make_user("reader"))
    assert 'href="/settings/"' in client.get("/").text
    assert '<a href="/settings/" aria-current="page">' in client.get("/settings/").text
