"""The page of one's own tokens."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Token
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_new_token_is_shown_once_and_works(client: Client) -> None:
    client.force_login(make_user("reviewer"))
    answer = client.post("/tokens/add/", {"name": " Nightly  table ", "scopes": ["review"], "days": "30"})
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "private, no-store"
    secret = answer.context["made"].secret
    assert f'value="{secret}"' in answer.text
    token = Token.objects.get()
    assert (token.name, token.scopes, token.state) == ("Nightly table", ["read", "review"], "open")
    assert token.expires_at is not None
    page = client.get("/tokens/").text
    assert secret not in page
    assert f"crossread_{token.hint}…" in page
    told = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert (told["name"], told["may_review"], told["may_edit"]) == ("reviewer", True, False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "  "}, "Give the token a name"),
        ({"name": "x" * 101}, "keep it under 100 characters"),
        ({"name": "taken"}, "You have a token called “taken” already"),
        ({"name": "mine", "scopes": ["edit"]}, "no more than you may yourself"),
        ({"name": "mine", "days": "1000"}, "Choose from the list how long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: Client, typed: dict[str, str | list[str]], sentence: str
) -> None:
    client.force_login(make_user("reviewer"))
    client.post("/tokens/add/", {"name": "taken", "days": ""})
    answer = client.post("/tokens/add/", {"scopes": ["review"], "days": "365", **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed["name"]}"' in answer.text
    assert Token.objects.count() == 1


def test_a_revoked_token_ends_at_once_and_leaves_its_name_free(client: Client) -> None:
    client.force_login(make_user("reader"))
    secret = client.post("/tokens/add/", {"name": "script", "days": ""}).context["made"].secret
    token = Token.objects.get()
    assert client.post(f"/tokens/{token.pk}/revoke/").status_code == 303
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert client.post("/tokens/add/", {"name": "script", "days": ""}).status_code == 201


def test_others_tokens_are_neither_seen_nor_revoked(client: Client) -> None:
    client.force_login(make_user("editor"))
    client.post("/tokens/add/", {"name": "hidden script", "days": ""})
    client.force_login(make_user("reader"))
    assert "hidden script" not in client.get("/tokens/").text
    assert client.post(f"/tokens/{Token.objects.get().pk}/revoke/").status_code == 404
    assert Token.objects.get().state == "open"
