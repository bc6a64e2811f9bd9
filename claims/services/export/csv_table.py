"""CSV: the table with commas, every cell harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from claims.services.export.rows import COLUMNS, Cell, rows_of
from claims.services.export.scope import Scope

# What a spreadsheet takes for the beginning of a formula, in plain and in full width (OWASP, "CSV Injection").
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"


def write(scope: Scope) -> Iterator[bytes]:
    """Yield the table row by row, in UTF-8."""
    if scope.marked:
        yield MARK.encode()
    yield _line(COLUMNS)
    for row in rows_of(scope):
        yield _line([guarded(cell) for cell in row.cells()])


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet computes: text that looks like a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _line(cells: object) -> bytes:
    told = io.StringIO()
    csv.writer(told).writerow(cells)  # type: ignore[arg-type]
    return told.getvalue().encode()
