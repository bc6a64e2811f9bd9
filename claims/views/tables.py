"""Tables of articles: choosing a file, saying which column is what, trying it, and storing its rows."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from claims.models import Event, Table
from claims.services.incoming.bulk import Report
from claims.services.incoming.import_table import add_table, begin_table, data_of, try_table
from claims.services.incoming.tables import Row, first_rows
from claims.services.refusals import Refused
from claims.views.incoming_forms import MappingForm, TableFileForm
from claims.views.person import person_of

_CELL_SHOWN = 100  # characters of a cell in the first rows


@permission_required("claims.add_article", raise_exception=True)
def table_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a table of articles for an event."""
    event = get_object_or_404(Event, slug=slug)
    form = TableFileForm(request.POST, request.FILES) if request.method == "POST" else TableFileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect(
                add_table(
                    event,
                    person_of(request),
                    name=file.name or "",
                    data=file.read(),
                    content_type=file.content_type or "",
                )
            )
        except Refused as refused:
            form.refuse(refused)
    return render(request, "claims/table_add.html", {"event": event, "form": form}, status=422 if form.errors else 200)


@permission_required("claims.add_article", raise_exception=True)
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column of a table is what, see what would come of it, and have it stored."""
    shown = get_object_or_404(Table.objects.shown(), pk=pk)
    columns, rows = first_rows(data_of(shown))
    if request.method != "POST":
        return _page(request, shown, MappingForm(shown, columns), columns, rows)
    form = MappingForm(shown, columns, request.POST)
    if form.is_valid():
        try:
            if request.POST.get("do") == "store":
                begin_table(shown, form.mapped())
                return redirect(shown)
            report, notice = try_table(shown, form.mapped())
            return _page(request, shown, form, columns, rows, report=report, notice=notice)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, shown, form, columns, rows, status=422)


@require_safe
@permission_required("claims.add_article", raise_exception=True)
def table_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far storing a table has come (asked again and again while it is under way)."""
    shown = get_object_or_404(Table.objects.shown(), pk=pk)
    return render(request, "claims/table.html#progress", {"table": shown, "event": shown.event})


def _page(
    request: HttpRequest,
    shown: Table,
    form: MappingForm,
    columns: list[str],
    rows: list[Row],
    *,
    report: Report | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "table": shown,
        "event": shown.event,
        "form": form,
        "columns": columns,
        "rows": [[row.line, *(_short(row.cells.get(column, "")) for column in columns)] for row in rows],
        "report": report,
        "notice": notice,
    }
    return render(request, "claims/table.html", context, status=status)


def _short(cell: str) -> str:
    return cell if len(cell) <= _CELL_SHOWN else f"{cell[:_CELL_SHOWN]}…"
