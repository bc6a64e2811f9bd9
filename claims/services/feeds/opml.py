"""Lists of feeds as other readers write and take them: OPML 2.0."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop
from lxml import etree

from claims.models import Feed
from claims.services.refusals import Refused

_NO_LIST = gettext_noop("This is no list of feeds (OPML). Export one from your reader and choose that file.")
MOST_FEEDS = 500


def as_opml(feeds: Iterable[Feed]) -> bytes:
    """Return a list of feeds."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of Crossread"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", type="rss", text=feed.title, title=feed.title, xmlUrl=feed.url)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def feeds_of(data: bytes) -> list[tuple[str, str]]:
    """Return the addresses and titles of a list, each address once.

    Raises:
        Refused: if it is none. Entities are not resolved, and nothing is fetched that it names.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused({"file": gettext(_NO_LIST)}) from None
    if root is None or etree.QName(root).localname.casefold() != "opml":
        raise Refused({"file": gettext(_NO_LIST)})
    found: dict[str, str] = {}
    for outline in root.iter("outline"):
        url = str(outline.get("xmlUrl") or "").strip()
        if url.startswith(("http://", "https://")) and len(url) <= 1000:
            found.setdefault(url, str(outline.get("title") or outline.get("text") or "").strip()[:200])
    if not found:
        raise Refused({"file": gettext("This list names no feed.")})
    return list(found.items())[:MOST_FEEDS]
