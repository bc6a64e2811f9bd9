"""The pages of export, the files that they send, and what of them stands in the comparison's page."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Comparison, Event
from claims.services.ingest import SourceDraft, add_event
from claims.services.revise import revise
from tests.exports import make_worked_on
from tests.factories import make_event, make_large

pytestmark = pytest.mark.django_db

WHOLE = {"json", "folder"}
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "folder": "application/zip",
    "annotation": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "tei": "application/tei+xml",
    "schema": "application/ld+json",
}


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_an_event_offers_every_format_and_a_comparison_those_that_can_hold_it(reviewer: Client) -> None:
    comparison = make_worked_on()
    event = reviewer.get(f"{comparison.event.get_absolute_url()}export/").text
    own = reviewer.get(f"{comparison.get_absolute_url()}export/").text
    assert set(re.findall(r'name="format" id="format-\w+" value="(\w+)"', event)) == set(TYPES)
    assert set(re.findall(r'name="format" id="format-\w+" value="(\w+)"', own)) == set(TYPES) - WHOLE
    assert f'action="{comparison.get_absolute_url()}export/file/"' in own


@pytest.mark.parametrize("name", list(TYPES))
def test_a_file_is_streamed_under_its_own_name_and_type(reviewer: Client, name: str) -> None:
    comparison = make_worked_on()
    answer = reviewer.get(f"{comparison.event.get_absolute_url()}export/file/", {"format": name})
    assert (answer.status_code, answer.streaming, answer["Content-Type"]) == (200, True, TYPES[name])
    assert answer["Content-Disposition"].startswith('attachment; filename="call-between-arden-and-velland.')
    assert len(body(answer)) > 200


def test_the_table_holds_the_own_decisions_of_who_downloads_it(client: Client) -> None:
    comparison = make_worked_on()
    for name, said in (("ana", ["agree", "diverge"]), ("ben", ["not a match", "partial"])):
        client.force_login(User.objects.get(username=name))
        answer = client.get(f"{comparison.get_absolute_url()}export/file/", {"format": "csv", "mark": "on"})
        text = body(answer).decode()
        assert text.startswith("\ufeff")
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert sorted(row["decision"] for row in rows if row["decision"]) == said
        assert rows[0]["permalink"].startswith("http://testserver/pairs/")


@pytest.mark.parametrize("name", ["", "pdf"])
def test_a_format_that_there_is_not_is_refused_with_those_that_there_are(reviewer: Client, name: str) -> None:
    answer = reviewer.get(f"{make_event().get_absolute_url()}export/file/", {"format": name})
    assert answer.status_code == 422
    assert "is no format. Choose one of these: xlsx, csv" in answer.text


def test_a_comparison_is_no_whole_event(reviewer: Client) -> None:
    answer = reviewer.get(f"{make_worked_on().get_absolute_url()}export/file/", {"format": "json"})
    assert answer.status_code == 422
    assert "holds whole events. Export the event instead." in answer.text


def test_a_folder_without_articles_is_refused_on_the_page(reviewer: Client) -> None:
    answer = reviewer.get(f"{make_event().get_absolute_url()}export/file/", {"format": "folder"})
    assert answer.status_code == 422
    assert "has no article yet" in answer.text
    assert 'value="folder" aria-describedby="about-folder" checked' in answer.text


def test_an_articles_text_is_sent_as_it_is_stored(reviewer: Client) -> None:
    article = make_worked_on().event.articles.all()[0]
    revise(article, f"{article.text}\n<b>&", None)
    article.refresh_from_db()
    answer = reviewer.get(f"/articles/{article.pk}/text/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("text/plain; charset=utf-8", "nosniff")
    assert answer.content.decode() == article.text


def structured(page: str) -> list[dict[str, object]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    graph: list[dict[str, object]] = json.loads(found[1])["@graph"]
    return graph


def test_the_comparisons_page_tells_machines_its_claims_and_a_part_of_it_does_not(reviewer: Client) -> None:
    comparison = make_worked_on()
    graph = structured(reviewer.get(comparison.get_absolute_url()).text)
    assert sum(node["@type"] == "Claim" for node in graph) == 12
    part = reviewer.get(comparison.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "desk"}).text
    assert "ld+json" not in part


def test_the_pages_lead_to_their_export(reviewer: Client) -> None:
    comparison = make_worked_on()
    for page in (comparison.get_absolute_url(), comparison.event.get_absolute_url()):
        assert f'href="{page}export/"' in reviewer.get(page).text


def test_no_source_takes_the_address_of_the_export() -> None:
    event = add_event(title="Export", date=None, sources=[SourceDraft("Export"), SourceDraft("File")])
    assert event.slug == "export-2"
    assert "export" not in event.sources.values_list("slug", flat=True)


def test_the_queries_of_the_page_do_not_grow_with_the_event(reviewer: Client) -> None:
    counted = []
    for size in (4, 40):
        comparison: Comparison = make_large(size)
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(f"{comparison.event.get_absolute_url()}export/")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 6
    assert Event.objects.count() == 2
