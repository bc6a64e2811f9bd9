"""Who looks at the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_user


@pytest.fixture
def reviewer(client: Client) -> Client:
    """Return a client that a reviewer is signed in with."""
    client.force_login(make_user("reviewer"))
    return client
