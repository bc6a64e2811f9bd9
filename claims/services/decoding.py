"""From the bytes of an upload to text."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from claims.analysis.languages import detect
from claims.services.refusals import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = "This file is not text. Save it as plain text (.txt, UTF-8) and upload it again, or paste the text."
# Charsets that Python knows and that are none of text: a file that declares one is not believed.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs"})
_LATIN = ("cp1252", "cp1250", "iso8859_15", "cp1254")
_GUESSED = (
    *_LATIN,
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
)
_WESTERN = frozenset(
    ["", "en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ga", "ca", "gl", "eu"]
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the charset that it was read in; ``guessed`` where nothing told it."""

    text: str
    charset: str
    guessed: bool = False

    @property
    def notice(self) -> str:
        """Say so where the charset was guessed; "" where it was not."""
        if not self.guessed:
            return ""
        return (
            f"The file does not say in which charset it is written. It was read as {self.charset}: "
            "look whether letters with accents, dashes and quotation marks are right."
        )


def decode(data: bytes) -> str:
    """Return the text of ``data``, read as by ``read_text``.

    Raises:
        Refused: if the bytes are no text in any charset.
    """
    return read_text(data).text


def read_text(data: bytes, *, declared: str = "") -> Decoded:
    """Return the text of ``data``: strict UTF-8 or by its mark, in the declared charset, or in the likeliest older one.

    Raises:
        Refused: if the bytes are no text in any of them.
    """
    found = _by_mark(data) or _declared(data, declared) or _guessed(data)
    if found is None or not _reads_like_text(found.text):
        raise Refused({"text": _NO_TEXT})
    return found


def _by_mark(data: bytes) -> Decoded | None:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        return Decoded(data.decode(encoding), encoding.removesuffix("-sig"))
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, charset: str) -> Decoded | None:
    """Read in the charset that was declared; None where it is none, or where the bytes are not in it."""
    try:
        codec = codecs.lookup(charset) if charset else None
        if codec is None or codec.name.replace("-", "_") in _NO_CHARSETS:
            return None
        # As browsers do: what calls itself Latin-1 holds the quotation marks of Windows.
        name = "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name
        return Decoded(data.decode(name), name)
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> Decoded | None:
    """Guess among the charsets that press offices' old pages were written in.

    The Latin ones differ in a few letters, which count little for the guess: where the text reads as a language of
    Western Europe it is in the charset of that.
    """
    if b"\0" in data:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_GUESSED)).best()
    if best is None:
        return None
    if best.encoding in _LATIN and (western := _western(data)):
        return Decoded(western, "cp1252", guessed=True)
    return Decoded(str(best), best.encoding, guessed=True)


def _western(data: bytes) -> str:
    """Return the text as Western Europe's charset has it, if it then is in a language from there; else ""."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return text if detect(text) in _WESTERN else ""


def _reads_like_text(text: str) -> bool:
    """Tell text from decoded rubbish: no control characters but blanks, hardly any unassigned or private ones."""
    if "\0" in text:
        return False
    odd = sum(
        1 for sign in text if sign not in "\t\n\r\f\v\x85" and unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs")
    )
    return odd * 200 <= len(text)
