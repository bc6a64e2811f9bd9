"""XML as text: elements whose content is escaped, with every character that XML 1.0 forbids replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

# One for one, so that offsets still count in what a parser reads.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"
# A bare carriage return would be read as a line feed.
_KEPT = {"\r": "&#13;"}


def text(told: str) -> str:
    """Return text as an element's content."""
    return escape(_FORBIDDEN.sub(_REPLACEMENT, told), _KEPT)


def opening(name: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element's start tag; an empty attribute is left out."""
    told = "".join(
        f" {key}={quoteattr(_FORBIDDEN.sub(_REPLACEMENT, value))}" for key, value in (attributes or {}).items() if value
    )
    return f"<{name}{told}>"


def element(name: str, attributes: Mapping[str, str] | None = None, *content: str) -> str:
    """Return an element with its content, which is escaped or made of elements already."""
    start = opening(name, attributes)
    return f"{start}{''.join(content)}</{name}>" if content else f"{start[:-1]}/>"
