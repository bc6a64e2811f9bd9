"""The pages of events: the list, one event, its run, and adding one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Event, Pair, Run, Source
from claims.services.review import decide
from claims.views.bars import bar
from claims.views.points import points_of, short_names
from tests.factories import make_article, make_call, make_event, make_large, make_pair, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def queries(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address, headers=headers).status_code in (200, 286)
    return len(seen)


def typed_event(*sources: dict[str, str], **fields: str) -> dict[str, str]:
    """Return the fields of the form, with a row for each of the sources."""
    form = {"title": "Talks at Sarn", "date": "2031-04-08", "form-TOTAL_FORMS": str(len(sources))}
    rows = {f"form-{place}-{name}": text for place, source in enumerate(sources) for name, text in source.items()}
    return {**form, "form-INITIAL_FORMS": "2", **rows, **fields}


ARDEN = {"name": "Arden", "party": "Arden", "aliases": "the Prime Minister, Lydd", "spokespeople": "Ilse Morn"}
VELLAND = {"name": "Velland", "aliases": "the palace"}


def test_it_lists_the_newest_event_first(editor: Client) -> None:
    make_event("An early call", date=dt.date(2030, 1, 1))
    make_event("A late call", date=dt.date(2031, 1, 1))
    page = editor.get("/").text
    assert page.index("A late call") < page.index("An early call")


def test_it_searches_titles_sources_and_sides(editor: Client) -> None:
    make_event("Call on grain", sources=("Arden", "Velland"))
    make_event("Call on fish", sources=("Omber", "Tarn"))
    for words in ("fish", "omber", "government of tarn", "call omber"):
        page = editor.get("/", {"q": words}).text
        assert "Call on fish" in page
        assert "Call on grain" not in page


def test_a_search_without_result_says_what_to_do(editor: Client) -> None:
    make_event()
    page = editor.get("/", {"q": "nowhere"}).text
    assert "Try one word less" in page


def test_an_empty_list_says_what_to_do(editor: Client) -> None:
    page = editor.get("/").text
    assert "There are no events yet." in page
    assert 'href="/events/add/"' in page


def test_the_list_shows_how_accounts_relate_in_words(editor: Client) -> None:
    comparison = make_call()
    pair = comparison.pairs.first()
    assert isinstance(pair, Pair)
    decide(pair, make_user("reviewer"), "agree")
    page = " ".join(editor.get("/").text.split())
    for words in ("1 agree", "2 partial", "2 diverge", "2 said by one side only", "1 of 5 pairs reviewed"):
        assert words in page
    assert "Invented example" in page


def test_it_shows_events_page_by_page(editor: Client) -> None:
    for number in range(21):
        make_event(f"Call {number:02}", date=None)
    assert editor.get("/").text.count('class="card event"') == 20
    assert "Call 00" in editor.get("/?page=2").text


def test_a_search_by_htmx_brings_the_list_alone(editor: Client) -> None:
    make_event()
    answer = editor.get("/?q=call", headers={"HX-Request": "true", "HX-Target": "found"})
    assert "<html" not in answer.text
    assert "Call between Arden and Velland" in answer.text
    assert "HX-Target" in answer["Vary"]


def test_the_queries_of_the_list_do_not_grow(editor: Client) -> None:
    make_large(2)
    few = queries(editor, "/")
    for number in range(4):
        make_call(title=f"Call {number}")
    assert queries(editor, "/") == few


def test_the_queries_of_an_event_do_not_grow(editor: Client) -> None:
    small = three_sources(points=1, title="Small")
    large = three_sources(points=7, title="Large")
    make_article(large, [("The Courier", "A sentence more.")], name="more.txt")
    assert queries(editor, small.get_absolute_url()) == queries(editor, large.get_absolute_url()) <= 16


def three_sources(*, points: int, title: str = "Talks of three") -> Event:
    """Make an event of three sources that all speak on the same points; the third agrees with nobody on the last."""
    event = make_event(title, sources=("Arden", "Velland", "Omber"))
    said = {
        source.name: list(
            make_article(
                event, [(source, f"{source.name} speaks of matter {n}.") for n in range(points)], name=f"{source.slug}"
            ).claims.order_by("start")
        )
        for source in event.sources.all()
    }
    for comparison in event.comparisons.all():
        for n in range(points):
            if n < points - 1 or comparison.b.name != "Omber":
                a, b = said[comparison.a.name][n], said[comparison.b.name][n]
                make_pair(comparison, [a], [b], relation="diverge" if n == 0 else "agree")
    return event


def test_claims_that_pairs_hold_together_are_one_point() -> None:
    points = points_of(three_sources(points=3))
    assert [point.relation for point in points] == ["diverge", "agree", "agree"]
    assert [point.silent for point in points] == [0, 0, 1]
    assert [claim.text for claim in points[1].cells[2].claims] == ["Omber speaks of matter 1."]
    assert {link.other.name for link in points[0].cells[0].links} == {"Velland", "Omber"}


def test_a_side_stands_for_its_source_where_it_is_shorter_and_nobody_elses() -> None:
    event = make_event(sources=("Palace of Arden", "Council of Arden", "Ministry of Ports", "Omber"))
    sides = ("Arden", "Arden", "Velland", "The Isles of Omber")
    for source, side in zip(event.sources.all(), sides, strict=True):
        source.party = side
        source.save()
    names = list(short_names(event.sources.all()).values())
    assert names == ["Palace of Arden", "Council of Arden", "Velland", "Omber"]


def test_the_heaviest_of_several_pairs_with_a_source_is_written_out() -> None:
    event = make_event(sources=("Arden", "Velland", "Omber"))
    arden, velland = event.sources.all()[:2]
    comparison = event.comparisons.get(a=arden, b=velland)
    a = list(make_article(event, [(arden, "The port opens.")], name="a").claims.all())
    b = list(make_article(event, [(velland, "It opens."), (velland, "It stays shut.")], name="b").claims.all())
    make_pair(comparison, a, b[:1], relation="agree")
    make_pair(comparison, a, b[1:], relation="diverge")
    [point] = points_of(event)
    assert [(link.relation, link.leads) for link in point.cells[0].links] == [("diverge", True), ("agree", False)]


def test_a_rejected_pair_holds_no_point_together() -> None:
    event = three_sources(points=1)
    assert [point.silent for point in points_of(event)] == [1]
    for pair in Pair.objects.all():
        decide(pair, make_user("reviewer", name=f"r{pair.pk}"), "no_match")
    assert points_of(event) == []


def test_the_matrix_is_shown_for_more_than_two_sources_only(editor: Client) -> None:
    assert 'id="points-title"' in editor.get(three_sources(points=2).get_absolute_url()).text
    assert 'id="points-title"' not in editor.get(make_call().event.get_absolute_url()).text


def test_an_event_shows_its_first_points_and_leads_to_all(editor: Client) -> None:
    event = three_sources(points=11)
    page = editor.get(event.get_absolute_url()).text
    assert "The first 8 of 11 points." in page
    assert page.count('<th scope="row">') == 8
    assert f'href="/events/{event.slug}/matrix/"' in page


def test_a_cell_leads_to_its_pair_and_says_who_is_silent(editor: Client) -> None:
    page = editor.get(three_sources(points=2).get_absolute_url()).text
    for pair in Pair.objects.all():
        assert f'href="{pair.get_absolute_url()}"' in page
    assert page.count("silent</span>") == 1


def test_an_event_shows_each_comparison_with_its_bar(editor: Client) -> None:
    comparison = make_call()
    page = " ".join(editor.get(comparison.event.get_absolute_url()).text.split())
    assert f'href="{comparison.get_absolute_url()}"' in page
    assert "2 diverge" in page
    assert "0 of 5 pairs reviewed" in page


def test_a_bar_is_as_long_as_its_parts() -> None:
    drawn = bar({"agree": 1, "partial": 0, "diverge": 2, "only": 4}, reviewed=1)
    assert [part.relation for part in drawn.parts] == ["agree", "diverge", "only"]
    assert sum(part.share for part in drawn.parts) == pytest.approx(100, abs=0.01)
    assert drawn.parts[1].start == pytest.approx(drawn.parts[0].share)
    assert (drawn.pairs, drawn.total) == (3, 7)
    assert bar({}, reviewed=0).parts == ()


# The run


def run_of(event: Event, state: str, **fields: Any) -> Run:
    return Run.objects.create(event=event, state=state, **fields)


def ask(client: Client, event: Event, seen: str = "") -> Any:
    return client.get(f"/events/{event.slug}/progress/", {"seen": seen}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("state", ["queued", "reading", "embedding", "matching"])
def test_a_page_asks_on_while_a_run_is_under_way(editor: Client, state: str) -> None:
    event = make_event()
    run_of(event, state)
    page = editor.get(event.get_absolute_url()).text
    assert f"/events/{event.slug}/progress/?seen=" in page
    assert page.count('aria-current="step"') == 1
    assert ask(editor, event).status_code == 200


def test_nothing_is_answered_while_nothing_has_moved(editor: Client) -> None:
    event = make_event()
    run = run_of(event, "reading")
    mark = f"{run.pk}-reading-0-0"
    assert ask(editor, event, mark).status_code == 204
    Run.objects.update(state="embedding")
    assert ask(editor, event, mark).status_code == 200


def test_asking_ends_with_the_run_and_the_page_is_made_new(editor: Client) -> None:
    comparison = make_call()
    run_of(comparison.event, "done", ended_at=timezone.now())
    answer = ask(editor, comparison.event)
    assert answer.status_code == 286
    assert "Read and compared" in answer.text
    assert "hx-trigger" not in answer.text
    assert answer.text.count('hx-swap-oob="true"') == 3


def test_a_failed_run_says_why_and_can_be_tried_again(editor: Client) -> None:
    event = make_event()
    run_of(event, "failed", problem="The disk is full. Make room and try again.", ended_at=timezone.now())
    page = editor.get(event.get_absolute_url()).text
    assert "The disk is full." in page
    assert f'action="/events/{event.slug}/retry/"' in page
    answer = editor.post(f"/events/{event.slug}/retry/")
    assert answer["Location"] == event.get_absolute_url()
    assert [run.state for run in event.runs.all()] == ["queued", "failed"]


def test_asking_without_htmx_leads_to_the_event(editor: Client) -> None:
    event = make_event()
    assert editor.get(f"/events/{event.slug}/progress/")["Location"] == event.get_absolute_url()


def test_the_counts_of_a_run_are_shown(editor: Client) -> None:
    event = make_event(sources=("Arden", "Velland", "Omber"))
    event.comparisons.filter(a__name="Arden").update(due_since=timezone.now())
    run_of(event, "matching")
    assert "1 of 3 comparisons" in editor.get(event.get_absolute_url()).text


# Adding


def test_it_adds_an_event_with_its_sources(editor: Client) -> None:
    answer = editor.post("/events/add/", typed_event(ARDEN, VELLAND))
    event = Event.objects.get()
    assert answer["Location"] == event.get_absolute_url()
    arden, velland = event.sources.all()
    assert (arden.party, arden.aliases, arden.spokespeople) == ("Arden", ["the Prime Minister", "Lydd"], ["Ilse Morn"])
    assert velland.aliases == ["the palace"]
    assert event.date == dt.date(2031, 4, 8)
    assert event.comparisons.count() == 1


def test_rows_left_empty_are_no_sources(editor: Client) -> None:
    editor.post("/events/add/", typed_event(ARDEN, {"name": " "}, VELLAND, {"name": ""}))
    assert [source.name for source in Source.objects.all()] == ["Arden", "Velland"]


def test_another_source_is_a_row_more_and_keeps_what_was_typed(editor: Client) -> None:
    answer = editor.post("/events/add/", typed_event(ARDEN, VELLAND, title="Talks <at> Sarn", more="1"))
    assert answer.status_code == 200
    assert Event.objects.count() == 0
    assert 'name="form-2-name"' in answer.text
    assert 'name="form-TOTAL_FORMS" value="3"' in answer.text
    for kept in ("Talks &lt;at&gt; Sarn", "2031-04-08", "the Prime Minister, Lydd", "Ilse Morn", "the palace"):
        assert kept in answer.text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (typed_event(ARDEN, VELLAND, title="  "), "Give the event a title"),
        (typed_event(ARDEN, VELLAND, date="8 April"), "Write it as year-month-day"),
        (typed_event(ARDEN), "at least two sources"),
        (typed_event(ARDEN, {"name": ""}), "at least two sources"),
        (typed_event(ARDEN, {"aliases": "the palace"}), "Every source needs a name"),
        (typed_event(ARDEN, {"name": "arden"}), "is named twice"),
        (typed_event(ARDEN, {"name": "Velland", "aliases": "lydd"}), "stands for both Arden and Velland"),
        (typed_event(ARDEN, {"name": "V" * 201}), "keep it under 200 characters"),
        (typed_event(ARDEN, VELLAND, title="T" * 301), "keep it under 300 characters"),
    ],
)
def test_a_refused_event_says_what_to_do_and_keeps_what_was_typed(
    editor: Client, form: dict[str, str], sentence: str
) -> None:
    answer = editor.post("/events/add/", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "the Prime Minister, Lydd" in answer.text
    assert form["title"].strip() in answer.text
    assert Event.objects.count() == 0


def test_a_form_without_its_count_of_rows_is_refused(editor: Client) -> None:
    answer = editor.post("/events/add/", {"title": "Talks"})
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text


def test_rows_have_an_end(editor: Client) -> None:
    rows = [{"name": f"Source {n}"} for n in range(20)]
    answer = editor.post("/events/add/", typed_event(*rows, more="1"))
    assert 'name="form-19-name"' in answer.text
    assert 'name="form-20-name"' not in answer.text
    assert "Add another source" not in answer.text
