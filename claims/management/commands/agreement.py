"""``manage.py agreement [--json]``: how far reviewers agree."""

from __future__ import annotations

import json as notation
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.models import Agreement, Kappa
from claims.services.agreement import measure_agreement


class Command(BaseCommand):
    """Work out how far reviewers agree, for the page and for the terminal."""

    help = "Work out Krippendorff's alpha and Cohen's kappa of the reviewers, store them for the page, and print them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the form of what is printed."""
        parser.add_argument("--json", action="store_true", help="one JSON object a line, one line an event")

    def handle(self, *, json: bool, **options: Any) -> None:
        """Measure and print."""
        measure_agreement()
        for one in Agreement.objects.listed():
            if json:
                self.stdout.write(notation.dumps(as_plain(one)))
                continue
            self.stdout.write(f"{one.event or 'All events'}: alpha {in_words(one)} ({one.pairs} pairs)")
            for two in one.kappas.all():
                self.stdout.write(f"  {two.a} and {two.b}: kappa {in_words(two)} ({two.same} of {two.pairs} the same)")


def as_plain(agreement: Agreement) -> dict[str, Any]:
    """Return the figures of an event, or of all, as plain data."""
    return {
        "event": agreement.event.slug if agreement.event else None,
        "pairs": agreement.pairs,
        "reviews": agreement.reviews,
        "alpha": _figure(agreement),
        "kappa": [
            {"a": two.a.get_username(), "b": two.b.get_username(), "pairs": two.pairs, "same": two.same} | _figure(two)
            for two in agreement.kappas.all()
        ],
    }


def in_words(found: Agreement | Kappa) -> str:
    """Return a figure with its interval, or why there is none."""
    return found.refusal or f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def _figure(found: Agreement | Kappa) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("value", "low", "high", "refusal")}
