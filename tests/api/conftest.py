"""Programs that ask."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from claims.services.tokens import make_token
from tests.factories import make_user

SCOPES = {"": [], "reader": [], "reviewer": ["review"], "editor": ["review", "edit"]}


class Program(Client):
    """A client that shows a token, and speaks JSON."""

    def __init__(self, user: User, scopes: list[str]) -> None:
        made = make_token(user, name=f"program {user.tokens.count()}", scopes=scopes, days="")
        super().__init__(headers={"Authorization": f"Bearer {made.secret}"}, enforce_csrf_checks=True)
        self.user, self.token, self.secret = user, made.token, made.secret

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """Send a request below ``/api/v1``; headers' underscores are hyphens."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        data = "" if body is None else json.dumps(body)
        return self.generic(method, f"/api/v1{address}", data, "application/json", headers=told)

    def read(self, address: str, **headers: str) -> Any:
        """Read an address."""
        return self.send("GET", address, **headers)


def program_of(role: str, *, scopes: list[str] | None = None, name: str = "") -> Program:
    """Return a program with the token of somebody of a role, with all scopes that the role allows, or those given."""
    return Program(make_user(role, name=name), SCOPES[role] if scopes is None else scopes)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Have every test begin with no requests counted."""
    cache.clear()
