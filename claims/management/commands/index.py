"""``manage.py index``: make what the search looks through anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.services.search import embed_missing, rebuild


class Command(BaseCommand):
    """Rebuild the index of words, and compute vectors that are missing."""

    help = "Rebuild the index of words that the search uses; with --vectors compute the vectors that claims lack."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--vectors", action="store_true", help="compute missing vectors too (loads the model)")

    def handle(self, *, vectors: bool, **options: Any) -> None:
        self.stdout.write(f"The words of {rebuild()} claims are indexed.")
        if vectors:
            self.stdout.write(f"{embed_missing()} events have been looked through for missing vectors.")
