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
        "Loading a folder again adds what is new in it; a text that changed there is told, and stored as a new version "
        "of its article with --revise. Exit code 0 when all were stored, 1 when none was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folders."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
        parser.add_argument("--revise", action="store_true", help="store texts that changed as new versions")

    def handle(self, *, folders: list[Path], revise: bool, **options: Any) -> None:
        """Store the folders and say what came of each."""
        try:
            for loaded in load(folders, revise=revise):
                self.stdout.write(f"{loaded.event.slug}: {told(loaded)}")
        except (FolderError, Refused) as error:
            raise CommandError(f"{error} Nothing was loaded.") from None


def told(loaded: Loaded) -> str:
    """Say what came of one folder."""
    counts = [_count(loaded.sources, "source"), _count(loaded.articles, "article")]
    added = ", ".join(count for count in counts if count)
    lines = [f"{'stored' if loaded.new else 'added'}, {added}"] if added or loaded.new else []
    if loaded.changed and loaded.revised:
        lines.append(f"{_count(len(loaded.changed), 'new version')} ({', '.join(loaded.changed)})")
    elif loaded.changed:
        lines.append(
            f"the text changed in {', '.join(loaded.changed)}, and nothing was done about it; "
            "--revise stores it as a new version"
        )
    return "; ".join(lines) or "nothing new"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
