"""What commands say: results alone on standard output, how far they are on a terminal alone, and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class

from claims.models import Event, Run
from claims.services import analyse
from tests.factories import make_call, make_event
from tests.services.incoming.test_archives import FOLDER

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write an event folder."""
    place = tmp_path / "canal"
    place.mkdir()
    for name, content in FOLDER.items():
        place.joinpath(Path(name).name).write_text(str(content))
    return place


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Make an event that owes a comparison, where comparing takes no model."""
    event = make_event()
    event.owe_everything()

    def done(run: Run, tell: Callable[[str], None]) -> list[str]:
        tell("reading article 1 of 1")
        run.event.comparisons.update(due_since=None)
        return []

    monkeypatch.setattr(analyse, "_carry_out", done)
    return event


def ran(name: str, *arguments: str, terminal: bool = False) -> tuple[str, str]:
    """Run a command; return what it wrote to standard output and to standard error."""
    out, err = StringIO(), Terminal() if terminal else StringIO()
    call_command(name, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("name", ["load", "compare", "analyse", "export", "import-decisions"])
def test_every_command_of_the_exchange_tells_its_exit_codes_and_speaks_json(name: str) -> None:
    help_text = " ".join(load_command_class("claims", name).create_parser("manage.py", name).format_help().split())
    for wanted in ("Exit code 0", "2 when the command was not understood", "--json"):
        assert wanted in help_text


def test_loading_is_told_as_lines_or_json_and_its_progress_on_a_terminal_alone(folder: Path) -> None:
    out, err = ran("load", str(folder), "--json", terminal=True)
    assert json.loads(out) == {
        "event": "canal",
        "new": True,
        "sources": 2,
        "articles": len(FOLDER) - 1,
        "changed": [],
        "revised": False,
    }
    assert "canal: event 1 of 1" in err
    assert err.endswith("\r\x1b[K")  # the line is taken away
    out, err = ran("load", str(folder))
    assert (out, err) == ("canal: nothing new\n", "")


def test_a_run_is_told_as_json_and_its_progress_on_a_terminal_alone(due: Event) -> None:
    out, err = ran("analyse", "--json", terminal=True)
    assert json.loads(out) == {"event": due.slug, "state": "done", "problem": "", "notices": []}
    assert f"{due.slug}: reading article 1 of 1" in err
    assert ran("analyse", due.slug) == (f"{due.slug}: nothing is due\n", "")


def test_a_run_that_fails_is_told_with_its_reason_and_exit_code_1(due: Event, monkeypatch: Any) -> None:
    monkeypatch.setattr(analyse, "_carry_out", lambda run, tell: 1 // 0)
    out = StringIO()
    with pytest.raises(CommandError, match="1 of the events could not be compared") as failed:
        call_command("analyse", "--json", stdout=out)
    assert failed.value.returncode == 1
    assert "division" in json.loads(out.getvalue())["problem"]
    with pytest.raises(CommandError, match="There is no event nowhere"):
        call_command("analyse", "nowhere")


def test_where_an_export_went_is_told_as_json(tmp_path: Path) -> None:
    event = make_call().event
    file = tmp_path / "call.csv"
    out, err = ran("export", event.slug, "--out", str(file), "--json")
    assert json.loads(out) == {"events": [event.slug], "format": "csv", "out": str(file)}
    assert (err, "diverge" in file.read_text()) == ("", True)
    with pytest.raises(CommandError, match="Say where that goes"):
        call_command("export", event.slug, "--json")
