"""The web process: how soon it answers, and how much memory it holds."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from pathlib import Path

from bench.database import set_up
from bench.timing import show
from claims.management.serving import answers, listen, web

ROOT = Path(__file__).parent.parent
PAGES = 200  # requests before memory is read


def main() -> None:
    """Start the web process twice, and measure the second start: the first one writes compiled Python files."""
    set_up()
    from claims.management.preparing import prepare

    prepare()
    _start()
    seconds, megabytes = _start()
    show(
        "The web process",
        [
            ("from start to the first answer", f"{seconds:.2f} s"),
            *((f"memory, {name}, after {PAGES} requests", f"{size:.0f} MB") for name, size in megabytes),
        ],
    )


def _start() -> tuple[float, list[tuple[str, float]]]:
    with listen(0) as listener:
        port = listener.getsockname()[1]
        began = time.perf_counter()
        process = subprocess.Popen(web(listener).arguments, cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            assert answers(port)
            seconds = time.perf_counter() - began
            for _ in range(PAGES):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").read()
            return seconds, _memory(process.pid)
        finally:
            process.terminate()
            process.wait()


def _memory(pid: int) -> list[tuple[str, float]]:
    """Return the resident megabytes of gunicorn's master and of its one worker process."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [("gunicorn's master", rss / 1024) for one, _, rss in rows if one == pid] + [
        ("serving process", rss / 1024) for _, parent, rss in rows if parent == pid
    ]
