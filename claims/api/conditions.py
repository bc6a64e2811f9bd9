"""ETags: a state's fingerprint as somebody sees it, what was not changed since, and what may be edited on it.

The ETag is of the representation, and so of everything that an editor has seen: a write on another state is refused.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from ninja import Schema

from claims.api.problems import Conditional

IF_NONE_MATCH: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "If-None-Match",
            "required": False,
            "schema": {"type": "string"},
            "description": "The ETag of what you have: 304 where nothing of it has changed.",
        }
    ]
}
_LACKING = "Send If-Match with the ETag of the state that you saw: two people may edit this."
_STALE = "This was changed since you read it. “current” is what stands now: look at it, then send yours again."


def etag_of(shown: Schema) -> str:
    """Return the strong ETag of a representation."""
    return f'"{hashlib.sha256(shown.model_dump_json().encode()).hexdigest()[:32]}"'


def conditional(request: HttpRequest, shown: Schema) -> HttpResponse:
    """Return a representation with its ETag, or 304 where whoever asks has it already."""
    etag = etag_of(shown)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in [one.removeprefix("W/") for one in known] or known == ["*"]:
        return HttpResponse(status=304, headers={"ETag": etag})
    return HttpResponse(shown.model_dump_json(), content_type="application/json", headers={"ETag": etag})


def check_unchanged(request: HttpRequest, shown: Schema, *, required: bool = True) -> None:
    """Refuse an edit that was not made on the state that stands now.

    Raises:
        Conditional: 428 without ``If-Match`` where it is required, 412 with another one.
    """
    etag, asked = etag_of(shown), request.headers.get("If-Match")
    if asked is None and not required:
        return
    if asked is None:
        raise Conditional(428, _LACKING, etag=etag)
    if asked.strip() != "*" and etag not in parse_etags(asked):
        current: dict[str, Any] = shown.model_dump(mode="json")
        raise Conditional(412, _STALE, current=current, etag=etag)
