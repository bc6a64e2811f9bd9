"""The schema of TEI P5 (tei_all, see ``vendor/tei/README.md``): what it finds wrong in a document."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

from lxml import etree

_FILE = Path(__file__).parent / "vendor" / "tei" / "tei_all.rng.gz"
_SHA256 = "facc222ce0c2d3647f772bc9e8b584722bf2d71e65a4f73b26d41a7ed869d4a1"
_RNG = "{http://relaxng.org/ns/structure/1.0}"


def faults(root: etree._Element) -> list[str]:
    """Return what is not valid against tei_all, a line each."""
    schema = _schema(frozenset(str(etree.QName(element).localname) for element in root.iter(etree.Element)))
    schema.validate(root)
    return [error.message for error in schema.error_log]


@cache
def _schema(names: frozenset[str]) -> etree.RelaxNG:
    """Return tei_all for a document whose elements have these names.

    libxml2 takes a quarter of a minute to compile the 595 elements of TEI. A document cannot match the pattern of an
    element that it does not have, so such patterns are as good as "not allowed", and then it takes 0.04 s.
    """
    tree = etree.fromstring(_told())
    for pattern in list(tree.iter(f"{_RNG}element")):
        parent = pattern.getparent()
        if parent is not None and pattern.get("name") and pattern.get("name") not in names:
            parent.replace(pattern, etree.Element(f"{_RNG}notAllowed"))
    return etree.RelaxNG(tree)


def _told() -> bytes:
    told = gzip.decompress(_FILE.read_bytes())
    assert hashlib.sha256(told).hexdigest() == _SHA256
    return told
