"""Pages for what goes wrong before a view has a say."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a request was not understood; one that was too large to be read is told the limit, with a 422."""
    too_large = isinstance(exception, RequestDataTooBig)
    context = {"too_large": too_large, "limit": f"{settings.CROSSREAD_MAX_ARTICLE_BYTES / 1e6:g}"}
    return render(request, "400.html", context, status=422 if too_large else 400)
