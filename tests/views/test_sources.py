"""Adding a source to an event, and changing one."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Source
from tests.factories import make_article, make_event, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def test_it_adds_a_source_and_has_the_articles_read_again(editor: Client) -> None:
    event = make_event()
    article = make_article(event, [("The Courier", "Omber was told of the call.")])
    answer = editor.post(f"/events/{event.slug}/sources/add/", {"name": "Omber", "aliases": "the islands; the Regent"})
    assert answer["Location"] == event.get_absolute_url()
    assert Source.objects.get(name="Omber").aliases == ["the islands", "the Regent"]
    assert event.comparisons.count() == 3
    assert event.runs.get().state == "queued"
    article.refresh_from_db()
    assert article.read_at is None


def test_a_source_is_changed_from_what_it_was(editor: Client) -> None:
    source = make_event().sources.get(name="Arden")
    source.aliases = ["Lydd", "the Prime Minister"]
    source.save()
    page = editor.get(f"/sources/{source.pk}/change/").text
    assert 'value="Lydd, the Prime Minister"' in page
    answer = editor.post(f"/sources/{source.pk}/change/", {"name": "Arden", "party": "Arden", "aliases": "Lydd"})
    assert answer["Location"] == source.event.get_absolute_url()
    source.refresh_from_db()
    assert (source.aliases, source.party) == (["Lydd"], "Arden")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Every source needs a name"),
        ({"name": "velland"}, "is named twice"),
        ({"name": "Omber", "aliases": "the isles, Arden"}, "stands for both"),
        ({"name": "O" * 201}, "keep it under 200 characters"),
        ({"name": "Om\0ber"}, "Null characters are not allowed"),
    ],
)
def test_a_refused_source_keeps_what_was_typed(editor: Client, typed: dict[str, str], sentence: str) -> None:
    event = make_event()
    answer = editor.post(f"/events/{event.slug}/sources/add/", {**typed, "spokespeople": "Ilse Morn"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Ilse Morn" in answer.text
    assert event.sources.count() == 2


def test_a_source_that_takes_anothers_alias_is_refused(editor: Client) -> None:
    arden, velland = make_event().sources.all()
    velland.aliases = ["the palace"]
    velland.save()
    answer = editor.post(f"/sources/{arden.pk}/change/", {"name": "Arden", "aliases": "the palace"})
    assert answer.status_code == 422
    assert "“the palace” stands for both" in answer.text
    arden.refresh_from_db()
    assert arden.aliases == []
