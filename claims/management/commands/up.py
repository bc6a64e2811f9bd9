"""``manage.py up``: bring everything up to date, then serve with a web server and a worker."""

from __future__ import annotations

import os
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from claims.management.preparing import prepare
from claims.management.serving import HOST, Ended, PortTaken, Processes, Stop, listen, web, worker
from claims.services.demo import DEMO_USERS


class Command(BaseCommand):
    """Serve Crossread on this machine."""

    help = (
        "Migrate, load the demo's events (with CROSSREAD_DEMO=1), and run the web server and one worker until Ctrl+C. "
        "Exit code 0 when asked to stop, 1 when one of the two ended by itself or could not start."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the port."""
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="8000, or PORT of the environment")

    def handle(self, *, port: str, **options: Any) -> None:
        """Prepare, serve, and end cleanly."""
        stop = Stop()
        stop.listen()
        number = _port(port)
        try:
            listener = listen(number)
        except PortTaken:
            raise CommandError(_TAKEN.format(port=number)) from None
        except PermissionError:
            raise CommandError(f"Port {number} needs root. Choose one above 1023, for instance PORT=8001.") from None
        with listener:
            self._prepare()
            if stop.is_set():
                return
            processes = Processes(
                [web(listener), worker()], folder=str(settings.BASE_DIR), listener=listener, stop=stop
            )
            ended = self._serve(processes, listener.getsockname()[1])
        if ended:
            raise CommandError(_how(ended))
        self.stdout.write("Crossread has ended.")

    def _prepare(self) -> None:
        for loaded in prepare():
            if loaded.new:
                self.stdout.write(f"Loaded: {loaded.event.title}")
        connections.close_all()

    def _serve(self, processes: Processes, port: int) -> Ended | None:
        try:
            return processes.wait(ready=lambda: self._tell_address(port), port=port)
        finally:
            processes.end()

    def _tell_address(self, port: int) -> None:
        self.stdout.write(f"\nCrossread is at http://{HOST}:{port}")
        if settings.DEMO:
            self.stdout.write("Everybody on this machine can read. To review and annotate, sign in as one of:")
            for user in DEMO_USERS:
                self.stdout.write(f"  {user.name:<9} password {user.password}")
        self.stdout.write("Ctrl+C ends it.\n")
        self.stdout.flush()


_TAKEN = (
    "Port {port} is taken by another program (another Crossread?). Stop that one, or choose another port: "
    "PORT=8001 make run"
)


def _port(told: str) -> int:
    if told.isascii() and told.isdigit() and int(told) < 65536:
        return int(told)
    raise CommandError(f"“{told}” is no port. PORT is a number up to 65535, for instance PORT=8001.")


def _how(ended: Ended) -> str:
    if ended.code < 0:
        how = f"was killed ({signal.Signals(-ended.code).name})"
    else:
        how = f"ended by itself (exit code {ended.code})"
    return (
        f"The {ended.name} {how}, so everything was ended; its last words are above. Start again with the same command."
    )
