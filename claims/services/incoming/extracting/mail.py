"""An e-mail: the text of its body; its subject, sender and date."""

from __future__ import annotations

import email
import email.policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from claims.services.decoding import Decoded, read_text
from claims.services.incoming.extracting.extracted import Extracted, Material, Unreadable
from claims.services.incoming.extracting.page import read_html
from claims.services.refusals import Refused

_NO_TEXT = "This e-mail has no text of its own. Upload what is attached to it as files."
_CUT = "This e-mail ends before it should: its end was not uploaded. What is there was read."
_MOST_PARTS = 500


def read_mail(material: Material) -> Extracted:
    """Return a mail's body as an article; what is attached is not read, and a notice says so.

    Raises:
        Unreadable: if it has no text, or more parts than a mail has.
    """
    message = email.message_from_bytes(material.data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the policy makes no other
    if sum(1 for _ in zip(message.walk(), range(_MOST_PARTS + 1), strict=False)) > _MOST_PARTS:
        raise Unreadable(f"This e-mail has more than {_MOST_PARTS} parts. It was not read.")
    text, notice = _body(message)
    if not any(sign.isalnum() for sign in text):
        raise Unreadable(_NO_TEXT)
    name, address = parseaddr(_field(message, "From"))
    return Extracted(
        text,
        title=_field(message, "Subject"),
        publisher=name or address.partition("@")[2],
        published=_date(message),
        notices=(*filter(None, [notice]), *_notices(message)),
    )


def _body(message: EmailMessage) -> tuple[str, str]:
    """Return the text of the body, and what is to be said of its charset."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", ""
    decoded = _decoded(part)
    if part.get_content_type() != "text/html":
        return decoded.text, decoded.notice
    found = read_html(decoded.text)
    return (found.text if found else ""), decoded.notice


def _decoded(part: MIMEPart) -> Decoded:
    data = part.get_payload(decode=True)
    try:
        return read_text(data if isinstance(data, bytes) else b"", declared=part.get_content_charset() or "")
    except Refused as refused:
        raise Unreadable(refused.problems["text"]) from None


def _field(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "")).strip()
    except (ValueError, LookupError, AttributeError, TypeError):  # a field that the library's own parser trips over
        return ""


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_field(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def _notices(message: EmailMessage) -> tuple[str, ...]:
    cut = any(isinstance(one, CloseBoundaryNotFoundDefect) for part in message.walk() for one in part.defects)
    return (*([_CUT] if cut else []), *_attached(message))


def _attached(message: EmailMessage) -> tuple[str, ...]:
    names = [part.get_filename() or "without a name" for part in message.walk() if part.is_attachment()]
    if not names:
        return ()
    return (f"What is attached was not read: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}.",)
