"""How fast articles come in: a table stored in bulk (before anything is read or embedded), and files read one by one.

python -m bench importing
python -m bench.importing FILE.csv.gz      with a table of one's own (text in a column that is called so, or "body")
"""

from __future__ import annotations

import csv
import io
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.database import set_up
from bench.texts import sentences
from bench.timing import show

if TYPE_CHECKING:
    from claims.models import Event

ROWS = 1000
LONG = 30  # sentences of an article
FILES = 10


def main() -> None:
    """Store a table twice, read some pages, and print the rates."""
    set_up()
    from claims.services.incoming.tables import decode_table, first_rows, guess_mapping, rows_of, unpack

    own = sys.argv[1] if __name__ == "__main__" and len(sys.argv) > 1 else ""
    data = unpack(Path(own).read_bytes(), most_bytes=2_000_000_000) if own else _table(ROWS)
    from claims.services.incoming.bulk import Mapped, store_rows

    event, mapped = _event(), Mapped(guess_mapping(first_rows(data)[0]), "Kremlin")
    rows = []
    for name in ("stored", "again, all known"):
        began = time.perf_counter()
        report = store_rows(event, rows_of(decode_table(data).text), mapped)
        seconds = time.perf_counter() - began
        told = f"{report.added} of {report.rows} rows {name}"
        rows.append((told, f"{report.rows / seconds:.0f} articles/s"))
    rows.append((f"{FILES} pages read, each in a process of its own", f"{_seconds_a_page():.2f} s each"))
    show(f"Bringing articles in ({len(data) / 1e6:.1f} MB)", rows)


def _event() -> Event:
    from claims.services.ingest import SourceDraft, add_event

    return add_event(title="Releases", date=None, sources=[SourceDraft("Kremlin"), SourceDraft("White House")])


def _table(rows: int) -> bytes:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["link", "headline", "date", "body"])
    said = sentences(rows + LONG)
    for number in range(rows):
        text = " ".join(said[number : number + LONG])
        table.writerow([f"https://example.org/{number}", f"Release {number}", "2031-04-08", text])
    return written.getvalue().encode()


def _seconds_a_page() -> float:
    from claims.services.incoming.apart import read_apart

    text = "".join(f"<p>{sentence}</p>" for sentence in sentences(LONG))
    pages = [f"<html><title>Page {number}</title><article>{text}</article></html>" for number in range(FILES)]
    began = time.perf_counter()
    for page in pages:
        read_apart(page.encode(), name="page.html")
    return (time.perf_counter() - began) / FILES


if __name__ == "__main__":
    main()
