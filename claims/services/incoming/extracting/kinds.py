"""What a file is, by its content: its name says only what somebody called it."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO

from claims.services.incoming.extracting.extracted import Unreadable


class Kind(StrEnum):
    """The kinds of files that are read."""

    TEXT = "text"
    HTML = "web page"
    WORD = "Word document"
    PDF = "PDF"
    MAIL = "e-mail"


ENDINGS = {
    "txt": Kind.TEXT,
    "html": Kind.HTML,
    "htm": Kind.HTML,
    "docx": Kind.WORD,
    "pdf": Kind.PDF,
    "eml": Kind.MAIL,
}

_LOOKED_AT = 4096  # bytes of the beginning
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|script)\b", re.IGNORECASE)
_HEADER = re.compile(
    rb"^(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Reply-To|Sender|"
    rb"Content-Type|X-[\w-]+|ARC-[\w-]+|DKIM-Signature|Authentication-Results): ",
    re.IGNORECASE,
)
_SENDER = re.compile(rb"^(?:From|Received|Return-Path|Message-ID): ", re.IGNORECASE | re.MULTILINE)
_SURELY = re.compile(rb"^(?:Message-ID|MIME-Version|Received|Return-Path|Content-Type): ", re.IGNORECASE | re.MULTILINE)

_PROTECTED = "This file is protected with a password. Save it without the password and upload it again."
_OLD_OFFICE = "This is a file of an older office program. Save it as .docx or .pdf and upload it again."
_RTF = "This is an RTF file, which is not read here. Save it as .docx or .pdf and upload it again."
_PICTURE = "This is a picture. Only text is read here: run text recognition (OCR) on it, or paste the text."
_PROGRAM = "This is a program, not an article. It was not opened."
_ARCHIVE = (
    "This is an archive. Unpack it and upload the files; an archive of event folders goes to the page “Import events”."
)
_SHEET = "This is a spreadsheet. Save it as CSV and bring it in on the page “Import a table”."
_OTHER_OFFICE = "This is a file of an office program that is not read here. Save it as .docx or .pdf."
_DAMAGED = "This file is damaged, or it was not uploaded to its end. Upload it again, or save it anew."

# What a file begins with, and what is said of it.
_REFUSED = (
    (b"{\\rtf", _RTF),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
)


def kind_of(data: bytes) -> Kind:
    """Tell a file's kind by its content.

    Raises:
        Unreadable: if it is of none that is read here.
    """
    start = data[:_LOOKED_AT]
    if b"%PDF-" in start[:1024]:
        return Kind.PDF
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_PROTECTED if "EncryptedPackage".encode("utf-16-le") in data else _OLD_OFFICE)
    for mark, problem in _REFUSED:
        if start.startswith(mark) and not (mark in (b"MZ", b"BZh") and _is_plain(start)):
            raise Unreadable(problem)
    if _is_mail(start):
        return Kind.MAIL
    return Kind.HTML if _is_html(start) else Kind.TEXT


def notice_of_name(name: str, kind: Kind) -> str:
    """Say so where a file's name promises another kind than its content is; "" where they agree."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    promised = ENDINGS.get(ending)
    if promised is None or promised == kind:
        return ""
    return f"The file’s name ends in .{ending}, but it is a {kind}, and was read as one."


def _kind_of_zip(data: bytes) -> Kind:
    """Tell what is packed: a Word document is a zip archive of its parts."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise Unreadable(_DAMAGED) from None
    if "word/document.xml" in names:
        return Kind.WORD
    if "xl/workbook.xml" in names:
        raise Unreadable(_SHEET)
    raise Unreadable(_OTHER_OFFICE if {"[Content_Types].xml", "mimetype"} & names else _ARCHIVE)


def _is_plain(start: bytes) -> bool:
    """Tell a text that happens to begin with two letters of a program's mark."""
    return not any(sign < 9 or 13 < sign < 32 for sign in start)


def _is_html(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")  # UTF-16
    return plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _HTML.search(plain) is not None


def _is_mail(start: bytes) -> bool:
    """Tell a mail by its header: nothing but fields before the first blank line, who sent it among them."""
    head = re.split(rb"\r?\n\r?\n", start.lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    lines = [line for line in head.splitlines() if not line.startswith((b" ", b"\t"))]
    fields = [line for line in lines if re.match(rb"[!-9;-~]+:", line)]
    known = sum(1 for line in fields if _HEADER.match(line + b" "))
    whole = len(fields) >= len(lines) - 1 and known >= 2
    return whole and _SENDER.search(head) is not None and (_SURELY.search(head) is not None or known >= 3)
