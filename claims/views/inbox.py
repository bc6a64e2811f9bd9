"""The inbox: where one was named, and what happened in threads that one takes part in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import Notice
from claims.services.threads import mark
from claims.views.asked import number
from claims.views.going_on import next_address, see_other
from claims.views.person import person_of, viewer_of

NOTICES_A_PAGE = 30


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List one's notices, newest first: those unread, or all of them."""
    every = request.GET.get("show") == "all"
    notices = Notice.objects.listed(viewer_of(request))
    page = Paginator(notices if every else notices.filter(read_at__isnull=True), NOTICES_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "every": every, "pages": page.paginator.get_elided_page_range(page.number)}
    return render(request, "claims/inbox.html", context)


@require_POST
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Mark one notice, or all, as read or unread."""
    one = request.POST.get("notice", "")
    chosen = None if one == "all" else [number(one) or 0]
    changed = mark(person_of(request), chosen, read=request.POST.get("read") != "0")
    if one == "all":
        messages.success(
            request,
            gettext("Marked as read: %(changed)s.") % {"changed": changed}
            if changed
            else gettext("Everything was read already."),
        )
    return see_other(next_address(request, reverse("inbox")))
