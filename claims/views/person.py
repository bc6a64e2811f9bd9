"""Who sends a form."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest


def person_of(request: HttpRequest) -> AbstractBaseUser:
    """Return who sends the request, in a view that asks for a permission first."""
    assert isinstance(request.user, AbstractBaseUser)  # noqa: S101 - the permission lets nobody else through
    return request.user
