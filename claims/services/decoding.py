"""From the bytes of an upload to text."""

from __future__ import annotations

import codecs
import unicodedata

from claims.services.refusals import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = "This file is not text. Save it as plain text (.txt, UTF-8) and upload it again, or paste the text."


def decode(data: bytes) -> str:
    """Return the text of ``data``: strict UTF-8, a declared UTF-16 or UTF-32, or else the likeliest older charset.

    Raises:
        Refused: if the bytes are no text in any of them.
    """
    text = _by_mark(data)
    if text is None:
        text = _guessed(data)
    if text is None or not _reads_like_text(text):
        raise Refused({"text": _NO_TEXT})
    return text


def _by_mark(data: bytes) -> str | None:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str | None:
    """Guess among the single-byte charsets of Europe, the ones that press offices' old pages were written in."""
    if b"\0" in data:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp1252", "cp1250", "cp1251", "koi8_r", "iso8859_15", "cp1254"]).best()
    return str(best) if best else None


def _reads_like_text(text: str) -> bool:
    """Tell text from decoded rubbish: no control characters but blanks, hardly any unassigned or private ones."""
    if "\0" in text:
        return False
    odd = sum(
        1 for sign in text if sign not in "\t\n\r\f\v\x85" and unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs")
    )
    return odd * 200 <= len(text)
