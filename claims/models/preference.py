"""What a person wants the pages to be like."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Preference(models.Model):
    """A person's wishes. What is empty is left to the browser: its zone, its language, the keys that came along.

    ``zone`` is a name of the IANA time zone database, ``language`` a code of ``LANGUAGES``; ``keys`` gives the key of
    each act that has another one than it came with (see ``claims.services.keys``).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=8, blank=True)
    keys: models.JSONField[Any, dict[str, str]] = models.JSONField(default=dict, blank=True)
    single_keys = models.BooleanField(default=True, help_text="Whether a key without Ctrl or Alt does something.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["", "en", "de"]), name="preference_language_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.language or '–'}, {self.zone or '–'}"
