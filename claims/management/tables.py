"""Tables of articles on the command line: ``manage.py load FILE.csv --event SLUG --map text=body``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.management.writing import Progress
from claims.models import Event
from claims.services.incoming.bulk import Mapped, Report, store_rows
from claims.services.incoming.tables import decode_table, first_rows, guess_mapping, rows_of, unpack
from claims.services.refusals import Refused

_ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson")
_MOST_BYTES = 2_000_000_000  # whoever sits at the machine may load more than a page takes


def is_table(path: Path) -> bool:
    """Tell a table from an event folder by its name."""
    name = path.name.casefold().removesuffix(".gz")
    return name.endswith(_ENDINGS)


def add_table_arguments(parser: CommandParser) -> None:
    """Declare what tables need beside their files."""
    parser.add_argument("--event", metavar="SLUG", help="tables: the event that the articles are of")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="MEANING=COLUMN",
        help="tables: which column is the text, title, publisher, author, published or url; those that are not said "
        "are guessed by their names",
    )
    parser.add_argument("--publisher", default="", help="tables: who published the rows that do not say it")
    parser.add_argument("--dry-run", action="store_true", help="tables: say what would come of it, and store nothing")


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a table."""

    path: Path
    event: str
    report: Report
    notice: str
    dry: bool

    def as_text(self) -> str:
        """Return it in lines for a person."""
        refused = [f"  line {line}: {why}" for line, why in self.report.refused]
        return "\n".join([_counted(self.path, self.report, dry=self.dry), *filter(None, [self.notice]), *refused])

    def as_json(self) -> dict[str, Any]:
        """Return it for a program."""
        report = self.report
        return {
            "event": self.event,
            "file": str(self.path),
            "dry_run": self.dry,
            "rows": report.rows,
            "added": report.added,
            "revised": report.revised,
            "known": report.known,
            "refused": report.refused_count,
            "problems": [{"line": line, "why": why} for line, why in report.refused],
            "notice": self.notice,
        }


def load_tables(paths: list[Path], options: Mapping[str, Any], *, progress: Progress) -> Iterator[Told]:
    """Store the rows of tables one after another, and yield what came of each.

    Raises:
        CommandError: if the event is not there, or a file is no table; what was stored before stays.
    """
    event = Event.objects.filter(slug=options["event"] or "").first()
    if event is None:
        raise CommandError("Say with --event which event the articles are of: its name in the address of its page.")
    for path in paths:
        try:
            yield _load(path, event, options, progress)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except Refused as refused:
            raise CommandError(f"{path}: {refused}") from None


def _load(path: Path, event: Event, options: Mapping[str, Any], progress: Progress) -> Told:
    data = unpack(path.read_bytes(), most_bytes=_MOST_BYTES)
    decoded = decode_table(data)
    columns, _rows = first_rows(data)
    mapped = Mapped(guess_mapping(columns) | dict(map(_mapping, options["map"])), options["publisher"])
    if problems := mapped.check(columns):
        raise Refused(problems)
    report = store_rows(
        event,
        rows_of(decoded.text),
        mapped,
        dry=options["dry_run"],
        report_to=lambda so_far: progress.say(f"{path.name}: {so_far.rows} rows, {so_far.added} added"),
    )
    return Told(path, event.slug, report, decoded.notice, dry=options["dry_run"])


def _mapping(told: str) -> tuple[str, str]:
    meaning, sign, column = told.partition("=")
    if not (meaning and sign and column):
        raise CommandError(f"“{told}” does not say which column is what. Write --map text=COLUMN.")
    return meaning.strip(), column.strip()


def _counted(path: Path, report: Report, *, dry: bool) -> str:
    verb = "would be added" if dry else "added"
    return (
        f"{path.name}: {report.rows} rows, {report.added} {verb}, "
        + (f"{report.revised} new versions of known articles, " if report.revised else "")
        + f"{report.known} known already, "
        f"{report.refused_count} refused"
    )
