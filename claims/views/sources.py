"""Sources: adding one to an event, and changing one."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from claims.models import Event, Source
from claims.services.ingest import add_source, change_source
from claims.services.refusals import Refused
from claims.views.forms import SourceForm


@permission_required("claims.add_source", raise_exception=True)
def source_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a source to an event."""
    event = get_object_or_404(Event, slug=slug)
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_source(event, form.draft())
            return redirect(event)
        except Refused as refused:
            form.refuse(refused)
    return _form(request, form, event=event)


@permission_required("claims.change_source", raise_exception=True)
def source_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a source and its people are called."""
    source = get_object_or_404(Source.objects.select_related("event"), pk=pk)
    form = SourceForm(request.POST or None, initial=SourceForm.typed_of(source))
    if request.method == "POST" and form.is_valid():
        try:
            change_source(source, form.draft())
            return redirect(source.event)
        except Refused as refused:
            form.refuse(refused)
    return _form(request, form, event=source.event, source=source)


def _form(request: HttpRequest, form: SourceForm, *, event: Event, source: Source | None = None) -> HttpResponse:
    context = {"form": form, "event": event, "source": source}
    return render(request, "claims/source_add.html", context, status=422 if form.errors else 200)
