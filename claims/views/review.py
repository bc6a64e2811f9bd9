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
from claims.services.fixing import take_back as take_fix_back
from claims.services.refusals import Closed, Refused, Stale
from claims.services.review import decide
from claims.services.review import undo as take_back
from claims.templatetags.crossread import within
from claims.views.asked import number
from claims.views.going_on import go_on, next_address, see_other
from claims.views.person import person_of
from claims.views.toasts import tell_decided, tell_undone

KEYS = ((Decision.AGREE, "a"), (Decision.PARTIAL, "p"), (Decision.DIVERGE, "d"), (Decision.NO_MATCH, "n"))


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
    """Take back the reviewer's last decision or change by hand, or the ``entry`` that is named, and show its pair."""
    address = next_address(request, reverse("queue"))
    entry = number(request.POST.get("entry"))
    if entry is None and (fix := latest_act(request)) is not None:
        return _undo_fix(request, fix, address)
    try:
        undone = take_back(person_of(request), entry=entry)
    except Refused as refused:
        problem = " ".join(refused.problems.values())
        return render(request, "claims/refused.html", {"problem": problem, "back": address}, status=422)
    if undone is None:
        messages.info(request, gettext("There is no decision of yours left to take back."))
        return see_other(address)
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


def latest_act(request: HttpRequest) -> Fix | None:
    """Return this person's last change by hand, where that is what undo takes back: they decided nothing since."""
    key = person_of(request).pk
    fix = Fix.objects.undoable_by(key).select_related("comparison").first()
    decision = Change.objects.undoable_by(key).first()
    return fix if fix is not None and (decision is None or decision.at <= fix.at) else None


def _undo_fix(request: HttpRequest, fix: Fix, address: str) -> HttpResponse:
    try:
        take_fix_back(fix, person_of(request))
    except Refused as refused:
        return render(request, "claims/refused.html", {"problem": str(refused), "back": address}, status=422)
    messages.success(
        request,
        gettext("Taken back: you %(kind)s. The undecided rest is matched again.") % {"kind": fix.get_kind_display()},
    )
    return see_other(address)
