"""Who asks, with which token, and what they may: a scope of the token and a permission of its person, both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from claims.models import Token, Viewer
from claims.models.token import Scope
from claims.services.roles import viewer_for

_NO_TOKEN = "Send a token: “Authorization: Bearer crossread_…”. Everybody makes theirs at /tokens/."  # noqa: S105
_BAD_TOKEN = "This token is not known here, was revoked, or has expired. Make another at /tokens/."  # noqa: S105
_NO_ROLE = "This account may not do that. An administrator can give it the role."


@dataclass(frozen=True)
class Access:
    """Somebody who asks; ``token`` is None for a reader without one, where reading is open."""

    user: AbstractUser | AnonymousUser
    token: Token | None

    def __str__(self) -> str:
        return f"token-{self.token.pk}" if self.token else ""

    @cached_property
    def viewer(self) -> Viewer:
        """Return who looks."""
        return viewer_for(self.user)

    @property
    def person(self) -> AbstractUser:
        """Return who acts; endpoints that write let nobody else through."""
        assert isinstance(self.user, AbstractUser)  # noqa: S101 - see Bearer: what asks for a permission asks for a person
        return self.user


class Bearer(HttpBearer):
    """Ask for a token of a scope, and for a permission of its person. Session cookies are never looked at."""

    def __init__(self, scope: Scope = Scope.READ, permission: str = "") -> None:
        super().__init__()
        self.scope, self.permission = scope, permission

    def __call__(self, request: HttpRequest) -> Access:
        """Return who asks.

        Raises:
            AuthenticationError: without a token that is good today.
            AuthorizationError: if it, or its person, may not do this.
        """
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return self._without_a_token(request)
        if scheme.lower() != "bearer":
            raise AuthenticationError(message=_NO_TOKEN)
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Access:
        """Return whose token this is, and note that it was used."""
        found = Token.objects.shown_as(token)
        if found is None:
            raise AuthenticationError(message=_BAD_TOKEN)
        if self.scope not in found.scopes:
            raise AuthorizationError(message=f"This token has not the scope “{self.scope}”. Make one that has it.")
        if self.permission and not found.user.has_perm(self.permission):
            raise AuthorizationError(message=_NO_ROLE)
        found.seen()
        request.user = found.user
        assert isinstance(found.user, AbstractUser)  # noqa: S101 - Django's own accounts
        return Access(found.user, found)

    def _without_a_token(self, request: HttpRequest) -> Access:
        if self.scope is not Scope.READ or self.permission or not settings.CROSSREAD_PUBLIC_READ:
            raise AuthenticationError(message=_NO_TOKEN)
        request.user = AnonymousUser()
        return Access(request.user, None)


class Throttle(SimpleRateThrottle):
    """Bound how often one token, or one address without a token, asks."""

    scope = "crossread"

    def __init__(self) -> None:
        super().__init__(settings.CROSSREAD_API_RATE)

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return what requests are counted by."""
        return self.cache_format % {"scope": self.scope, "ident": str(access_of(request)) or self.get_ident(request)}


def access_of(request: HttpRequest) -> Access:
    """Return who asks, after ``Bearer`` let them through."""
    access = request.auth  # type: ignore[attr-defined]
    assert isinstance(access, Access)  # noqa: S101 - every endpoint has a Bearer
    return access
