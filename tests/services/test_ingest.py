"""Bringing events, sources and articles in, and being refused."""

from __future__ import annotations

import pytest

from claims.models import Article, Event, Run
from claims.services.decoding import decode
from claims.services.ingest import SourceDraft, add_article, add_event, add_source, change_source
from claims.services.refusals import Refused

pytestmark = pytest.mark.django_db

ARDEN = SourceDraft("Arden", "Republic of Arden", ("Arden", "President Marsh"), ("Ida Roe",))
VELLAND = SourceDraft("Velland", "Velland", ("President Oszk",))


def refusal(**fields: object) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        add_event(**{"title": "Call", "date": None, "sources": [ARDEN, VELLAND], **fields})  # type: ignore[arg-type]
    assert not Event.objects.exists()
    return refused.value.problems


@pytest.fixture
def event() -> Event:
    return add_event(title="Call of 4 June", date=None, sources=[ARDEN, VELLAND])


def test_an_event_comes_with_its_sources_and_their_comparison(event: Event) -> None:
    assert [source.name for source in event.sources.all()] == ["Arden", "Velland"]
    comparison = event.comparisons.get()
    assert (comparison.a.name, comparison.b.name) == ("Arden", "Velland")
    assert event.slug == "call-of-4-june"


def test_two_events_of_one_title_have_two_addresses(event: Event) -> None:
    assert add_event(title="Call of 4 June", date=None, sources=[ARDEN, VELLAND]).slug == "call-of-4-june-2"


def test_an_event_called_add_does_not_hide_a_page() -> None:
    assert add_event(title="Add", date=None, sources=[ARDEN, VELLAND]).slug == "add-2"


def test_an_event_with_one_source_is_refused() -> None:
    assert "two sources" in refusal(sources=[ARDEN])["sources"]


def test_an_event_without_a_title_is_refused() -> None:
    assert "title" in refusal(title="  ")["title"]


def test_a_source_named_twice_is_refused_whatever_its_case() -> None:
    assert "“arden” is named twice" in refusal(sources=[SourceDraft("arden"), SourceDraft("ARDEN")])["sources"]


def test_an_alias_of_two_sources_is_refused_and_named() -> None:
    other = SourceDraft("Velland", aliases=("president marsh",))
    assert "“President Marsh” stands for both Arden and Velland" in refusal(sources=[ARDEN, other])["sources"]


def test_an_article_by_a_source_is_its_own_readout(event: Event) -> None:
    article = add_article(event, text="We spoke.", publisher="velland")
    assert article.publisher == event.sources.get(name="Velland")
    assert article.outlet == ""


def test_an_article_by_an_outlet_names_the_outlet(event: Event) -> None:
    article = add_article(event, text="They spoke.", publisher="The Courier")
    assert (article.publisher, article.outlet) == (None, "The Courier")


def test_an_article_is_queued_for_reading(event: Event) -> None:
    add_article(event, text="We spoke.", publisher="Arden")
    add_article(event, text="We spoke long.", publisher="Arden")
    assert Run.objects.get().state == Run.State.QUEUED


def test_line_ends_of_a_form_become_those_of_a_text(event: Event) -> None:
    assert add_article(event, text="One.\r\nTwo.\rThree.", publisher="Arden").text == "One.\nTwo.\nThree."


@pytest.mark.parametrize("text", ["", "  \n\t ", "— … !"])
def test_a_text_without_words_is_refused(event: Event, text: str) -> None:
    with pytest.raises(Refused) as refused:
        add_article(event, text=text, publisher="Arden")
    assert "no text" in refused.value.problems["text"]
    assert not Article.objects.exists()


def test_a_text_over_the_limit_is_refused_with_its_size(event: Event) -> None:
    with pytest.raises(Refused) as refused:
        add_article(event, text="word " * 250_000, publisher="Arden")
    assert "1.2 MB" in refused.value.problems["text"]
    assert add_article(event, text="w" * 1_000_000, publisher="Arden").pk


def test_the_same_text_twice_is_refused(event: Event) -> None:
    add_article(event, text="We spoke.", publisher="Arden")
    with pytest.raises(Refused):
        add_article(event, text="We spoke.", publisher="Velland")


def test_a_new_source_is_compared_with_every_other_and_articles_are_read_again(event: Event) -> None:
    article = add_article(event, text="We spoke.", publisher="Arden")
    Article.objects.update(read_at="2030-01-01T00:00Z")
    add_source(event, SourceDraft("Ilmara"))
    article.refresh_from_db()
    assert article.read_at is None
    assert [str(c) for c in event.comparisons.all()] == ["Arden and Velland", "Arden and Ilmara", "Velland and Ilmara"]


def test_a_changed_source_may_keep_its_own_aliases_but_not_take_anothers(event: Event) -> None:
    source = event.sources.get(name="Arden")
    change_source(source, SourceDraft("Arden", aliases=("President Marsh", "the Ardener")))
    with pytest.raises(Refused):
        change_source(source, SourceDraft("Arden", aliases=("President Oszk",)))
    source.refresh_from_db()
    assert source.aliases == ["President Marsh", "the Ardener"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Élodie said “no”.".encode(), "Élodie said “no”."),
        (b"\xef\xbb\xbfPlain.", "Plain."),
        ("Кремль сообщил о беседе.".encode("utf-16"), "Кремль сообщил о беседе."),
        (
            "The café’s owner met the délégué at the embassy.".encode("cp1252"),
            "The café’s owner met the délégué at the embassy.",
        ),
    ],
)
def test_bytes_of_a_text_become_the_text(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"%PDF-1.7\n\x00\xff\xfe\x00", bytes(range(256))]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        decode(data)
    assert "not text" in refused.value.problems["text"]
