"""What every test begins with."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation


@pytest.fixture(autouse=True)
def _own_language_and_zone() -> None:
    """Begin in the server's language and zone: a page that was read in German before leaves its thread in German."""
    translation.deactivate()
    timezone.deactivate()
