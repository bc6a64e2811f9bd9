"""A Word document: its paragraphs and tables in their order, and its properties."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from claims.services.incoming.extracting.extracted import Extracted, Material, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

MOST_UNPACKED = 60_000_000  # bytes of a document's parts; a long report with pictures has a third of that
_MACROS = "This Word file holds macros, which are programs. Save it as .docx, which holds none, and upload it again."
_BOMB = "This file unpacks to far more than a document holds. It was not opened."
_DAMAGED = "This Word file is damaged, or it was not uploaded to its end. Upload it again, or save it anew."
_NO_TEXT = "There is no text in this Word file. If it holds pictures of pages, run text recognition (OCR) on it."


def read_word(material: Material) -> Extracted:
    """Return a document's text, a line a paragraph, and its title, author and date where its properties tell them.

    Raises:
        Unreadable: if it is damaged, holds macros, or unpacks to what no document does.
    """
    _check_parts(material.data)
    import docx

    try:
        document = docx.Document(BytesIO(material.data))
        text = "\n".join(_lines(document))
    except MemoryError:
        raise
    except Exception:  # the library lets pass whatever its XML and zip readers raise
        raise Unreadable(_DAMAGED) from None
    if not text.strip():
        raise Unreadable(_NO_TEXT)
    told = document.core_properties
    # A document that was never given a date has the one of the library's or the program's template.
    published = told.created.date().isoformat() if told.created and told.created.year > 2013 else ""
    author = "" if told.author == "python-docx" else told.author
    return Extracted(text, title=told.title, author=author, published=published, language=(told.language or "")[:2])


def _check_parts(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = packed.infolist()
    if any(part.filename.casefold().endswith("vbaproject.bin") for part in parts):
        raise Unreadable(_MACROS)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(_BOMB)


def _lines(document: Document) -> Iterator[str]:
    """Yield the text of paragraphs and of the cells of tables, as they follow one another."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
        else:
            yield block.text
