"""Who sends a form, and who looks."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from claims.models import Viewer
from claims.services.roles import viewer_for

_KEPT = "_viewer"  # the name under which a request keeps who looks


def person_of(request: HttpRequest) -> AbstractBaseUser:
    """Return who sends the request, in a view that asks for a permission first."""
    assert isinstance(request.user, AbstractBaseUser)  # noqa: S101 - the permission lets nobody else through
    return request.user


def viewer_of(request: HttpRequest) -> Viewer:
    """Return who looks, and whether a blind event hides anything from them; worked out once for a request."""
    kept = vars(request)
    if _KEPT not in kept:
        kept[_KEPT] = viewer_for(request.user)
    viewer: Viewer = kept[_KEPT]
    return viewer
