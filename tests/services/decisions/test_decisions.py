"""Decisions that come back in an edited table."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from django.contrib.auth.models import User

from claims.models import Change, Claim, Comparison, Pair, Review
from claims.services.adjudicate import adjudicate
from claims.services.decisions import Plan, apply, plan, read_sheet
from claims.services.decisions import sheet as sheets
from claims.services.export.rows import COLUMNS
from claims.services.refusals import Refused
from claims.services.review import decide, undo
from claims.services.revise import revise
from tests.exports import exported
from tests.factories import make_article, make_event, make_pair

pytestmark = pytest.mark.django_db

Edit = Callable[[dict[str, str]], object]


@pytest.fixture
def ana(worked_on: Comparison) -> User:
    return User.objects.get(username="ana")


@pytest.fixture
def ben(worked_on: Comparison) -> User:
    return User.objects.get(username="ben")


def edited(comparison: Comparison, reviewer: User, said: Mapping[int, str], **cells: str) -> bytes:
    """Export the table for a reviewer, and fill decisions in by pair (and other cells of those rows)."""
    text = exported("csv", comparison, reviewer_id=reviewer.pk).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        if row["pair"] and int(row["pair"]) in said:
            row.update({"decision": said[int(row["pair"])], **cells})
    return written(rows)


def written(rows: list[dict[str, str]], **options: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, **options)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def planned(data: bytes, reviewer: User, name: str = "table.csv") -> Plan:
    return plan(read_sheet(name, data), reviewer)


def kinds(found: Plan) -> dict[int, str]:
    return {case.pair.pk: case.kind.value for case in found.cases if case.pair}


@pytest.fixture
def pairs(worked_on: Comparison) -> list[Pair]:
    return list(worked_on.pairs.order_by("pk"))


def test_a_filled_in_cell_becomes_this_reviewers_decision_and_stands_in_the_history(
    worked_on: Comparison, pairs: list[Pair], ana: User
) -> None:
    lines = read_sheet("t.csv", edited(worked_on, ana, {pairs[3].pk: "Diverge", pairs[1].pk: "not a match"}))
    found = plan(lines, ana)
    assert [(case.pair.pk, case.before, case.decision) for case in found.changes if case.pair] == [
        (pairs[1].pk, "diverge", "no_match"),
        (pairs[3].pk, "", "diverge"),
    ]
    assert found.changes[0].others[0].startswith("ben: partial (")
    before = Change.objects.count()
    assert apply(lines, ana).written == 2
    assert Review.objects.get(pair=pairs[1], reviewer=ana).decision == "no_match"
    assert Review.objects.get(pair=pairs[1], reviewer__username="ben").decision == "partial"
    change = Change.objects.filter(pair=pairs[1]).order_by("-pk")[0]
    assert (change.actor, change.before, change.after) == (ana, "diverge", "no_match")
    assert Change.objects.count() == before + 2


def test_a_plan_writes_nothing(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    before = list(Review.objects.values_list("pk", "decision"))
    planned(edited(worked_on, ana, {pairs[3].pk: "agree"}), ana)
    assert list(Review.objects.values_list("pk", "decision")) == before


def test_a_table_that_nobody_edited_changes_nothing(worked_on: Comparison, ana: User, ben: User) -> None:
    data = edited(worked_on, ana, {})
    assert (planned(data, ana).changes, planned(data, ana).problems) == ([], [])
    assert planned(data, ben).changes == []  # ana's own decisions in it do not become ben's


def test_an_untouched_cell_is_no_conflict_whatever_happened_since(
    worked_on: Comparison, pairs: list[Pair], ana: User
) -> None:
    data = edited(worked_on, ana, {})
    decide(pairs[0], ana, "diverge")
    assert planned(data, ana).conflicts == []
    apply(read_sheet("t.csv", data), ana)
    assert Review.objects.get(pair=pairs[0], reviewer=ana).decision == "diverge"


def test_an_emptied_cell_takes_no_decision_back(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    found = planned(edited(worked_on, ana, {pairs[0].pk: ""}), ana)
    assert (found.changes, found.conflicts, found.problems) == ([], [], [])


def test_what_was_decided_after_the_export_is_a_conflict_and_stays(
    worked_on: Comparison, pairs: list[Pair], ana: User, ben: User
) -> None:
    data = edited(worked_on, ana, {pairs[0].pk: "partial", pairs[3].pk: "agree"})
    decide(pairs[0], ana, "diverge")
    decide(pairs[3], ben, "partial")
    lines = read_sheet("t.csv", data)
    found = plan(lines, ana)
    assert [case.pair for case in found.conflicts] == [pairs[0], pairs[3]]
    assert found.conflicts[0].since[0].startswith("ana, 20")
    assert found.conflicts[0].since[0].endswith("said diverge")
    assert apply(lines, ana).written == 0
    assert Review.objects.get(pair=pairs[0], reviewer=ana).decision == "diverge"
    assert not Review.objects.filter(pair=pairs[3], reviewer=ana).exists()


def test_a_decision_that_was_taken_back_after_the_export_is_a_conflict_too(
    worked_on: Comparison, pairs: list[Pair], ana: User, ben: User
) -> None:
    data = edited(worked_on, ana, {pairs[2].pk: "agree"})
    undo(ben)
    (conflict,) = planned(data, ana).conflicts
    assert conflict.since[0].endswith("took back to no decision")


def test_a_ticked_conflict_is_taken_and_keeps_what_stood_in_the_history(
    worked_on: Comparison, pairs: list[Pair], ana: User
) -> None:
    data = edited(worked_on, ana, {pairs[0].pk: "partial"})
    decide(pairs[0], ana, "diverge")
    lines = read_sheet("t.csv", data)
    (conflict,) = plan(lines, ana).conflicts
    assert apply(lines, ana, over={conflict.mark}).written == 1
    change = Change.objects.filter(pair=pairs[0]).order_by("-pk")[0]
    assert (change.before, change.after) == ("diverge", "partial")


def test_a_tick_holds_for_the_state_that_was_shown(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    data = edited(worked_on, ana, {pairs[0].pk: "partial"})
    decide(pairs[0], ana, "diverge")
    lines = read_sheet("t.csv", data)
    (conflict,) = plan(lines, ana).conflicts
    decide(pairs[0], ana, "no_match")
    assert apply(lines, ana, over={conflict.mark}).written == 0
    assert Review.objects.get(pair=pairs[0], reviewer=ana).decision == "no_match"


def test_what_changed_between_preview_and_confirmation_is_left(
    worked_on: Comparison, pairs: list[Pair], ana: User
) -> None:
    lines = read_sheet("t.csv", edited(worked_on, ana, {pairs[0].pk: "partial"}))
    assert len(plan(lines, ana).changes) == 1
    decide(pairs[0], ana, "diverge")
    assert apply(lines, ana).written == 0


def test_the_same_table_twice_writes_once(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    lines = read_sheet("t.csv", edited(worked_on, ana, {pairs[3].pk: "agree"}))
    apply(lines, ana)
    assert (apply(lines, ana).written, plan(lines, ana).unchanged) == (0, len(pairs))


def test_a_word_that_is_no_decision_is_told_with_its_row(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    (problem,) = planned(edited(worked_on, ana, {pairs[0].pk: "maybe"}), ana).problems
    assert problem.rows == (2,)
    assert "“maybe” is no decision" in problem.problem


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"pair": "999999"}, "There is no pair 999999 here"),
        ({"pair": "12a"}, "“12a” is no pair's number"),
        ({"version": "v1"}, "The column version was changed"),
        ({"version": ""}, "The column version was changed"),
    ],
)
def test_rows_of_no_pair_here_or_without_their_version_are_told(
    worked_on: Comparison, pairs: list[Pair], ana: User, cells: dict[str, str], told: str
) -> None:
    (problem,) = planned(edited(worked_on, ana, {pairs[3].pk: "agree"}, **cells), ana).problems
    assert told in problem.problem


def test_a_pair_whose_texts_are_others_here_is_not_taken_for_it(
    worked_on: Comparison, pairs: list[Pair], ana: User
) -> None:
    data = edited(worked_on, ana, {pairs[3].pk: "agree", pairs[4].pk: "agree"})
    lines = [line for line in read_sheet("t.csv", data) if line.pair in (str(pairs[3].pk), str(pairs[4].pk))]
    swapped = written(
        [
            dict.fromkeys(COLUMNS, "") | {"pair": other.pair, "decision": "agree", "version": line.version}
            for line, other in zip(lines, reversed(lines), strict=True)
        ]
    )
    assert [case.problem for case in planned(swapped, ana).problems] == [
        f"Pair {pair.pk} is about other words here. Was the table exported from this Crossread?"
        for pair in (pairs[4], pairs[3])
    ]


def test_a_withdrawn_pair_is_not_decided_on(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    data = edited(worked_on, ana, {pairs[3].pk: "agree"})
    Pair.objects.filter(pk=pairs[3].pk).update(withdrawn=True)
    (problem,) = planned(data, ana).problems
    assert "no longer proposed" in problem.problem


@pytest.fixture
def wide(ana: User) -> Pair:
    comparison = make_event("A wide one").comparisons.get()
    said = [(comparison.a, "One."), (comparison.a, "Two."), (comparison.b, "Both.")]
    one, two, both = make_article(comparison.event, [(source, text) for source, text in said]).claims.order_by("start")
    return make_pair(comparison, [one, two], [both])


@pytest.mark.parametrize(
    ("said", "kind"), [(("agree", ""), "change"), (("agree", "agree"), "change"), (("agree", "diverge"), "problem")]
)
def test_one_edited_row_of_a_pair_is_enough_and_two_that_differ_are_too_many(
    wide: Pair, ana: User, said: tuple[str, str], kind: str
) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", wide.comparison).decode(), newline="")))
    for row, word in zip(rows, said, strict=True):
        row["decision"] = word
    found = planned(written(rows), ana)
    assert [(case.kind.value, case.rows) for case in found.cases] == [(kind, (2, 3))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_any_spreadsheet_saves_it(
    worked_on: Comparison, pairs: list[Pair], ana: User, delimiter: str
) -> None:
    text = edited(worked_on, ana, {pairs[3].pk: "agree"}).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    data = "\ufeff".encode() + written(rows, delimiter=delimiter)
    assert kinds(planned(data, ana)) == {pairs[3].pk: "change"}


def test_a_workbook_is_read_back(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", worked_on, reviewer_id=ana.pk)))
    sheet = book["Claims"]
    place = {column: number for number, column in enumerate(COLUMNS, start=1)}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, place["pair"]).value == pairs[3].pk:
            sheet.cell(row, place["decision"]).value = "not a match"
            sheet.cell(row, place["pair"]).value = float(pairs[3].pk)
    book.move_sheet("Method", -1)
    out = io.BytesIO()
    book.save(out)
    (case,) = planned(out.getvalue(), ana, "table.xlsx").changes
    assert (case.pair, case.decision) == (pairs[3], "no_match")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("t.csv", b"pair,decision\n1,agree\n", "names no column “version”"),
        ("t.csv", b"", "names no column “pair” and “decision” and “version”"),
        ("t.xlsx", b"PK\x03\x04 nothing", "neither a CSV file nor an XLSX"),
        ("t.xlsx", b"pair,decision,version\n", "neither a CSV file nor an XLSX"),
        ("t.csv", b"\x00\x01\x02\xff" * 40, "neither a CSV file nor an XLSX"),
    ],
)
def test_a_file_that_is_no_table_is_refused(name: str, data: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read_sheet(name, data)


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<a><b c='1'/></a>"])
def test_a_broken_workbook_is_refused(worked_on: Comparison, member: str, content: bytes) -> None:
    out = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(exported("xlsx", worked_on)))
    with zipfile.ZipFile(out, "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, content if name == member else whole.read(name))
    with pytest.raises(Refused):
        read_sheet("t.xlsx", out.getvalue())


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, worked_on: Comparison) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1000)
    with pytest.raises(Refused, match="too large"):
        read_sheet("t.xlsx", exported("xlsx", worked_on))
    monkeypatch.setattr(sheets, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="may have"):
        read_sheet("t.csv", exported("csv", worked_on))


def test_a_text_that_changed_since_is_told(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    data = edited(worked_on, ana, {pairs[3].pk: "agree"})
    claim = pairs[3].claims_of("a")[0]
    Claim.objects.filter(pk=claim.pk).update(start=claim.start + 4, text=claim.text[4:])
    (problem,) = planned(data, ana).problems
    assert "about other words here" in problem.problem


@pytest.fixture
def changed(worked_on: Comparison, pairs: list[Pair]) -> Pair:
    """Change the words of a pair that ana and ben decided on."""
    article = pairs[1].claims_of("a")[0].article
    revise(article, article.text.replace("agreed to reopen", "promised to reopen"), None)
    return Pair.objects.get(pk=pairs[1].pk)


def test_a_decision_that_was_written_beside_earlier_words_is_a_conflict(
    worked_on: Comparison, pairs: list[Pair], ana: User
) -> None:
    lines = read_sheet("t.csv", edited(worked_on, ana, {pairs[1].pk: "not a match", pairs[3].pk: "agree"}))
    article = pairs[1].claims_of("a")[0].article
    revise(article, article.text.replace("agreed to reopen", "promised to reopen"), None)
    found = plan(lines, ana)
    (conflict,) = found.conflicts
    assert conflict.pair == pairs[1]
    assert "other words now than the table does" in conflict.since[0]
    assert apply(lines, ana).written == 1
    assert apply(lines, ana, over=[conflict.mark]).written == 1
    assert Review.objects.get(pair=pairs[1], reviewer=ana).decision == "no_match"


def test_a_tick_for_words_that_changed_once_more_does_not_hold(
    worked_on: Comparison, pairs: list[Pair], ana: User
) -> None:
    lines = read_sheet("t.csv", edited(worked_on, ana, {pairs[1].pk: "not a match"}))
    article = pairs[1].claims_of("a")[0].article
    revise(article, article.text.replace("agreed to reopen", "promised to reopen"), None)
    mark = plan(lines, ana).conflicts[0].mark
    article.refresh_from_db()
    revise(article, article.text.replace("promised to reopen", "hoped to reopen"), None)
    assert apply(lines, ana, over=[mark]).written == 0


def test_a_table_says_what_changed_and_the_same_word_once_more_is_a_decision(
    worked_on: Comparison, changed: Pair, ana: User
) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", worked_on, reviewer_id=ana.pk).decode(), newline="")))
    (row,) = (row for row in rows if row["pair"] == str(changed.pk))
    assert row["decision"] == ""
    assert row["text_changed"].startswith(
        "changed since it was decided, and not decided anew\nArden in version 1 of arden.txt"
    )
    assert "agreed to reopen" in row["text_changed"]
    assert {one["text_changed"] for one in rows} - {row["text_changed"]} == {""}
    lines = read_sheet("t.csv", edited(worked_on, ana, {changed.pk: "diverge"}))
    assert [case.pair for case in plan(lines, ana).changes] == [changed]
    apply(lines, ana)
    changed.refresh_from_db()
    assert not changed.stale


def test_a_pair_with_a_final_verdict_takes_no_decision(worked_on: Comparison, pairs: list[Pair], ana: User) -> None:
    lines = read_sheet("t.csv", edited(worked_on, ana, {pairs[3].pk: "agree", pairs[4].pk: "agree"}))
    adjudicate(pairs[3], User.objects.create(username="eve"), decision="diverge", why="The dates.", version=0)
    found = apply(lines, ana)
    assert found.written == 1
    assert "final verdict" in found.plan.problems[0].problem
