"""``manage.py worker``: carry out runs, one at a time, until told to stop."""

from __future__ import annotations

import sys
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from claims.services.analyse import revive_lost
from claims.services.feeds.watching import queue_due
from claims.services.webhooks import revive_messages

REVIVE_EVERY = 5.0  # seconds between two looks for runs whose worker is gone, and feeds that are due


class RevivingWorker(Worker):
    """django-tasks-db's worker, which also takes up what a killed worker left behind."""

    _looked_at = float("-inf")

    def revive_now_and_then(self) -> None:
        """Look for lost runs and messages and for feeds that are due, at most every ``REVIVE_EVERY`` seconds."""
        if time.monotonic() - self._looked_at >= REVIVE_EVERY:
            self._looked_at = time.monotonic()
            revive_lost()
            revive_messages()
            queue_due()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End after the task under way, without a word; asked a second time, at once."""
        if not self.running:
            super().shutdown(signum, frame)
        self.running = False
        if not self.running_task:
            sys.exit(0)

    def run(self) -> None:
        """Alternate between emptying the queue and looking for lost runs."""
        once = self.batch
        self.batch = True  # the library's loop returns as soon as the queue is empty
        while self.running:
            close_old_connections()
            self.revive_now_and_then()
            super().run()
            if once or not self.running:
                return
            time.sleep(self.interval)


class Command(BaseCommand):
    """Run one worker. Start several, on as many machines as share the database, to do more at once."""

    help = "Read and compare what is queued, until stopped (Ctrl+C)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is queued, then stop")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks at the queue (0.5)")

    def handle(self, *, once: bool, interval: float, **options: Any) -> None:
        worker = RevivingWorker(
            queue_names=["default"],
            interval=interval,
            batch=once,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()
