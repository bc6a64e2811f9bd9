"""Bring the catalogues of other languages up to what pages and code say, and compile them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from claims.management.catalogue import untranslated, update


class Command(BaseCommand):
    """Write locale/…/django.po anew, with what is translated kept, and django.mo beside it."""

    help = "Bring the catalogues of other languages up to what pages and code say, and compile them."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Update every language but English, and list what is not translated."""
        for language, name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            catalogue = update(language)
            left = untranslated(catalogue)
            self.stdout.write(f"{name}: {len(catalogue)} messages, {len(left)} not translated.")
            for message in left:
                self.stdout.write(f"  {message}")
