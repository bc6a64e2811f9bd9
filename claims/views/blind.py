"""Switch whether an event is reviewed blind."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from claims.models import Event
from claims.views.going_on import see_other


@require_POST
@permission_required("claims.add_adjudication", raise_exception=True)
def blind(request: HttpRequest, slug: str) -> HttpResponse:
    """Have an event reviewed blind, or no longer: the form says which, so that pressing twice changes nothing."""
    event = get_object_or_404(Event, slug=slug)
    event.blind = request.POST.get("blind") == "1"
    event.save(update_fields=["blind"])
    told = gettext("Reviewers now see what others said of a pair only after their own decision.")
    messages.success(
        request, told if event.blind else gettext("Reviewers now see at once what others decided and wrote.")
    )
    return see_other(event.get_absolute_url())
