"""Public links: the list of them, making and revoking one, and the one page that needs no login."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import Comparison, Event, PublicLink
from claims.services.refusals import Refused
from claims.services.report import make_link, report_of, revoke_link
from claims.views.asked import number
from claims.views.going_on import next_address, see_other
from claims.views.person import person_of
from claims.views.report import page_of
from claims.views.reported import content_of

LINKS_A_PAGE = 50


@permission_required("claims.view_publiclink", raise_exception=True)
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """List all links, open and closed, with who made and who revoked them."""
    page = Paginator(PublicLink.objects.listed(), LINKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "claims/links.html", {"page": page, "root": request.build_absolute_uri("/")[:-1]})


@require_POST
@permission_required("claims.add_publiclink", raise_exception=True)
def link_add(request: HttpRequest) -> HttpResponse:
    """Make a link to a report."""
    event = get_object_or_404(Event, slug=request.POST.get("event", "").replace("\0", ""))
    comparison = _comparison(event, request.POST.get("comparison", ""))
    until, indexed = request.POST.get("until", "").strip(), bool(request.POST.get("indexed"))
    try:
        link = make_link(event, comparison, person_of(request), until=_day(until), indexed=indexed)
    except Refused as refused:
        more = {"link_problem": str(refused), "until": until, "indexed": indexed}
        page = page_of(request, report_of(event, comparison), **more)
        return render(request, "claims/report.html", page, status=422)
    return see_other(f"{link.report.get_absolute_url()}#links")


@require_POST
@permission_required("claims.change_publiclink", raise_exception=True)
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a link at once."""
    link = get_object_or_404(PublicLink.objects.listed(), pk=pk)
    revoke_link(link, person_of(request))
    return see_other(next_address(request, f"{link.report.get_absolute_url()}#links"))


@login_not_required
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show a report to whoever has its link. Nothing is written, and nobody's name is shown.

    No cache keeps the answer, so that a revoked link is closed at once, and the address is told to no other site.
    """
    link = PublicLink.objects.open().listed().filter(token=token.replace("\0", "")).first()
    if link is None:
        answer = render(request, "claims/shared_closed.html", status=404)
    else:
        told = {"report": link.report, "event": link.report.event, "content": content_of(link.report)}
        answer = render(request, "claims/shared.html", told | {"link": link, "now": timezone.now()})
    if link is None or not link.indexed:
        answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _comparison(event: Event, told: str) -> Comparison | None:
    if not told:
        return None
    return get_object_or_404(Comparison.objects.select_related("event", "a", "b"), event=event, pk=number(told))


def _day(typed: str) -> dt.date | None:
    """Return the day that was typed.

    Raises:
        Refused: if it is none.
    """
    try:
        return dt.date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refused(
            {"until": gettext("This is not a date. Write it as year-month-day, for instance 2025-06-04.")}
        ) from None
