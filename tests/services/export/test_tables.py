"""The table as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Comparison, Event, Pair, Source
from claims.services.export.csv_table import guarded
from claims.services.export.rows import COLUMNS, MEANINGS
from claims.services.export.scope import Scope
from claims.services.export.xlsx_table import LONGEST_CELL
from claims.services.review import decide
from tests.exports import exported
from tests.factories import make_article, make_call, make_event, make_large, make_pair, make_user

pytestmark = pytest.mark.django_db


def table(comparison: Comparison, **options: object) -> list[dict[str, str]]:
    text = exported("csv", comparison, **options).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def workbook(comparison: Comparison, **options: object) -> Any:
    return openpyxl.load_workbook(io.BytesIO(exported("xlsx", comparison, **options)))


def row_of(rows: list[dict[str, str]], pair: Pair) -> dict[str, str]:
    return next(row for row in rows if row["pair"] == str(pair.pk))


def test_a_pair_is_told_with_both_claims_their_offsets_and_every_reason_with_its_words(worked_on: Comparison) -> None:
    pair = worked_on.pairs.order_by("pk")[1]
    row = row_of(table(worked_on), pair)
    a, b = (pair.claims_of(side)[0] for side in "ab")
    assert (row["source_a"], row["text_a"], row["source_b"], row["text_b"]) == ("Arden", a.text, "Velland", b.text)
    assert a.article.text[int(row["start_a"]) : int(row["end_a"])] == a.text
    assert (row["score"], row["match"], row["model"]) == ("0.79", "sure", "all-MiniLM-L6-v2")
    assert row["differs_in"] == "commitment, date time"
    assert "date time: They differ in date time. (“1 May” against “the first days of June”)" in row["reasons"]
    assert row["permalink"] == f"https://crossread.example/pairs/{pair.pk}/"


def test_several_reviewers_verdicts_are_readable_beside_the_machines(worked_on: Comparison) -> None:
    row = row_of(table(worked_on), worked_on.pairs.order_by("pk")[1])
    assert row["machine_relation"] == "partial"
    assert row["reviewers"] == "ana, ben"
    assert row["verdicts"].startswith("ana: diverge (20")
    assert "; ben: partial (20" in row["verdicts"]
    assert "on “1 May”: =Which of the two?" in row["notes"]
    assert "↳ ben (" in row["notes"]


def test_claims_that_stay_alone_are_rows_with_what_came_nearest(worked_on: Comparison) -> None:
    alone = [row for row in table(worked_on) if row["relation"] == "only one side"]
    duration = next(row for row in alone if row["text_a"] == "The call lasted one hour and 20 minutes.")
    assert (duration["source_b"], duration["text_b"], duration["pair"]) == ("Velland", "", "")
    assert duration["nearest"].startswith("0.31 “Tuesday's telephone conversation")
    assert any(row["text_b"].startswith("The President recalled") and row["text_a"] == "" for row in alone)


def test_a_pair_of_several_claims_has_a_row_for_each_two_of_them() -> None:
    event = make_event()
    comparison = event.comparisons.get()
    said = [(comparison.a, "One."), (comparison.a, "Two."), (comparison.b, "Both.")]
    one, two, both = make_article(event, said).claims.order_by("start")
    pair = make_pair(comparison, [one, two], [both])
    rows = table(comparison)
    assert [(row["pair"], row["text_a"], row["text_b"]) for row in rows] == [
        (str(pair.pk), "One.", "Both."),
        (str(pair.pk), "Two.", "Both."),
    ]


def test_a_rejected_pair_stays_in_the_table_and_a_withdrawn_one_does_not(worked_on: Comparison) -> None:
    first, _, third, *_ = worked_on.pairs.order_by("pk")
    Pair.objects.filter(pk=first.pk).update(withdrawn=True)
    rows = table(worked_on)
    assert row_of(rows, third)["relation"] == "not a match"
    assert str(first.pk) not in {row["pair"] for row in rows}


def test_the_decision_column_holds_the_decisions_of_the_one_who_exports(worked_on: Comparison) -> None:
    ana = make_user("reviewer", name="cem")
    first, second, *_ = worked_on.pairs.order_by("pk")
    decide(second, ana, "no_match")
    rows = table(worked_on, reviewer_id=ana.pk)
    assert (row_of(rows, first)["decision"], row_of(rows, second)["decision"]) == ("", "not a match")
    assert {row["decision"] for row in table(worked_on)} == {""}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_what_looks_like_a_formula_is_text_in_csv(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"


def test_numbers_and_plain_text_are_left_alone() -> None:
    assert [guarded(cell) for cell in (3, 0.5, None, "a=b", "")] == [3, 0.5, None, "a=b", ""]


@pytest.fixture
def hostile() -> Comparison:
    event = make_event("=cmd|' /C calc'!A1")
    comparison = event.comparisons.get()
    said: list[tuple[Source | str, str]] = [(comparison.a, '=HYPERLINK("http://x","y")'), (comparison.b, "@SUM(1+9)")]
    one, two = make_article(event, said, name="+1.txt").claims.order_by("start")
    make_pair(comparison, [one], [two])
    Claim.objects.update(speaker="-2+3")
    return comparison


def test_no_cell_of_a_csv_file_begins_like_a_formula(hostile: Comparison) -> None:
    cells = [cell for row in table(hostile) for cell in row.values()]
    assert [cell for cell in cells if cell and cell[0] in "=+-@\t\r"] == []
    assert '\'=HYPERLINK("http://x","y")' in cells


def test_no_cell_of_a_workbook_is_a_formula(hostile: Comparison) -> None:
    sheet = workbook(hostile)["Claims"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    assert sheet.cell(2, COLUMNS.index("text_a") + 1).value == '=HYPERLINK("http://x","y")'


def test_the_byte_order_mark_stands_only_where_it_is_asked_for(worked_on: Comparison) -> None:
    assert exported("csv", worked_on, marked=True).startswith(b"\xef\xbb\xbfevent,")
    assert exported("csv", worked_on).startswith(b"event,")


def test_the_workbook_has_a_frozen_head_a_list_of_decisions_and_a_sheet_that_explains(worked_on: Comparison) -> None:
    book = workbook(worked_on)
    sheet = book["Claims"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.freeze_panes == "A2"
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"agree,partial,diverge,not a match"'
    assert str(rule.sqref) == f"E2:E{sheet.max_row}"
    assert sheet.column_dimensions["H"].width > 40
    told = [str(cell.value) for row in book["Method"].iter_rows() for cell in row if cell.value]
    assert "diverge" in " ".join(told)
    assert set(MEANINGS) <= set(told)


def test_a_text_that_no_cell_holds_is_cut_and_says_so() -> None:
    event = make_event()
    comparison = event.comparisons.get()
    said: list[tuple[Source | str, str]] = [(comparison.a, "x" * (LONGEST_CELL + 5)), (comparison.b, "Short.")]
    one, two = make_article(event, said).claims.order_by("start")
    make_pair(comparison, [one], [two])
    value = workbook(comparison)["Claims"].cell(2, COLUMNS.index("text_a") + 1).value
    assert len(value) == LONGEST_CELL
    assert value.endswith("(cut: a cell holds no more)")


def test_an_event_without_pairs_is_a_table_of_its_head_alone() -> None:
    comparison = make_event().comparisons.get()
    assert table(comparison) == []
    assert workbook(comparison)["Claims"].max_row == 1


def test_one_comparison_is_exported_without_the_event_s_others() -> None:
    event = make_event(sources=("Arden", "Velland", "Sarn"))
    said: list[tuple[Source | str, str]] = [(source, f"{source} spoke.") for source in event.sources.all()]
    arden, velland, sarn = make_article(event, said).claims.order_by("start")
    first, second, _ = event.comparisons.order_by("a__position", "b__position")
    make_pair(first, [arden], [velland])
    make_pair(second, [arden], [sarn])
    scope = Scope.of_comparison(second)
    assert [pair.comparison for pair in scope.each_pair()] == [second]
    assert scope.name == "call-between-arden-and-velland-arden-sarn"


def test_the_queries_do_not_grow_with_the_rows() -> None:
    counted = []
    for size in (4, 40):
        comparison = make_large(size)
        with CaptureQueriesContext(connection) as queries:
            assert len(table(comparison)) > size
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 16


def test_every_column_is_explained_those_of_side_b_by_those_of_a() -> None:
    assert [column for column in COLUMNS if column.replace("_b", "_a") not in MEANINGS] == []


def test_several_events_stand_in_one_table() -> None:
    one, other = make_call(), make_call(title="Another call")
    scope = Scope.of_events(Event.objects.order_by("pk"))
    assert {pair.comparison for pair in scope.each_pair()} == {one, other}
    assert scope.name == "crossread"
