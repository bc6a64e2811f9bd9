"""The pages in German: each opens, and nothing of the interface is left in English."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Feed, FeedItem, FeedMatch, Preference
from tests.factories import make_call, make_draft, make_user
from tests.views.test_access import addresses  # noqa: F401 - the fixture of every address

pytestmark = pytest.mark.django_db

# Addresses that answer a form, send a file, or send parts for scripts.
NO_PAGES = re.compile(r"_file$|_text$|^complete$|^people$|^schema|^api|progress$")
# Words of the interface, and none of the texts that the tests make or of machines' names.
ENGLISH = re.compile(
    r"\b(?:the|and|with|this|that|what|which|are|been|have|has|not|yet|your|you|events|pair|pairs|claims|"
    r"review|reviewed|source|sources|article|articles|add|save|search|show|settings|history|keys|decided|machine|"
    r"relation|reason|reasons|undo|report|by|of|from|until|sure|suggested|silent|waiting|stored|"
    r"agree|partial|diverge|disputed|notes|order|none|nobody|nothing)\b",
    re.IGNORECASE,
)


class _Interface(HTMLParser):
    """Gathers the words of a page that are neither quoted nor code, nor marked as being in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        quoted = tag in ("blockquote", "q", "code", "kbd", "script", "style", "pre", "textarea")
        foreign = told.get("lang") not in (None, "de")
        if tag not in ("meta", "link", "input", "img", "br", "hr", "use", "rect", "path", "circle", "line", "pattern"):
            self._open.append((tag, quoted or foreign))
        if not any(silent for _, silent in self._open):
            self.words += [told[name] or "" for name in ("aria-label", "placeholder") if told.get(name)]

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self._open):
            self.words.append(data)


def english_in(page: str) -> list[str]:
    """Return the phrases of a page's interface that have English words."""
    interface = _Interface()
    interface.feed(page)
    phrases = (" ".join(phrase.split()) for phrase in interface.words)
    return [phrase for phrase in phrases if ENGLISH.search(phrase)]


@pytest.fixture
def german(client: Client) -> Client:
    person: User = make_user("editor", name="redaktion")
    Preference.objects.create(user=person, language="de")
    client.force_login(person)
    return client


# What tests and seeds call their things, and machines' own names, which no page translates.
THEIRS = (
    "Call between Arden and Velland",
    "Government of",
    "The Courier",
    "readout.txt",
    "A note.",
    "An answer.",
    "all-MiniLM-L6-v2",
    "The port opens.",
    "source:…",
    "„pair“, „decision“",
)
FILLED_IN = ("agree", "partial", "diverge", "not a match", "decision", "pair")  # what a table is filled in with


def ours(phrases: list[str]) -> list[str]:
    """Return the phrases without those that people wrote, and without those that quote a claim."""
    for theirs in THEIRS:
        phrases = [phrase.replace(theirs, "") for phrase in phrases]
    claims = list(Claim.objects.values_list("text", flat=True))
    left = [phrase for phrase in phrases if ENGLISH.search(phrase) and phrase.strip() not in FILLED_IN]
    return [phrase for phrase in left if not any(_quotes(phrase, claim) for claim in claims)]


def _quotes(phrase: str, claim: str) -> bool:
    parts = re.findall("[“„](.+?)[”“]", phrase)
    return claim[:20] in phrase or phrase.strip() in claim or any(part in claim for part in parts)


def test_every_page_is_german(german: Client, addresses: dict[str, str]) -> None:  # noqa: F811
    """One test for all of them: what they show is made once."""
    left: dict[str, list[str]] = {}
    for name, address in addresses.items():
        if NO_PAGES.search(name):
            continue
        answer = german.get(address)
        if answer.status_code in (302, 303, 405) or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        assert answer.status_code in (200, 422), name
        assert answer.text.count('lang="de"') or "<html" not in answer.text, name
        if found := ours(english_in(answer.text)):
            left[name] = found
        assert not re.search(r'\s(?:x|y|r|cx|cy|width|height|value|start|max)="[^"]*\d,\d', answer.text), name
    assert left == {}, "\n".join(f"{name}: {found}" for name, found in left.items())


def test_a_refusal_is_german(german: Client) -> None:
    comparison = make_call()
    answer = german.post(f"/events/{comparison.event.slug}/articles/add/", {"text": ""})
    assert answer.status_code == 422
    assert "Hier ist kein Text." in answer.text
    assert "Angeben, wer den Artikel veröffentlicht hat" in answer.text


def test_counts_and_shares_are_written_as_germans_write_them(german: Client) -> None:
    pair = make_call().pairs.all()[0]
    page = german.get(pair.get_absolute_url()).text
    assert re.search(r"Konfidenz 0,\d\d", page)
    assert re.search(r"Zuordnung 0,\d\d", page)


def test_what_machines_named_is_german(german: Client) -> None:
    comparison = make_call()
    comparison.event.articles.update(language="en")
    comparison.event.comparisons.update(model="all-MiniLM-L6-v2 and crossread-minilm")
    pair = comparison.pairs.filter(verdict__relation="diverge")[0]
    page = german.get(pair.get_absolute_url()).text
    assert "Weicht ab (Darstellung)" in page
    assert "all-MiniLM-L6-v2 und crossread-minilm" in page
    assert "Englisch" in german.get(comparison.event.articles.all()[0].get_absolute_url()).text


def test_grounds_of_proposals_and_kinds_of_files_are_german(german: Client) -> None:
    comparison = make_call()
    item = FeedItem.objects.create(
        feed=Feed.objects.create(url="https://a.example/feed", title="Nachrichten", by=make_user("editor")),
        key="k",
        url="https://a.example/1",
        title="Talks",
        at=timezone.now(),
    )
    told = ["2 days after the event", "names Arden and Velland", "words alike (0.61)"]
    FeedMatch.objects.create(item=item, event=comparison.event, score=0.8, reasons=told)
    page = german.get("/feeds/").text
    assert "2 Tage nach dem Ereignis · nennt Arden und Velland · ähnliche Wörter (0.61) · Wert 0,80" in page
    draft = make_draft(comparison.event, kind="web page")
    assert "readout.txt · Webseite" in german.get(draft.get_absolute_url()).text
    assert "bis zu 50 auf einmal" in german.get(f"/events/{comparison.event.slug}/articles/add/").text


def test_what_people_wrote_stands_in_german_quotation_marks(german: Client) -> None:
    pair = make_call().pairs.all()[0]
    german.post(f"/pairs/{pair.pk}/annotations/", {"text": "Ask <both> offices.", "weight": "note"})
    assert "„Ask &lt;both&gt; offices.“" in german.get("/history/").text


def test_a_message_is_german_and_the_history_stays_as_it_was_written(german: Client) -> None:
    pair = make_call().pairs.all()[0]
    answer = german.post(f"/pairs/{pair.pk}/review/", {"decision": "no_match"}, follow=True)
    assert f"Paar {pair.pk}: kein Paar." in answer.text
    entry = pair.changes.latest("pk")
    assert (entry.what, entry.after) == ("review", "no_match")


def test_pages_of_mistakes_are_german(german: Client) -> None:
    assert "Diese Seite gibt es nicht" in german.get("/events/there-is-none/").text
