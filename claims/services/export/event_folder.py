"""Event folders: an ``event.toml`` beside the texts that it names, packed as a ZIP file or written to disk.

What people and the machine made of the texts is not in them: that is what JSON is for.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.text import slugify

from claims.analysis.library import Entry
from claims.models import Article, Event, Source
from claims.services.export.files import pieces_of
from claims.services.export.scope import Scope
from claims.services.library.taking import as_entry
from claims.services.refusals import Refused

_SAFE = re.compile(r"[\w][\w .,()+-]{0,150}")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every file in a ZIP, so that the same event is the same bytes
_NO_ARTICLE = "“{title}” has no article yet, and an event folder needs one. Add an article, or export it as JSON."


def write(scope: Scope) -> Iterator[bytes]:
    """Yield a ZIP file with one folder for each event.

    Raises:
        Refused: at once if an event has no article.
    """
    texts = [(event, files_of(event)) for event in scope.events]
    return _zipped(texts, scope)


def write_to(place: Path, scope: Scope) -> list[Path]:
    """Write the folders into ``place`` and return them.

    Raises:
        Refused: if an event has no article, or its folder is there already.
    """
    folders = [(place / event.slug, files_of(event)) for event in scope.events]
    for folder, _ in folders:
        if folder.exists():
            raise Refused({"": f"{folder} is there already. Choose another place, or remove it first."})
    for folder, files in folders:
        folder.mkdir(parents=True)
        for name, text in files:
            (folder / name).write_bytes(text.encode())
        scope.beat()
    return [folder for folder, _ in folders]


def files_of(event: Event) -> list[tuple[str, str]]:
    """Return the files of an event's folder, names with texts, ``event.toml`` first.

    Raises:
        Refused: if it has no article.
    """
    articles = list(event.articles.select_related("publisher").order_by("pk"))
    if not articles:
        raise Refused({"": _NO_ARTICLE.format(title=event.title)})
    names = _file_names([article.name for article in articles])
    told = [_event(event)]
    told += [_source(source) for source in event.sources.with_entries().order_by("pk")]
    told += [_article(article, name) for article, name in zip(articles, names, strict=True)]
    texts = [(name, article.text) for article, name in zip(articles, names, strict=True)]
    return [("event.toml", "\n".join(told)), *texts]


def _zipped(folders: Sequence[tuple[Event, list[tuple[str, str]]]], scope: Scope) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for event, files in folders:
                for name, text in files:
                    entry = zipfile.ZipInfo(f"{event.slug}/{name}", _EPOCH)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    packed.writestr(entry, text.encode())
                scope.beat()
        file.seek(0)
        yield from pieces_of(file)


def _file_names(names: Sequence[str]) -> list[str]:
    """Return names that every disk takes, each once, whatever the case; those that are such names stay."""
    found: list[str] = []
    taken = {"event.toml"}
    for name in names:
        safe = name if _SAFE.fullmatch(name) and not name.endswith((" ", ".")) else f"{slugify(name) or 'article'}.txt"
        stem, dot, ending = safe.rpartition(".")
        tries = (safe, *(f"{stem or ending}-{n}{dot if stem else ''}{ending if stem else ''}" for n in range(2, 9999)))
        free = next(one for one in tries if _same(one) not in taken)
        taken.add(_same(free))
        found.append(free)
    return found


def _same(name: str) -> str:
    """Return what two names share that some disk takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def _event(event: Event) -> str:
    lines = [_line("title", event.title), _line("date", event.date), _line("invented", event.invented or None)]
    return "".join(lines)


def _source(source: Source) -> str:
    """Tell a source with all its names, so that the folder alone is enough to compare, and below it the library's."""
    lines = [_line("name", source.name), _line("party", source.party), _line("aliases", source.all_aliases)]
    told = "[[source]]\n" + "".join([*lines, _line("spokespeople", source.all_spokespeople)])
    return told + (_entry(as_entry(source.entry), "source.library") if source.entry else "")


def _entry(entry: Entry, key: str) -> str:
    told = f"\n[{key}]\n" + _line("name", entry.name) + _line("aliases", list(entry.aliases))
    for one in entry.holders:
        lines = [_line("name", one.name), _line("title", one.title), _line("aliases", list(one.aliases))]
        lines += [_line("since", one.since), _line("until", one.until)]
        told += f"\n[[{key}.person]]\n" + "".join(lines)
    return told + (_entry(entry.within, f"{key}.within") if entry.within else "")


def _article(article: Article, name: str) -> str:
    lines = [_line("file", name), _line("publisher", article.publisher_name)]
    lines += [_line("published", article.published), _line("url", article.url)]
    return "[[article]]\n" + "".join(lines)


def _line(key: str, value: object) -> str:
    """Return a line of TOML, or nothing where there is nothing to say."""
    if value in (None, "", []):
        return ""
    return f"{key} = {_value(value)}\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return f'"{"".join(map(_escaped, str(value)))}"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x20 or ord(sign) == 0x7F else sign
