"""Tables are read row by row, with lines that a person finds again, and stored once."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from claims.models import Article, Table
from claims.services.incoming import bulk, import_table
from claims.services.incoming.bulk import Mapped, Report, store_rows
from claims.services.incoming.import_table import add_table, begin_table, store_table, try_table
from claims.services.incoming.tables import Row, date_of, first_rows, guess_mapping, rows_of, unpack
from claims.services.refusals import Refused
from tests.factories import make_article, make_event, make_table, make_user

TABLE = (
    "link,headline,date,body\r\n"
    'https://arden.test/1,Port opens,2031-04-08T10:00:00Z,"The port opens.\nGrain will pass."\r\n'
    "https://arden.test/2,Talks,2031-04-09,The talks went on.\r\n"
    "https://arden.test/3,Nothing,2031-04-09,\r\n"
    "https://arden.test/4,When,next week,The fleet sails.\r\n"
    "javascript:alert(1),Where,2031-04-09,The fleet returns.\r\n"
    "a,b,c,d,e,f\r\n"
    "https://arden.test/1,Port opens,2031-04-08,The talks went on.\r\n"
)
MAPPED = Mapped({"text": "body", "title": "headline", "published": "date", "url": "link"}, "Arden")


# Reading


def test_rows_have_the_line_that_they_begin_in() -> None:
    rows = list(rows_of(TABLE))
    assert [row.line for row in rows] == [2, 4, 5, 6, 7, 8, 9]
    assert rows[0].cells["body"] == "The port opens.\nGrain will pass."
    assert rows[5].problem == "This row has 6 cells, and the first line names 4 columns."


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_seen_in_the_first_line(delimiter: str) -> None:
    rows = list(rows_of(f"title{delimiter}text\nPort{delimiter}It opens, soon.\n"))
    assert rows == [Row(2, {"title": "Port", "text": "It opens, soon."})]


def test_json_lines_are_rows() -> None:
    lines = [json.dumps({"text": "One.", "authors": ["A", "B"], "n": None}), "", "[1]", "{broken"]
    rows = list(rows_of("\n".join(lines)))
    assert rows[0] == Row(1, {"text": "One.", "authors": "A, B", "n": ""})
    assert [(row.line, bool(row.problem)) for row in rows[1:]] == [(3, True), (4, True)]


def test_columns_of_one_name_stay_apart_and_short_rows_are_filled() -> None:
    assert next(rows_of("a,a,\nx,y\n")).cells == {"a": "x", "a (2)": "y", "column 3": ""}


@pytest.mark.parametrize("text", ["", "title,text\n", "\n\n"])
def test_a_table_without_rows_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="There are no rows"):
        list(rows_of(text))


def test_the_first_rows_of_a_long_file_need_only_its_beginning() -> None:
    data = b"text\n" + b"A row of words.\n" * 100_000
    columns, rows = first_rows(data)
    assert (columns, len(rows)) == (["text"], 5)


def test_packed_tables_are_unpacked_within_a_limit() -> None:
    assert unpack(gzip.compress(b"text\nOne.\n"), most_bytes=100) == b"text\nOne.\n"
    for data, sentence in (
        (gzip.compress(b"\0" * 10_000_000), "more than"),
        (gzip.compress(b"text" * 5000)[:-20], "ends before"),
        (b"\x1f\x8bno gzip", "damaged"),
        (b"x" * 1_000_001, "more than 1 MB"),
    ):
        with pytest.raises(Refused, match=sentence):
            unpack(data, most_bytes=1_000_000)


def test_columns_are_guessed_by_their_names() -> None:
    assert guess_mapping(["link", "Headline", "date", "location", "body"]) == {
        "text": "body",
        "title": "Headline",
        "published": "date",
        "url": "link",
    }


@pytest.mark.parametrize(
    "told",
    [
        "2031-04-08",
        "2031-04-08T23:00:00Z",
        "8 April 2031",
        "April 8, 2031",
        "08.04.2031",
        "Tue, 8 Apr 2031 10:00:00 GMT",
    ],
)
def test_dates_are_read_in_the_ways_that_mean_one_day(told: str) -> None:
    assert date_of(told) == dt.date(2031, 4, 8)


@pytest.mark.parametrize("told", ["4/8/2031", "next week", "2031-13-01", "0"])
def test_what_may_mean_two_days_is_no_date(told: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        date_of(told)
    assert date_of(" ") is None


# Storing


@pytest.mark.django_db
def test_good_rows_are_stored_and_bad_ones_told_by_line() -> None:
    event = make_event()
    report = store_rows(event, rows_of(TABLE), MAPPED)
    assert (report.rows, report.added, report.known, report.refused_count) == (7, 2, 1, 4)
    assert [line for line, _ in report.refused] == [5, 6, 7, 8]
    assert "There is no text here" in report.refused[0][1]
    assert "“next week” is no date" in report.refused[1][1]
    assert "is no web address" in report.refused[2][1]
    article = event.articles.get(title="Port opens")
    assert article.text == "The port opens.\nGrain will pass."
    assert (article.publisher, str(article.published), article.url) == (
        event.sources.get(name="Arden"),
        "2031-04-08",
        "https://arden.test/1",
    )
    assert article.name == "port-opens"
    assert event.runs.get().state == "queued"


@pytest.mark.django_db
def test_a_second_time_adds_nothing() -> None:
    event = make_event()
    store_rows(event, rows_of(TABLE), MAPPED)
    event.runs.all().delete()
    report = store_rows(event, rows_of(TABLE), MAPPED)
    assert (report.added, report.known) == (0, 3)
    assert event.articles.count() == 2
    assert not event.runs.exists()


@pytest.mark.django_db
def test_a_stored_row_is_the_same_article_as_a_pasted_one() -> None:
    event = make_event()
    make_article(event, [("The Courier", "The talks went on.")])
    assert store_rows(event, rows_of(TABLE), MAPPED).known == 2


@pytest.mark.django_db
def test_trying_stores_nothing() -> None:
    event = make_event()
    report = store_rows(event, rows_of(TABLE), MAPPED, dry=True)
    assert (report.added, report.known, report.refused_count) == (2, 1, 4)
    assert not event.articles.exists()
    assert not event.runs.exists()


@pytest.mark.django_db
def test_rows_of_one_title_have_names_of_their_own() -> None:
    event = make_event()
    rows = [Row(n, {"t": f"Text {n}.", "h": "Port"}) for n in range(5)]
    store_rows(event, rows, Mapped({"text": "t", "title": "h"}, "The Courier"))
    assert sorted(event.articles.values_list("name", flat=True)) == ["port", "port-2", "port-3", "port-4", "port-5"]
    assert set(event.articles.values_list("outlet", flat=True)) == {"The Courier"}


@pytest.mark.django_db
def test_a_mapping_says_what_is_wrong_with_it() -> None:
    table = make_table(make_event())
    for mapped, field, sentence in (
        (Mapped({}, "Arden"), "text", "which column holds"),
        (Mapped({"text": "body"}), "publisher", "Say who published"),
        (Mapped({"text": "nowhere"}, "Arden"), "text", "no column “nowhere”"),
        (Mapped({"text": "body", "mood": "title"}, "Arden"), "text", "no “mood”"),
    ):
        with pytest.raises(Refused) as refused:
            try_table(table, mapped)
        assert sentence in refused.value.problems[field]


@pytest.mark.django_db
def test_the_worker_stores_a_table_and_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 2)
    seen: list[int] = []
    tell = import_table._tell

    def watched(table: Table, report: Report) -> None:
        seen.append(report.rows)
        tell(table, report)

    monkeypatch.setattr(import_table, "_tell", watched)
    event = make_event()
    table = add_table(event, make_user("editor"), name="releases.csv.gz", data=gzip.compress(TABLE.encode()))
    assert table.mapping["text"] == "body"
    begin_table(table, MAPPED)
    with pytest.raises(Refused, match="being stored already"):
        begin_table(table, MAPPED)
    store_table.call(table.pk)
    table.refresh_from_db()
    assert (table.state, table.rows, table.rows_done, table.added, table.known) == ("done", 7, 7, 2, 1)
    assert [line for line, _ in table.refused] == [5, 6, 7, 8]
    assert seen == [2, 4, 6, 7]


@pytest.mark.django_db
def test_a_failure_is_told_and_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    table = make_table(make_event(), data=TABLE.encode())
    begin_table(table, MAPPED)
    with monkeypatch.context() as broken:
        broken.setattr(import_table, "store_rows", lambda *args, **kwargs: 1 / 0)
        store_table.call(table.pk)
    table.refresh_from_db()
    assert table.state == "failed"
    assert "division by zero" in table.problem
    begin_table(table, MAPPED)
    store_table.call(table.pk)
    table.refresh_from_db()
    assert (table.state, table.problem, table.added) == ("done", "", 2)


@pytest.mark.django_db
def test_a_table_whose_worker_was_killed_can_be_gone_on_with() -> None:
    table = make_table(make_event(), data=TABLE.encode(), state=Table.State.STORING, rows=7)
    assert table.is_lost
    begin_table(table, MAPPED)
    store_table.call(table.pk)
    assert Article.objects.count() == 2


# New texts under a known address

AGAIN = "link,headline,body\nhttps://arden.test/1,Port opens,{}\n"


def stored(text: str) -> Report:
    event = Article.objects.get().event if Article.objects.exists() else make_event()
    return store_rows(event, rows_of(AGAIN.format(text)), Mapped({"text": "body", "url": "link"}, "Arden"))


@pytest.mark.django_db
def test_a_new_text_under_a_known_address_is_a_version_and_no_text_comes_twice() -> None:
    assert stored("The port opens in May.").added == 1
    article = Article.objects.get()
    assert [version.text for version in article.versions.all()] == ["The port opens in May."]
    report = stored("The port opens in June.")
    assert (report.added, report.revised, report.known) == (0, 1, 0)
    article.refresh_from_db()
    assert (article.text, article.version) == ("The port opens in June.", 2)
    for text in ("The port opens in June.", "The port opens in May."):
        report = stored(text)
        assert (report.added, report.revised, report.known) == (0, 0, 1)


@pytest.mark.django_db
def test_a_trial_says_which_rows_would_be_versions() -> None:
    stored("The port opens in May.")
    article = Article.objects.get()
    mapped = Mapped({"text": "body", "url": "link"}, "Arden")
    report = store_rows(article.event, rows_of(AGAIN.format("The port opens in June.")), mapped, dry=True)
    assert (report.added, report.revised) == (0, 1)
    article.refresh_from_db()
    assert article.version == 1
