"""Writes: answered once, however often they are sent under one ``Idempotency-Key``, and in one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema

from claims.api.access import Bearer, access_of
from claims.api.conditions import etag_of
from claims.models import KeptAnswer
from claims.models.token import Scope
from claims.services.refusals import Refused

KEPT_FOR = dt.timedelta(days=1)
_NAME = "Idempotency-Key"
_LONGEST_KEY = 200
_BAD_KEY = f"Send as {_NAME} between 1 and {_LONGEST_KEY} visible characters, such as a UUID."
_OTHER = f"This {_NAME} came with another request within a day. Give each write a key of its own."
_KEY_HEADER = {
    "in": "header",
    "name": _NAME,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY, "pattern": "^[!-~]+$"},
    "description": "A name of your own for this write: sent again within a day, it happens once and is answered alike.",
}
_IF_MATCH: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The ETag of the state that you saw.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What a write comes to: the state that stands now, and where a new thing is."""

    shown: Schema | None
    status: int = 200
    location: str = ""


def writes(scope: Scope, permission: str, *, if_match: bool | None = None) -> dict[str, Any]:
    """Return what an endpoint that writes is registered with: who may, and which headers it takes.

    Args:
        if_match: whether ``If-Match`` is needed; None where it is not looked at.
    """
    headers = [_KEY_HEADER] if if_match is None else [_KEY_HEADER, {**_IF_MATCH, "required": if_match}]
    return {"auth": Bearer(scope, permission), "openapi_extra": {"parameters": headers, "x-scope": str(scope)}}


def once(view: Callable[..., Any]) -> Callable[..., Any]:
    """Have an endpoint's write done in a transaction, and once under each key; what reads is let through."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "GET":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            key = request.headers.get(_NAME)
            if key is None:
                return _answer(view(request, *args, **kwargs))
            return _kept(request, key, lambda: _answer(view(request, *args, **kwargs)))

    return answered


def _answer(written: Written) -> HttpResponse:
    headers = {"Location": written.location} if written.location else {}
    if written.shown is None:
        return HttpResponse(status=204, headers=headers)
    headers["ETag"] = etag_of(written.shown)
    body = written.shown.model_dump_json()
    return HttpResponse(body, content_type="application/json", status=written.status, headers=headers)


def _kept(request: HttpRequest, key: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what was answered to this key before, or answer and keep that.

    Two at a time: the second one's row waits for the first one's transaction, and then finds its answer.
    """
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable() and " " not in key):
        raise Refused({_NAME: _BAD_KEY})
    KeptAnswer.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    person, asked = access_of(request).person, _fingerprint(request)
    try:
        with transaction.atomic():
            row = KeptAnswer.objects.create(user_id=person.pk, key=key, asked=asked)
    except IntegrityError:
        return _again(KeptAnswer.objects.get(user_id=person.pk, key=key), asked)
    response = answer()
    row.status, row.body = response.status_code, response.content.decode()
    row.headers = {name: response[name] for name in ("ETag", "Location", "Content-Type") if name in response}
    row.save()
    return response


def _again(row: KeptAnswer, asked: str) -> HttpResponse:
    if row.asked != asked:
        raise Refused({_NAME: _OTHER})
    return HttpResponse(row.body, status=row.status, headers={**row.headers, "Idempotency-Replayed": "true"})


def _fingerprint(request: HttpRequest) -> str:
    told = f"{request.method} {request.get_full_path()} {request.headers.get('If-Match', '')}\n".encode()
    return hashlib.sha256(told + request.body).hexdigest()
