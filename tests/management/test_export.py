"""``export``, ``load`` of a JSON file and ``import-decisions``, as somebody types them."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from claims.management.writing import Progress
from claims.models import Comparison, Event, Pair, Review
from claims.services.review import decide
from tests.exports import exported, make_worked_on

pytestmark = pytest.mark.django_db

SLUG = "call-between-arden-and-velland"


@pytest.fixture
def worked_on() -> Comparison:
    return make_worked_on()


def test_the_result_and_nothing_else_goes_to_standard_output(
    worked_on: Comparison, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    call_command("export", SLUG, "--format", "json", "--address", "https://crossread.example/")
    told = capfdbinary.readouterr()
    assert told.out == exported("json", worked_on)
    assert told.err == b""


def test_a_file_is_written_whole_and_replaces_what_was_there(worked_on: Comparison, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("old")
    call_command("export", SLUG, "--bom", "--reviewer", "ana", "--address", "https://crossread.example", out=str(file))
    ana = User.objects.get(username="ana")
    assert file.read_bytes() == exported("csv", worked_on, marked=True, reviewer_id=ana.pk)
    assert [one.name for one in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize("name", ["xlsx", "annotation", "tei", "schema"])
def test_every_format_can_be_written(worked_on: Comparison, tmp_path: Path, name: str) -> None:
    file = tmp_path / "file"
    call_command("export", SLUG, format=name, out=str(file))
    assert file.stat().st_size > 1000


def test_folders_are_written_into_a_place_or_as_one_zip_file(worked_on: Comparison, tmp_path: Path) -> None:
    call_command("export", SLUG, "--format", "folder", "--out", str(tmp_path / "new"))
    assert {one.name for one in (tmp_path / "new" / SLUG).iterdir()} == {"event.toml", "arden.txt", "velland.txt"}
    call_command("export", SLUG, "--format", "folder", "--out", str(tmp_path / "new.zip"))
    assert f"{SLUG}/event.toml" in zipfile.ZipFile(tmp_path / "new.zip").namelist()
    with pytest.raises(CommandError, match="is there already"):
        call_command("export", SLUG, "--format", "folder", "--out", str(tmp_path / "new"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing"], rf"There is no event nothing\. Events here: {SLUG}"),
        ([SLUG, "--reviewer", "cem"], "There is no account “cem”"),
        ([SLUG, "--out", "/no/such/place/file.csv"], "cannot be written: No such file or directory"),
        ([SLUG, "--out", "/"], "cannot be written: it is a folder"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(worked_on: Comparison, arguments: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("export", *arguments)


def test_a_failure_leaves_what_was_there(worked_on: Comparison, tmp_path: Path) -> None:
    file = tmp_path / "event.zip"
    file.write_text("old")
    Event.objects.create(title="Bare", slug="bare")
    with pytest.raises(CommandError, match=r"has no article yet.*Nothing was written"):
        call_command("export", SLUG, "bare", format="folder", out=str(file))
    assert file.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["event.zip"]


def test_progress_is_told_on_a_terminal_alone() -> None:
    for shown, told in ((True, "1 of 3"), (False, "")):
        err = io.StringIO()
        with Progress(OutputWrapper(err), shown) as progress:
            progress.of(3)
            progress.beat()
        assert (told in err.getvalue()) if told else err.getvalue() == ""


def test_a_json_file_is_loaded_by_the_command_that_loads_folders(worked_on: Comparison, tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(exported("json", worked_on))
    out = io.StringIO()
    call_command("load", str(file), slug="again", person=["ana=ana", "ben=cem"], stdout=out)
    assert out.getvalue() == "again: stored, 2 articles, 5 pairs; accounts made without a password: cem\n"
    with pytest.raises(CommandError, match=r"--slug again-2\. Nothing was loaded"):
        call_command("load", str(file), slug="again", same_people=True)
    with pytest.raises(CommandError, match="Write --person NAME=HERE"):
        call_command("load", str(file), person=["ana"])


def test_a_folder_and_a_file_are_loaded_together_or_not_at_all(worked_on: Comparison, tmp_path: Path) -> None:
    call_command("export", SLUG, "--format", "folder", "--out", str(tmp_path))
    (tmp_path / SLUG).rename(tmp_path / "other")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(CommandError, match="holds no events of Crossread"):
        call_command("load", str(tmp_path / "other"), str(tmp_path / "bad.json"))
    assert Event.objects.count() == 1


@pytest.fixture
def table(worked_on: Comparison, tmp_path: Path) -> Path:
    """Return a table that ana filled in: one change, one that ben decided on since, and one that is no word."""
    ana = User.objects.get(username="ana")
    text = exported("csv", worked_on, reviewer_id=ana.pk).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    pairs = worked_on.pairs.order_by("pk")
    said = {str(pairs[3].pk): "agree", str(pairs[4].pk): "partial", str(pairs[0].pk): "perhaps"}
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(row | {"decision": said.get(row["pair"], row["decision"])} for row in rows)
    decide(pairs[4], User.objects.get(username="ben"), "diverge")
    file = tmp_path / "table.csv"
    file.write_text(out.getvalue())
    return file


def run(table: Path, *arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("import-decisions", str(table), "--reviewer", "ana", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_decisions_are_shown_before_they_are_stored(table: Path) -> None:
    code, told = run(table)
    assert code == 3
    assert re.search(r"row \d+, pair \d+: nothing yet → agree", told)
    assert re.search(r"CONFLICT, pair \d+: nothing yet → partial\n    since the export: ben, .*said diverge", told)
    assert "“perhaps” is no decision" in told
    assert "Nothing is stored; add --apply to store it." in told
    assert Review.objects.filter(reviewer__username="ana").count() == 2


def test_apply_stores_what_is_in_no_conflict_and_over_what_is_named(table: Path) -> None:
    code, told = run(table, "--apply")
    assert (code, "1 stored." in told) == (3, True)
    last = Pair.objects.order_by("pk")[4]
    assert not last.reviews.filter(reviewer__username="ana").exists()
    run(table, "--apply", "--over", str(last.pk))
    assert last.reviews.get(reviewer__username="ana").decision == "partial"
    assert last.reviews.get(reviewer__username="ben").decision == "diverge"


def test_programs_read_it_as_json(table: Path) -> None:
    _, told = run(table, "--json")
    found = json.loads(told)
    assert (found["applied"], found["written"]) == (False, 0)
    assert [case["kind"] for case in found["cases"]] == ["problem", "change", "conflict"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing.csv", "--reviewer", "ana"], "cannot be read: No such file"),
        (["{table}", "--reviewer", "cem"], "There is no account “cem”"),
        (["{table}", "--reviewer", "dan"], "“dan” may not review"),
    ],
)
def test_a_file_or_a_reviewer_that_is_not_taken_is_told(table: Path, arguments: list[str], told: str) -> None:
    User.objects.create_user("dan")
    with pytest.raises(CommandError, match=told):
        call_command("import-decisions", *[one.format(table=table) for one in arguments])


@pytest.mark.parametrize("name", ["export", "import-decisions", "load"])
def test_help_tells_the_exit_codes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command(name, "--help")
    assert "Exit code 0 when" in " ".join(capsys.readouterr().out.split())


def test_nothing_for_a_terminal_is_written_to_one(worked_on: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(CommandError, match="xlsx is nothing for a terminal"):
        call_command("export", SLUG, format="xlsx")
