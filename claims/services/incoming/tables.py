"""Read a table of articles: rows with the line that each begins in, from CSV or JSONL, packed with gzip or not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext, gettext_noop

from claims.services.decoding import Decoded, read_text
from claims.services.refusals import Refused

# What a column can mean, and names that files give such columns, the likeliest first.
MEANINGS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "full_text", "article", "maintext"),
    "title": ("title", "headline", "heading"),
    "publisher": ("publisher", "outlet", "source", "site", "sitename", "agency"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "published_at", "publication_date", "datetime", "pubdate"),
    "url": ("url", "link", "address", "href", "uri"),
}
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 20_000_000  # characters; what is too long for an article is refused by itself
_LOOKED_AT = 400_000  # bytes of the beginning, for a first look
_WRITTEN = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%d.%m.%Y")
_NO_ROWS = gettext_noop(
    "There are no rows in this file. It needs a line that names the columns, and a row for each article."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line that it begins in, its cells by the names of their columns, or what is wrong with it."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""


def unpack(data: bytes, *, most_bytes: int) -> bytes:
    """Return a file's bytes, unpacked where gzip packed them.

    Raises:
        Refused: if that is more than ``most_bytes``, or damaged.
    """
    if not data.startswith(b"\x1f\x8b"):
        return _within(data, most_bytes)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(data, most_bytes + 1)
    except zlib.error:
        raise Refused(
            {"file": gettext("This file is damaged, or it was not uploaded to its end. Upload it again.")}
        ) from None
    if not unpacker.eof and len(unpacked) <= most_bytes:
        raise Refused({"file": gettext("This file ends before it should. Upload it again.")})
    return _within(unpacked, most_bytes)


def decode_table(data: bytes) -> Decoded:
    """Return a table's text, with the charset that it was read in.

    Raises:
        Refused: if it is no text.
    """
    try:
        return read_text(data)
    except Refused:
        problem = gettext("This file is no table: it is not text. Save the table as CSV (UTF-8) and upload it again.")
        raise Refused({"file": problem}) from None


def rows_of(text: str) -> Iterator[Row]:
    """Yield the rows of a table: objects of JSONL where it begins with one, and else what CSV's first line names.

    Raises:
        Refused: if it has no rows.
    """
    rows = _json_rows(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else _csv_rows(text)
    first = next(rows, None)
    if first is None:
        raise Refused({"file": gettext(_NO_ROWS)})
    yield first
    yield from rows


def first_rows(data: bytes, *, most: int = 5) -> tuple[list[str], list[Row]]:
    """Return the names of the columns and the first rows, reading no more than the beginning of the file.

    Raises:
        Refused: if there are none.
    """
    start = data if len(data) <= _LOOKED_AT else data[: data.rfind(b"\n", 0, _LOOKED_AT) + 1] or data
    rows = [row for row, _ in zip(rows_of(decode_table(start).text), range(most), strict=False)]
    return list(dict.fromkeys(name for row in rows for name in row.cells)), rows


def guess_mapping(columns: list[str]) -> dict[str, str]:
    """Return the likeliest column for each meaning, by its name alone."""
    by_name = {column.strip().casefold(): column for column in columns}
    found: dict[str, str] = {}
    for meaning, names in MEANINGS.items():
        column = next((by_name[name] for name in names if name in by_name), None)
        if column is not None and column not in found.values():
            found[meaning] = column
    return found


def date_of(told: str) -> dt.date | None:
    """Return the day that a cell tells, None where it is empty.

    Raises:
        ValueError: if it is no date, or one that can be read as two days (4/6/2025).
    """
    told = told.strip()
    if not told:
        return None
    with suppress(ValueError):
        return dt.datetime.fromisoformat(told).date()
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(told).date()
    for form in _WRITTEN:
        with suppress(ValueError):
            return dt.datetime.strptime(told, form).date()  # noqa: DTZ007 - a day has no time zone
    raise ValueError(told)


def _within(data: bytes, most_bytes: int) -> bytes:
    if len(data) > most_bytes:
        problem = gettext("This table has more than %(most_bytes)s MB. Divide it, or load it with manage.py load.") % {
            "most_bytes": f"{most_bytes / 1e6:g}"
        }
        raise Refused({"file": problem})
    return data


def _csv_rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    head = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    names = _names(next(reader, []))
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, {}, gettext("This row cannot be read: %(error)s.") % {"error": error})
            continue
        if cells:
            yield _csv_row(line, names, cells)


def _names(head: list[str]) -> list[str]:
    """Return the columns' names, each of its own."""
    names: list[str] = []
    for place, told in enumerate(head, start=1):
        name = told.strip() or gettext("column %(place)s") % {"place": place}
        names.append(name if name not in names else f"{name} ({place})")
    return names


def _csv_row(line: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) > len(names):
        return Row(
            line,
            {},
            gettext("This row has %(cells)s cells, and the first line names %(names)s columns.")
            % {"cells": len(cells), "names": len(names)},
        )
    return Row(line, dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=True)))


def _json_rows(text: str) -> Iterator[Row]:
    for line, told in enumerate(io.StringIO(text.lstrip("\ufeff")), start=1):
        if told.strip():
            yield _json_row(line, told)


def _json_row(line: int, told: str) -> Row:
    try:
        found = json.loads(told)
    except (ValueError, RecursionError):
        return Row(line, {}, gettext("This line is no JSON."))
    if not isinstance(found, dict):
        return Row(line, {}, gettext("This line is no JSON object: write {…} with the columns' names."))
    return Row(line, {str(key): _plain(value) for key, value in found.items()})


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)
