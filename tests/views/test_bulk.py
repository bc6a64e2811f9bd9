"""The list of pairs and decisions on many of them: preview, confirmation, what is kept, the way back."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Change, Pair, Review, Verdict
from claims.services.adjudicate import adjudicate
from claims.services.review import decide
from claims.views import review_list
from tests.factories import make_call, make_pairs, make_user

pytestmark = pytest.mark.django_db


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def mark_in(page: str) -> str:
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found, "nothing is to be confirmed"
    return found[1]


def confirm(client: Client, **form: object) -> str:
    preview = client.post("/review/bulk/", form).text
    return client.post("/review/bulk/", {**form, "mark": mark_in(preview)}, follow=True).text


def test_the_list_shows_pairs_with_the_machines_and_peoples_word(reviewer: Client) -> None:
    comparison = make_call()
    decide(comparison.pairs.order_by("pk")[0], make_user(name="ana"), "diverge")
    page = plain(reviewer.get("/review/list/").text)
    assert "5 pairs" in page
    assert "frank exchange" in page
    assert "commitment, date or time" in page
    assert page.count("not yet") == 4


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("relation=diverge", 2),
        ("state=open", 3),
        ("state=mine", 1),
        ("state=undecided", 4),
        ("state=disputed", 0),
        ("reason=tone", 1),
    ],
)
def test_the_list_is_of_the_selection(reviewer: Client, query: str, count: int) -> None:
    pairs = list(make_call().pairs.order_by("pk"))
    reviewer.post(f"/pairs/{pairs[0].pk}/review/", {"decision": "agree"})
    decide(pairs[1], make_user(name="ana"), "diverge")
    page = reviewer.get(f"/review/list/?{query}").text
    assert page.count('type="checkbox" name="pair"') == count
    assert ("No pair fits what you chose" in page) == (count == 0)


def test_the_list_has_pages_and_keeps_the_selection(reviewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_list, "A_PAGE", 4)
    make_pairs(10)
    page = reviewer.get("/review/list/?score=sure&page=1").text
    following = re.search(r'href="([^"]+)" rel="next"', page)
    assert following
    assert "score=sure" in following[1]
    assert "Page 2 of" in reviewer.get(f"/review/list/{following[1].replace('&amp;', '&')}").text


def test_a_preview_counts_what_is_not_on_the_screen_and_what_is_mine(reviewer: Client) -> None:
    pairs = list(make_pairs(60).pairs.order_by("pk"))
    for pair, decision in zip(pairs, ("diverge", "diverge", "agree"), strict=False):
        reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": decision})
    page = plain(reviewer.post("/review/bulk/", {"which": "all", "decision": "agree", "shown": "50"}).text)
    assert "Agree on 57 pairs?" in page
    assert "10 of 60" in page
    assert "Say it already 1" in page
    assert "Have another decision of yours, which stays 2" in page
    assert "And 47 more." in page
    assert Review.objects.count() == 3


def test_a_confirmed_bulk_is_stored_as_one_entry_with_its_ground(reviewer: Client) -> None:
    comparison = make_call()
    page = confirm(reviewer, which="all", relation="diverge", decision="partial", why="Same point, other words.")
    assert "Partial on 2 pairs." in page
    assert Review.objects.filter(decision="partial").count() == 2
    entry = Change.objects.entries().get()
    assert (entry.size, entry.why, entry.about) == (2, "Same point, other words.", "relation diverge")
    assert comparison.pairs.filter(outcome="").count() == 3


def test_only_ticked_pairs_are_decided_by_hand(reviewer: Client) -> None:
    pairs = list(make_call().pairs.order_by("pk"))
    confirm(reviewer, which="hand", pair=[pairs[1].pk, pairs[3].pk], decision="no_match")
    assert set(Review.objects.values_list("pair", flat=True)) == {pairs[1].pk, pairs[3].pk}


def test_nothing_ticked_is_nothing_to_change(reviewer: Client) -> None:
    make_call()
    page = reviewer.post("/review/bulk/", {"which": "hand", "decision": "agree"}).text
    assert "There is nothing to change" in page
    assert 'name="mark"' not in page


def test_my_other_decisions_change_only_if_i_say_so(reviewer: Client) -> None:
    pair = make_call().pairs.order_by("pk")[0]
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    confirm(reviewer, which="all", decision="agree")
    assert Review.objects.get(pair=pair).decision == "diverge"
    confirm(reviewer, which="all", decision="agree", over="1")
    assert Review.objects.get(pair=pair).decision == "agree"


def test_a_bulk_that_has_changed_since_is_shown_anew_and_not_stored(reviewer: Client) -> None:
    pair = make_call().pairs.order_by("pk")[0]
    mark = mark_in(reviewer.post("/review/bulk/", {"which": "all", "decision": "agree"}).text)
    Pair.objects.filter(pk=pair.pk).update(withdrawn=True)
    answer = reviewer.post("/review/bulk/", {"which": "all", "decision": "agree", "mark": mark})
    assert answer.status_code == 409
    assert "Nothing was stored" in answer.text
    assert "Agree on 4 pairs?" in answer.text
    assert not Review.objects.exists()


def test_a_ground_that_is_too_long_is_refused_and_kept(reviewer: Client) -> None:
    make_call()
    mark = mark_in(reviewer.post("/review/bulk/", {"which": "all", "decision": "agree"}).text)
    answer = reviewer.post("/review/bulk/", {"which": "all", "decision": "agree", "mark": mark, "why": "w" * 501})
    assert answer.status_code == 422
    assert "at most 500 characters" in answer.text
    assert "w" * 501 in answer.text


@pytest.mark.parametrize("form", [{}, {"decision": "true"}, {"kind": "mood"}])
def test_an_odd_bulk_is_refused_in_words(reviewer: Client, form: dict[str, str]) -> None:
    make_call()
    answer = reviewer.post("/review/bulk/", {"which": "all", **form})
    assert answer.status_code == 422
    assert "Choose" in answer.text


def test_a_reason_is_dismissed_in_all_pairs_that_quote_the_same(reviewer: Client) -> None:
    make_pairs(9)
    page = confirm(reviewer, kind="number", words="ships / ships", shown="1")
    assert "“number” dismissed on 6 pairs." in page
    assert Change.objects.entries().get().size == 6


def test_the_message_takes_the_whole_bulk_back(reviewer: Client) -> None:
    make_call()
    page = confirm(reviewer, which="all", decision="agree")
    entry = re.search(r'name="entry" value="(\d+)"', page)
    assert entry
    ana = make_user(name="ana")
    first = Pair.objects.order_by("pk")[0]
    decide(first, ana, "diverge")
    page = reviewer.post("/review/undo/", {"entry": entry[1], "next": "/review/list/"}, follow=True).text
    assert "Taken back: Agree on 4 pairs." in page
    assert f"Pair {first.pk} is left as it is: ana has decided on it since." in page
    assert Review.objects.count() == 2


def test_undo_of_a_colleagues_entry_is_refused_in_words(reviewer: Client) -> None:
    change = decide(make_call().pairs.all()[0], make_user(name="ana"), "agree")
    answer = reviewer.post("/review/undo/", {"entry": change.pk})
    assert answer.status_code == 422
    assert "decisions of your own" in answer.text
    assert Review.objects.exists()


def test_a_reader_sees_the_list_without_its_forms(client: Client) -> None:
    make_call()
    client.force_login(make_user("reader"))
    page = client.get("/review/list/").text
    assert "frank exchange" in page
    assert 'name="decision"' not in page
    assert client.get("/review/bulk/?decision=agree").status_code == 403


def test_a_longer_list_costs_no_more_queries(reviewer: Client) -> None:
    counts = []
    for size in (5, 40):
        slug = make_pairs(size, title=f"Call {size}").event.slug
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(f"/review/list/?event={slug}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_a_larger_preview_costs_no_more_queries(reviewer: Client) -> None:
    counts = []
    for size in (20, 80):
        slug = make_pairs(size, title=f"Call {size}").event.slug
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(f"/review/bulk/?event={slug}&kind=number")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_preview_says_how_many_pairs_have_a_final_verdict(reviewer: Client) -> None:
    pair = make_call().pairs.order_by("pk")[0]
    adjudicate(pair, make_user("editor"), decision="diverge", why="Two borders.", version=0)
    page = plain(reviewer.get("/review/bulk/?decision=agree").text)
    assert "Have a final verdict, and are left as they are 1" in page
    assert "Yes, on 4 pairs" in page


def test_a_page_is_confirmed_as_the_machine_says_and_one_goes_on_to_the_next(
    reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_list, "A_PAGE", 3)
    pairs = list(make_call().pairs.order_by("verdict__confidence", "score", "pk"))
    Verdict.objects.filter(pair=pairs[0]).update(relation="", kind="", confidence=0, judge="")
    page = reviewer.get("/review/list/").text
    form = {
        "which": "page",
        "on_page": re.findall(r'name="on_page" value="(\d+)"', page),
        "after_page": re.findall(r'name="after_page" value="(\d+)"', page)[0],
        "decision": "machine",
        "next": "/review/list/?page=1",
    }
    assert [int(one) for one in form["on_page"]] == [one.pk for one in pairs[:3]]
    preview = reviewer.post("/review/bulk/", form)
    assert "As the machine says on 2 pairs?" in preview.text
    assert "Not judged by the machine yet, and left as they are 1" in plain(preview.text)
    shown = preview.text.split('action="/review/bulk/"')[1].split("</form>")[0]
    sent = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown)
    fields = {name: [value for other, value in sent if other == name] for name, _ in sent}
    answer = reviewer.post("/review/bulk/", {**fields, "mark": mark_in(preview.text)})
    assert answer["Location"] == "/review/list/?page=2"
    said = dict(Review.objects.values_list("pair", "decision"))
    assert said == {one.pk: one.verdict.relation for one in pairs[1:3]}
    whole = Change.objects.get(size=2)
    assert (whole.after, {part.after for part in whole.parts.all()}) == ("machine", set(said.values()))
    assert "review: As the machine says on 2 pairs" in plain(reviewer.get("/history/").text)
    reviewer.post("/review/undo/")
    assert not Review.objects.exists()


def test_what_is_confirmed_leaves_the_undecided_so_that_one_stays_on_their_first_page(reviewer: Client) -> None:
    make_pairs(120)
    page = reviewer.get("/review/list/?state=undecided").text
    assert 'name="after_page" value="1"' in page
    assert 'name="after_page" value="2"' in reviewer.get("/review/list/").text
