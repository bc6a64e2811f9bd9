"""``manage.py load FOLDER...``: store event folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services.folders import FolderError
from claims.services.load import Loaded, load
from claims.services.refusals import Refused


class Command(BaseCommand):
    """Bring in events that were prepared as folders."""

    help = (
        "Store event folders, or all event folders inside a folder, and queue them for the worker. "
        "Loading a folder again adds what is new in it. Exit code 0 when all were stored, 1 when none was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folders."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")

    def handle(self, *, folders: list[Path], **options: Any) -> None:
        """Store the folders and say what came of each."""
        try:
            for loaded in load(folders):
                self.stdout.write(f"{loaded.event.slug}: {told(loaded)}")
        except (FolderError, Refused) as error:
            raise CommandError(f"{error} Nothing was loaded.") from None


def told(loaded: Loaded) -> str:
    """Say what came of one folder."""
    if not (loaded.new or loaded.sources or loaded.articles):
        return "nothing new"
    counts = [_count(loaded.sources, "source"), _count(loaded.articles, "article")]
    return f"{'stored' if loaded.new else 'added'}, " + ", ".join(count for count in counts if count)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
