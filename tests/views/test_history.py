"""The history: who did what, when and why, of what; narrowed, paged, and each entry at its own address."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Change, Comparison, Pair
from claims.services.annotate import annotate, reply, resolve
from claims.services.bulk import Wish, carry_out, plan
from claims.services.correct import correct_source
from claims.services.reasons import say
from claims.services.review import decide, undo
from claims.views import history
from tests.factories import make_call, make_pairs, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def comparison() -> Comparison:
    return make_call()


def lines(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/history/{query}").text
    found = re.findall(r'<li class="change.*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_a_line_says_when_who_what_before_after_where_and_why(reviewer: Client, comparison: Comparison) -> None:
    pair, ana = comparison.pairs.order_by("pk")[0], make_user(name="ana")
    decide(pair, ana, "agree")
    decide(pair, ana, "partial", why="The hours differ.")
    first, second = lines(reviewer)
    assert f"ana review: Agree → Partial pair {pair.pk} Arden and Velland, {comparison.event.title}" in first
    assert first.endswith("Why: The hours differ.")
    assert "ana review: undecided → Agree" in second
    assert re.match(r"\d+ \w{3} \d{4}, \d\d:\d\d", first)


def test_a_decision_on_many_pairs_is_one_line_and_its_page_has_them_all(
    reviewer: Client, comparison: Comparison
) -> None:
    ana, wish = make_user(name="ana"), Wish(decision="agree")
    pairs = Pair.objects.order_by("pk")
    entry = carry_out(pairs, ana, wish, mark=plan(pairs, ana, wish).mark, about="all pairs")
    assert entry is not None
    (line,) = lines(reviewer)
    assert "ana review: Agree on 5 pairs (all pairs)" in line
    page = reviewer.get(entry.get_absolute_url()).text
    assert page.count('<li class="change') == 5
    assert "on 5 pairs" in page
    (of_pair,) = lines(reviewer, f"?pair={pairs[0].pk}")
    assert "one of many" in of_pair
    (of_event,) = lines(reviewer, f"?event={comparison.event.slug}")
    assert "on 5 pairs" in of_event


def test_an_event_has_its_own_history(reviewer: Client, comparison: Comparison) -> None:
    other, ana = make_call(title="Talks on the Sarn ferry"), make_user(name="ana")
    decide(comparison.pairs.all()[0], ana, "agree")
    decide(other.pairs.all()[0], ana, "diverge")
    (line,) = lines(reviewer, f"?event={other.event.slug}")
    assert "Diverge" in line


def test_a_claim_has_its_own_history_with_its_pairs_and_who_makes_it(reviewer: Client, comparison: Comparison) -> None:
    pair, editor = comparison.pairs.order_by("pk")[0], make_user("editor")
    claim = pair.claims_of("a")[0]
    decide(pair, editor, "agree")
    decide(comparison.pairs.order_by("pk")[1], editor, "agree")
    correct_source(claim, editor, source=None, voice="The Courier")
    corrected, decided = lines(reviewer, f"?claim={claim.pk}")
    assert "editor source corrected: Arden → The Courier claim" in corrected
    assert "review: undecided → Agree" in decided


def test_an_annotation_has_its_own_history(reviewer: Client, comparison: Comparison) -> None:
    pair, ana = comparison.pairs.all()[0], make_user(name="ana")
    note = annotate(pair, ana, text="Who asked whom?")
    annotate(pair, ana, text="Another note.")
    reply(note, ana, "They say it themselves.")
    resolve(note, ana)
    told = lines(reviewer, f"?annotation={note.pk}")
    assert len(told) == 3
    assert "annotation: “Who asked whom?”" in told[2]


def test_a_word_on_a_reason_is_told_with_its_kind_and_words(reviewer: Client, comparison: Comparison) -> None:
    pair = comparison.pairs.get(verdict__reasons__kind="tone")
    say(pair, make_user(name="ana"), kind="tone", words=pair.verdict.reasons.get().quoted, says="dismissed")
    (line,) = lines(reviewer)
    assert "ana word on a reason “tone”: nothing said → dismissed “frank / warm and highly productive”" in line


def test_it_is_narrowed_to_a_person_a_kind_and_days(reviewer: Client, comparison: Comparison) -> None:
    pair, ana, ben = comparison.pairs.all()[0], make_user(name="ana"), make_user(name="ben")
    old = decide(pair, ana, "agree")
    Change.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=10))
    decide(pair, ben, "agree")
    annotate(pair, ben, text="Note")
    Change.objects.create(pair=pair, what="verdict", before="agree", after="partial")
    day = (timezone.now() - dt.timedelta(days=5)).date().isoformat()
    counts = {
        "?person=ben": 2,
        "?person=ben&kind=review": 1,
        "?person=*": 1,
        "?person=nobody": 0,
        f"?since={day}": 3,
        f"?until={day}": 1,
        f"?since={day}&until={day}": 0,
        "?kind=odd": 4,
    }
    assert {query: len(lines(reviewer, query)) for query in counts} == counts


def test_a_day_that_is_none_is_refused_and_kept(reviewer: Client) -> None:
    answer = reviewer.get("/history/?since=yesterday")
    assert answer.status_code == 422
    assert "Write the day as 2031-04-08." in answer.text
    assert 'value="yesterday"' in answer.text


def test_it_has_pages_that_keep_what_was_chosen(
    reviewer: Client, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "A_PAGE", 2)
    ana = make_user(name="ana")
    for pair in comparison.pairs.all():
        decide(pair, ana, "agree")
    seen, address = 0, "/history/?person=ana"
    for expected in (2, 2, 1):
        page = reviewer.get(address).text
        assert page.count('<li class="change') == expected
        seen += expected
        older = re.search(r'href="([^"]+)" rel="next"', page)
        address = f"/history/{older[1].replace('&amp;', '&')}" if older else ""
    assert (seen, address) == (5, "")


def test_an_entry_is_taken_back_on_its_page_by_whoever_made_it(client: Client, comparison: Comparison) -> None:
    ana = make_user(name="ana")
    entry = decide(comparison.pairs.all()[0], ana, "agree")
    client.force_login(make_user(name="ben"))
    assert "Take it back" not in client.get(entry.get_absolute_url()).text
    client.force_login(ana)
    assert "Take it back" in client.get(entry.get_absolute_url()).text
    page = client.post("/review/undo/", {"entry": entry.pk, "next": entry.get_absolute_url()}, follow=True).text
    assert "Taken back: Agree." in page
    assert "Take it back" not in page
    assert not comparison.pairs.exclude(outcome="").exists()


def test_what_was_undone_says_so(reviewer: Client, comparison: Comparison) -> None:
    ana = make_user(name="ana")
    decide(comparison.pairs.all()[0], ana, "agree")
    undo(ana)
    first, second = lines(reviewer)
    assert "ana undo: Agree → undecided" in first
    assert "(undone)" in second


@pytest.mark.parametrize("query", ["?pair=99999", "?claim=x", "?event=nowhere", "?annotation=%C2%B2", "99999/"])
def test_the_history_of_what_does_not_exist_is_not_found(reviewer: Client, query: str) -> None:
    assert reviewer.get(f"/history/{query}").status_code == 404


def test_an_empty_history_says_so(reviewer: Client) -> None:
    assert "Nothing happened here" in reviewer.get("/history/").text


def test_a_longer_history_costs_no_more_queries(reviewer: Client) -> None:
    counts, ana = [], make_user(name="ana")
    for size in (4, 30):
        comparison = make_pairs(size, title=f"Call {size}")
        for pair in comparison.pairs.all():
            decide(pair, ana, "agree")
        correct_source(comparison.pairs.all()[0].claims_of("a")[0], ana, source=None, voice="The Courier")
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(f"/history/?event={comparison.event.slug}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_the_pages_lead_to_their_history(client: Client, comparison: Comparison) -> None:
    client.force_login(make_user("editor"))
    pair = comparison.pairs.all()[0]
    claim = pair.claims_of("a")[0]
    note = annotate(pair, make_user(name="ana"), text="Note")
    assert f"/history/?event={comparison.event.slug}" in client.get(comparison.event.get_absolute_url()).text
    assert f"/history/?claim={claim.pk}" in client.get(f"/articles/{claim.article_id}/?claim={claim.pk}").text
    page = client.get(pair.get_absolute_url()).text
    assert f"/history/?pair={pair.pk}" in page
    assert f"/history/?annotation={note.pk}" in page


def test_the_pairs_page_takes_a_ground_with_a_decision(reviewer: Client, comparison: Comparison) -> None:
    pair = comparison.pairs.all()[0]
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "agree", "why": "  Both say\nso. "})
    assert Change.objects.get().why == "Both say so."
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "partial", "why": "w" * 501})
    assert answer.status_code == 422
    assert "w" * 501 in answer.text
    assert Change.objects.count() == 1
