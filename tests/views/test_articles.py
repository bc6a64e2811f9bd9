"""The page of an article, adding one, and correcting who makes a claim."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Article, Claim, Correction, Event, Source
from tests.factories import make_article, make_event, make_user

pytestmark = pytest.mark.django_db

TEXT = (
    "8 April, Lydd\n\n The Prime Minister <said> & wrote: “we agree”.  The palace was silent.\n\nTwo ships 🚢 passed.\n"
)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def make_read(event: Event) -> Article:
    """Make an article with gaps, markup and signs outside the basic plane around its claims."""
    article = Article.objects.create(event=event, name="mixed.txt", outlet="The Courier", text=TEXT)
    arden, velland = event.sources.all()
    said: list[tuple[str, dict[str, Any]]] = [
        ("The Prime Minister <said> & wrote: “we agree”.", {"source": arden, "speaker": "Ilse Morn", "quoted": True}),
        ("The palace was silent.", {"source": velland, "confidence": 0.3, "implicit": True}),
        ("Two ships 🚢 passed.", {"voice": "The Courier"}),
    ]
    for text, fields in said:
        start = TEXT.index(text)
        Claim.objects.create(article=article, start=start, end=start + len(text), text=text, **fields)
    cue = TEXT.index("wrote")
    Claim.objects.filter(source=arden).update(cue_start=cue, cue_end=cue + 5)
    return article


class TextOfArticle(HTMLParser):
    """Gathers what stands in the element with the id ``text``, as a browser's ``textContent`` does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside, self.text = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or ("id", "text") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


def text_on(page: str) -> str:
    reader = TextOfArticle()
    reader.feed(page)
    return reader.text


def classes_of(page: str, claim: Claim) -> list[str]:
    found = re.search(rf'<span id="claim-{claim.pk}" class="([^"]*)"', page)
    assert found
    return found[1].split()


def test_the_text_on_the_page_is_the_articles_text(editor: Client) -> None:
    article = make_read(make_event())
    assert text_on(editor.get(article.get_absolute_url()).text) == TEXT
    claim = article.claims.all()[0]
    assert text_on(editor.get(article.get_absolute_url(), {"claim": claim.pk}).text) == TEXT


def test_an_article_that_is_not_read_yet_shows_its_text(editor: Client) -> None:
    article = Article.objects.create(event=make_event(), name="new.txt", outlet="The Courier", text=TEXT)
    page = editor.get(article.get_absolute_url()).text
    assert text_on(page) == TEXT
    assert "has not been read yet" in page


def test_every_claim_has_the_tint_and_the_name_of_its_source(editor: Client) -> None:
    article = make_read(make_event())
    page = editor.get(article.get_absolute_url()).text
    for claim, tint in zip(article.claims.order_by("start"), ("tint-1", "tint-2", "tint-0"), strict=True):
        assert tint in classes_of(page, claim)
        assert f'data-voice="{claim.standing_voice}"' in page


def test_within_a_line_a_source_is_called_by_its_side(editor: Client) -> None:
    event = make_event(sources=("Chancellery of Arden", "Velland"))
    source = event.sources.all()[0]
    source.party = "Arden"
    source.save()
    sentences: list[tuple[Source | str, str]] = [
        (source, "The port opens."),
        ("The Courier", "It rained."),
        (source, "Grain will pass."),
    ]
    page = editor.get(make_article(event, sentences).get_absolute_url()).text
    assert re.findall(r'data-voice="([^"]*)"', page) == ["Chancellery of Arden", "The Courier", "Arden"]


def test_an_uncertain_attribution_is_marked(editor: Client) -> None:
    article = make_read(make_event())
    page = editor.get(article.get_absolute_url()).text
    unsure = [claim for claim in article.claims.all() if "unsure" in classes_of(page, claim)]
    assert [claim.confidence for claim in unsure] == [0.3]


def test_text_that_nobody_claims_stands_apart(editor: Client) -> None:
    page = editor.get(make_read(make_event()).get_absolute_url()).text
    assert '<span class="between">8 April, Lydd' in page


def test_a_withdrawn_claim_is_not_shown(editor: Client) -> None:
    article = make_read(make_event())
    gone = article.claims.get(voice="The Courier")
    Claim.objects.filter(pk=gone.pk).update(withdrawn=True)
    page = editor.get(article.get_absolute_url()).text
    assert f"claim-{gone.pk}" not in page
    assert text_on(page) == TEXT


def test_a_chosen_claim_shows_speaker_and_cue(editor: Client) -> None:
    article = make_read(make_event())
    claim = article.claims.get(speaker="Ilse Morn")
    page = editor.get(article.get_absolute_url(), {"claim": claim.pk}).text
    assert "selected" in classes_of(page, claim)
    assert "<dd>Ilse Morn</dd>" in page
    assert "<q>wrote</q>" in page
    assert '<span class="cue">wrote</span>' in page


@pytest.mark.parametrize("chosen", ["", "x", "٣", "99999999999999999999999", "-1"])
def test_a_choice_of_no_claim_selects_nothing(editor: Client, chosen: str) -> None:
    answer = editor.get(make_read(make_event()).get_absolute_url(), {"claim": chosen})
    assert answer.status_code == 200
    assert 'aria-current="true"' not in answer.text.split("<footer")[0]


def test_htmx_gets_the_reading_alone(editor: Client) -> None:
    article = make_read(make_event())
    claim = article.claims.all()[0]
    answer = editor.get(
        article.get_absolute_url(), {"claim": claim.pk}, headers={"HX-Request": "true", "HX-Target": "reading"}
    )
    assert answer.text.lstrip().startswith('<div id="reading"')
    assert "HX-Target" in answer["Vary"]


def test_the_queries_of_an_article_do_not_grow(editor: Client) -> None:
    event = make_event()
    arden = event.sources.all()[0]
    counts = []
    for size in (2, 30):
        sentences = [(arden, f"Matter {n} of {size} was spoken of.") for n in range(size)]
        article = make_article(event, sentences, name=f"{size}.txt")
        for claim in article.claims.all():
            correction = Correction.objects.create(claim=claim, editor=make_user("", name=f"e{claim.pk}"), voice="A")
            Claim.objects.filter(pk=claim.pk).update(standing_correction=correction)
        with CaptureQueriesContext(connection) as seen:
            assert editor.get(article.get_absolute_url(), {"claim": claim.pk}).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


# Correcting


def test_a_corrected_claim_says_who_corrected_it_and_what_the_machine_read(editor: Client) -> None:
    event = make_event()
    article = make_read(event)
    arden, velland = event.sources.all()
    claim = article.claims.get(source=velland)
    answer = editor.post(f"/claims/{claim.pk}/source/", {"source": arden.pk, "voice": ""})
    assert answer["Location"] == f"{article.get_absolute_url()}?claim={claim.pk}#claim-{claim.pk}"
    page = " ".join(editor.get(answer["Location"]).text.split())
    assert {"corrected", "tint-1"} <= set(classes_of(page, claim))
    assert "unsure" not in classes_of(page, claim)
    assert "by editor," in page
    assert "are made again" in page
    assert "The machine read: Velland." in page
    assert event.runs.get().state == "queued"


def test_a_claim_can_be_somebody_elses(editor: Client) -> None:
    article = make_read(make_event())
    claim = article.claims.get(speaker="Ilse Morn")
    editor.post(f"/claims/{claim.pk}/source/", {"source": "", "voice": "Union of Mariners"})
    page = editor.get(article.get_absolute_url(), {"claim": claim.pk}).text
    assert "tint-0" in classes_of(page, claim)
    assert 'value="Union of Mariners"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"source": "", "voice": "  "}, "choose a source, or type a name"),
        ({"source": "0"}, "Choose one of this event"),
        ({"voice": "V" * 201}, "keep it under 200 characters"),
    ],
)
def test_a_refused_correction_stays_with_its_claim(editor: Client, typed: dict[str, str], sentence: str) -> None:
    article = make_read(make_event())
    claim = article.claims.all()[0]
    answer = editor.post(f"/claims/{claim.pk}/source/", typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "selected" in classes_of(answer.text, claim)
    assert Correction.objects.count() == 0


def test_a_name_beside_a_chosen_source_is_refused(editor: Client) -> None:
    event = make_event()
    claim = make_read(event).claims.all()[0]
    velland = event.sources.get(name="Velland")
    answer = editor.post(f"/claims/{claim.pk}/source/", {"source": velland.pk, "voice": "Union of Mariners"})
    assert answer.status_code == 422
    assert "Velland is chosen above." in answer.text
    assert 'value="Union of Mariners"' in answer.text


def test_the_name_that_stood_there_is_no_second_choice(editor: Client) -> None:
    event = make_event()
    claim = make_read(event).claims.get(voice="The Courier")
    velland = event.sources.get(name="Velland")
    assert editor.post(f"/claims/{claim.pk}/source/", {"source": velland.pk, "voice": "The Courier"}).status_code == 302
    claim.refresh_from_db()
    assert claim.standing_source == velland


def test_a_source_of_another_event_is_no_choice(editor: Client) -> None:
    article = make_read(make_event())
    stranger = make_event("Another call").sources.all()[0]
    claim = article.claims.all()[0]
    assert editor.post(f"/claims/{claim.pk}/source/", {"source": stranger.pk}).status_code == 422


# Adding


def add(client: Client, event: Event, **typed: object) -> tuple[int, str]:
    fields = {"publisher": "Arden", "published": "2031-04-08", "url": "", "outlet": "", "text": "", **typed}
    answer = client.post(f"/events/{event.slug}/articles/add/", fields)
    return answer.status_code, answer.text


def test_a_pasted_article_is_stored_and_queued(editor: Client) -> None:
    event = make_event()
    answer = editor.post(
        f"/events/{event.slug}/articles/add/",
        {
            "publisher": "Arden",
            "published": "2031-04-08",
            "text": " The port\r\nwill open. \r\n",
            "url": "arden.test/1",
        },
    )
    assert answer["Location"] == event.get_absolute_url()
    article = event.articles.get()
    assert article.text == " The port\nwill open. \n"
    assert article.publisher == event.sources.get(name="Arden")
    assert article.url == "https://arden.test/1"
    assert event.runs.get().state == "queued"
    assert "Waiting for the worker" in editor.get(answer["Location"]).text


def test_an_outlet_publishes_by_its_typed_name(editor: Client) -> None:
    event = make_event()
    for place, choice in enumerate(("", "another")):
        assert add(editor, event, publisher=choice, outlet="The Courier", text=f"Text {place}.")[0] == 302
    assert [article.outlet for article in event.articles.all()] == ["The Courier"] * 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "There is no text here"),
        ({"text": " \n\t "}, "There is no text here"),
        ({"text": "a " * 600_000}, "an article may have 1 MB"),
        ({"text": "The port\0 opens."}, "Paste it again from its source"),
        ({"text": "One.", "publisher": ""}, "Say who published the article"),
        ({"text": "One.", "publisher": "another"}, "Type the outlet"),
        ({"text": "One.", "outlet": "The Courier"}, "This says that Arden published it"),
        ({"text": "One.", "publisher": "Omber"}, "or an outlet"),
        ({"text": "One.", "published": "yesterday"}, "Write it as year-month-day"),
        ({"text": "One.", "url": "javascript:alert(1)"}, "This is no address of a page"),
        ({"text": "One.", "url": "not an address"}, "This is no address of a page"),
        ({"text": "Already there."}, "has this very text already"),
    ],
)
def test_a_refused_article_says_what_to_do(editor: Client, typed: dict[str, object], sentence: str) -> None:
    event = make_event()
    make_article(event, [("The Courier", "Already there.")])
    status, page = add(editor, event, **typed)
    assert status == 422
    assert sentence in page
    assert event.articles.count() == 1


def test_a_refused_article_keeps_what_was_typed(editor: Client) -> None:
    event = make_event()
    text = "\nA <long> pasted text & more.\n"
    _status, page = add(editor, event, publisher="another", url="https://courier.test/", text=text)
    # The line end after the opening tag is the one that browsers drop.
    assert ">\r\n\n" in page or ">\n\n" in page
    assert "A &lt;long&gt; pasted text &amp; more.\n</textarea>" in page
    assert "https://courier.test/" in page
    assert '<option value="another" selected>' in page
    assert 'value="2031-04-08"' in page


def test_a_request_over_the_servers_limit_is_answered_with_the_limit(editor: Client) -> None:
    status, page = add(editor, make_event(), text="a " * 1_600_000)
    assert status == 422
    assert "An article may have 1 MB." in page


def test_an_event_counts_the_claims_of_an_article(editor: Client) -> None:
    event = make_event()
    article = make_read(event)
    Article.objects.filter(pk=article.pk).update(read_at=timezone.now())
    assert f"{article.claims.count()} claims" in editor.get(event.get_absolute_url()).text
