"""The page of assignments, and the queue of what is assigned to oneself."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Assignment, Event
from claims.services.assign import assign, assignable
from claims.services.review import decide
from tests.factories import make_call, make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_call().event


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def address(event: Event) -> str:
    return f"/events/{event.slug}/assignments/"


def test_pairs_are_shared_out(editor: Client, event: Event) -> None:
    people = [make_user(name=name).pk for name in ("ana", "ben")]
    form = {"version": 0, "people": people, "per_pair": 2, "assign": ""}
    page = editor.post(address(event), form, follow=True).text
    assert "Assigned: 5 pairs, 10 decisions to make." in page
    assert "0 of them assigned to nobody. 10 assigned decisions still to be made." in page


def test_first_it_is_only_said_who_would_get_how_much(editor: Client, event: Event) -> None:
    people = [make_user(name=name).pk for name in ("ana", "ben")]
    page = editor.post(address(event), {"version": 0, "people": people, "per_pair": 1, "preview": "1"}).text
    assert "5 pairs would be assigned, 5 decisions in all" in page
    assert sorted(re.findall(r"<td><b>(\d+)</b></td>", page)) == ["0", "2", "3"]
    assert len(re.findall(r'name="people" value="\d+" checked>', page)) == 2, "what was chosen is kept"
    assert not Assignment.objects.exists()


def test_only_the_chosen_pairs_are_assigned(editor: Client, event: Event) -> None:
    ana = make_user(name="ana")
    editor.post(address(event), {"version": 0, "people": [ana.pk], "per_pair": 1, "relation": "diverge"})
    assert set(Assignment.objects.values_list("pair__verdict__relation", flat=True)) == {"diverge"}
    assert Assignment.objects.count() == 2
    decide(assignable(event).get(verdict__relation="agree"), ana, "agree")
    ben = make_user(name="ben")
    editor.post(address(event), {"version": 1, "people": [ben.pk], "per_pair": 1, "which": "nobody"})
    assert Assignment.objects.filter(reviewer=ben).count() == 2, "the third of the rest was decided already"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"people": []}, "Choose who is to review"),
        ({"per_pair": "x"}, "from 1 to 2, all that there are"),
        ({"per_pair": "3"}, "from 1 to 2, all that there are"),
        ({"comparison": "4711"}, "Nothing is left to assign by this choice"),
    ],
)
def test_a_faulty_choice_is_refused_and_kept(
    editor: Client, event: Event, wrong: dict[str, object], sentence: str
) -> None:
    ana = make_user(name="ana")
    form = {"version": 0, "people": [ana.pk], "per_pair": "1", "relation": "diverge", **wrong}
    answer = editor.post(address(event), form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert '<option value="diverge" selected>' in answer.text
    event.refresh_from_db()
    assert event.shared_out == 0


def test_who_is_late_sees_the_fresh_load_and_keeps_the_choice(editor: Client, event: Event) -> None:
    ana = make_user(name="ana")
    assign(event, make_user("editor", name="olga"), assignable(event), [ana.pk], per_pair=1, version=0)
    for where in (address(event), f"{address(event)}back/{ana.pk}/"):
        answer = editor.post(where, {"version": 0, "people": [ana.pk], "per_pair": 1, "relation": "agree"})
        assert answer.status_code == 409
        assert "Somebody else has assigned pairs of this event" in answer.text
        assert "0 of them assigned to nobody. 5 assigned" in answer.text
        assert 'name="version" value="1"' in answer.text
    assert Assignment.objects.count() == 5


def test_what_is_not_done_is_taken_back(editor: Client, event: Event) -> None:
    ana = make_user(name="ana")
    assign(event, make_user("editor", name="olga"), assignable(event), [ana.pk], per_pair=1, version=0)
    page = editor.post(f"{address(event)}back/{ana.pk}/", {"version": 1}, follow=True).text
    assert "Taken back: 5 pairs." in page
    assert not Assignment.objects.exists()


def test_the_queue_shows_what_is_assigned_to_oneself(reviewer: Client, event: Event) -> None:
    me = make_user(name="me")
    mine = assignable(event).filter(verdict__relation="diverge")
    assign(event, make_user("editor"), mine, [me.pk], per_pair=1, version=0)
    assert "assigned to you" not in reviewer.get("/review/").text
    assert "Nothing is left to decide" in reviewer.get("/review/?assignee=mine").text
    reviewer.force_login(me)
    assert "2 assigned to you</a>" in reviewer.get("/review/").text
    page, seen = reviewer.get("/review/?assignee=mine").text, []
    while found := re.search(r'action="/pairs/(\d+)/review/"', page):
        assert "Assigned to you." in page
        seen.append(int(found[1]))
        reviewer.post(f"/pairs/{found[1]}/review/", {"decision": "agree"})
        page = reviewer.get("/review/?assignee=mine").text
    assert sorted(seen) == sorted(mine.values_list("pk", flat=True))
    assert "Nothing is left to decide of what you chose" in page


def test_what_is_assigned_waits_even_where_another_has_rejected_it(reviewer: Client, event: Event) -> None:
    me, pair = make_user(name="me"), assignable(event)[0]
    assign(event, make_user("editor"), assignable(event).filter(pk=pair.pk), [me.pk], per_pair=1, version=0)
    decide(pair, make_user(name="ana"), "no_match")
    reviewer.force_login(me)
    assert f'action="/pairs/{pair.pk}/review/"' in reviewer.get("/review/?assignee=mine").text


def test_what_is_assigned_to_nobody_can_be_chosen(reviewer: Client, event: Event) -> None:
    rest = assignable(event).exclude(verdict__relation="diverge")
    chosen = assignable(event).filter(verdict__relation="diverge")
    assign(event, make_user("editor"), chosen, [make_user(name="ana").pk], per_pair=1, version=0)
    assert f"<b>0</b> of {rest.count()} decided" in reviewer.get("/review/?assignee=nobody").text


def test_more_pairs_and_people_cost_no_more_queries(editor: Client) -> None:
    counts = []
    for size in (3, 20):
        event = make_large(size, pairs=size).event
        people = [make_user(name=f"person-{size}-{number}").pk for number in range(size)]
        assign(event, make_user("editor", name=f"e{size}"), assignable(event), people, per_pair=2, version=0)
        with CaptureQueriesContext(connection) as queries:
            editor.get(address(event))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_anothers_pairs_are_a_queue_and_a_list_and_the_table_leads_there(editor: Client, event: Event) -> None:
    ana, ben = make_user(name="ana"), make_user(name="ben")
    hers = assignable(event).filter(verdict__relation="diverge")
    assign(event, make_user("editor", name="olga"), hers, [ana.pk], per_pair=1, version=0)
    assign(
        event,
        User.objects.get(username="olga"),
        assignable(event).exclude(pk__in=hers),
        [ben.pk],
        per_pair=1,
        version=1,
    )
    done, left = hers.order_by("pk")
    decide(done, ana, "agree")
    page = editor.get(address(event)).text
    found = re.search(r'href="(/review/\?[^"]*assignee=@ana)"', page)
    assert found
    assert pair_of(editor.get(found[1].replace("&amp;", "&")).text) == left.pk
    assert f'href="/review/list/?event={event.slug}&amp;assignee=@ana"' in page
    listed = editor.get(f"/review/list/?event={event.slug}&assignee=@ana").text
    assert {int(one) for one in re.findall(r'href="/pairs/(\d+)/"', listed)} == {done.pk, left.pk}
    assert 'value="@ana" selected>assigned to ana</option>' in listed
    waiting = editor.get("/review/list/?state=waiting").text
    assert f'href="/pairs/{done.pk}/"' not in waiting
    assert f'href="/pairs/{left.pk}/"' in waiting


def test_nobody_of_that_name_has_no_pairs(reviewer: Client, event: Event) -> None:
    page = reviewer.get("/review/?assignee=@nobody-of-that-name").text
    assert "Nothing is left to decide of what you chose" in page


def pair_of(page: str) -> int:
    found = re.search(r'action="/pairs/(\d+)/review/"', page)
    assert found
    return int(found[1])
