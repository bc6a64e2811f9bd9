"""Storing event folders."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, Event, Run, Source
from claims.services.folders import FolderError
from claims.services.load import load
from claims.services.refusals import Refused

pytestmark = pytest.mark.django_db

TOML = """
title = "Call on the ferry line"
date = 2031-02-03
invented = true
[[source]]
name = "Harbour Office"
party = "Lowmark"
aliases = ["Lowmark"]
[[source]]
name = "Sea Ministry"
party = "Easterby"
spokespeople = ["Pia Holm"]
[[article]]
file = "harbour.txt"
publisher = "Harbour Office"
published = 2031-02-04
url = "https://harbour.example/1"
[[article]]
file = "gazette.txt"
publisher = "Island Gazette"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ferry-call"
    made.mkdir()
    (made / "event.toml").write_text(TOML)
    (made / "harbour.txt").write_text("The call lasted an hour.")
    (made / "gazette.txt").write_bytes("Both spoke.\r\nThe ministry “regretted” the delay.".encode())
    return made


def replace(folder: Path, old: str, new: str) -> None:
    file = folder / "event.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def run_command(*folders: Path, revise: bool = False) -> str:
    out = StringIO()
    call_command("load", *map(str, folders), revise=revise, stdout=out)
    return out.getvalue()


def test_it_stores_the_event_its_sources_and_its_articles(folder: Path) -> None:
    (loaded,) = load([folder])
    event = Event.objects.get()
    assert (event.slug, event.title, str(event.date), event.invented) == (
        "ferry-call",
        "Call on the ferry line",
        "2031-02-03",
        True,
    )
    assert [(source.name, source.aliases, source.spokespeople) for source in event.sources.all()] == [
        ("Harbour Office", ["Lowmark"], []),
        ("Sea Ministry", [], ["Pia Holm"]),
    ]
    readout, report = event.articles.all()
    assert (readout.publisher_name, readout.url, str(readout.published)) == (
        "Harbour Office",
        "https://harbour.example/1",
        "2031-02-04",
    )
    assert (report.publisher, report.outlet) == (None, "Island Gazette")
    assert (loaded.new, loaded.sources, loaded.articles) == (True, 2, 2)


def test_it_queues_one_run_for_the_event(folder: Path) -> None:
    load([folder])
    assert [run.state for run in Run.objects.all()] == ["queued"]


def test_a_second_load_adds_nothing_and_queues_nothing(folder: Path) -> None:
    load([folder])
    Run.objects.all().delete()
    (again,) = load([folder])
    assert (again.new, again.sources, again.articles) == (False, 0, 0)
    assert (Event.objects.count(), Source.objects.count(), Article.objects.count()) == (1, 2, 2)
    assert not Run.objects.exists()


def test_a_text_that_came_since_is_added(folder: Path) -> None:
    load([folder])
    (folder / "ministry.txt").write_text("The Sea Ministry welcomed the call.")
    replace(
        folder,
        '[[article]]\nfile = "gaz',
        '[[article]]\nfile="ministry.txt"\npublisher="Sea Ministry"\n[[article]]\nfile = "gaz',
    )
    (again,) = load([folder])
    assert again.articles == 1
    assert Article.objects.get(name="ministry.txt").publisher_name == "Sea Ministry"


def test_a_changed_text_is_told_and_nothing_is_done_about_it(folder: Path) -> None:
    load([folder])
    (folder / "harbour.txt").write_text("The call lasted two hours.")
    told = run_command(folder)
    assert told.startswith("ferry-call: the text changed in harbour.txt, and nothing was done about it; --revise")
    assert Article.objects.get(name="harbour.txt").text == "The call lasted an hour."
    assert Article.objects.count() == 2


def test_a_changed_text_becomes_a_new_version_where_that_is_asked_for(folder: Path) -> None:
    load([folder])
    (folder / "harbour.txt").write_text("The call lasted two hours.")
    assert run_command(folder, revise=True) == "ferry-call: 1 new version (harbour.txt)\n"
    article = Article.objects.get(name="harbour.txt")
    assert list(article.versions.values_list("number", "text", "why")) == [
        (1, "The call lasted an hour.", ""),
        (2, "The call lasted two hours.", "Loaded from the folder ferry-call."),
    ]
    assert run_command(folder, revise=True) == "ferry-call: nothing new\n"
    assert Article.objects.count() == 2


def test_a_source_that_came_since_is_added_and_compared_with_the_others(folder: Path) -> None:
    load([folder])
    replace(folder, '[[article]]\nfile = "har', '[[source]]\nname = "Pilots’ Guild"\n[[article]]\nfile = "har')
    (again,) = load([folder])
    assert again.sources == 1
    assert Event.objects.get().comparisons.count() == 3


def test_what_people_changed_since_is_left_as_it_is(folder: Path) -> None:
    load([folder])
    Event.objects.update(title="The ferry call")
    Source.objects.filter(name="Sea Ministry").update(aliases=["Easterby’s ministry"])
    load([folder])
    assert Event.objects.get().title == "The ferry call"
    assert Source.objects.get(name="Sea Ministry").aliases == ["Easterby’s ministry"]


def test_a_folder_of_folders_is_loaded_whole(folder: Path) -> None:
    other = folder.parent / "second-call"
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    load([folder.parent])
    assert set(Event.objects.values_list("slug", flat=True)) == {"ferry-call", "second-call"}


def test_one_bad_folder_keeps_all_of_them_out(folder: Path) -> None:
    bad = folder.parent / "zz-bad"
    bad.mkdir()
    (bad / "event.toml").write_text("title = ")
    with pytest.raises(FolderError, match="zz-bad"):
        load([folder, bad])
    assert not Event.objects.exists()


def test_a_refused_article_keeps_its_event_out_and_is_told_with_the_folder(folder: Path) -> None:
    (folder / "gazette.txt").write_text(" \n ")
    with pytest.raises(Refused, match=r"ferry-call: There is no text here"):
        load([folder])
    assert not Event.objects.exists()


def test_an_address_that_is_no_web_address_is_refused(folder: Path) -> None:
    replace(folder, "https://harbour.example/1", "javascript:alert(1)")
    with pytest.raises(Refused, match="no web address"):
        load([folder])


def test_a_folder_named_like_a_page_is_refused(folder: Path) -> None:
    with pytest.raises(Refused, match="Rename the folder"):
        load([folder.rename(folder.parent / "progress")])


def test_the_command_says_what_came_of_each_folder(folder: Path) -> None:
    assert run_command(folder) == "ferry-call: stored, 2 sources, 2 articles\n"
    assert run_command(folder) == "ferry-call: nothing new\n"


def test_the_command_says_in_a_sentence_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no event folder at .*Nothing was loaded") as raised:
        run_command(tmp_path)
    assert raised.value.returncode == 1
