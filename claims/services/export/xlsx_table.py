"""XLSX: the table as a workbook, with a list to choose decisions from and a sheet that explains it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claims.models import Decision
from claims.services.export.files import PIECE, pieces_of
from claims.services.export.rows import COLUMNS, MEANINGS, SAID, Cell, rows_of
from claims.services.export.scope import Scope

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

TABLE = "Claims"
LONGEST_CELL = 32_767  # Excel's own limit
_CUT = " … (cut: a cell holds no more)"
_WIDTHS = {"text": 46, "reasons": 46, "verdicts": 30, "notes": 36, "nearest": 30, "permalink": 34, "differs": 18}
_FORMULAS_OFF = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

METHOD = (
    "How this came about",
    "Crossread splits each article into statements and says who makes each of them.",
    "An encoder (column model) proposes which statements of two sources are about the same thing: the score.",
    "A verdict says how they relate and names the differences with the words that show them. It is the machine's;"
    " what people decided stands in the columns decision, verdicts and reviewers, and counts before it.",
    "No truth is rated: the table says how accounts differ, not who is right.",
    "Offsets are half-open and count Unicode code points of the article's text, from 0.",
    "",
    "How to send decisions back",
    "Choose agree, partial, diverge or not a match in the column decision, and leave pair and version as they are."
    " Upload the file at “Decisions from a file”, or use `manage.py import-decisions`. An empty cell changes nothing.",
    "",
    "Relations",
    "agree: both say the same in what matters.",
    "partial: they overlap, and one says more, less or other than the other.",
    "diverge: the accounts conflict (kind account), or the sides tell their own stances and these clash (position).",
    "not a match: the two are not about the same thing.",
    "only one side: the other source is silent on it.",
    "",
    "Columns",
)


def write(scope: Scope) -> Iterator[bytes]:
    """Yield the workbook. It is written to a file first, row by row: the format has its index at the end."""
    with tempfile.TemporaryFile() as file:
        _fill(file, scope)
        file.seek(0)
        yield from pieces_of(file, PIECE)


def _fill(file: Any, scope: Scope) -> None:
    import xlsxwriter

    workbook = xlsxwriter.Workbook(file, {"constant_memory": True, **_FORMULAS_OFF})
    table, method = workbook.add_worksheet(TABLE), workbook.add_worksheet("Method")
    _set_up(workbook, table)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    to_fill = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF6D6", "border": 1})
    last = 0
    for last, row in enumerate(rows_of(scope), start=1):
        for place, cell in enumerate(row.cells()):
            fills = COLUMNS[place] == "decision" and row.pair is not None
            _put(table, last, place, cell, to_fill if fills else wrapped)
    _finish(table, last)
    _explain(workbook, method)
    workbook.close()


def _set_up(workbook: Workbook, table: Worksheet) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 2, "valign": "top"})
    for place, column in enumerate(COLUMNS):
        table.set_column(place, place, _WIDTHS.get(column.split("_")[0], 14))
        table.write_string(0, place, column, bold)
    table.freeze_panes(1, 0)


def _put(table: Worksheet, row: int, place: int, cell: Cell, form: Any) -> None:
    if isinstance(cell, str):
        told = cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - len(_CUT)] + _CUT
        if told:
            table.write_string(row, place, told, form)
        else:
            table.write_blank(row, place, None, form)
    elif cell is not None:
        table.write_number(row, place, cell, form)


def _finish(table: Worksheet, last: int) -> None:
    place = COLUMNS.index("decision")
    if last:
        table.autofilter(0, 0, last, len(COLUMNS) - 1)
        table.data_validation(
            1,
            place,
            last,
            place,
            {
                "validate": "list",
                "source": [SAID[decision] for decision in Decision],
                "error_title": "Not a decision",
                "error_message": "Choose agree, partial, diverge or not a match, or leave the cell empty.",
            },
        )


def _explain(workbook: Workbook, sheet: Worksheet) -> None:
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    bold = workbook.add_format({"bold": True})
    sheet.set_column(0, 0, 26, wrapped)
    sheet.set_column(1, 1, 90, wrapped)
    place = 0
    for place, line in enumerate(METHOD):
        heading = not place or METHOD[place - 1] == ""
        sheet.write_string(place, 0 if heading else 1, line, bold if heading else wrapped)
    for step, (column, meaning) in enumerate(MEANINGS.items(), start=place + 1):
        sheet.write_string(step, 0, column, wrapped)
        sheet.write_string(step, 1, meaning, wrapped)
