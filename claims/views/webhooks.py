"""Webhooks: the list of them, registering one, and what it was told with every try."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import Event, Webhook, WebhookMessage
from claims.models.webhook import Kind
from claims.services import webhooks as services
from claims.services.refusals import Refused
from claims.views.going_on import see_other
from claims.views.person import person_of

MESSAGES_A_PAGE = 30


@require_safe
@permission_required("claims.view_webhook", raise_exception=True)
def webhooks(request: HttpRequest) -> HttpResponse:
    """List all webhooks, with a form to register one."""
    return _page(request)


@require_POST
@permission_required("claims.add_webhook", raise_exception=True)
def webhook_add(request: HttpRequest) -> HttpResponse:
    """Register an address, and show its secret this once."""
    address, slug = request.POST.get("address", ""), request.POST.get("event", "")
    kinds = request.POST.getlist("kinds")
    try:
        event = _event(slug)
        made = services.register(person_of(request), address=address, kinds=kinds, event=event)
    except Refused as refused:
        typed = {"address": address, "kinds": kinds, "event": slug}
        return _page(request, typed=typed, problems=refused.problems, status=422)
    return _told(request, made, secret=made.secret, status=201)


@require_safe
@permission_required("claims.view_webhook", raise_exception=True)
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an address was told, with every try."""
    return _told(request, _fetch(pk))


@require_POST
@permission_required("claims.change_webhook", raise_exception=True)
def webhook_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a webhook on or off."""
    found, on = _fetch(pk), request.POST.get("on") == "1"
    services.turn(found, on=on)
    messages.success(
        request,
        gettext("It is on: what happens from now on is sent.") if on else gettext("It is off: nothing is sent."),
    )
    return see_other(found.get_absolute_url())


@require_POST
@permission_required("claims.change_webhook", raise_exception=True)
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a webhook another secret, and show it this once."""
    found = _fetch(pk)
    return _told(request, found, secret=services.new_secret(found))


@require_POST
@permission_required("claims.change_webhook", raise_exception=True)
def webhook_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message that says nothing, to see whether the address listens."""
    found = _fetch(pk)
    try:
        services.test(found)
    except Refused as refused:
        return _told(request, found, problem=str(refused), status=422)
    messages.success(request, gettext("A test is on its way: load this page again to see what came of it."))
    return see_other(found.get_absolute_url())


@require_POST
@permission_required("claims.change_webhook", raise_exception=True)
def webhook_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a webhook with the log of its messages."""
    _fetch(pk).delete()
    messages.success(request, gettext("The webhook is removed."))
    return see_other(reverse("webhooks"))


@require_POST
@permission_required("claims.change_webhook", raise_exception=True)
def webhook_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message once more."""
    message = get_object_or_404(WebhookMessage.objects.select_related("webhook__owner", "webhook__event"), pk=pk)
    try:
        services.send_again(message)
    except Refused as refused:
        return _told(request, message.webhook, problem=str(refused), status=422)
    messages.success(request, gettext("It is sent again: load this page anew to see what came of it."))
    return see_other(message.webhook.get_absolute_url())


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "webhooks": Webhook.objects.select_related("owner", "event"),
        "kinds": Kind.choices,
        "events": Event.objects.order_by("-date", "-pk").values_list("slug", "title"),
        "typed": {"address": "", "kinds": Kind.values, "event": ""},
        **more,
    }
    return render(request, "claims/webhooks.html", context, status=status)


def _told(request: HttpRequest, found: Webhook, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = found.messages.prefetch_related("attempts")
    page = Paginator(rows, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    pages = page.paginator.get_elided_page_range(page.number)
    answer = render(
        request, "claims/webhook.html", {"webhook": found, "page": page, "pages": pages, **more}, status=status
    )
    answer["Cache-Control"] = "private, no-store"  # a secret is shown once, and kept nowhere
    return answer


def _event(slug: str) -> Event | None:
    if not slug:
        return None
    found = Event.objects.filter(slug=slug.replace("\0", "")).first()
    if found is None:
        raise Refused({"event": gettext("Choose one of the events, or all.")})
    return found


def _fetch(pk: int) -> Webhook:
    return get_object_or_404(Webhook.objects.select_related("owner", "event"), pk=pk)
