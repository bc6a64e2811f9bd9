"""An event as a folder, and back."""

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path

import pytest

from claims.models import Article, Comparison, Event, Source
from claims.services.export import FORMATS, Scope
from claims.services.export.event_folder import files_of, write_to
from claims.services.load import load
from claims.services.refusals import Refused
from tests.exports import exported
from tests.factories import make_call, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Comparison:
    comparison = make_call(title='The "Arden" call\\today')
    Source.objects.filter(name="Arden").update(aliases=["The Prime Minister", 'the "PM"'], spokespeople=["Ida Noor"])
    comparison.a.refresh_from_db()
    Article.objects.filter(name="arden.txt").update(publisher=comparison.a, outlet="", url="https://arden.example/ä")
    return comparison


def state() -> tuple[object, ...]:
    events = Event.objects.values_list("slug", "title", "date", "invented")
    sources = Source.objects.order_by("pk").values_list("name", "slug", "party", "aliases", "spokespeople", "position")
    articles = Article.objects.order_by("pk")
    told = articles.values_list("name", "publisher__name", "outlet", "published", "url", "text", "checksum")
    return list(events), list(sources), list(told)


def test_an_event_that_is_written_as_a_folder_and_loaded_is_the_same_event(call: Comparison, tmp_path: Path) -> None:
    before = state()
    (folder,) = write_to(tmp_path / "out", Scope.of_events([call.event]))
    call.pairs.all().delete()
    Event.objects.all().delete()
    load([folder])
    assert state() == before


def test_the_zip_holds_the_same_folder_and_is_the_same_bytes_twice(call: Comparison) -> None:
    data = exported("folder", call)
    assert data == exported("folder", call)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.namelist() == [f"{call.event.slug}/{name}" for name, _ in files_of(call.event)]
        assert tomllib.loads(packed.read(packed.namelist()[0]).decode())["title"] == call.event.title


def test_names_that_no_disk_takes_are_replaced_and_nothing_is_overwritten(call: Comparison) -> None:
    first, second = Article.objects.order_by("pk")
    for article, name in ((first, "event.toml"), (second, "../../Arden: call?")):
        article.name = name
        article.save()
    Article.objects.create(event=call.event, name="EVENT.TOML", outlet="Gazette", text="Other.")
    names = [name for name, _ in files_of(call.event)]
    assert names == ["event.toml", "event-2.toml", "arden-call.txt", "EVENT-3.TOML"]


def test_an_event_without_articles_is_refused() -> None:
    with pytest.raises(Refused, match="has no article yet"):
        FORMATS["folder"].write(Scope.of_events([make_event()]))


def test_a_folder_that_is_there_already_is_not_touched(call: Comparison, tmp_path: Path) -> None:
    (tmp_path / call.event.slug).mkdir()
    with pytest.raises(Refused, match="is there already"):
        write_to(tmp_path, Scope.of_events([call.event]))
    assert list((tmp_path / call.event.slug).iterdir()) == []
