"""Feeds: which addresses are watched and how it goes, their items to decide on, and the rules for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from claims.models import Draft, Event, Feed, FeedItem, FeedRule
from claims.services.feeds.deciding import accept_item, dismiss_all, dismiss_item, take_back
from claims.services.feeds.opml import as_opml
from claims.services.feeds.ruling import MOST_SHOWN, make_rule, switch_rule, tried
from claims.services.feeds.watching import add_feed, add_from_opml, change_feed, fetch_soon
from claims.services.refusals import Refused
from claims.views.asked import number
from claims.views.feed_forms import FeedForm, OpmlForm, RuleForm
from claims.views.person import person_of

ITEMS_A_PAGE = 30
STATES = (
    ("new", gettext_lazy("To decide")),
    ("accepted", gettext_lazy("Taken in")),
    ("dismissed", gettext_lazy("Dismissed")),
)
MOST_EVENTS = 100  # in a list to choose from


@require_safe
@permission_required("claims.view_feed", raise_exception=True)
def feeds(request: HttpRequest) -> HttpResponse:
    """List the feeds with what came of each, and the items of all of them that wait for a decision."""
    return _feeds_page(request, OpmlForm())


@permission_required("claims.change_feed", raise_exception=True)
def feed_add(request: HttpRequest) -> HttpResponse:
    """Watch another address."""
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(add_feed(person_of(request), **form.cleaned_data))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "claims/feed_add.html", {"form": form}, status=422 if form.errors else 200)


@permission_required("claims.change_feed", raise_exception=True)
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a feed with its items and its rules; change how it is watched."""
    shown = get_object_or_404(Feed, pk=pk)
    form = FeedForm(request.POST or None, initial=FeedForm.typed_of(shown))
    if request.method == "POST" and form.is_valid():
        try:
            change_feed(shown, **form.cleaned_data)
            messages.success(request, gettext("Saved."))
            return redirect(shown)
        except Refused as refused:
            form.refuse(refused)
    return _feed_page(request, get_object_or_404(Feed, pk=pk), form, status=422 if form.errors else 200)


@require_POST
@permission_required("claims.change_feed", raise_exception=True)
def feed_fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a worker fetch a feed now."""
    shown = get_object_or_404(Feed, pk=pk)
    fetch_soon(shown)
    messages.success(request, gettext("It is fetched as soon as a worker is free. Look again in a moment."))
    return redirect(shown)


@require_POST
@permission_required("claims.change_feed", raise_exception=True)
def feed_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item into an event, or dismiss it."""
    item = get_object_or_404(FeedItem.objects.select_related("feed"), pk=pk)
    back = redirect(item.feed) if request.POST.get("back") == "feed" else redirect("feeds")
    do = request.POST.get("do", "")
    try:
        if do == "dismiss":
            dismiss_item(item, person_of(request))
            messages.success(request, gettext("Dismissed: %(item)s.") % {"item": item})
        elif do == "back":
            take_back(item)
        elif do == "new":
            return redirect(f"{reverse('event_add')}?item={item.pk}")
        else:
            return _accepted(request, item)
    except Refused as refused:
        messages.error(request, str(refused))
    return back


@require_POST
@permission_required("claims.change_feed", raise_exception=True)
def feed_dismiss(request: HttpRequest) -> HttpResponse:
    """Dismiss all items of a page that still wait."""
    keys = [key for key in map(number, request.POST.getlist("item")) if key]
    count = dismiss_all(keys, person_of(request))
    messages.success(
        request, f"{count} item{'' if count == 1 else 's'} dismissed. They can be taken back on their feeds’ pages."
    )
    feed = Feed.objects.filter(pk=number(request.POST.get("feed")) or 0).first()
    return redirect(feed or "feeds")


def _accepted(request: HttpRequest, item: FeedItem) -> HttpResponse:
    """Fetch an item's page for the event that was chosen, and lead to its draft."""
    event = Event.objects.filter(pk=number(request.POST.get("event")) or 0).first()
    if event is None:
        raise Refused({"": gettext("Choose the event that it belongs to.")})
    return redirect(shown_first(accept_item(item, event, person_of(request))))


def shown_first(draft: Draft) -> Any:
    """Return what is to be looked at of a draft that just came: itself, or why it could not be read."""
    return draft if draft.is_open else draft.delivery


@permission_required("claims.change_feed", raise_exception=True)
def rule_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a rule for a feed; what it would have done is shown before it is switched on."""
    shown = get_object_or_404(Feed, pk=pk)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            return redirect(
                "rule", make_rule(shown, person_of(request), wanted=typed["names"], event=typed["event"]).pk
            )
        except Refused as refused:
            form.refuse(refused)
    context = {"feed": shown, "form": form}
    return render(request, "claims/rule_add.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required("claims.view_feed", raise_exception=True)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a rule: the newest items that it is about, and each time that it acted."""
    shown = get_object_or_404(FeedRule.objects.select_related("feed", "event", "by"), pk=pk)
    context = {
        "rule": shown,
        "tried": tried(shown),
        "most": MOST_SHOWN,
        "applications": shown.applications.select_related("item", "event")[:100],
    }
    return render(request, "claims/rule.html", context)


@require_POST
@permission_required("claims.change_feed", raise_exception=True)
def rule_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    shown = get_object_or_404(FeedRule, pk=pk)
    on = request.POST.get("on") == "1"
    switch_rule(shown, on=on)
    messages.success(
        request, gettext("Switched on: it acts on items that come from now on.") if on else gettext("Switched off.")
    )
    return redirect("rule", pk)


@require_safe
@permission_required("claims.view_feed", raise_exception=True)
def feeds_opml(request: HttpRequest) -> HttpResponse:
    """Hand out the list of feeds as other readers take it."""
    headers = {"Content-Disposition": 'attachment; filename="crossread-feeds.opml"'}
    return HttpResponse(as_opml(Feed.objects.all()), content_type="text/x-opml; charset=utf-8", headers=headers)


@require_POST
@permission_required("claims.change_feed", raise_exception=True)
def feeds_import(request: HttpRequest) -> HttpResponse:
    """Watch the feeds of a list that another reader wrote."""
    form = OpmlForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made, known = add_from_opml(person_of(request), form.cleaned_data["file"].read())
            messages.success(request, f"{made} added, switched off; {known} were here already.")
            return redirect("feeds")
        except Refused as refused:
            form.refuse(refused)
    return _feeds_page(request, form, status=422)


def _feeds_page(request: HttpRequest, form: OpmlForm, *, status: int = 200) -> HttpResponse:
    waiting = FeedItem.objects.filter(state=FeedItem.State.NEW).listed()
    page = Paginator(waiting, ITEMS_A_PAGE).get_page(request.GET.get("page"))
    context = {"feeds": Feed.objects.listed(), "page": page, "form": form, **_choices()}
    return render(request, "claims/feeds.html", context, status=status)


def _feed_page(request: HttpRequest, shown: Feed, form: FeedForm, *, status: int) -> HttpResponse:
    state = request.GET.get("state", "new")
    state = state if state in dict(STATES) else "new"
    page = Paginator(shown.items.filter(state=state).listed(), ITEMS_A_PAGE).get_page(request.GET.get("page"))
    rules = shown.rules.select_related("event", "by")
    context = {"feed": shown, "form": form, "page": page, "state": state, "states": STATES, "rules": rules}
    return render(request, "claims/feed.html", {**context, **_choices()}, status=status)


def _choices() -> dict[str, Any]:
    """Return the events that an item can be taken into besides those that are proposed."""
    return {"events": Event.objects.order_by("-date", "-pk").only("pk", "title", "date")[:MOST_EVENTS]}
