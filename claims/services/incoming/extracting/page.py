"""A web page: its main text and what it says of itself."""

from __future__ import annotations

import dataclasses
import re

from claims.services.decoding import read_text
from claims.services.incoming.extracting.extracted import Extracted, Material, Unreadable
from claims.services.refusals import Refused

_DECLARED = re.compile(r"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes in which a page declares its charset
_LANGUAGE = re.compile(r"<html[^>]{0,400}?\blang\s*=\s*[\"']?\s*([a-zA-Z]{2,3})\b", re.IGNORECASE)
_NO_TEXT = (
    "No article was found on this page. Pages that scripts put together in the browser hold no text of their own: "
    "open it in a browser and paste the text."
)


def read_page(material: Material) -> Extracted:
    """Return the main text and the metadata of a page, as trafilatura finds them.

    Raises:
        Unreadable: if no article is on it.
    """
    try:
        decoded = read_text(material.data, declared=material.charset or declared_charset(material.data))
    except Refused as refused:
        raise Unreadable(refused.problems["text"]) from None
    found = read_html(decoded.text, url=material.url)
    if found is None:
        raise Unreadable(_NO_TEXT)
    return dataclasses.replace(found, notices=(decoded.notice,)) if decoded.notice else found


def read_html(html: str, *, url: str = "") -> Extracted | None:
    """Return the article of a page that is decoded; None if there is none."""
    from trafilatura import bare_extraction

    document = bare_extraction(html, url=url or None, with_metadata=True, include_comments=False, include_tables=True)
    text = getattr(document, "text", None) or ""
    if document is None or not any(sign.isalnum() for sign in text):
        return None
    told = {key: str(getattr(document, key, None) or "").strip() for key in ("title", "author", "date")}
    publisher = str(getattr(document, "sitename", None) or getattr(document, "hostname", None) or "").strip()
    language = _LANGUAGE.search(html[:_LOOKED_AT])
    return Extracted(
        text.removeprefix(f"{told['title']}\n"),  # the headline stands above the article, and is no claim of it
        title=told["title"],
        publisher=publisher.lstrip("@"),
        author=told["author"],
        published=told["date"][:10],
        language=language[1].casefold() if language else "",
    )


def declared_charset(data: bytes) -> str:
    """Return the charset that a page's head declares, or ""."""
    found = _DECLARED.search(data[:_LOOKED_AT].decode("ascii", "replace"))
    return found[1] if found else ""
