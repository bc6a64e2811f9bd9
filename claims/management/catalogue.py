"""The catalogues of messages: what pages and code say, and what that is in other languages. Needs no gettext."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

DOMAIN = "django"
_PLACES = ("templates", "claims", "config")
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def found(root: Path | None = None) -> Catalog:
    """Return every message that is marked in templates and code, with the files that it stands in."""
    root = root or settings.BASE_DIR
    catalogue = Catalog(domain=DOMAIN, project="Crossread", fuzzy=False)
    for path in _files(root):
        for _, message, comments, context in extract("python", _source(path), keywords=_KEYWORDS):
            catalogue.add(
                message,
                locations=[(str(path.relative_to(root)), 0)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def path_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Return a language's catalogue as it lies there."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def update(language: str) -> Catalog:
    """Bring a language's catalogue up to what pages and code say; what nobody says any more leaves it."""
    catalogue = read(language)
    catalogue.update(found(), no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalogue.obsolete.clear()
    write(language, catalogue)
    return catalogue


def write(language: str, catalogue: Catalog) -> None:
    """Write a language's catalogue, and compiled beside it what Django reads."""
    path = path_of(language)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)
    path.with_suffix(".mo").write_bytes(compiled(catalogue))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue in the form that Django reads."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages that have no translation, or only part of one."""
    told = ((message, message.string) for message in catalogue if message.id)
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message, string in told
        if message.fuzzy or not (all(string) if isinstance(string, tuple | list) else string)
    ]


def _files(root: Path) -> Iterator[Path]:
    for place in _PLACES:
        yield from sorted(path for path in (root / place).rglob("*") if path.suffix in (".py", ".html"))


def _source(path: Path) -> io.BytesIO:
    """Return a file as Python that says its messages; a template's lines lose their indentation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    return io.BytesIO(text.encode())
