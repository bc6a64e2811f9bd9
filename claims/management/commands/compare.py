"""``manage.py compare FOLDER... [--json]``: compare event folders without touching the database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.writing import Progress, hush
from claims.services.comparing import compared
from claims.services.folders import FolderError


class Command(BaseCommand):
    """Print what the sources of each event folder say alike, differently, and alone."""

    help = (
        "Compare the sources of event folders (or of all event folders inside a folder). Nothing is stored. Nothing "
        "but the result goes to standard output; how far it is, and what was left out, to standard error. Exit code 0 "
        "when every folder was compared, 1 when one could not be read, 2 when the command was not understood."
    )
    requires_system_checks = ["crossread"]
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folders and the form of the output."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--json",
            action=argparse.BooleanOptionalAction,
            default=False,
            help="one JSON line per event and two sources",
        )

    def handle(self, *args: object, folders: list[Path], json: bool, **options: object) -> None:
        """Compare each folder and print the result."""
        with Progress(self.stderr) as progress:
            try:
                for told in compared(folders, tell=progress.say):
                    progress.clear()
                    for text in told["unmatched"]:
                        self.stderr.write(f"{told['event']}: {text['explanation']}")
                    for line in as_json(told) if json else as_text(told):
                        self.stdout.write(line)
            except FolderError as error:
                raise CommandError(str(error)) from None
            except BrokenPipeError:
                hush()


def as_json(told: dict[str, Any]) -> Iterator[str]:
    """Yield the one line of JSON."""
    yield json.dumps(told, ensure_ascii=False)


def as_text(told: dict[str, Any]) -> Iterator[str]:
    """Yield the comparison as a person reads it on a terminal."""
    claims = {claim["id"]: claim["text"] for claim in told["claims"]}
    yield f"{told['event']}: {told['a']} and {told['b']}"
    for pair in told["pairs"]:
        reasons = ", ".join(reason["kind"] for reason in pair["reasons"])
        yield f"\n  {pair['relation']}{f' ({reasons})' if reasons else ''}  score {pair['score']:.2f}"
        for side in ("a", "b"):
            yield from (f"    {told[side]}: {claims[claim]}" for claim in pair[side])
        yield from (f"    – {reason['explanation']}" for reason in pair["reasons"])
    for side in ("a", "b"):
        for lone in told[f"only_{side}"]:
            yield f"\n  only {told[side]}: {claims[lone['claim']]}"
    yield ""
