"""Go on to another page after a form: by a redirect, or at once where htmx puts the queue's next pair in its place."""

from __future__ import annotations

from copy import copy
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

_AT_ONCE = "queue"  # the page whose next pair a decision brings along
_DESK = "desk"  # the part of it that htmx swaps


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """Answer a form whose work is done: with the page at ``address``, or a redirect there.

    The queue's next pair comes in the same answer where htmx swaps it in, so that a key costs one request.
    """
    if (following := _following(request, address)) is None:
        return see_other(address)
    match = following.resolver_match
    assert match is not None  # noqa: S101 - it was set
    answer: HttpResponse = match.func(following, *match.args, **match.kwargs)
    answer["HX-Push-Url"] = address
    return answer


def next_address(request: HttpRequest, default: str) -> str:
    """Return where the form wants to go on, if that is a page of this site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else default


def see_other(address: str) -> HttpResponseRedirect:
    """Redirect so that the next request is a GET, whatever this one was."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _following(request: HttpRequest, address: str) -> HttpRequest | None:
    """Return the request by which htmx would follow a redirect to the queue; None for any other page or reader."""
    htmx, parts = getattr(request, "htmx", None), urlsplit(address)
    if not htmx or htmx.target != _DESK or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.url_name != _AT_ONCE:
        return None
    made = copy(request)
    made.method, made.path, made.path_info = "GET", parts.path, parts.path
    made.GET, made.POST = QueryDict(parts.query), QueryDict()
    made.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parts.query}
    made.resolver_match = match
    return made
