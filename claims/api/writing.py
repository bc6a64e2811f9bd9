"""Writes: answered once, however often they are sent under one ``Idempotency-Key``, and in one transaction.

What waits for a page of the web or for files to be read (``slow``) would hold the database against everybody else for
as long: it writes in transactions of its own, and its key stands there, without an answer, while it is under way.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema
from ninja.errors import HttpError

from claims.api.access import Bearer, access_of
from claims.api.conditions import etag_of
from claims.models import KeptAnswer
from claims.models.token import Scope
from claims.services.refusals import Refused

KEPT_FOR = dt.timedelta(days=1)
GIVEN_UP_AFTER = dt.timedelta(minutes=5)  # a slow write that has no answer by then was cut off
_NAME = "Idempotency-Key"
_LONGEST_KEY = 200
_BAD_KEY = f"Send as {_NAME} between 1 and {_LONGEST_KEY} visible characters, such as a UUID."
_OTHER = f"This {_NAME} came with another request within a day. Give each write a key of its own."
_UNDER_WAY = f"The write that came with this {_NAME} is still under way. Send it again in a moment for its answer."
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

View = TypeVar("View", bound=Callable[..., Any])


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


def reads(permission: str, **extra: Any) -> dict[str, Any]:
    """Return what an endpoint is registered with that shows what readers do not see; ``extra`` describes it further."""
    return {"auth": Bearer(Scope.READ, permission), "openapi_extra": extra}


def slow(view: View) -> View:
    """Mark an endpoint that waits for something else than the database."""
    view.slow = True  # type: ignore[attr-defined]
    return view


def once(view: Callable[..., Any]) -> Callable[..., Any]:
    """Have an endpoint's write done in a transaction, and once under each key; what reads is let through."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "GET":
            return view(request, *args, **kwargs)
        with nullcontext() if getattr(view, "slow", False) else transaction.atomic():
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
        row = KeptAnswer.objects.get(user_id=person.pk, key=key)
        if row.status or row.asked != asked or not _taken_up(row):
            return _again(row, asked)
    try:
        response = answer()
    except BaseException:
        row.delete()  # nothing was done; where the transaction is rolled back this goes with it
        raise
    row.status, row.body = response.status_code, response.content.decode()
    row.headers = {name: response[name] for name in ("ETag", "Location", "Content-Type") if name in response}
    row.save()
    return response


def _taken_up(row: KeptAnswer) -> bool:
    """Take over a slow write that was cut off; tell whether it was, and nobody else has taken it over."""
    now = timezone.now()
    return row.at < now - GIVEN_UP_AFTER and bool(
        KeptAnswer.objects.filter(pk=row.pk, at=row.at, status=0).update(at=now)
    )


def _again(row: KeptAnswer, asked: str) -> HttpResponse:
    if row.asked != asked:
        raise Refused({_NAME: _OTHER})
    if not row.status:
        raise HttpError(409, _UNDER_WAY)
    return HttpResponse(row.body, status=row.status, headers={**row.headers, "Idempotency-Replayed": "true"})


def _fingerprint(request: HttpRequest) -> str:
    told = hashlib.sha256()
    told.update(f"{request.method} {request.get_full_path()} {request.headers.get('If-Match', '')}\n".encode())
    for piece in _body(request):
        told.update(piece)
    return told.hexdigest()


def _body(request: HttpRequest) -> Iterator[bytes]:
    """Yield what was sent; files come through a multipart body that was read already, with a boundary of its own."""
    if request.content_type != "multipart/form-data":
        yield request.body
        return
    yield request.POST.urlencode().encode()
    for field, files in sorted(request.FILES.lists()):
        for file in files:
            yield f"\n{field} {file.name} {file.size}\n".encode(errors="surrogateescape")
            yield from file.chunks()
            file.seek(0)
