"""``manage.py load FOLDER|FILE...``: store event folders, and tables of articles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.tables import add_table_arguments, is_table, load_tables
from claims.services.folders import FolderError
from claims.services.load import Loaded, load
from claims.services.refusals import Refused


class Command(BaseCommand):
    """Bring in events that were prepared as folders, and articles of an event from tables."""

    help = (
        "Store event folders, or all event folders inside a folder or a .zip file, and queue them for the worker. "
        "Loading a folder again adds what is new in it. A .csv or .jsonl file (.gz too) is a table of articles of one "
        "event: say which with --event, and its columns with --map. Exit code 0 when all were stored, 1 when none was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folders, and what tables need."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER|FILE")
        add_table_arguments(parser)

    def handle(self, *, folders: list[Path], **options: Any) -> None:
        """Store the folders and tables and say what came of each."""
        tables = [path for path in folders if is_table(path)]
        places = [path for path in folders if path not in tables]
        try:
            for loaded in load(places) if places else []:
                self.stdout.write(f"{loaded.event.slug}: {told(loaded)}")
        except (FolderError, Refused) as error:
            raise CommandError(f"{error} Nothing was loaded.") from None
        if tables:
            load_tables(tables, options, say=self.stdout.write)


def told(loaded: Loaded) -> str:
    """Say what came of one folder."""
    if not (loaded.new or loaded.sources or loaded.articles):
        return "nothing new"
    counts = [_count(loaded.sources, "source"), _count(loaded.articles, "article")]
    return f"{'stored' if loaded.new else 'added'}, " + ", ".join(count for count in counts if count)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
