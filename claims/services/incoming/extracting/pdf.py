"""A PDF: its text page by page, as far as time allows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from claims.services.incoming.extracting.extracted import Extracted, Material, Unreadable

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

_PROTECTED = "This PDF is protected with a password. Save it without the password and upload it again."
_DAMAGED = "This PDF is damaged, or it was not uploaded to its end. Upload it again, or save it anew."
_SCANNED = (
    "This PDF holds pictures of pages and no text. Run text recognition (OCR) on it and upload it again, or paste the "
    "text."
)
_CUT = "The file ends before it should: what could be read is here. Upload it again if the end is missing."
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def read_pdf(material: Material) -> Extracted:
    """Return a PDF's text; where time ends before the pages do, the first pages and a notice that says so.

    Raises:
        Unreadable: if it is encrypted, damaged, or has no text.
    """
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(BytesIO(material.data)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Unreadable(_PROTECTED) from None
    except MemoryError:
        raise
    except Exception:  # the library lets pass whatever a broken structure makes it raise
        raise Unreadable(_DAMAGED) from None
    pages, notices = _read_pages(document, material)
    text = "\n\n".join(pages).strip()
    whole = b"%%EOF" in material.data[-2048:]
    if not any(sign.isalnum() for sign in text):
        raise Unreadable(_SCANNED if whole else _DAMAGED)
    if not whole:
        notices.append(_CUT)
    told = document.info[0] if document.info else {}
    return Extracted(
        text,
        title=_told(told, "Title"),
        author=_told(told, "Author"),
        published=_date(_told(told, "CreationDate")),
        notices=tuple(notices),
    )


def _read_pages(document: PDFDocument, material: Material) -> tuple[list[str], list[str]]:
    """Return the text of the pages and what is to be said of those that were not read."""
    pages: list[str] = []
    try:
        for page in _texts(document):
            pages.append(page)
            if material.is_late():
                return pages, [_partly(document, len(pages))]
    except MemoryError:
        return pages, [f"Reading took too much memory after page {len(pages)}: the rest is missing."]
    except Exception:  # a broken page ends the reading, not what was read
        return pages, [f"The file is damaged after page {len(pages)}: the rest could not be read."]
    return pages, []


def _texts(document: PDFDocument) -> Iterator[str]:
    from io import StringIO

    from pdfminer.converter import TextConverter
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    for page in PDFPage.create_pages(document):
        written = StringIO()
        device = TextConverter(resources, written, laparams=LAParams())
        PDFPageInterpreter(resources, device).process_page(page)
        yield _joined(written.getvalue())


def _joined(page: str) -> str:
    """Return a page's text with the lines of a paragraph put together again, and words that were divided."""
    paragraphs = re.split(r"\n\s*\n", page.replace("\f", ""))
    lines = (re.sub(r"(\w)-\n(?=[a-zа-я])", r"\1", one).strip() for one in paragraphs)
    return "\n".join(re.sub(r"\s*\n\s*", " ", one) for one in lines if one)


def _partly(document: PDFDocument, read: int) -> str:
    from pdfminer.pdftypes import resolve1

    try:
        total = int(resolve1(resolve1(document.catalog["Pages"])["Count"]))
    except Exception:  # the count is for the sentence alone
        total = 0
    of_all = f" of {total}" if total else ""
    return f"Only the first {read}{of_all} pages were read: more would have taken too long. Upload the rest in parts."


def _told(info: dict[str, Any], key: str) -> str:
    from pdfminer.utils import decode_text

    value = info.get(key, b"")
    return decode_text(value).strip() if isinstance(value, bytes) else ""


def _date(told: str) -> str:
    found = _DATE.match(told)
    try:
        return dt.date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""
