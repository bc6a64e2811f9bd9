"""Words on reasons: that one is right, that it is dismissed, or that it is added."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path
from ninja.errors import HttpError
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import check_unchanged
from claims.api.endpoints.pairs import ReasonKinds, shown_pair
from claims.api.endpoints.reviewing import FINAL, WITHDRAWN
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, writes
from claims.models import Pair
from claims.models.token import Scope
from claims.models.verdict import LONGEST_QUOTED
from claims.services.reasons import say
from claims.services.refusals import Refused

_FIELDS = {"reason_kind": "kind", "reason_words": "words"}


class NewWord(Input):
    """A word on a reason, known by its kind and by the ``words`` that it quotes; null takes back what you said."""

    kind: ReasonKinds
    words: Annotated[shapes.Line, Field(max_length=LONGEST_QUOTED)] = ""
    says: Literal["right", "dismissed", "added"] | None
    why: shapes.Line = ""


@router.put(
    "/pairs/{pk}/reasons/mine",
    response=shapes.Pair,
    tags=["reviews"],
    **writes(Scope.REVIEW, "claims.add_review", if_match=False),
)
def reason_say(request: HttpRequest, pk: Path[shapes.Key], told: NewWord) -> Written:
    """Say that a reason of a pair is right, dismiss it, or add one that the machine did not give.

    One of the machine's is named by the ``words`` that ``quoted`` gives it.
    """
    pair, access = get_object_or_404(Pair.objects.select_for_update(), pk=pk), access_of(request)
    check_unchanged(request, shown_pair(pk, access.viewer), required=False)
    if not pair.can_be_decided:
        raise HttpError(409, WITHDRAWN)
    if pair.final:
        raise HttpError(409, FINAL)
    try:
        say(pair, access.person, kind=told.kind, words=told.words, says=told.says or "", why=told.why)
    except Refused as refused:
        raise Refused({_FIELDS.get(key, key): text for key, text in refused.problems.items()}) from None
    return Written(shown_pair(pk, access.viewer))
