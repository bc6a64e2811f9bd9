"""What is refused, as problem JSON (RFC 9457): one clear sentence, and the field that it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError

from claims.services.refusals import Refused, Stale

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "Not understood",
    401: "A token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "No such method here",
    409: "In conflict with what stands now",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Of another kind",
    422: "Refused",
    428: "Say which state you saw",
    429: "Too many requests",
}
NOT_FOUND = "There is nothing at this address, or nothing that you may see."


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    problem: str


class Problem(Schema):
    """Why something was refused. ``current`` is what stands now, where that is the reason."""

    title: str
    status: int
    detail: str
    problems: list[FieldProblem] = []
    current: dict[str, Any] | None = None


class Conditional(Exception):
    """An edit without the state that it was made on (428), or on one that is no more (412)."""

    def __init__(self, status: int, detail: str, *, current: dict[str, Any] | None = None, etag: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.current, self.etag = status, detail, current, etag


def problem(
    status: int,
    detail: str,
    *,
    problems: Mapping[str, str] | None = None,
    current: dict[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a refusal."""
    told: dict[str, Any] = {"title": _TITLES.get(status, "Refused"), "status": status, "detail": detail}
    told["problems"] = [{"field": field, "problem": str(text)} for field, text in (problems or {}).items()]
    if current is not None:
        told["current"] = current
    return HttpResponse(json.dumps(told), content_type=MEDIA_TYPE, status=status, headers=dict(headers or {}))


def register(api: NinjaAPI) -> None:
    """Have everything that endpoints raise answered as a problem."""
    api.add_exception_handler(Http404, lambda request, error: problem(404, NOT_FOUND))
    api.add_exception_handler(PermissionDenied, lambda request, error: problem(403, "This account may not do that."))
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(Conditional, _conditional)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error, Throttled):
        return problem(429, "This is more than may be asked in a minute. Wait as long as Retry-After says.")
    headers = {"WWW-Authenticate": 'Bearer realm="Crossread"'} if error.status_code == 401 else {}
    told = "The body is not JSON." if error.status_code == 400 else str(error)
    return problem(error.status_code, told, headers=headers)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    assert isinstance(error, Refused)  # noqa: S101 - registered for it
    return problem(409 if isinstance(error, Stale) else 422, str(error), problems=error.problems)


def _conditional(request: HttpRequest, error: Any) -> HttpResponse:
    headers = {"ETag": error.etag} if error.etag else {}
    return problem(error.status, error.detail, current=error.current, headers=headers)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Say what is wrong with each field; what was sent is not repeated."""
    found = {_field(one["loc"]): _sentence(one) for one in error.errors}
    detail = " ".join(f"{field}: {text}" if field else text for field, text in found.items())
    return problem(422, detail, problems=found)


def _field(place: Sequence[str | int]) -> str:
    """Return where in the request something stands: "sources.0.name"."""
    inner = place[2:] if place and place[0] == "body" else place[1:]
    return ".".join(str(part) for part in inner)


def _sentence(error: Mapping[str, Any]) -> str:
    told = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{told[:1].upper()}{told[1:]}."
