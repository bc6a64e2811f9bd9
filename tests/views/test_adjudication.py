"""The pair's page and the page of disagreements: verdicts side by side, the final one, and who is late."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Adjudication, Pair
from claims.services.adjudicate import adjudicate
from claims.services.review import decide
from tests.factories import make_call, make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    pair = make_call().pairs.get(verdict__reasons__kind="tone")
    decide(pair, make_user(name="ana"), "agree")
    decide(pair, make_user(name="ben"), "diverge")
    return pair


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


def post(client: Client, pair: Pair, verb: str = "", **form: object) -> tuple[int, str]:
    answer = client.post(f"/pairs/{pair.pk}/final/{verb}", {"version": 0, **form})
    return answer.status_code, unescape(answer.text)


def test_disagreements_show_each_verdict_side_by_side(reviewer: Client, pair: Pair) -> None:
    page = reviewer.get("/disagreements/").text
    assert re.findall(r'<th scope="col">([^<]+)</th>', page) == ["Pair", "Machine", "ana", "ben", "Final verdict"]
    row = page[page.index(f'id="pair-{pair.pk}"') : page.index("</tr>", page.index(f'id="pair-{pair.pk}"'))]
    assert re.findall(r'<td data-name="\w+"><span class="tag (\w+)">', row) == ["partial", "agree", "diverge"]
    assert "frank exchange" in row
    assert "not settled" in row
    assert "<form" not in row


def test_they_are_filtered_by_event_and_by_state(editor: Client, pair: Pair) -> None:
    name = f'id="pair-{pair.pk}"'
    slug = pair.comparison.event.slug
    assert name in editor.get(f"/disagreements/?event={slug}").text
    assert name not in editor.get("/disagreements/?event=another").text
    post(editor, pair, decision="partial", why="Half of it.")
    assert name not in editor.get("/disagreements/").text
    settled = editor.get("/disagreements/?state=final").text
    assert name in settled
    assert "Half of it." in settled


def test_a_final_verdict_from_the_list_leads_back_to_it(editor: Client, pair: Pair) -> None:
    form = {"decision": "partial", "why": "Half of it.", "version": 0, "next": "/disagreements/?state=all"}
    answer = editor.post(f"/pairs/{pair.pk}/final/", form)
    assert (answer.status_code, answer["Location"]) == (303, "/disagreements/?state=all")


def test_it_is_shown_as_final_everywhere(editor: Client, pair: Pair) -> None:
    post(editor, pair, decision="diverge", why="They part on tone.")
    page = editor.get(pair.get_absolute_url()).text
    assert "They part on tone." in page
    assert "</span> ana," in page, "reviewers' own stay"
    assert 'name="decision" value="agree" data-key' not in page, "nothing is left to review"
    comparison = pair.comparison.get_absolute_url()
    assert "final verdict: Diverge" in editor.get(f"{comparison}?pair={pair.pk}").text
    assert 'aria-label="final verdict"' in editor.get(comparison).text
    assert f"/pairs/{pair.pk}/review/" not in editor.get(f"/review/?pair={pair.pk}").text
    assert "They part on tone." in editor.get(f"/review/?pair={pair.pk}").text


def test_what_is_final_is_decided_no_more_until_it_is_reopened(editor: Client, pair: Pair) -> None:
    post(editor, pair, decision="partial", why="Half of it.")
    answer = editor.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"})
    assert answer.status_code == 409
    assert "This pair has a final verdict" in answer.text
    assert post(editor, pair, "reopen/", why="A new readout.", version=1)[0] == 303
    assert editor.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"}).status_code == 303
    page = editor.get(pair.get_absolute_url()).text
    assert "A new readout." in page
    assert "Half of it." in page


def test_a_faulty_verdict_is_refused_and_what_was_typed_is_kept(editor: Client, pair: Pair) -> None:
    status, page = post(editor, pair, decision="", why="Since <this> is so.")
    assert status == 422
    assert "Choose agree, partial, diverge or not a match as the final verdict." in page
    assert "Since <this> is so.</textarea>" in page
    status, page = post(editor, pair, decision="partial", why=" ")
    assert status == 422
    assert "Say in a sentence why" in page
    assert re.search(r'value="partial" checked', page)


def test_who_is_late_sees_what_stands_and_keeps_what_was_typed(editor: Client, pair: Pair) -> None:
    adjudicate(pair, make_user("editor", name="olga"), decision="agree", why="Olga's ground.", version=0)
    status, page = post(editor, pair, decision="diverge", why="My ground.")
    assert status == 409
    for told in ("Somebody else adjudicated", "Olga's ground.", "My ground.</textarea>", 'name="version" value="1"'):
        assert told in page
    assert re.search(r'value="diverge" checked', page)
    assert Adjudication.objects.count() == 1
    assert post(editor, pair, decision="diverge", why="My ground.", version=1)[0] == 303


def test_a_longer_list_of_disagreements_costs_no_more_queries(editor: Client) -> None:
    counts = []
    ana, ben = make_user(name="ana"), make_user(name="ben")
    for size in (3, 15):
        comparison = make_large(size, pairs=size)
        for pair in comparison.pairs.all():
            decide(pair, ana, "agree")
            decide(pair, ben, "diverge")
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(f"/disagreements/?event={comparison.event.slug}").text
        assert page.count('<tr id="pair-') == size
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
