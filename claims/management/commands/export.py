"""``manage.py export EVENT...``: write events in a format that others read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.writing import Progress, as_one_file, as_output, hush
from claims.models import Event
from claims.services.export import FORMATS, Scope, format_named
from claims.services.export.event_folder import write_to
from claims.services.refusals import Refused

_PACKED = ("xlsx", "folder")


class Command(BaseCommand):
    """Take events along."""

    help = (
        "Write events as csv, xlsx, json (complete, for `load`), folder (event folders), annotation (W3C Web "
        "Annotation), tei (TEI P5) or schema (schema.org). Nothing but the result goes to standard output; progress "
        "and problems go to standard error. Offsets count Unicode code points. Exit code 0 when everything was "
        "written, 1 when nothing was (unknown event, a file that cannot be written), 2 when the command was not "
        "understood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what is written, as what, and where."""
        parser.add_argument("events", nargs="+", metavar="EVENT", help="an event's short name, as in its address")
        parser.add_argument("--format", choices=list(FORMATS), default="csv", help="csv if not said")
        parser.add_argument(
            "--out",
            default="-",
            metavar="FILE",
            help="where to: a file, which is replaced; - is standard output (the default). For folder: a place in "
            "which a folder for each event is made, or a .zip file",
        )
        parser.add_argument(
            "--json", action="store_true", help="with --out FILE: say on standard output as JSON what was written"
        )
        parser.add_argument("--bom", action="store_true", help="csv: begin with the byte order mark for Excel")
        parser.add_argument("--reviewer", metavar="NAME", help="whose decisions fill the column that is read back")
        parser.add_argument(
            "--address", default=settings.CROSSREAD_ADDRESS, help="what permalinks begin with (CROSSREAD_ADDRESS)"
        )

    def handle(self, *, events: list[str], format: str, out: str, **options: Any) -> None:
        """Write the events."""
        if options["json"] and out == "-":
            raise CommandError("Standard output holds the result itself. Say where that goes: --out FILE.")
        with Progress(self.stderr) as progress:
            scope = Scope.of_events(
                _events(events),
                address=options["address"].rstrip("/"),
                reviewer_id=_reviewer(options["reviewer"]),
                marked=options["bom"],
                beat=progress.beat,
            )
            try:
                progress.of(scope.count())
                self._write(format, out, scope)
            except Refused as refused:
                raise CommandError(f"{refused} Nothing was written.") from None
            except BrokenPipeError:
                hush()
            except OSError as error:
                problem = f"{out} cannot be written: {error.strerror}."
                raise CommandError(f"{problem} Choose another place: --out FILE.") from None
        if options["json"]:
            told = {"events": [event.slug for event in scope.events], "format": format, "out": out}
            self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _write(self, format: str, out: str, scope: Scope) -> None:
        if format == "folder" and out != "-" and not out.lower().endswith(".zip"):
            write_to(Path(out), scope)
            return
        if out == "-" and format in _PACKED and sys.stdout.isatty():
            raise CommandError(f"{format} is nothing for a terminal. Say where to: --out FILE.")
        pieces = format_named(format, scope).write(scope)
        if out == "-":
            as_output(pieces)
        else:
            as_one_file(Path(out), pieces)


def _events(slugs: list[str]) -> list[Event]:
    found = {event.slug: event for event in Event.objects.filter(slug__in=slugs)}
    if missing := [slug for slug in slugs if slug not in found]:
        known = ", ".join(Event.objects.values_list("slug", flat=True)[:20]) or "none yet"
        raise CommandError(f"There is no event {', '.join(missing)}. Events here: {known}.")
    return [found[slug] for slug in dict.fromkeys(slugs)]


def _reviewer(name: str | None) -> int | None:
    if name is None:
        return None
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no account “{name}”. Leave --reviewer out, or give a name that is.")
    return int(found.pk)
