"""Bring events in: an archive of event folders."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from claims.services.folders import FolderError
from claims.services.incoming.archives import GATHERED
from claims.services.load import Loaded, load
from claims.services.refusals import Refused
from claims.views.incoming_forms import ArchiveForm

_SCRATCH = re.compile(rf"\S*/{re.escape(GATHERED)}/")  # where the archive lay on this machine is nobody's to know


@permission_required("claims.add_event", raise_exception=True)
def events_import(request: HttpRequest) -> HttpResponse:
    """Import the events of a .zip file of event folders, all or none."""
    form = ArchiveForm(request.POST, request.FILES) if request.method == "POST" else ArchiveForm()
    loaded: list[Loaded] = []
    if form.is_bound and form.is_valid():
        try:
            loaded = _load(form.cleaned_data["file"])
        except (Refused, FolderError) as refused:
            form.add_error("file", gettext("%(refused)s Nothing was imported.") % {"refused": refused})
    context = {"form": form, "loaded": loaded}
    return render(request, "claims/events_import.html", context, status=422 if form.errors else 200)


def _load(file: UploadedFile[Any]) -> list[Loaded]:
    with tempfile.TemporaryDirectory() as scratch:
        # An archive's name can become an event's: as it was called where it came from.
        path = Path(scratch, Path(file.name or "events").stem.strip(".") or "events").with_suffix(".zip")
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
        try:
            return load([path])
        except FolderError as error:
            raise FolderError(_SCRATCH.sub("", str(error))) from None
