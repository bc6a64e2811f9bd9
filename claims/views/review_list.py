"""The list of pairs: a selection as a table, where many are chosen at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from claims.models.verdict import REASON_KINDS
from claims.services.selection import Selection
from claims.views.access import open_to_readers
from claims.views.person import viewer_of
from claims.views.queue import choosing
from claims.views.review import KEYS

A_PAGE = 50
LEAVING = ("open", "undecided", "stale", "waiting")  # the states that a pair leaves once somebody decides on it


@open_to_readers
@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """Show the pairs of a selection, decided or not, page by page."""
    selection = Selection.of(request.GET)
    viewer = viewer_of(request)
    page = Paginator(selection.listed(viewer).listed(viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {
        **choosing(selection, open_state=gettext("decided or not")),
        "page": page,
        # What is decided leaves some selections, so that the next pairs stand on the same page then.
        "after_page": page.number if selection.state in LEAVING or not page.has_next() else page.next_page_number(),
        "here": f"{reverse('review_list')}?{urlencode({**selection.kept, 'page': page.number})}",
        "decisions": [decision for decision, _ in KEYS],
        "kinds": REASON_KINDS,
        "can_review": request.user.has_perm("claims.add_review"),
    }
    return render(request, "claims/review_list.html", context)
