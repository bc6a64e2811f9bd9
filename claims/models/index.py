"""Finding claims by their words: SQLite's full-text tables (FTS5), or PostgreSQL's own text search, behind one shape.

Words are found in any of their English forms ("agreed" finds "agree"), exact phrases letter by letter save for capitals
(and, on SQLite, accents). SQLite's two tables read their text from the claims and are kept by triggers; like the rules
of ``triggers.py`` they are put in place after every migration, since SQLite loses a table's triggers when a migration
rebuilds it. PostgreSQL keeps its indexes by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, connections
from django.db.models.expressions import RawSQL

_BEGIN, _END = "\ue000", "\ue001"  # of the private area: no text has them
_FORMS, _EXACT = "claims_forms", "claims_exact"
_TOKENS = {_FORMS: "porter unicode61 remove_diacritics 2", _EXACT: "unicode61 remove_diacritics 2"}
_ABOUT = {
    "insert": "AFTER INSERT",
    "delete": "AFTER DELETE",
    "update": "AFTER UPDATE OF text",
}

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or several side by side; ``exact`` as they are written, ``absent`` where they may not occur."""

    text: str
    exact: bool = False
    absent: bool = False


class TextIndex(Protocol):
    """What a database has to be able to do."""

    def ensure(self, cursor: Any) -> None:
        """Make what is missing."""

    def rebuild(self, cursor: Any) -> None:
        """Make it anew from the claims."""

    def holding(self, terms: Sequence[Term]) -> Iterator[RawSQL]:
        """Yield selections of the ids of claims, each of those that hold some of the terms; all of them are to hold."""

    def marked(self, keys: Sequence[int], terms: Sequence[Term]) -> Iterator[tuple[int, str]]:
        """Yield the claims of these ids with their texts, in which the found words stand between marks."""


class SQLiteIndex:
    """Two FTS5 tables without a text of their own."""

    def ensure(self, cursor: Any) -> None:
        """Make the tables and their triggers. Where a trigger was gone, what it would have kept is read again."""
        names = [f"claim_text_{verb}" for verb in _ABOUT]
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name IN (%s, %s, %s, %s, %s)", [*_TOKENS, *names])
        whole = cursor.fetchone()[0] == len(_TOKENS) + len(names)
        for table, tokens in _TOKENS.items():
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING "
                f"fts5(text, content='claims_claim', content_rowid='id', tokenize='{tokens}')"
            )
        for verb, when in _ABOUT.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS claim_text_{verb}")
            cursor.execute(f"CREATE TRIGGER claim_text_{verb} {when} ON claims_claim BEGIN {_kept(verb)} END")
        if not whole:
            self.rebuild(cursor)

    def rebuild(self, cursor: Any) -> None:
        """Read all claims again."""
        for table in _TOKENS:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")

    def holding(self, terms: Sequence[Term]) -> Iterator[RawSQL]:
        """Yield one selection a table, of the claims that hold all its terms."""
        for table, match in _matches(terms):
            yield RawSQL(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [match])

    def marked(self, keys: Sequence[int], terms: Sequence[Term]) -> Iterator[tuple[int, str]]:
        """Yield the claims of these ids as FTS5 highlights them: a query for each table."""
        places = ", ".join(["%s"] * len(keys))
        with connection.cursor() as cursor:
            for table, match in _matches(terms):
                cursor.execute(
                    f"SELECT rowid, highlight({table}, 0, %s, %s) FROM {table} "
                    f"WHERE {table} MATCH %s AND rowid IN ({places})",
                    [_BEGIN, _END, match, *keys],
                )
                yield from cursor.fetchall()


class PostgreSQLIndex:
    """Two expression indexes on the claims themselves.

    A word is looked for as it stands too, since the English reading leaves out "not" and its like.
    """

    _FORMS = "to_tsvector('english', text) @@ plainto_tsquery('english', %s)"
    _EXACT = "to_tsvector('simple', text) @@ phraseto_tsquery('simple', %s)"

    def ensure(self, cursor: Any) -> None:
        """Make the indexes."""
        for name, words in (("claim_text_forms", "english"), ("claim_text_exact", "simple")):
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON claims_claim USING gin (to_tsvector('{words}', text))"
            )

    def rebuild(self, cursor: Any) -> None:
        """Make the indexes anew."""
        for name in ("claim_text_forms", "claim_text_exact"):
            cursor.execute(f"REINDEX INDEX {name}")

    def holding(self, terms: Sequence[Term]) -> Iterator[RawSQL]:
        """Yield one selection a term."""
        for term in terms:
            if term.exact:
                yield RawSQL(f"SELECT id FROM claims_claim WHERE {self._EXACT}", [term.text])
            else:
                condition = f"{self._FORMS} OR {self._EXACT}"
                yield RawSQL(f"SELECT id FROM claims_claim WHERE {condition}", [term.text, term.text])

    def marked(self, keys: Sequence[int], terms: Sequence[Term]) -> Iterator[tuple[int, str]]:
        """Yield the claims of these ids as ts_headline marks them: a query for each term and way of reading it."""
        options = f"HighlightAll=true, StartSel={_BEGIN}, StopSel={_END}"
        with connection.cursor() as cursor:
            for term in terms:
                readings = [("simple", "phraseto_tsquery")] + ([] if term.exact else [("english", "plainto_tsquery")])
                for words, made in readings:
                    cursor.execute(
                        f"SELECT id, ts_headline('{words}', text, {made}('{words}', %s), %s) FROM claims_claim "
                        "WHERE id = ANY(%s)",
                        [term.text, options, list(keys)],
                    )
                    yield from cursor.fetchall()


_INDEXES: dict[str, TextIndex] = {"sqlite": SQLiteIndex(), "postgresql": PostgreSQLIndex()}


def text_index() -> TextIndex:
    """Return the index of the database in use."""
    return _INDEXES[connection.vendor]


def spans_of(keys: Sequence[int], terms: Iterable[Term]) -> dict[int, Spans]:
    """Return where in each claim's text the found words stand, by the claim's id."""
    wanted = [term for term in terms if not term.absent]
    found: dict[int, Spans] = defaultdict(list)
    if keys and wanted:
        for key, text in text_index().marked(keys, wanted):
            found[key] += _spans(text)
    return found


def ensure_index(*, using: str = "default", **_: Any) -> None:
    """Put the index into the database, where there are claims to be indexed."""
    made = connections[using]
    with made.cursor() as cursor:
        if "claims_claim" in made.introspection.table_names(cursor):
            _INDEXES[made.vendor].ensure(cursor)


def rebuild_index() -> None:
    """Make the index anew from the claims."""
    with connection.cursor() as cursor:
        text_index().rebuild(cursor)


def _kept(verb: str) -> str:
    """Return what a trigger does in both tables: FTS5 is told the old text to take it out."""
    gone, come = verb in ("delete", "update"), verb in ("insert", "update")
    return " ".join(
        statement
        for table in _TOKENS
        for statement, needed in (
            (f"INSERT INTO {table}({table}, rowid, text) VALUES ('delete', old.id, old.text);", gone),
            (f"INSERT INTO {table}(rowid, text) VALUES (new.id, new.text);", come),
        )
        if needed
    )


def _matches(terms: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """Yield each table that is asked, with its expression. Terms are strings of FTS5, so that none is a command."""
    for table, exact in ((_FORMS, False), (_EXACT, True)):
        if own := [term for term in terms if term.exact is exact]:
            yield table, " AND ".join('"' + term.text.replace('"', '""') + '"' for term in own)


def _spans(text: str) -> Spans:
    """Return where the marked words stand in the text without its marks."""
    spans, place, start = [], 0, 0
    for sign in text:
        if sign == _BEGIN:
            start = place
        elif sign == _END:
            spans.append((start, place))
        else:
            place += 1
    return spans
