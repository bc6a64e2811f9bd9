"""Snapshots: what an article was read from, told on a page and given as a file that no browser opens."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from claims.models import Snapshot


@require_safe
@permission_required("claims.view_article", raise_exception=True)
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of a snapshot what it is of, when it was taken and by whom."""
    shown = get_object_or_404(Snapshot.objects.listed(), pk=pk)
    return render(request, "claims/snapshot.html", {"snapshot": shown, "event": shown.event})


@require_safe
@permission_required("claims.view_article", raise_exception=True)
def snapshot_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a snapshot's bytes as a file to be saved: never as a page of this site, whatever they are."""
    shown = get_object_or_404(Snapshot, pk=pk)
    answer = HttpResponse(bytes(shown.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, _file_name(shown))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _file_name(snapshot: Snapshot) -> str:
    return snapshot.name.replace("/", "-").replace("\\", "-") or f"page-{snapshot.pk}.html"
