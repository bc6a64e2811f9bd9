"""The page of figures: what it shows to whom, and who may put what was learnt to use."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Calibration, Pair
from claims.services.learning import apply
from claims.services.review import decide
from tests.factories import make_large, make_user

pytestmark = pytest.mark.django_db


def decide_some(count: int, *, of: int = 40) -> None:
    comparison = make_large(of, pairs=of)
    reviewer = make_user(name="ana")
    for place, pair in enumerate(comparison.pairs.order_by("pk")[:count]):
        Pair.objects.filter(pk=pair.pk).update(score=0.3 + 0.6 * place / of)
        decide(pair, reviewer, "no_match" if place < count / 4 else pair.verdict.relation)


def mark_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found, "there is nothing to apply"
    return found[1]


def signed_in(client: Client, role: str) -> Client:
    client.force_login(make_user(role, name=f"the {role}"))
    return client


def test_before_anything_is_decided_it_says_so(reviewer: Client) -> None:
    page = reviewer.get("/quality/").text
    assert "30 more decisions are needed: 0 pairs are decided" in page
    assert "Nobody has decided on a pair yet" in page


def test_it_shows_each_band_with_its_interval_in_words_and_as_a_bar(reviewer: Client) -> None:
    decide_some(20)
    page = reviewer.get("/quality/").text
    assert "10 more decisions are needed" in page
    assert "0.3 to 0.4" in page
    assert re.search(r'<svg class="share"[^>]*aria-hidden="true"><rect class="right"', page)
    assert re.search(r"<td>\d+ to \d+ %</td>", page)


@pytest.mark.parametrize(("role", "button"), [("reader", False), ("reviewer", False), ("editor", True)])
def test_everybody_reads_and_only_an_editor_may_apply(client: Client, role: str, button: bool) -> None:
    decide_some(32)
    page = signed_in(client, role).get("/quality/").text
    assert "What applying it would change" in page
    assert ("/quality/apply/" in page) is button
    assert ("An editor can apply it" in page) is not button


def test_an_editor_applies_what_was_shown_and_goes_back(client: Client) -> None:
    decide_some(32)
    editor = signed_in(client, "editor")
    answer = editor.post("/quality/apply/", {"seen": mark_in(editor.get("/quality/").text)}, follow=True)
    assert "Applied: scores are now read by 32 decisions." in answer.text
    assert Calibration.objects.get().in_use
    assert "What was applied" in answer.text
    assert "nothing would change" in answer.text
    answer = editor.post("/quality/back/0/", follow=True)
    assert "Scores are read as they come." in answer.text
    made = Calibration.objects.get()
    assert not made.in_use
    editor.post(f"/quality/back/{made.pk}/")
    made.refresh_from_db()
    assert made.in_use
    assert editor.post("/quality/back/999/").status_code == 404


def test_what_was_not_shown_is_not_applied(client: Client) -> None:
    decide_some(32)
    answer = signed_in(client, "editor").post("/quality/apply/", {"seen": "something else"})
    assert answer.status_code == 422
    assert "Decisions have come in since this was shown" in answer.text
    assert not Calibration.objects.exists()


def test_more_decisions_cost_no_more_queries(reviewer: Client) -> None:
    seen = []
    decide_some(31)
    apply(None)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            reviewer.get("/quality/")
        seen.append(len(queries))
        ben = make_user(name=f"ben {len(seen)}")
        for pair in Pair.objects.all():
            decide(pair, ben, "agree")
    assert seen[0] == seen[1]
