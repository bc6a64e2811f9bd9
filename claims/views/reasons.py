"""Say that a reason of a pair is right, dismiss it, or add one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from claims.models import Change, Pair, Says
from claims.services.reasons import say
from claims.services.refusals import Refused
from claims.templatetags.crossread import plain
from claims.views.going_on import next_address, see_other
from claims.views.pairs import whole_page_of
from claims.views.person import person_of
from claims.views.toasts import tell_decided

_TOLD = {
    Says.RIGHT: gettext_noop("is right"),
    Says.DISMISSED: gettext_noop("dismissed"),
    Says.ADDED: gettext_noop("added"),
    "": gettext_noop("left to the machine"),
}


@require_POST
@permission_required("claims.add_review", raise_exception=True)
def reason(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the reviewer's word on a reason, and show the pair again."""
    pair = get_object_or_404(Pair, pk=pk)
    address = next_address(request, pair.get_absolute_url())
    typed = {name: request.POST.get(name, "") for name in ("reason_kind", "reason_words", "says", "why")}
    if not pair.can_be_decided:
        problem = gettext("This pair is no longer proposed: one of its claims has changed. Nothing was stored.")
        return render(request, "claims/refused.html", {"problem": problem, "back": pair.get_absolute_url()}, status=409)
    if pair.final:
        problem = gettext("This pair has a final verdict. Nothing was stored: ask an editor to reopen the pair first.")
        return render(request, "claims/refused.html", {"problem": problem, "back": pair.get_absolute_url()}, status=409)
    try:
        change = _say(pair, request, typed)
    except Refused as refused:
        if getattr(request, "htmx", None):  # the part of the page that htmx asked for has no place for a refusal
            messages.error(request, " ".join(refused.problems.values()))
            return see_other(address)
        page = whole_page_of(request, pk, reason_typed=typed, reason_problems=refused.problems)
        return render(request, "claims/pair.html", page, status=422)
    tell_decided(
        request,
        change,
        gettext("Pair %(pk)s: %(reason)s %(told)s.")
        % {"pk": pk, "reason": plain(change.reason), "told": gettext(_TOLD[change.after])},
    )
    return see_other(address)


def _say(pair: Pair, request: HttpRequest, typed: dict[str, str]) -> Change:
    return say(
        pair,
        person_of(request),
        kind=typed["reason_kind"],
        words=typed["reason_words"],
        says=typed["says"],
        why=typed["why"],
    )
