"""``manage.py evaluate FOLDER... [--json] [--rules] [--events]``: how good the comparisons are."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.evaluation import as_json, as_text
from claims.services.evaluate import Measured, measure
from claims.services.folders import FolderError


class Command(BaseCommand):
    """Compare event folders that hold gold labels, and print how far the two agree."""

    help = (
        "Compare the event folders that hold a gold.json (or all such folders inside a folder), and print how far the "
        "results are what the labels say. Nothing is stored. Exit code 0 when everything was measured, 1 when a "
        "folder could not be read or has no gold labels."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folders, what is measured, and the form of the output."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
        for name, means in (
            ("json", "print one JSON object instead of tables"),
            ("rules", "leave out what reads two statements together: vectors, words and detectors alone decide"),
            ("events", "tell the figures of every event too"),
        ):
            parser.add_argument(f"--{name}", action=argparse.BooleanOptionalAction, default=False, help=means)

    def handle(self, *, folders: list[Path], rules: bool, events: bool, **options: Any) -> None:
        """Measure the folders and print the figures."""
        try:
            found = self._measured(folders, rules=rules)
        except FolderError as error:
            raise CommandError(str(error)) from None
        for missing in (one for event in found for one in event.missing):
            self.stderr.write(f"Not compared, so all of it counts as missed: {missing}")
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found, by_event=events), ensure_ascii=False, indent=1))
        else:
            for line in as_text(found, by_event=events):
                self.stdout.write(line)

    def _measured(self, folders: list[Path], *, rules: bool) -> list[Measured]:
        """Return every event's counts, saying on a terminal how far it has come."""
        found = []
        for event in measure(folders, rules=rules):
            found.append(event)
            if self.stderr.isatty():
                self.stderr.write(f"\r\033[K{len(found)} compared, the last {event.name}", ending="")
        if self.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")
        return found
