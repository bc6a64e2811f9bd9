"""Your tokens: the list of one's own, making one, and revoking one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import Token
from claims.models.token import Scope
from claims.services import tokens as services
from claims.services.refusals import Refused
from claims.views.going_on import see_other

_CHOSEN = {"name": "", "scopes": [], "days": "90"}


@require_safe
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's own tokens, with a form to make another."""
    return _page(request)


@require_POST
@login_required
def token_add(request: HttpRequest) -> HttpResponse:
    """Make a token, and show it this once."""
    name, days = request.POST.get("name", ""), request.POST.get("days", "")
    scopes = request.POST.getlist("scopes")
    typed = {"name": name, "scopes": scopes, "days": days}
    try:
        made = services.make_token(_person(request), name=name, scopes=scopes, days=days)
    except Refused as refused:
        return _page(request, typed=typed, problems=refused.problems, status=422)
    return _page(request, made=made, status=201)


@require_POST
@login_required
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one of one's own tokens at once."""
    token = get_object_or_404(Token, pk=pk, user_id=request.user.pk)
    services.revoke_token(token)
    messages.success(request, gettext("Revoked: %(token)s.") % {"token": token.name})
    return see_other(reverse("tokens"))


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    person = _person(request)
    context = {
        "tokens": Token.objects.filter(user_id=person.pk),
        "offered": [(scope.value, scope.label, scope is Scope.READ) for scope in services.scopes_open_to(person)],
        "lasting": [(value, gettext(name)) for value, name in services.LASTING.items()],
        "typed": _CHOSEN,
        "address": request.build_absolute_uri("/api/v1/"),
        **more,
    }
    answer = render(request, "claims/tokens.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"  # a new token is shown once, and kept nowhere
    return answer


def _person(request: HttpRequest) -> AbstractUser:
    assert isinstance(request.user, AbstractUser)  # noqa: S101 - login_required lets nobody else through
    return request.user
