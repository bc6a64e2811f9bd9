"""``manage.py up`` as a person runs it: in a terminal, on a machine where something else may run too."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
T = TypeVar("T")


@dataclass(frozen=True)
class Up:
    """A running ``manage.py up``."""

    process: subprocess.Popen[str]
    output: Path

    def said(self) -> str:
        return self.output.read_text()

    def address(self) -> str:
        found = wait_for(lambda: re.search(r"http://127\.0\.0\.1:\d+", self.said()), unless=self.ended)
        assert found, self.said()
        return found[0]

    def ended(self) -> bool:
        return self.process.poll() is not None

    def code_after(self, signum: signal.Signals) -> int:
        self.process.send_signal(signum)
        return self.process.wait(30)

    def children(self) -> dict[str, int]:
        """Return the process ids of the web server and of the worker."""
        rows = [line.split(maxsplit=2) for line in _ps("pid=,ppid=,args=")]
        own = [(int(pid), args) for pid, ppid, args in rows if int(ppid) == self.process.pid]
        return {"web" if "gunicorn" in args else "worker": pid for pid, args in own}


def wait_for(look: Callable[[], T], *, unless: Callable[[], bool] = lambda: False, seconds: float = 40) -> T:
    limit = time.monotonic() + seconds
    while not (found := look()) and not unless() and time.monotonic() < limit:
        time.sleep(0.05)
    return found


def alive(session: int) -> bool:
    """Tell whether a process of the session that ``session`` leads is there still."""
    return any(line.split() and int(line.split()[0]) == session for line in _ps("pgid="))


def _ps(columns: str) -> list[str]:
    return subprocess.run(["ps", "-A", "-o", columns], capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Up]]:
    started: list[Up] = []

    def start_one(*arguments: str, **environment: str) -> Up:
        output = tmp_path / f"output-{len(started)}"
        own = {"CROSSREAD_VAR": str(tmp_path), "CROSSREAD_DEMO": "0", "CROSSREAD_HTTPS": "0", "PORT": "0"}
        others = {key: value for key, value in os.environ.items() if not key.startswith(("CROSSREAD_", "DJANGO_"))}
        with output.open("w") as file:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "up", *arguments],
                env=others | own | environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
            )
        started.append(Up(process, output))
        return started[-1]

    yield start_one
    for up in started:
        if not up.ended():
            for pid in [*up.children().values(), up.process.pid]:
                os.kill(pid, signal.SIGKILL)
            up.process.wait()


def test_it_serves_until_ctrl_c_and_leaves_nothing_behind(start: Callable[..., Up]) -> None:
    up = start()
    with urllib.request.urlopen(f"{up.address()}/admin/login/") as page:
        assert page.status == 200
        assert b"csrfmiddlewaretoken" in page.read()
    children = up.children()
    assert set(children) == {"web", "worker"}
    assert up.code_after(signal.SIGINT) == 0
    assert not any(alive(pid) for pid in children.values())
    assert "Traceback" not in up.said()


def test_a_second_start_is_soon_there(start: Callable[..., Up]) -> None:
    first = start()
    first.address()
    assert first.code_after(signal.SIGTERM) == 0
    began = time.monotonic()
    second = start()
    second.address()
    assert time.monotonic() - began < 15  # two to three seconds on an idle machine


@pytest.mark.parametrize("name", ["web", "worker"])
def test_when_one_process_dies_the_other_is_ended_and_the_exit_code_says_so(
    start: Callable[..., Up], name: str
) -> None:
    up = start()
    up.address()
    children = up.children()
    os.kill(children[name], signal.SIGKILL)
    assert up.process.wait(30) == 1
    assert re.search(r"The (web server|worker) was killed \(SIGKILL\), so everything was ended", up.said())
    assert wait_for(lambda: not any(alive(pid) for pid in children.values()), seconds=10)


def test_a_taken_port_is_told_in_a_sentence(start: Callable[..., Up]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        up = start(PORT=str(port))
        assert up.process.wait(30) == 1
    assert f"Port {port} is taken by another program" in up.said()
    assert "PORT=8001 make run" in up.said()
    assert "Traceback" not in up.said()


@pytest.mark.parametrize("port", ["eighty", "65536", "-1"])
def test_a_port_that_is_none_is_told_in_a_sentence(start: Callable[..., Up], port: str) -> None:
    up = start(PORT=port)
    assert up.process.wait(30) == 1
    assert "is no port" in up.said()


def test_ctrl_c_while_it_prepares_shows_no_traceback(start: Callable[..., Up]) -> None:
    up = start()
    assert wait_for((up.output.parent / "crossread.sqlite3").exists, unless=up.ended)
    assert up.code_after(signal.SIGINT) == 0
    assert "Traceback" not in up.said()
