"""Who one is here."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Schema

from claims.api.access import access_of
from claims.api.routing import router


class Me(Schema):
    """Whose token this is and what it is good for; all empty for a reader without one."""

    name: str | None
    token: str | None
    scopes: list[str]
    may_review: bool
    may_edit: bool
    expires_at: dt.datetime | None


@router.get("/me", response=Me, tags=["you"])
def me(request: HttpRequest) -> Me:
    """Say whose token this is, and what it is good for."""
    access = access_of(request)
    token, scopes = access.token, access.token.scopes if access.token else []
    return Me(
        name=access.user.get_username() or None,
        token=token.name if token else None,
        scopes=[str(scope) for scope in scopes],
        may_review="review" in scopes and access.user.has_perm("claims.add_review"),
        may_edit="edit" in scopes and access.user.has_perm("claims.add_event"),
        expires_at=token.expires_at if token else None,
    )
