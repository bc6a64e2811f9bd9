"""Make and revoke personal tokens."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from claims.models.token import HINT_LENGTH, LONGEST_NAME, Scope, Token, digest
from claims.services.refusals import Refused

PREFIX = "crossread_"  # so that whoever finds one in a file, and programs that look for lost secrets, know what it is
LASTING = {
    "30": gettext_noop("30 days"),
    "90": gettext_noop("90 days"),
    "365": gettext_noop("a year"),
    "": gettext_noop("without an end"),
}
MOST_TOKENS = 50
_PERMISSIONS = {Scope.REVIEW: "claims.add_review", Scope.EDIT: "claims.add_event"}


@dataclass(frozen=True, slots=True)
class Made:
    """A new token with its secret, which is nowhere stored."""

    token: Token
    secret: str


@transaction.atomic
def make_token(user: AbstractUser, *, name: str, scopes: list[str], days: str) -> Made:
    """Make a token that reads, and does what else is named.

    Args:
        days: one of ``LASTING``.

    Raises:
        Refused: if it has no name or one that is taken, a scope is unknown or beyond what the person may do, or the
            person has too many.
    """
    name = " ".join(name.replace("\0", " ").split())
    if problems := _problems(user, name, scopes, days):
        raise Refused(problems)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user_id=user.pk,
        name=name,
        digest=digest(secret),
        hint=secret.removeprefix(PREFIX)[:HINT_LENGTH],
        reviews=Scope.REVIEW in scopes,
        edits=Scope.EDIT in scopes,
        expires_at=timezone.now() + dt.timedelta(days=int(days)) if days else None,
    )
    return Made(token, secret)


def revoke_token(token: Token) -> None:
    """Close a token at once and for good; nothing happens where it is closed already."""
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def scopes_open_to(user: AbstractUser) -> list[Scope]:
    """Return the scopes that a person's role leaves open to their tokens."""
    return [scope for scope in Scope if scope not in _PERMISSIONS or user.has_perm(_PERMISSIONS[scope])]


def _problems(user: AbstractUser, name: str, scopes: list[str], days: str) -> dict[str, str]:
    problems = {}
    held = Token.objects.filter(user_id=user.pk, revoked_at__isnull=True)
    if not name:
        problems["name"] = gettext("Give the token a name, such as the program's, so that you find it again.")
    elif len(name) > LONGEST_NAME:
        problems["name"] = gettext("This name is too long: keep it under %(longest_name)s characters.") % {
            "longest_name": LONGEST_NAME
        }
    elif held.filter(name=name).exists():
        problems["name"] = gettext(
            "You have a token called “%(name)s” already. Choose another name, or revoke that one first."
        ) % {"name": name}
    if any(scope not in scopes_open_to(user) for scope in scopes):
        problems["scopes"] = gettext(
            "A token can do no more than you may yourself. Leave out what is not offered here."
        )
    if days not in LASTING:
        problems["days"] = gettext("Choose from the list how long the token lasts.")
    if not problems and held.count() >= MOST_TOKENS:
        problems[""] = gettext("You have %(most_tokens)s tokens. Revoke one that you no longer need.") % {
            "most_tokens": MOST_TOKENS
        }
    return problems
