"""Read a file of any kind as an article."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from claims.services.decoding import read_text
from claims.services.incoming.extracting.extracted import Extracted, Material, Unreadable
from claims.services.incoming.extracting.kinds import Kind, kind_of, notice_of_name
from claims.services.incoming.extracting.mail import read_mail
from claims.services.incoming.extracting.page import read_page
from claims.services.incoming.extracting.pdf import read_pdf
from claims.services.incoming.extracting.word import read_word
from claims.services.refusals import Refused

MOST_CHARACTERS = 1_000_000  # of a text that is handed on; what an article may have is the caller's to say
_EMPTY = "This file is empty. Was it uploaded to its end?"


def read_plain(material: Material) -> Extracted:
    """Read a plain text.

    Raises:
        Unreadable: if it is no text.
    """
    try:
        decoded = read_text(material.data, declared=material.charset)
    except Refused as refused:
        raise Unreadable(refused.problems["text"]) from None
    notices = (decoded.notice,) if decoded.notice else ()
    return Extracted(decoded.text, notices=notices)


_READERS: dict[Kind, Callable[[Material], Extracted]] = {
    Kind.TEXT: read_plain,
    Kind.HTML: read_page,
    Kind.WORD: read_word,
    Kind.PDF: read_pdf,
    Kind.MAIL: read_mail,
}


def extract(material: Material) -> Extracted:
    """Return the article that a file holds, with its kind by content, cut where it is longer than any article.

    Raises:
        Unreadable: if there is no text to be had from it; the message says why and what to do.
    """
    if not material.data:
        raise Unreadable(_EMPTY)
    kind = kind_of(material.data)
    found = _READERS[kind](material)
    if not any(sign.isalnum() for sign in found.text):
        raise Unreadable("There is no text in this file.")
    notices = [*filter(None, [notice_of_name(material.name, kind)]), *found.notices]
    text = _plain(found.text)
    if len(text) > MOST_CHARACTERS:
        notices.append(f"Only the first {MOST_CHARACTERS:,} characters were taken: the text is longer than that.")
    return dataclasses.replace(found, text=text[:MOST_CHARACTERS], kind=kind, notices=tuple(notices))


def _plain(text: str) -> str:
    """Return the text with plain line ends, without signs that no text has."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return "".join(sign for sign in text if not "\ud800" <= sign <= "\udfff")
