"""Deliveries: files and pages brought in, each looked through and corrected before it becomes an article."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import Delivery, Draft, Event
from claims.services.incoming.deliver import (
    Told,
    add_draft,
    correct_draft,
    deliver_files,
    deliver_page,
    leave_out,
    read_waiting,
)
from claims.services.incoming.known import add_all, add_as_version, known_at, version_of, versions_in
from claims.services.refusals import Refused, Stale
from claims.views.articles import adding_page
from claims.views.asked import number
from claims.views.incoming_forms import DraftForm, FilesForm, PageForm
from claims.views.person import person_of
from claims.views.versions import told


@require_POST
@permission_required("claims.add_article", raise_exception=True)
def delivery_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring files in for an event."""
    event = _event(slug)
    form = FilesForm(event, request.POST, request.FILES)
    if form.is_valid():
        try:
            return _shown_first(deliver_files(event, person_of(request), form.arrived(), form.told()))
        except Refused as refused:
            form.refuse(refused)
    return adding_page(request, event, files=form, status=422)


@require_POST
@permission_required("claims.add_article", raise_exception=True)
def page_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Fetch a page of the web for an event."""
    event = _event(slug)
    form = PageForm(request.POST)
    if form.is_valid():
        try:
            draft = deliver_page(event, person_of(request), form.cleaned_data["address"], Told())
            return redirect(draft if draft.is_open else draft.delivery)
        except Refused as refused:
            form.refuse(refused)
    return adding_page(request, event, page=form, status=422)


@require_safe
@permission_required("claims.add_article", raise_exception=True)
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came of each file that was brought in."""
    shown = get_object_or_404(Delivery.objects.shown(), pk=pk)
    drafts = list(shown.drafts.all())
    revises = versions_in(shown, drafts)
    context = {
        "delivery": shown,
        "event": shown.event,
        "drafts": [(draft, revises.get(draft.pk)) for draft in drafts],
        "waiting": sum(draft.state == Draft.State.WAITING for draft in drafts),
        "ready": sum(draft.is_open and bool(draft.publisher or draft.pk in revises) for draft in drafts),
        "open": sum(draft.is_open for draft in drafts),
    }
    return render(request, "claims/delivery.html", context)


@require_POST
@permission_required("claims.add_article", raise_exception=True)
def delivery_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the files that time did not suffice for."""
    shown = get_object_or_404(Delivery, pk=pk)
    read_waiting(shown)
    return redirect(shown)


@require_POST
@permission_required("claims.add_article", raise_exception=True)
def delivery_store(request: HttpRequest, pk: int) -> HttpResponse:
    """Add every article of a delivery that lacks nothing."""
    shown = get_object_or_404(Delivery.objects.select_related("event"), pk=pk)
    added, revised, refused = add_all(shown, person_of(request))
    if added:
        messages.success(
            request, ngettext("%(count)s article added.", "%(count)s articles added.", added) % {"count": added}
        )
    if revised:
        messages.success(
            request,
            ngettext(
                "%(count)s new version of known articles stored.",
                "%(count)s new versions of known articles stored.",
                revised,
            )
            % {"count": revised},
        )
    if refused:
        lacking = ngettext(
            "One lacks something, or the event has the text already: open it to see what.",
            "%(count)s lack something, or the event has the text already: open it to see what.",
            refused,
        )
        messages.warning(request, lacking % {"count": refused})
    return redirect(shown if refused or not (added or revised) else shown.event)


@permission_required("claims.add_article", raise_exception=True)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article as it was read, to be corrected, and then added or left out."""
    shown = get_object_or_404(
        Draft.objects.select_related("delivery__event", "snapshot").defer("snapshot__data"), pk=pk
    )
    if not shown.is_open:
        return redirect(shown.delivery)
    if request.method != "POST":
        form = DraftForm(shown.delivery.event, initial=DraftForm.typed_of(shown))
        return _draft_page(request, shown, form)
    form = DraftForm(shown.delivery.event, request.POST)
    try:
        return _decided(request, shown, form) or _draft_page(request, shown, form, status=422)
    except Stale as stale:
        form.refuse(stale)
        return _draft_page(request, shown, form, status=409)


def _decided(request: HttpRequest, shown: Draft, form: DraftForm) -> HttpResponse | None:
    """Do what the button says. None where the form, or the service, refuses it."""
    try:
        if request.POST.get("do") == "leave_out":
            leave_out(shown)
            return _shown_next(shown)
        if not form.is_valid():
            return None
        correct_draft(shown, form.fields_of_draft())
        if request.POST.get("do") == "keep":
            messages.success(request, gettext("Kept. It is not added yet."))
            return redirect(shown.delivery)
        if (revised := _as_version(request, shown)) is not None:
            return revised
        article = add_draft(shown, person_of(request))
        messages.success(request, gettext("Added: %(article)s.") % {"article": article.title or article.name})
        return _shown_next(shown)
    except Stale:
        raise
    except Refused as refused:
        form.refuse(refused)
        return None


def _as_version(request: HttpRequest, shown: Draft) -> HttpResponse | None:
    """Store the draft as a new version where the button says so: ``version:ARTICLE:SEEN``. None where it does not."""
    what, *numbers = request.POST.get("do", "").split(":")
    if what != "version" or len(numbers) != 2:
        return None
    article, seen = map(number, numbers)
    found = get_object_or_404(shown.delivery.event.articles, pk=article or 0)
    revised = add_as_version(shown, person_of(request), found, seen=seen or 0)
    messages.success(request, told(revised))
    if shown.delivery.drafts.exclude(pk=shown.pk).exists():
        return redirect(shown.delivery)
    return redirect("diff", found.pk, revised.version.before, revised.version.number)


def _draft_page(request: HttpRequest, shown: Draft, form: DraftForm, *, status: int = 200) -> HttpResponse:
    known = known_at(shown)
    context = {"draft": shown, "event": shown.delivery.event, "form": form, "known": known}
    context["revises"] = version_of(known)
    return render(request, "claims/draft.html", context, status=status)


def _shown_first(delivery: Delivery) -> HttpResponse:
    """Lead to the one draft that there is to look through, or to the list of them."""
    drafts = list(delivery.drafts.defer("text"))
    return redirect(drafts[0] if len(drafts) == 1 and drafts[0].is_open else delivery)


def _shown_next(draft: Draft) -> HttpResponse:
    """Lead back to the list while it holds anything else, and to the event when all is decided."""
    others = draft.delivery.drafts.exclude(pk=draft.pk)
    return redirect(draft.delivery if others.exists() else draft.delivery.event)


def _event(slug: str) -> Event:
    return get_object_or_404(Event.objects.prefetch_related("sources"), slug=slug)
