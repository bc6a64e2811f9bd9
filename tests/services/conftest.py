"""What several tests of services are given."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Comparison
from tests.exports import make_worked_on


@pytest.fixture
def worked_on(db: None) -> Comparison:
    """Return a comparison that people have worked on."""
    return make_worked_on()


@pytest.fixture
def ana(db: None) -> User:
    """Return somebody who decides."""
    return User.objects.create(username="ana")
