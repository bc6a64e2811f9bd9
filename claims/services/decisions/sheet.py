"""Read the rows of an edited table, CSV or XLSX, as a spreadsheet saved them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_noop

from claims.services.decoding import decode
from claims.services.refusals import Refused

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
LONGEST = 200  # of a cell that is read; a longer one is none of ours
NEEDED = ("pair", "decision", "version")
_NO_SHEET = gettext_noop("This is neither a CSV file nor an XLSX workbook. Save the exported table as one of these.")


@dataclass(frozen=True, slots=True)
class Line:
    """One row that belongs to a pair: its number in the sheet, and the three cells that matter."""

    number: int
    pair: str
    decision: str
    version: str

    @property
    def pair_id(self) -> int | None:
        """Return the pair's number, or None where the cell holds none."""
        return int(self.pair) if self.pair.isascii() and self.pair.isdigit() and len(self.pair) < 16 else None


def read_sheet(name: str, data: bytes) -> list[Line]:
    """Return the rows of pairs.

    Raises:
        Refused: if it is too large, no table, or a column that is needed is missing.
    """
    if len(data) > MOST_BYTES:
        problem = gettext("This file has %(data)s MB; a table of decisions may have %(most_bytes)s MB.") % {
            "data": f"{len(data) / 1e6:.1f}",
            "most_bytes": f"{MOST_BYTES / 1e6:g}",
        }
        raise Refused({"file": gettext("%(problem)s Leave out rows that you did not change.") % {"problem": problem}})
    is_workbook = data.startswith(b"PK") or name.lower().endswith((".xlsx", ".xlsm"))
    rows = _workbook(data) if is_workbook else _plain(data)
    return list(_lines(rows))


def _plain(data: bytes) -> Iterator[Sequence[Any]]:
    """Yield the rows of a CSV file, whichever sign the spreadsheet put between the cells."""
    try:
        text = decode(data)
    except Refused:
        raise Refused({"file": gettext(_NO_SHEET)}) from None
    head = text.partition("\n")[0]
    sign = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    except csv.Error as error:
        raise Refused(
            {
                "file": gettext("This CSV file cannot be read: %(error)s. Save it again from the spreadsheet.")
                % {"error": error}
            }
        ) from None


def _workbook(data: bytes) -> Iterator[Sequence[Any]]:
    """Yield the rows of a workbook's first sheet that has the columns, or else of its first."""
    from openpyxl import load_workbook

    _check_size(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next((one for one in book.worksheets if _has_columns(one)), book.worksheets[0])
        yield from sheet.iter_rows(values_only=True)
    except Exception:  # whatever is wrong with a workbook, openpyxl meets it with an error of some kind
        raise Refused({"file": gettext(_NO_SHEET)}) from None


def _has_columns(sheet: Any) -> bool:
    head = next(sheet.iter_rows(max_row=1, values_only=True), ())
    return set(NEEDED) <= {_told(cell).casefold() for cell in head}


def _check_size(data: bytes) -> None:
    """Refuse what would unpack to far more than any table has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        raise Refused({"file": gettext(_NO_SHEET)}) from None
    if size > MOST_UNPACKED:
        raise Refused(
            {"file": gettext("This workbook is too large to be read. Leave out rows that you did not change.")}
        )


def _lines(rows: Iterator[Sequence[Any]]) -> Iterator[Line]:
    head = [_told(cell).casefold() for cell in next(rows, ())]
    if missing := [column for column in NEEDED if column not in head]:
        named = " and ".join(f"“{column}”" for column in missing)
        problem = gettext(
            "The first row names no column %(named)s. Upload the table as it was exported, with its first row."
        ) % {"named": named}
        raise Refused({"file": problem})
    places = [head.index(column) for column in NEEDED]
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise Refused(
                {
                    "file": gettext("A table of decisions may have %(most_rows)s rows. Upload it in parts.")
                    % {"most_rows": f"{MOST_ROWS:,}"}
                }
            )
        pair, decision, version = (_told(row[place]) if place < len(row) else "" for place in places)
        if pair or version:
            yield Line(number, pair, decision, version)


def _told(cell: Any) -> str:
    """Return a cell as text; spreadsheets write whole numbers as 12.0, and CSV guards texts with an apostrophe."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    told = "" if cell is None else str(cell).strip().removeprefix("\ufeff").removeprefix("'")
    return told[:LONGEST]
