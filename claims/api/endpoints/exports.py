"""An event or a comparison taken along in a format."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from ninja.errors import AuthorizationError

from claims.api import shapes
from claims.api.access import access_of
from claims.api.endpoints.events import comparison_or_404
from claims.api.routing import router
from claims.models import Event
from claims.services.export import FORMATS, Scope, format_named

_BLIND = (
    "This event is reviewed blind, and a file would hold what others decided. "
    "Editors can export it now, you once the blind review has ended."
)
_KINDS = dict.fromkeys(one.media_type.partition(";")[0] for one in FORMATS.values())
_OBJECTS = [kind for kind in _KINDS if kind.endswith("json")]
_FILES: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                kind: {"schema": {"type": "object"} if kind in _OBJECTS else {"type": "string", "format": "binary"}}
                for kind in _KINDS
            }
        }
    }
}


class EventFormat(Schema):
    """The format: see docs/formats.md."""

    format: Literal["xlsx", "csv", "json", "folder", "annotation", "tei", "schema"] = "json"


class ComparisonFormat(Schema):
    """The format: those that do not hold whole events."""

    format: Literal["xlsx", "csv", "annotation", "tei", "schema"] = "csv"


@router.get("/events/{slug}/export", openapi_extra=_FILES, tags=["exports"])
def event_export(request: HttpRequest, slug: Path[shapes.Slug], told: Query[EventFormat]) -> HttpResponseBase:
    """Take an event along as a file."""
    event = get_object_or_404(Event, slug=slug)
    return _file(request, Scope.of_events([event], **_options(request)), told.format)


@router.get("/comparisons/{pk}/export", openapi_extra=_FILES, tags=["exports"])
def comparison_export(request: HttpRequest, pk: Path[shapes.Key], told: Query[ComparisonFormat]) -> HttpResponseBase:
    """Take a comparison along as a file."""
    return _file(request, Scope.of_comparison(comparison_or_404(pk), **_options(request)), told.format)


def _file(request: HttpRequest, scope: Scope, name: str) -> HttpResponseBase:
    if any(event.blind for event in scope.events) and not access_of(request).viewer.sees_all:
        raise AuthorizationError(message=_BLIND)
    chosen = format_named(name, scope)
    headers = {"Content-Disposition": f'attachment; filename="{scope.name}{chosen.suffix}"'}
    return StreamingHttpResponse(chosen.write(scope), content_type=chosen.media_type, headers=headers)


def _options(request: HttpRequest) -> dict[str, Any]:
    return {"address": request.build_absolute_uri("/").rstrip("/"), "reviewer_id": access_of(request).user.pk}
