"""Decide on a pair, and take the last decision back."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from claims.models import Change, Decision, Fix, Pair
from claims.services.acts import last_act, name_of
from claims.services.acts import take_back as take_act_back
from claims.services.fixing import take_back as take_fix_back
from claims.services.refusals import Closed, Refused, Stale
from claims.services.review import decide
from claims.services.review import undo as take_back
from claims.services.undo import Undone
from claims.templatetags.crossread import within
from claims.views.asked import number
from claims.views.going_on import go_on, next_address, see_other
from claims.views.person import person_of
from claims.views.toasts import tell_decided, tell_undone

KEYS = ((Decision.AGREE, "a"), (Decision.PARTIAL, "p"), (Decision.DIVERGE, "d"), (Decision.NO_MATCH, "n"))
_REFUSED = "undo_refused"  # the acts of a session that could not be taken back, the last ones
_KEPT = 30


@require_POST
@permission_required("claims.add_review", raise_exception=True)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the reviewer's decision on a pair, and go on to ``next``."""
    pair = get_object_or_404(Pair, pk=pk)
    why = request.POST.get("why", "")
    try:
        change = decide(
            pair, person_of(request), request.POST.get("decision", ""), why=why, seen=request.POST.get("seen", "")
        )
    except Refused as refused:
        problem = " ".join(refused.problems.values())
        refusal = {"problem": problem, "back": pair.get_absolute_url(), "typed": why}
        status = 409 if isinstance(refused, Stale | Closed) else 422
        return render(request, "claims/refused.html", refusal, status=status)
    tell_decided(request, change, gettext("Pair %(pk)s: %(after)s.") % {"pk": pk, "after": within(change.after)})
    return go_on(request, next_address(request, pair.get_absolute_url()))


@require_POST
@permission_required("claims.add_review", raise_exception=True)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what this person did last, whatever it was, or the ``entry`` that is named, and show its pair."""
    address = next_address(request, reverse("queue"))
    entry = number(request.POST.get("entry"))
    named = Change.objects.filter(pk=entry).first() if entry is not None else None
    act = last_act(person_of(request).pk, save=request.session.get(_REFUSED, [])) if entry is None else named
    if entry is None and act is None:
        messages.info(request, gettext("There is nothing of yours left to take back."))
        return go_on(request, address)
    try:
        if isinstance(act, Fix):
            return _undo_fix(request, act, address)
        undone = _take_back(request, act, act.pk if act is not None else entry)
    except Refused as refused:
        return _cannot(request, refused, act if entry is None else None, address)
    tell_undone(request, undone)
    return go_on(request, _after_undo(undone.change, address))


def _after_undo(change: Change, address: str) -> str:
    """Return the page to go on with: the one where undo was pressed, with the pair in view where it shows one."""
    shown = urlsplit(address)
    if change.pair is None or shown.path.startswith(reverse("history")) or shown.path == reverse("review_list"):
        return address
    if shown.path in (change.pair.comparison.get_absolute_url(), reverse("queue")):
        moved = ("pair", "after", "before")
        query = {name: value for name, value in parse_qsl(shown.query) if name not in moved}
        return f"{shown.path}?{urlencode({**query, 'pair': change.pair_id})}"
    return change.pair.get_absolute_url()


def _take_back(request: HttpRequest, act: Change | None, key: int | None) -> Undone:
    person = person_of(request)
    if act is None or act.what in Change.DECISIONS or act.what not in Change.ACTS:
        undone = take_back(person, entry=key)
        assert undone is not None  # noqa: S101 - an entry is named
        return undone
    return take_act_back(act.pk, person)


def _undo_fix(request: HttpRequest, fix: Fix, address: str) -> HttpResponse:
    take_fix_back(fix, person_of(request))
    told = gettext("Taken back: you %(kind)s. The undecided rest is matched again.")
    messages.success(request, told % {"kind": fix.get_kind_display()})
    return see_other(address)


def _cannot(request: HttpRequest, refused: Refused, act: Change | Fix | None, address: str) -> HttpResponse:
    """Say why nothing was taken back; what came before it is next, so that nobody is stuck at it."""
    problem = " ".join(refused.problems.values())
    if act is not None:
        request.session[_REFUSED] = [*request.session.get(_REFUSED, []), name_of(act)][-_KEPT:]
        problem = " ".join([problem, gettext("Undo again to take back what you did before it.")])
    return render(
        request, "claims/refused.html", {"problem": problem, "back": address, "again": act is not None}, status=422
    )
