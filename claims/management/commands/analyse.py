"""``manage.py analyse``: do here and now what is due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.models import Event, Run
from claims.services.analyse import request_run, revive_lost, work


class Command(BaseCommand):
    """Read and compare in this process, without a worker."""

    help = "Read and compare what is due, in this process, and say how each event's run ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("events", nargs="*", metavar="SLUG", help="only these events")
        parser.add_argument("--again", action="store_true", help="read and match everything anew; decisions are kept")

    def handle(self, *, events: list[str], again: bool, **options: Any) -> None:
        revive_lost()
        failed = 0
        for event in self._chosen(events):
            if again:
                event.owe_everything()
            if not event.owes_anything():
                self.stdout.write(f"{event.slug}: nothing is due")
                continue
            run = request_run(event)
            work(run.pk)
            run.refresh_from_db()
            failed += run.state == Run.State.FAILED
            self.stdout.write(f"{event.slug}: {run.state} {run.problem}".rstrip())
        if failed:
            raise CommandError(f"{failed} of the events could not be compared; the reasons are above.")

    def _chosen(self, slugs: list[str]) -> list[Event]:
        if not slugs:
            return list(Event.objects.all())
        chosen = list(Event.objects.filter(slug__in=slugs))
        if missing := set(slugs) - {event.slug for event in chosen}:
            known = ", ".join(Event.objects.values_list("slug", flat=True)[:20]) or "none yet"
            raise CommandError(f"There is no event {', '.join(sorted(missing))}. Events here: {known}.")
        return chosen
