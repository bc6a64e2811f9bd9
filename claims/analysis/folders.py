"""Event folders: the exchange format of ``load`` and ``compare``, an ``event.toml`` beside the texts that it names."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from .library import Entry, Holder
from .structures import Article, Event, Source


class FolderError(ValueError):
    """An event folder cannot be read; the message says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Folder:
    """One event as its folder tells it. ``urls`` gives an article's address by its file's name.

    ``entries`` gives a source's entry of the library by the source's name; its names stand with the source as well.
    """

    path: Path
    event: Event
    invented: bool
    urls: Mapping[str, str]
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the folder's name, which identifies the event."""
        return self.path.name


def read_folder(path: Path) -> Folder:
    """Read an event folder. Texts are strict UTF-8 and kept as they are, so that offsets count in the file.

    Raises:
        FolderError: if something is missing, named twice or of the wrong kind.
    """
    path = path.resolve()
    told = _read_toml(path / "event.toml")
    tables = _tables(path, told, "source")
    sources = tuple(_source(path, entry) for entry in tables)
    _check_names(path, sources)
    entries = _tables(path, told, "article")
    articles = tuple(_article(path, entry) for entry in entries)
    if len({article.name for article in articles}) < len(articles):
        raise FolderError(f"{path}/event.toml names a file in two [[article]] tables. Keep one of them.")
    urls = {str(entry["file"]): str(entry["url"]) for entry in entries if entry.get("url")}
    title = _text(path, told, "title", "event")
    event = Event(title, sources, articles, _date(path, told, "date"))
    kept = {
        source.name: _entry(path, table["library"])
        for source, table in zip(sources, tables, strict=True)
        if "library" in table
    }
    return Folder(path, event, bool(told.get("invented")), urls, kept)


def find_folders(paths: list[Path]) -> Iterator[Path]:
    """Yield each path that is an event folder, and the event folders inside each path that is not, by name.

    Raises:
        FolderError: if a path holds none.
    """
    for path in paths:
        inside = [path] if (path / "event.toml").is_file() else sorted(one.parent for one in path.glob("*/event.toml"))
        if not inside:
            raise FolderError(f"There is no event folder at {path}: an event folder holds an event.toml.")
        yield from inside


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise FolderError(f"{file} is missing. An event folder needs one; see the README for its form.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, OSError) as error:
        raise FolderError(f"{file} cannot be read: {error}. Correct it and try again.") from None


def _tables(path: Path, told: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    tables = told.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or not tables:
        raise FolderError(
            f"{path}/event.toml needs [[{key}]] tables; add at least {'two' if key == 'source' else 'one'}."
        )
    return tables


def _text(path: Path, table: Mapping[str, Any], key: str, what: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or not value.strip():
        raise FolderError(f'{path}/event.toml: each {what} needs {key} = "…".')
    return value.strip()


def _texts(path: Path, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise FolderError(f'{path}/event.toml: {key} is a list of names, for instance {key} = ["…", "…"].')
    return tuple(value.strip() for value in values if value.strip())


def _date(path: Path, table: Mapping[str, Any], key: str) -> dt.date | None:
    value = table.get(key)
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise FolderError(f"{path}/event.toml: {key} is a date such as 2025-06-04, not {value!r}.") from None


def _source(path: Path, table: Mapping[str, Any]) -> Source:
    return Source(
        name=_text(path, table, "name", "[[source]]"),
        party=str(table.get("party", "")).strip(),
        aliases=_texts(path, table, "aliases"),
        spokespeople=_texts(path, table, "spokespeople"),
    )


def _entry(path: Path, table: Any) -> Entry:
    """Read what the library holds of a source, and of what that is within."""
    if not isinstance(table, dict):
        raise FolderError(f"{path}/event.toml: library is a table, [source.library], below its [[source]].")
    people = table.get("person", [])
    if not isinstance(people, list) or not all(isinstance(one, dict) for one in people):
        raise FolderError(f"{path}/event.toml: people of the library stand in [[source.library.person]] tables.")
    return Entry(
        name=_text(path, table, "name", "[source.library]"),
        aliases=_texts(path, table, "aliases"),
        holders=tuple(_holder(path, one) for one in people),
        within=_entry(path, {**table["within"], "within": None}) if table.get("within") else None,
    )


def _holder(path: Path, table: Mapping[str, Any]) -> Holder:
    since, until = _date(path, table, "since"), _date(path, table, "until")
    name = _text(path, table, "name", "[[source.library.person]]")
    if since and until and until < since:
        raise FolderError(f"{path}/event.toml: {name} leaves an office before taking it. Look at since and until.")
    return Holder(name, str(table.get("title", "")).strip(), _texts(path, table, "aliases"), since, until)


def _check_names(path: Path, sources: tuple[Source, ...]) -> None:
    if len(sources) < 2:
        raise FolderError(f"{path}/event.toml has one source. Two are needed to compare: add a second [[source]].")
    for one, other in combinations(sources, 2):
        if one.name.casefold() == other.name.casefold():
            raise FolderError(f"{path}/event.toml names the source “{one.name}” twice. Give each its own name.")


def _article(path: Path, table: Mapping[str, Any]) -> Article:
    name = _text(path, table, "file", "[[article]]")
    file = (path / name).resolve()
    if file.parent != path:
        raise FolderError(f"{path}/event.toml: {name} lies outside its folder. Put the text beside event.toml.")
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError:
        raise FolderError(f"{file} is missing, or cannot be read, though event.toml names it.") from None
    except UnicodeDecodeError:
        raise FolderError(f"{file} is not UTF-8 text. Save it as UTF-8 and try again.") from None
    publisher = _text(path, table, "publisher", "[[article]]")
    return Article(name, text, publisher, _date(path, table, "published"))
