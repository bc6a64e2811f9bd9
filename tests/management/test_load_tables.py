"""``manage.py load FILE.csv``: articles of an event from tables."""

from __future__ import annotations

import gzip
import json
from contextlib import nullcontext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_event
from tests.materials import zip_of
from tests.services.incoming.test_archives import FOLDER
from tests.services.incoming.test_tables import TABLE

pytestmark = pytest.mark.django_db


def load(*arguments: str, code: int = 0) -> str:
    out = StringIO()
    with pytest.raises(SystemExit) if code else nullcontext() as ended:
        call_command("load", *arguments, stdout=out)
    assert ended is None or ended.value.code == code
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "releases.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode()))
    return str(path)


def test_a_table_is_stored_once_and_refused_rows_are_told(file: str) -> None:
    event = make_event()
    arguments = [file, "--event", event.slug, "--map", "text=body", "--map", "title=headline", "--publisher", "Arden"]
    assert "7 rows, 2 would be added" in load(*arguments, "--dry-run", code=3)
    assert not event.articles.exists()
    told = load(*arguments, code=3)
    assert "releases.csv.gz: 7 rows, 2 added, 1 known already, 4 refused" in told
    assert "line 6: “next week” is no date." in told
    assert "0 added, 3 known already" in load(*arguments, code=3)
    assert event.articles.count() == 2


def test_what_came_of_a_table_is_told_as_json(file: str) -> None:
    event = make_event()
    arguments = [file, "--event", event.slug, "--map", "text=body", "--publisher", "Arden", "--json"]
    told = json.loads(load(*arguments, code=3))
    assert (told["event"], told["rows"], told["added"], told["known"], told["refused"]) == (event.slug, 7, 2, 1, 4)
    assert {"line": 6, "why": told["problems"][1]["why"]} in told["problems"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--publisher", "Arden"], "Say with --event"),
        (["--event", "nowhere"], "Say with --event"),
        (["--event", "EVENT"], "Say who published"),
        (["--event", "EVENT", "--publisher", "A", "--map", "text"], "Write --map text=COLUMN"),
        (["--event", "EVENT", "--publisher", "A", "--map", "text=nowhere"], "no column “nowhere”"),
    ],
)
def test_what_lacks_is_told(file: str, arguments: list[str], sentence: str) -> None:
    slug = make_event().slug
    with pytest.raises(CommandError, match=sentence):
        load(file, *[slug if one == "EVENT" else one for one in arguments])


def test_an_archive_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "events.zip"
    path.write_bytes(zip_of(dict(FOLDER)))
    assert "call: stored, 2 sources, 1 article" in load(str(path))
