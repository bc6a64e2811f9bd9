"""A demo of its own, running from an empty folder until the pictures are taken."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 180  # seconds that the demo may take to answer


@contextmanager
def demo() -> Iterator[str]:
    """Serve the demo on a free port; yield its address.

    Raises:
        RuntimeError: it did not start.
    """
    with tempfile.TemporaryDirectory(prefix="crossread-pictures-") as folder:
        log = Path(folder) / "log"
        environment = os.environ | {"CROSSREAD_DEMO": "1", "CROSSREAD_VAR": folder, "PORT": "0"}
        environment.pop("DATABASE_URL", None)
        with log.open("w") as told:
            command = [sys.executable, "manage.py", "up", "--port", "0"]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=subprocess.STDOUT)
        try:
            yield _address(process, log)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    limit = time.monotonic() + _PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return found[0]
        time.sleep(0.2)
    raise RuntimeError(f"The demo did not start:\n{log.read_text()}")
