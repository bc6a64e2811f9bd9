"""``manage.py import-decisions FILE``: read the decisions of an edited table back."""  # noqa: N999 - the command's name

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services.decisions import Case, Plan, apply, plan, read_sheet
from claims.services.refusals import Refused


class Command(BaseCommand):
    """Take decisions from a table that was exported and edited."""

    help = (
        "Say what the decisions of an exported and edited table (CSV or XLSX) would change; with --apply, change it. "
        "What somebody decided after the export is a conflict and stays, unless --over names its pair. "
        "Exit code 0 when every row was fine, 1 when the file or the reviewer was not taken, 3 when there are "
        "conflicts or rows that cannot be taken (the others are stored all the same), 2 when the command was not "
        "understood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file, the reviewer, and whether to write."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--reviewer", required=True, metavar="NAME", help="whose decisions they become")
        parser.add_argument("--apply", action="store_true", help="write them; without it nothing is stored")
        parser.add_argument(
            "--over",
            nargs="+",
            default=[],
            metavar="PAIR",
            help="take the table's word on these pairs all the same",
        )
        parser.add_argument("--json", action="store_true", help="tell it as one JSON object")

    def handle(self, *, file: Path, reviewer: str, **options: Any) -> None:
        """Show the plan, and carry it out if asked to."""
        person = _reviewer(reviewer)
        try:
            lines = read_sheet(file.name, file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}. Is the name right?") from None
        except Refused as refused:
            raise CommandError(f"{file}: {refused}") from None
        found, written, wanted = plan(lines, person), 0, set(options["over"])
        over = {case.mark for case in found.conflicts if case.pair and str(case.pair.pk) in wanted}
        if options["apply"]:
            applied = apply(lines, person, over=over)
            found, written = applied.plan, applied.written
        self._tell(found, written, options)
        if found.problems or any(case.mark not in over for case in found.conflicts):
            raise SystemExit(3)

    def _tell(self, found: Plan, written: int, options: dict[str, Any]) -> None:
        if options["json"]:
            told = {"applied": options["apply"], "written": written, "unchanged": found.unchanged}
            self.stdout.write(json.dumps(told | {"cases": list(map(_as_json, _mattering(found)))}, ensure_ascii=False))
            return
        for line in _as_text(found):
            self.stdout.write(line)
        self.stdout.write(f"{written} stored." if options["apply"] else "Nothing is stored; add --apply to store it.")


def _reviewer(name: str) -> AbstractBaseUser:
    person = get_user_model().objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no account “{name}”. Give the name of a reviewer.")
    if not person.has_perm("claims.add_review"):
        raise CommandError(f"“{name}” may not review. Make them a reviewer under /admin/ first.")
    return person


def _mattering(found: Plan) -> list[Case]:
    return [case for case in found.cases if case.kind not in ("same", "untouched")]


def _as_json(case: Case) -> dict[str, Any]:
    return {
        "kind": case.kind.value,
        "rows": list(case.rows),
        "pair": case.pair.pk if case.pair else None,
        "before": case.before,
        "decision": case.decision,
        "others": list(case.others),
        "since": list(case.since),
        "problem": case.problem,
    }


def _as_text(found: Plan) -> Iterator[str]:
    for case in _mattering(found):
        rows = f"row {', '.join(map(str, case.rows))}"
        if case.problem:
            yield f"{rows}: cannot be taken. {case.problem}"
            continue
        change = f"pair {case.pair.pk if case.pair else ''}: {case.before or 'nothing yet'} → {case.decision}"
        yield f"{rows}, {change}" if case.kind == "change" else f"{rows}, CONFLICT, {change}"
        yield from (f"    since the export: {one}" for one in case.since)
    told = f"{len(found.changes)} would change, {len(found.conflicts)} in conflict"
    yield f"{told}, {len(found.problems)} cannot be taken, {found.unchanged} stay as they are."
