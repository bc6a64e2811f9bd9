"""``manage.py load FOLDER|FILE...``: store event folders, tables of articles, and events exported as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.management.tables import add_table_arguments, is_table, load_tables
from claims.management.writing import Progress
from claims.services.folders import FolderError
from claims.services.load import Loaded, load
from claims.services.refusals import Refused
from claims.services.restore import People, Restored, restore


class Command(BaseCommand):
    """Bring in events that were prepared as folders or exported as JSON, and articles of an event from tables."""

    help = (
        "Store event folders, or all inside a folder or a .zip file, and queue them for the worker; or load .json "
        "files that `export --format json` wrote, complete with decisions. Loading a folder again adds what is new; a "
        "text that changed there is told, and stored as a new version of its article with --revise. A JSON file "
        "never changes an event that is here. A .csv or .jsonl file (.gz too) is a table of articles of one "
        "event: say which with --event, and its columns with --map. How far it is is told on standard error, on a "
        "terminal alone. Exit code 0 when all were stored, 1 when a file was not taken (folders and JSON files: then "
        "nothing was stored; tables: those before it stay), 3 when rows of a table were refused (the others are "
        "stored), 2 when the command was not understood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folders and files, and whose decisions a file holds."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER|FILE")
        parser.add_argument("--revise", action="store_true", help="folders: store texts that changed as new versions")
        parser.add_argument("--json", action="store_true", help="one JSON line per event and per table")
        add_table_arguments(parser)
        parser.add_argument("--slug", default="", help="JSON: another short name for the one event of the file")
        parser.add_argument(
            "--same-people", action="store_true", help="JSON: accounts here of the same names are the same people"
        )
        parser.add_argument(
            "--person",
            action="append",
            default=[],
            metavar="NAME=HERE",
            help="JSON: who is called NAME in the file is HERE; may be given again",
        )

    def handle(self, *, folders: list[Path], revise: bool, slug: str, **options: Any) -> None:
        """Store everything, or nothing, and say what came of each."""
        people = People(dict(map(_renamed, options["person"])), same=options["same_people"])
        files = [path for path in folders if path.suffix.lower() == ".json"]
        tables = [path for path in folders if is_table(path)]
        places = [path for path in folders if path not in files + tables]
        with Progress(self.stderr) as progress:
            try:
                with transaction.atomic():
                    loaded = load(places, revise=revise, tell=progress.say) if places else []
                    restored = [one for file in files for one in restore(file, people=people, slug=slug)]
            except (FolderError, Refused) as error:
                raise CommandError(f"{error} Nothing was loaded.") from None
            progress.clear()
            for folder in loaded:
                self._say(options, f"{folder.event.slug}: {told(folder)}", _as_json(folder))
            for event in restored:
                self._say(options, f"{event.event.slug}: {_restored(event)}", _restored_as_json(event))
            reports = load_tables(tables, options, progress=progress) if tables else ()
            refused = 0
            for report in reports:
                progress.clear()
                refused += report.report.refused_count
                self._say(options, report.as_text(), report.as_json())
        if refused:
            raise SystemExit(3)

    def _say(self, options: dict[str, Any], text: str, told: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else text)


def _as_json(loaded: Loaded) -> dict[str, Any]:
    counts = {"new": loaded.new, "sources": loaded.sources, "articles": loaded.articles}
    return {"event": loaded.event.slug, **counts, "changed": list(loaded.changed), "revised": loaded.revised}


def _restored_as_json(restored: Restored) -> dict[str, Any]:
    counts = {"articles": restored.articles, "pairs": restored.pairs}
    return {"event": restored.event.slug, **counts, "accounts": list(restored.made)}


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


def _restored(restored: Restored) -> str:
    counts = [_count(restored.articles, "article"), _count(restored.pairs, "pair")]
    said = "stored, " + ", ".join(filter(None, counts)) if any(counts) else "stored"
    made = f"; accounts made without a password: {', '.join(restored.made)}" if restored.made else ""
    return said + made


def _renamed(told: str) -> tuple[str, str]:
    name, sign, here = told.partition("=")
    if not (name and sign and here):
        raise CommandError(f"“{told}” does not say who is who. Write --person NAME=HERE.")
    return name, here


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
