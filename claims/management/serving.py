"""The web server and the worker as two processes that live and end together."""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

HOST = "127.0.0.1"
_POLL = 0.1  # seconds between two looks at the processes
_PATIENCE = 20.0  # seconds that a process has to end by itself


class PortTaken(OSError):
    """Another program listens on the port already."""


@dataclass(frozen=True, slots=True)
class Command:
    """A process to start: what it is called in messages, and its command line."""

    name: str
    arguments: Sequence[str]


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ended before anybody asked for it."""

    name: str
    code: int


def listen(port: int) -> socket.socket:
    """Return a socket that listens on the port: who connects from now on waits until the server takes over.

    Raises:
        PortTaken: if another program has the port.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(error.errno, f"port {port} is taken") from None
        raise
    listener.listen(128)
    return listener


def web(listener: socket.socket) -> Command:
    """Return the web server's command: one process whose threads share the pages' code and the database's file."""
    options = ["--workers=1", "--threads=8", "--timeout=120", "--log-level=warning", "--no-control-socket"]
    bind = f"--bind=fd://{listener.fileno()}"
    return Command("web server", [sys.executable, "-m", "gunicorn", "config.wsgi:application", bind, *options])


def worker() -> Command:
    """Return the worker's command."""
    return Command("worker", [sys.executable, "manage.py", "worker"])


class Stop(threading.Event):
    """Set by Ctrl+C, by ``kill`` and by a closed terminal; the second time, everything still running is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.at_once = False

    def listen(self) -> None:
        """Take the signals over from Python, which would raise KeyboardInterrupt wherever it is."""
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._asked)

    def _asked(self, _signum: int, _frame: FrameType | None) -> None:
        self.at_once = self.is_set()
        self.set()


class Processes:
    """Processes that live and end together."""

    def __init__(self, commands: Sequence[Command], *, folder: str, listener: socket.socket, stop: Stop) -> None:
        self._stop = stop
        # In sessions of their own: Ctrl+C in the terminal reaches only this process, which then ends them in order.
        self._running = {
            command.name: subprocess.Popen(  # noqa: S603
                command.arguments, cwd=folder, pass_fds=[listener.fileno()], start_new_session=True
            )
            for command in commands
        }

    def wait(self, *, ready: Callable[[], None], port: int) -> Ended | None:
        """Wait until somebody asks to stop (None) or a process ends by itself; call ``ready`` once the port answers."""
        asking = threading.Thread(target=self._tell_when_it_answers, args=(ready, port), daemon=True)
        asking.start()
        while not self._stop.wait(_POLL):
            for name, process in self._running.items():
                if (code := process.poll()) is not None:
                    return Ended(name, code)
        return None

    def end(self) -> None:
        """End what still runs: asked first, and killed after a while or when somebody cannot wait."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        for process in self._running.values():
            self._end_one(process)

    def _end_one(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(round(_PATIENCE / _POLL)):
            if self._stop.at_once:
                break
            try:
                process.wait(_POLL)
            except subprocess.TimeoutExpired:
                continue
            return
        # The whole session: the web server's own children are not to outlive it.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _tell_when_it_answers(self, ready: Callable[[], None], port: int) -> None:
        while not self._stop.wait(_POLL):
            if answers(port):
                ready()
                return


def answers(port: int) -> bool:
    """Tell whether a web server answers on the port, with whatever page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
