"""Bring events in: an archive of event folders."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.services.incoming.import_archive import import_archive
from claims.services.load import Loaded
from claims.services.refusals import Refused
from claims.views.incoming_forms import ArchiveForm


@permission_required("claims.add_event", raise_exception=True)
def events_import(request: HttpRequest) -> HttpResponse:
    """Import the events of a .zip file of event folders, all or none."""
    form = ArchiveForm(request.POST, request.FILES) if request.method == "POST" else ArchiveForm()
    loaded: list[Loaded] = []
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            loaded = import_archive(file.name or "", file.chunks())
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "loaded": loaded}
    return render(request, "claims/events_import.html", context, status=422 if form.errors else 200)
