"""Names that texts use and nobody listed: accept one for a source, or dismiss it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from claims.models import Article, Event, Source, SuggestedName
from claims.services.refusals import Refused
from claims.services.suggesting import accept_name, dismiss_name, reopen_name
from claims.views.asked import number
from claims.views.person import person_of


@require_POST
@permission_required("claims.change_source", raise_exception=True)
def suggested_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says with a suggested name, and lead back to the page that it was on."""
    suggested = get_object_or_404(SuggestedName.objects.select_related("event"), pk=pk)
    try:
        messages.success(request, _decided(request, suggested))
    except Refused as refused:
        messages.error(request, str(refused))
    back = request.POST.get("next", "")
    fits = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if fits else suggested.event)


def _decided(request: HttpRequest, suggested: SuggestedName) -> str:
    words, do = suggested.words, request.POST.get("do")
    if do == "dismiss":
        dismiss_name(suggested, person_of(request))
        return gettext("“%(words)s” is not proposed here again.") % {"words": words}
    if do == "reopen":
        reopen_name(suggested)
        return gettext("“%(words)s” is proposed again.") % {"words": words}
    key = number(request.POST.get("source"))
    source = Source.objects.filter(pk=key or 0, event=suggested.event).select_related("event", "entry").first()
    if source is None:
        raise Refused({"": gettext("Choose whose name “%(words)s” is.") % {"words": words}})
    everywhere = "everywhere" in request.POST and request.user.has_perm("claims.change_party")
    accept_name(suggested, source, person_of(request), everywhere=everywhere)
    told = {"words": words, "source": source.name}
    return gettext("“%(words)s” is a name of %(source)s now. What holds it is read again.") % told


def suggested_in(request: HttpRequest, where: Source | Article) -> QuerySet[SuggestedName]:
    """Return the suggestions that a page shows to who may decide on them, and none to others."""
    found = SuggestedName.objects.listed()
    if not request.user.has_perm("claims.change_source"):
        return found.none()
    return found.filter(sources=where) if isinstance(where, Source) else found.filter(places__article=where)


def names_in(request: HttpRequest, event: Event) -> dict[str, list[SuggestedName]]:
    """Return an event's suggestions that are open, and those that were dismissed, to who may decide on them."""
    if not request.user.has_perm("claims.change_source"):
        return {"suggested": [], "dismissed": []}
    rows = list(SuggestedName.objects.undecided_or_dismissed().filter(event=event))
    states = SuggestedName.State
    return {
        "suggested": [row for row in rows if row.state == states.OPEN],
        "dismissed": [row for row in rows if row.state == states.DISMISSED],
    }
