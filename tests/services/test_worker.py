"""A worker that is killed in the middle of a run, and the one that comes after it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDER = "seeds/invented-sallow-strait-collision"  # three sources: three articles, three comparisons
LOST_AFTER = 1  # second

_STORED = {
    "claims": "SELECT article_id, start, end, text, source_id, withdrawn FROM claims_claim ORDER BY 1, 2",
    "vectors": "SELECT model, text_hash FROM claims_vector ORDER BY 1, 2",
    "pairs": "SELECT comparison_id, key, withdrawn, outcome FROM claims_pair ORDER BY 1, 2",
    "verdicts": "SELECT relation FROM claims_verdict ORDER BY pair_id",
    "alone": "SELECT comparison_id, claim_id FROM claims_lone ORDER BY 1, 2",
    "owed": "SELECT id FROM claims_comparison WHERE due_since IS NOT NULL",
}


@dataclass(frozen=True)
class Installation:
    """A Crossread with a database of its own and one event to read and compare."""

    var: Path

    def environment(self) -> dict[str, str]:
        own = {
            "CROSSREAD_VAR": str(self.var),
            "CROSSREAD_DEMO": "1",
            "CROSSREAD_SECRET_KEY": "only-for-tests",
            "CROSSREAD_LOST_AFTER_SECONDS": str(LOST_AFTER),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        return dict(os.environ) | own

    def run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.environment(), check=True, timeout=120)

    def work(self) -> None:
        self.run("-m", "tests.services.worker_process", "nowhere")

    def work_and_be_killed_while(self, step: str) -> None:
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.services.worker_process", step], cwd=ROOT, env=self.environment()
        )
        limit = time.monotonic() + 60
        while not (self.var / "hangs").exists():
            assert worker.poll() is None, "the worker ended before it came to the step"
            assert time.monotonic() < limit
            time.sleep(0.05)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        (self.var / "hangs").unlink()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.var / "crossread.sqlite3") as database:
            return database.execute(query).fetchall()

    def stored(self) -> dict[str, list[tuple[object, ...]]]:
        return {name: self.rows(query) for name, query in _STORED.items()}

    def run_states(self) -> list[tuple[object, ...]]:
        return self.rows("SELECT state, tries, problem FROM claims_run ORDER BY id")


def copied(var: Path, to: Path) -> Installation:
    """Return an installation like another one that nothing runs in: migrating takes longer than all that follows."""
    return Installation(Path(shutil.copytree(var, to, dirs_exist_ok=True)))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an installation in which an event waits to be read."""
    made = Installation(tmp_path_factory.mktemp("loaded"))
    made.run("manage.py", "migrate", "--verbosity=0")
    made.run("manage.py", "load", FOLDER)
    return made.var


@pytest.fixture(scope="module")
def undisturbed(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    calm = copied(loaded, tmp_path_factory.mktemp("calm"))
    calm.work()
    assert calm.run_states() == [("done", 1, "")]
    stored = calm.stored()
    assert all(stored[name] for name in ("claims", "vectors", "pairs", "verdicts", "alone"))
    return stored


@pytest.mark.parametrize("step", ["reading", "embedding", "matching"])
def test_the_next_worker_takes_the_run_up_and_nothing_is_lost_or_doubled(
    step: str, tmp_path: Path, loaded: Path, undisturbed: dict[str, list[tuple[object, ...]]]
) -> None:
    here = copied(loaded, tmp_path)
    here.work_and_be_killed_while(step)
    assert here.run_states() == [(step, 1, "")]
    time.sleep(LOST_AFTER + 0.5)
    here.work()
    assert here.run_states() == [("done", 2, "")]
    assert here.stored() == undisturbed
    assert here.rows("SELECT DISTINCT status FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'") == []


def test_a_run_whose_worker_is_alive_is_left_to_it(tmp_path: Path, loaded: Path) -> None:
    here = copied(loaded, tmp_path)
    here.work_and_be_killed_while("embedding")
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 60))
    with sqlite3.connect(tmp_path / "crossread.sqlite3") as database:
        database.execute("UPDATE claims_run SET alive_at = ?", [now])
    here.work()
    assert here.run_states() == [("embedding", 1, "")]


def test_a_run_that_kills_every_worker_is_given_up_with_a_reason(tmp_path: Path, loaded: Path) -> None:
    here = copied(loaded, tmp_path)
    for _ in range(3):
        here.work_and_be_killed_while("embedding")
        time.sleep(LOST_AFTER + 0.5)
    here.work()
    ((state, tries, problem),) = here.run_states()
    assert (state, tries) == ("failed", 3)
    assert "stopped in the middle of it 3 times" in str(problem)


_DECIDE = """
from claims.models import Pair
from claims.services.review import decide
from tests.factories import make_user
ana = make_user("reviewer", name="ana")
for pair in Pair.objects.order_by("pk"):
    decide(pair, ana, "partial")
"""
_DECIDED = {
    "reviews": "SELECT pair_id, reviewer_id, decision FROM claims_review ORDER BY 1, 2",
    "waiting": "SELECT id, key, outcome, stale, withdrawn FROM claims_pair WHERE stale ORDER BY 1",
    "claims": "SELECT article_id, start, end, text, past_version FROM claims_claim ORDER BY past_version, 1, 2",
    "owed": "SELECT id FROM claims_comparison WHERE due_since IS NOT NULL",
}


@pytest.fixture(scope="module")
def revised(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an installation whose pairs are all decided, and where one article has a new text, yet to be read."""
    var = tmp_path_factory.mktemp("revised")
    here = copied(loaded, var)
    here.work()
    here.run("manage.py", "shell", "-c", _DECIDE)
    folder = shutil.copytree(ROOT / FOLDER, var / Path(FOLDER).name)
    (text,) = folder.glob("kestria.txt")
    changed = text.read_text().replace(" the ", " that ")
    text.write_text(f"A line that is new.\n{changed}")
    here.run("manage.py", "load", str(folder), "--revise")
    return var


@pytest.mark.parametrize("step", ["reading again", "matching"])
def test_a_worker_killed_over_a_new_text_loses_no_decision(step: str, tmp_path: Path, revised: Path) -> None:
    calm, killed = copied(revised, tmp_path / "calm"), copied(revised, tmp_path / "killed")
    calm.work()
    killed.work_and_be_killed_while(step)
    time.sleep(LOST_AFTER + 0.5)
    killed.work()
    told = [{name: here.rows(query) for name, query in _DECIDED.items()} for here in (calm, killed)]
    assert told[0] == told[1]
    assert told[0]["waiting"]
    assert told[0]["reviews"]
    assert not told[0]["owed"]
