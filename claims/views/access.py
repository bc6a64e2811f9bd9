"""Who may see a page: a login is the default, and reading is open where the installation says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

type_of_view = Callable[..., HttpResponseBase]


class ReadingMiddleware(LoginRequiredMiddleware):
    """Ask for a login, except to read a page marked ``open_to_readers`` while ``CROSSREAD_PUBLIC_READ`` is set."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request pass, or send it to the login page."""
        open_now = settings.CROSSREAD_PUBLIC_READ and request.method in ("GET", "HEAD")
        if open_now and getattr(view_func, "open_to_readers", False):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def open_to_readers(view: type_of_view) -> type_of_view:
    """Mark a view that only reads: without a login where the installation allows it."""
    view.open_to_readers = True  # type: ignore[attr-defined]
    return view
