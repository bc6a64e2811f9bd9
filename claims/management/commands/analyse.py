"""``manage.py analyse``: do here and now what is due."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.writing import Progress
from claims.models import Event, Run
from claims.services.analyse import request_run, revive_lost, work


class Command(BaseCommand):
    """Read and compare in this process, without a worker."""

    help = (
        "Read and compare what is due, in this process, and say how each event's run ended. How far it is is told on "
        "standard error, on a terminal alone. Exit code 0 when every run ended well, 1 when one failed or there is no "
        "such event, 2 when the command was not understood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which events, and the form of the output."""
        parser.add_argument("events", nargs="*", metavar="SLUG", help="only these events")
        parser.add_argument("--again", action="store_true", help="read and match everything anew; decisions are kept")
        parser.add_argument("--json", action="store_true", help="one JSON line per event")

    def handle(self, *, events: list[str], again: bool, **options: Any) -> None:
        """Do what is due of each event, and say how it ended."""
        chosen, failed = self._chosen(events), 0
        revive_lost()
        with Progress(self.stderr) as progress:
            for event in chosen:
                told = _ended(event, progress, again=again)
                progress.clear()
                failed += told["state"] == Run.State.FAILED
                self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _as_text(told))
        if failed:
            problem = "1 of the events" if failed == 1 else f"{failed} of the events"
            raise CommandError(f"{problem} could not be compared; the reasons are above.")

    def _chosen(self, slugs: list[str]) -> list[Event]:
        if not slugs:
            return list(Event.objects.all())
        chosen = list(Event.objects.filter(slug__in=slugs))
        if missing := set(slugs) - {event.slug for event in chosen}:
            known = ", ".join(Event.objects.values_list("slug", flat=True)[:20]) or "none yet"
            raise CommandError(f"There is no event {', '.join(sorted(missing))}. Events here: {known}.")
        return chosen


def _ended(event: Event, progress: Progress, *, again: bool) -> dict[str, Any]:
    """Carry out what an event owes; return how that ended, "none" where nothing was due."""
    if again:
        event.owe_everything()
    if not event.owes_anything():
        return {"event": event.slug, "state": "none", "problem": "", "notices": []}
    run = request_run(event)
    work(run.pk, tell=lambda told: progress.say(f"{event.slug}: {told}"))
    run.refresh_from_db()
    return {"event": event.slug, "state": run.state, "problem": run.problem, "notices": run.notices}


def _as_text(told: dict[str, Any]) -> str:
    if told["state"] == "none":
        return f"{told['event']}: nothing is due"
    return "\n".join([f"{told['event']}: {told['state']} {told['problem']}".rstrip(), *told["notices"]])
