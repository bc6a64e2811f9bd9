"""The API put together: its endpoints, what each may be refused with, and its description (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from claims.api.access import Bearer, Throttle
from claims.api.endpoints import (  # noqa: F401
    assignments,
    claims,
    deliveries,
    drafts,
    editing,
    events,
    exports,
    feed_items,
    feeds,
    fixes,
    library,
    me,
    names,
    notes,
    noting,
    pairs,
    parties,
    people,
    reasons,
    reviewing,
    silences,
    tables,
    versions,
)
from claims.api.problems import MEDIA_TYPE, NOT_FOUND, Problem, problem, register
from claims.api.routing import router
from claims.services.incoming.deliver import MOST_FILES

VERSION = "1.0.0"
_ABOUT = (
    "Everything that the pages of this Crossread show and do. Send a personal token with every request: "
    "`Authorization: Bearer crossread_…`. What is refused is told as problem JSON (RFC 9457), in one sentence."
)
_REFUSALS = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
)
_OF_ONE = (HTTPStatus.NOT_FOUND,)
_OF_A_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)

UPLOADS = {"delivery_add", "table_add", "events_import"}  # what takes files
_MULTIPART = "multipart/form-data"

throttle = Throttle()


class Api(NinjaAPI):
    """django-ninja's, with the endpoints' own names in the description."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Return what a generated client calls an endpoint."""
        name: str = operation.view_func.__name__
        return name


api = Api(
    title="Crossread",
    version=VERSION,
    description=_ABOUT,
    urls_namespace="api",
    auth=Bearer(),
    throttle=throttle,
    openapi_url=None,
    docs_url=None,
)
api.add_router("", router)
register(api)


def described() -> dict[str, Any]:
    """Return the description of all endpoints, with what each may be refused with."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= schema["components"]["schemas"]["Problem"].pop("$defs", {})
    for address, methods in schema["paths"].items():
        for operation in methods.values():
            operation["security"] = [{"Bearer": [operation.pop("x-scope", "read")]}]
            responses = operation["responses"]
            statuses = [*_REFUSALS, *(_OF_ONE if "{" in address else ())]
            headers = {one["name"] for one in operation["parameters"]}
            if "If-None-Match" in headers:
                responses[304] = {"description": "Not Modified"}
            if "If-Match" in headers:
                statuses += [HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED]
            if "Idempotency-Key" in headers:
                statuses.append(HTTPStatus.CONFLICT)
            if "requestBody" in operation:
                statuses += _OF_A_BODY
            for status in statuses:
                responses[int(status)] = _refusal(status)
    return schema


def _refusal(status: HTTPStatus) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": status.phrase, "content": content}


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the description, for programs."""
    return JsonResponse(described())


@csrf_exempt
@login_not_required
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer whatever leads nowhere as a problem."""
    return problem(404, NOT_FOUND)


def _guarded(view: Callable[..., HttpResponseBase], *, files: bool) -> Callable[..., HttpResponseBase]:
    """Let requests through to a token's check without a login; there is no form, and so no form's token either."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = (_no_files if files else _unread)(request) or view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(sorted(response["Allow"].split(", ")))
            return problem(405, f"This address takes {allowed}.", headers={"Allow": allowed})
        patch_vary_headers(response, ["Authorization"])
        response.setdefault("Cache-Control", "private, no-cache")
        return response

    return guarded


def _unread(request: HttpRequest) -> HttpResponse | None:
    """Refuse a body that is too large or no JSON before it is read."""
    size = request.headers.get("Content-Length", "")
    if size.isdigit() and int(size) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        limit = settings.CROSSREAD_MAX_ARTICLE_BYTES / 1e6
        return problem(413, f"This is too large: an article may have {limit:g} MB. Send it in parts.")
    if size not in ("", "0") and request.content_type != "application/json":
        return problem(415, "Send the body as JSON, with “Content-Type: application/json”.")
    return None


def _no_files(request: HttpRequest) -> HttpResponse | None:
    """Refuse a body without files, or with more than may come at once, before it is read."""
    size, most = request.headers.get("Content-Length", ""), MOST_FILES * settings.CROSSREAD_MAX_FILE_BYTES
    if size.isdigit() and int(size) > most:
        return problem(413, f"This is too large: {most / 1e6:g} MB may come at once. Send it in parts.")
    if request.method == "POST" and request.content_type != _MULTIPART:
        return problem(415, f"Send files as “{_MULTIPART}”, as “curl -F” does.")
    return None


def addresses() -> list[URLPattern]:
    """Return the addresses below ``/api/v1/``."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in found:
        one.callback = _guarded(one.callback, files=one.name in UPLOADS)
    return [*found, path("openapi.json", openapi, name="openapi"), path("<path:rest>", unknown), path("", unknown)]
