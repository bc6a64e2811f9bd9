"""Decisions from a file: an edited table is uploaded, what it would change is shown, and only then it is written."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_POST

from claims.models import Decision
from claims.services.decisions import Line, Plan, apply, plan, read_sheet
from claims.services.decisions.sheet import MOST_BYTES
from claims.services.refusals import Refused
from claims.views.going_on import see_other
from claims.views.person import person_of

_SALT = "claims.views.decisions"
_STALE = gettext_noop("The preview could not be read again. Upload the file once more.")
_NO_FILE = gettext_noop("Choose the table that you exported and edited: a CSV file or an XLSX workbook.")
_MOST_SHOWN = 500


@permission_required("claims.add_review", raise_exception=True)
def import_decisions(request: HttpRequest) -> HttpResponse:
    """Ask for an edited table, and show what its decisions would change. Nothing is written."""
    if request.method != "POST":
        return render(request, "claims/import_decisions.html", {"limit": MOST_BYTES // 1_000_000})
    file = request.FILES.get("file")
    try:
        lines = _lines_of(file)
    except Refused as refused:
        return _refused(request, str(refused))
    return render(request, "claims/import_decisions.html", _preview(plan(lines, person_of(request)), lines, file))


@require_POST
@permission_required("claims.add_review", raise_exception=True)
def import_decisions_apply(request: HttpRequest) -> HttpResponse:
    """Write the decisions of the preview, and the ticked ones among its conflicts."""
    try:
        told = signing.loads(request.POST.get("lines", ""), salt=_SALT)
    except signing.BadSignature:
        return _refused(request, gettext(_STALE))
    lines = [Line(*cells) for cells in told]
    applied = apply(lines, person_of(request), over=set(request.POST.getlist("over")))
    messages.success(request, _told(applied.written, applied.plan))
    return see_other(reverse("import_decisions"))


def _lines_of(file: UploadedFile[bytes] | None) -> list[Line]:
    if file is None:
        raise Refused({"file": gettext(_NO_FILE)})
    if (file.size or 0) > MOST_BYTES:
        raise Refused(
            {
                "file": gettext("This file has %(size)s MB; it may have %(most)s MB.")
                % {"size": f"{(file.size or 0) / 1e6:.1f}", "most": f"{MOST_BYTES / 1e6:g}"}
            }
        )
    return read_sheet(file.name or "", file.read())


def _preview(found: Plan, lines: list[Line], file: UploadedFile[bytes] | None) -> dict[str, Any]:
    """Return what the page shows. Only rows that matter go to and fro, signed, since the file does not."""
    rows = {number for case in (*found.changes, *found.conflicts) for number in case.rows}
    kept = [astuple(line) for line in lines if line.number in rows]
    words = {decision.value: str(decision.label) for decision in Decision}
    return {
        "plan": found,
        "name": file.name if file else "",
        "changes": found.changes[:_MOST_SHOWN],
        "more": max(0, len(found.changes) - _MOST_SHOWN),
        "words": words,
        "lines": signing.dumps(kept, salt=_SALT, compress=True),
        "limit": MOST_BYTES // 1_000_000,
    }


def _refused(request: HttpRequest, problem: str) -> HttpResponse:
    context = {"problem": problem, "limit": MOST_BYTES // 1_000_000}
    return render(request, "claims/import_decisions.html", context, status=422)


def _told(written: int, found: Plan) -> str:
    left = len(found.changes) + len(found.conflicts) - written
    stored = ngettext("%(count)s decision stored.", "%(count)s decisions stored.", written) % {"count": written}
    if not left:
        return stored
    kept = gettext("%(count)s left as they are, since somebody decided after the export.") % {"count": left}
    return f"{stored} {kept}"
