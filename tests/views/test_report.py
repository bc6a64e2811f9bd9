"""Reports: what they show, what an editor puts in, and that nobody's word is overwritten."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Annotation, Change, Comparison, Report
from claims.services.annotate import annotate
from claims.services.review import decide
from tests.factories import make_call, make_event, make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def comparison() -> Comparison:
    return make_call()


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def address(comparison: Comparison) -> str:
    return f"{comparison.get_absolute_url()}report/"


def column(page: str, name: str) -> list[str]:
    """Return the cells of a column of the points, as words."""
    cells = re.findall(rf'<td class="{name}">(.*?)</td>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_it_tells_the_method_the_articles_and_every_point_under_its_relation(
    reviewer: Client, comparison: Comparison
) -> None:
    comparison.event.articles.filter(name="arden.txt").update(url="https://arden.example/readout")
    page = reviewer.get(address(comparison)).text
    assert "all-MiniLM-L6-v2; shown from a score of" in page
    assert "the rules alone" in page
    assert "0 of 5 pairs" in page
    assert "https://arden.example/readout" in page
    assert "published" in page
    groups = re.findall(r'scope="rowgroup">.*?</svg> (\w[\w ]*?) <span class="figures">(\d)', page)
    assert groups == [("Divergences", "2"), ("In part", "2"), ("Agreements", "1")]
    assert "(“agreed to reopen” / “will consider reopening”)" in " ".join(page.split())
    assert page.count("Said by") == 2


def test_the_machines_word_and_peoples_stand_apart(reviewer: Client, comparison: Comparison) -> None:
    pair = comparison.pairs.get(verdict__relation="agree")
    decide(pair, make_user(name="ana"), "diverge")
    page = reviewer.get(address(comparison)).text
    row = next(place for place, cell in enumerate(column(page, "people")) if "ana" in cell)
    assert column(page, "people")[row].startswith("People decided Diverge ana: diverge")
    assert column(page, "machine")[row].startswith("The machine said Agree")
    assert "ana" not in " ".join(column(page, "machine"))
    assert ("Divergences", "3") in re.findall(r'</svg> (\w[\w ]*?) <span class="figures">(\d)', page)


def test_a_disputed_pair_shows_every_decision_and_a_rejected_one_is_left_out(
    reviewer: Client, comparison: Comparison
) -> None:
    first, second = comparison.pairs.filter(verdict__relation="diverge")
    decide(first, make_user(name="ana"), "agree")
    decide(first, make_user(name="ben"), "partial")
    decide(second, make_user(name="eva"), "no_match")
    page = reviewer.get(address(comparison)).text
    assert any("Disputed ana: agree" in cell and "ben: partial" in cell for cell in column(page, "people"))
    assert len(column(page, "people")) == 4
    assert "eva" not in page


def test_the_report_of_an_event_has_each_of_its_comparisons(reviewer: Client) -> None:
    event = make_event(sources=("Arden", "Velland", "Omber"))
    page = reviewer.get(f"/events/{event.slug}/report/").text
    assert page.count('class="points-of"') == 3
    assert "There is no article yet." in page
    assert reviewer.get("/events/nowhere/report/").status_code == 404


def test_an_editor_puts_in_an_introduction_and_the_notes_that_are_ticked(
    editor: Client, comparison: Comparison
) -> None:
    pair = comparison.pairs.all()[0]
    ana = make_user(name="ana")
    chosen, left = (annotate(pair, ana, text=text) for text in ("This one goes in.", "This one does not."))
    told = {"introduction": "In <b>our</b> words.\n\nTwo.", "notes": [str(chosen.pk)], "version": "0"}
    answer = editor.post(address(comparison), told)
    assert answer["Location"] == address(comparison)
    page = editor.get(address(comparison)).text
    assert "<p>In &lt;b&gt;our&lt;/b&gt; words.</p>" in page
    cells = " ".join(column(page, "people"))
    assert chosen.text in cells
    assert left.text not in cells
    change = Change.objects.get(report=Report.objects.get())
    assert (change.what, change.actor.username if change.actor else "") == ("report", "editor")
    assert "1 note; In <b>our</b> words." in change.after


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(editor: Client, comparison: Comparison) -> None:
    editor.post(address(comparison), {"introduction": "The first.", "version": "0"})
    answer = editor.post(address(comparison), {"introduction": "The second.", "version": "0"})
    assert answer.status_code == 422
    assert "Somebody else has changed this report" in answer.text
    assert "The second.</textarea>" in answer.text
    assert Report.objects.get().introduction == "The first."


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"introduction": "x" * 20_001}, "keep it under 20,000 characters"),
        ({"introduction": "Mine.", "notes": ["999"]}, "One of the notes is not on a pair of this report"),
        ({"introduction": "Mine.", "notes": ["one"]}, "One of the notes is not on a pair of this report"),
    ],
)
def test_a_refused_report_keeps_what_was_typed(
    editor: Client, comparison: Comparison, told: dict[str, object], sentence: str
) -> None:
    answer = editor.post(address(comparison), {"version": "0", **told})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f"{told['introduction']}</textarea>" in answer.text
    assert not Report.objects.exists()


@pytest.mark.parametrize("role", ["", "reader", "reviewer"])
def test_only_editors_put_anything_in(client: Client, comparison: Comparison, role: str) -> None:
    client.force_login(make_user(role))
    assert "What goes in" not in client.get(address(comparison)).text
    assert client.post(address(comparison), {"introduction": "Mine.", "version": "0"}).status_code == 403
    assert not Report.objects.exists()


def test_a_longer_report_costs_no_more_queries(editor: Client) -> None:
    counts = []
    for size in (6, 24):
        comparison = make_large(size)
        for number, pair in enumerate(comparison.pairs.all()):
            annotate(pair, make_user(name=f"person {size} {number}"), text="A note.")
            decide(pair, make_user(name=f"other {size} {number}"), "agree")
        notes = [
            str(key) for key in Annotation.objects.filter(pair__comparison=comparison).values_list("pk", flat=True)
        ]
        editor.post(address(comparison), {"introduction": "All.", "notes": notes, "version": "0"})
        with CaptureQueriesContext(connection) as queries:
            editor.get(address(comparison))
        counts.append(len(queries))
    assert counts[0] == counts[1]
