"""Store many articles of one event: checked row by row, written in chunks, each chunk all or none.

A row whose text the event has or had already is passed over, so a table can be brought in again, or gone on with after
it was cut off, and nothing comes twice. A new text under the address of one article is that article's new version.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext

from claims.models import Article, Event, Version
from claims.models.article import checksum
from claims.services.analyse import request_run
from claims.services.incoming.deliver import publisher_of
from claims.services.incoming.tables import MEANINGS, Row, date_of
from claims.services.ingest import NO_PUBLISHER, problem_of_text, with_plain_line_ends
from claims.services.refusals import Refused
from claims.services.revise import revise

CHUNK = 200  # rows
MOST_TOLD = 500  # refused rows that are told one by one


@dataclass(slots=True)
class Report:
    """What came of the rows so far. ``refused`` holds a line and the reason of each of the first ``MOST_TOLD``."""

    rows: int = 0
    added: int = 0
    revised: int = 0
    known: int = 0
    refused_count: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, why: str) -> None:
        """Count a refused row, and keep its reason."""
        self.refused_count += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append((line, why))


@dataclass(frozen=True, slots=True)
class NewText:
    """A row that is a new text of an article."""

    article: Article
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a table's columns mean, and who published the rows that do not say it."""

    columns: Mapping[str, str]
    publisher: str = ""

    def check(self, names: Iterable[str]) -> dict[str, str]:
        """Return what is wrong with the mapping, by meaning."""
        problems = {}
        for meaning, column in self.columns.items():
            if meaning not in MEANINGS:
                problems["text"] = gettext("There is no “%(meaning)s”. A column can be: %(meanings)s.") % {
                    "meaning": meaning,
                    "meanings": ", ".join(MEANINGS),
                }
            elif column not in set(names):
                problems[meaning] = gettext("There is no column “%(column)s”. There are: %(names)s.") % {
                    "column": column,
                    "names": ", ".join(names),
                }
        if not self.columns.get("text"):
            problems["text"] = gettext("Say which column holds the articles’ text.")
        if not self.columns.get("publisher") and not self.publisher.strip():
            problems["publisher"] = gettext(
                "Say who published the articles: choose a column, or type one name for all rows."
            )
        return problems

    def cell(self, row: Row, meaning: str) -> str:
        """Return a row's cell of a meaning; "" where no column has it."""
        return row.cells.get(self.columns.get(meaning, ""), "")


def store_rows(
    event: Event,
    rows: Iterable[Row],
    mapped: Mapped,
    *,
    by: AbstractBaseUser | None = None,
    dry: bool = False,
    report_to: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Store the rows as articles and have them read and compared; ``dry`` only says what would come of it.

    ``report_to`` is called after each chunk, within its transaction.
    """
    report, maker = Report(), _Maker(event, mapped)
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        with nullcontext() if dry else transaction.atomic():
            made = list(_made(maker, chunk, report))
            articles = [one for one in made if isinstance(one, Article)]
            _revise([one for one in made if isinstance(one, NewText)], by, report, dry=dry)
            if articles and not dry:
                Version.objects.begin(Article.objects.bulk_create(articles), at_once=CHUNK)
            report.added += len(articles)
            report_to(report)
    if report.added and not dry:
        request_run(event)
    return report


def _revise(texts: Iterable[NewText], by: AbstractBaseUser | None, report: Report, *, dry: bool) -> None:
    for one in texts:
        try:
            if not dry:
                revise(one.article, one.text, by, f"From line {one.line} of a table.")
            report.revised += 1
        except Refused as refused:
            report.refuse(one.line, str(refused))


def _made(maker: _Maker, chunk: Iterable[Row], report: Report) -> Iterator[Article | NewText]:
    for row in chunk:
        report.rows += 1
        try:
            made = maker.make(row)
        except Refused as refused:
            report.refuse(row.line, str(refused))
            continue
        if made is None:
            report.known += 1
        else:
            yield made


class _Maker:
    """Makes unsaved articles of rows, each with a name and a text of its own within the event, or finds whose new text
    a row is."""

    def __init__(self, event: Event, mapped: Mapped) -> None:
        self._event, self._mapped = event, mapped
        self._sources = list(event.sources.all())
        self._by_name = {source.name: source for source in self._sources}
        self._texts = set(Version.objects.filter(article__event=event).values_list("checksum", flat=True))
        self._at: dict[str, list[Article]] = defaultdict(list)
        for article in event.articles.exclude(url="").only("event", "url", "version"):
            self._at[article.url].append(article)
        self._names = set(event.articles.values_list("name", flat=True))
        self._counts: Counter[str] = Counter()

    def make(self, row: Row) -> Article | NewText | None:
        """Return a row's article, or of which one it is a new text; None if the event has its text or had it.

        Raises:
            Refused: if the row is no article.
        """
        text = with_plain_line_ends(self._mapped.cell(row, "text"))
        if problem := row.problem or problem_of_text(text):
            raise Refused({"": problem})
        digest = checksum(text)
        if digest in self._texts:
            return None
        url = _url(self._mapped.cell(row, "url"))
        if len(there := self._at.get(url, [])) == 1:
            self._texts.add(digest)
            return NewText(there[0], row.line, text)
        title = " ".join(self._mapped.cell(row, "title").split())[:300]
        publisher = publisher_of(self._sources, self._mapped.cell(row, "publisher") or self._mapped.publisher)
        source = self._by_name.get(publisher)
        article = Article(
            event=self._event,
            publisher=source,
            outlet="" if source else _given(publisher),
            published=_date(self._mapped.cell(row, "published")),
            url=url,
            title=title,
            author=" ".join(self._mapped.cell(row, "author").split())[:200],
            text=text,
            checksum=digest,
        )
        article.name = self._free_name(slugify(title)[:100].strip("-") or slugify(publisher)[:100] or "article")
        self._texts.add(digest)
        return article

    def _free_name(self, stem: str) -> str:
        name = stem
        while name in self._names:
            self._counts[stem] += 1
            name = f"{stem}-{self._counts[stem] + 1}"
        self._names.add(name)
        return name


def _given(publisher: str) -> str:
    if not publisher:
        raise Refused({"": NO_PUBLISHER})
    return publisher


def _date(told: str) -> dt.date | None:
    try:
        return date_of(told)
    except ValueError:
        problem = gettext("“%(told)s” is no date. Write it as year-month-day, for instance 2025-06-04.") % {
            "told": told[:40]
        }
        raise Refused({"": problem}) from None


def _url(told: str) -> str:
    url = told.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 1000):
        raise Refused(
            {"": gettext("“%(url)s” is no web address. Write it with https://, or leave it out.") % {"url": url[:60]}}
        )
    return url
