"""Export: what an event or a comparison can be taken along as, and the files themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, override
from django.views.decorators.http import require_safe

from claims.models import Article, Comparison, Event
from claims.services.export import FORMATS, Scope, format_named
from claims.services.refusals import Refused
from claims.views.access import open_to_readers
from claims.views.person import viewer_of

_BLIND = gettext_noop(
    "This event is reviewed blind, and a file would hold what others decided. "
    "Editors can export it now, you once the blind review has ended."
)


@open_to_readers
@require_safe
def event_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the formats that an event can be taken along in."""
    return _page(request, Scope.of_events([get_object_or_404(Event, slug=slug)]))


@open_to_readers
@require_safe
def event_export_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send an event in the format that was chosen."""
    return _file(request, Scope.of_events([get_object_or_404(Event, slug=slug)], **_options(request)))


@open_to_readers
@require_safe
def comparison_export(request: HttpRequest, slug: str, a: str, b: str) -> HttpResponse:
    """Show the formats that a comparison can be taken along in."""
    return _page(request, Scope.of_comparison(_comparison(slug, a, b)))


@open_to_readers
@require_safe
def comparison_export_file(request: HttpRequest, slug: str, a: str, b: str) -> HttpResponseBase:
    """Send a comparison in the format that was chosen."""
    return _file(request, Scope.of_comparison(_comparison(slug, a, b), **_options(request)))


@open_to_readers
@require_safe
def article_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an article's text and nothing else: what the offsets of exports count in."""
    found = get_object_or_404(Article.objects.only("text"), pk=pk)
    return HttpResponse(found.text, content_type="text/plain; charset=utf-8")


def in_english(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a file, which is in English whatever language its reader's pages are in."""
    while True:
        with override("en"):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def address_of(request: HttpRequest) -> str:
    """Return what stands before a path in a permalink of this site."""
    return request.build_absolute_uri("/").rstrip("/")


def _comparison(slug: str, a: str, b: str) -> Comparison:
    found = Comparison.objects.select_related("event", "a", "b")
    return get_object_or_404(found, event__slug=slug, a__slug=a, b__slug=b)


def _options(request: HttpRequest) -> dict[str, object]:
    """Return for whom it is exported: the reviewer finds their own decisions in the column that is read back."""
    reviewer = request.user.pk if request.user.has_perm("claims.add_review") else None
    return {"address": address_of(request), "reviewer_id": reviewer, "marked": "mark" in request.GET}


def _page(request: HttpRequest, scope: Scope, *, problem: str = "", status: int = 200) -> HttpResponse:
    formats = [one for one in FORMATS.values() if scope.comparison is None or not one.whole]
    context = {
        "event": scope.events[0],
        "comparison": scope.comparison,
        "formats": formats,
        "chosen": request.GET.get("format") or formats[0].name,
        "mark": "mark" in request.GET,
        "problem": problem,
        "file": _file_address(scope),
    }
    return render(request, "claims/export.html", context, status=status)


def _file_address(scope: Scope) -> str:
    if scope.comparison is None:
        return reverse("event_export_file", args=[scope.events[0].slug])
    return f"{scope.comparison.get_absolute_url()}export/file/"


def _file(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    if any(event.blind for event in scope.events) and not viewer_of(request).sees_all:
        return _page(request, scope, problem=gettext(_BLIND), status=403)
    try:
        chosen = format_named(request.GET.get("format", "csv"), scope)
        pieces = chosen.write(scope)
    except Refused as refused:
        return _page(request, scope, problem=str(refused), status=422)
    headers = {"Content-Disposition": f'attachment; filename="{scope.name}{chosen.suffix}"'}
    if request.method == "HEAD":
        pieces = iter(())
    return StreamingHttpResponse(in_english(pieces), content_type=chosen.media_type, headers=headers)
