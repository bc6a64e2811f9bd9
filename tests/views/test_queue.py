"""The review queue: which pair comes, how far one is, what passing over and coming back do."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.db.models import Case, When
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Assignment, Pair, Review, Verdict
from claims.services.adjudicate import adjudicate
from claims.services.review import decide
from tests.factories import make_article, make_call, make_event, make_large, make_pair, make_pairs, make_user

pytestmark = pytest.mark.django_db


def pair_in(page: str) -> int:
    found = re.search(r'action="/pairs/(\d+)/review/"', page)
    assert found, "no pair is shown"
    return int(found[1])


def link(page: str, key: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*data-key="{key}"', page)
    assert found, f"no link for {key}"
    return found[1].replace("&amp;", "&")


def by_confidence() -> list[int]:
    return list(Pair.objects.order_by("verdict__confidence").values_list("pk", flat=True))


def decide_here(client: Client, page: str, decision: str) -> str:
    following = re.search(r'action="/pairs/\d+/review/".*?name="next" value="([^"]+)"', page, re.DOTALL)
    assert following
    form = {"decision": decision, "next": following[1].replace("&amp;", "&")}
    return client.post(f"/pairs/{pair_in(page)}/review/", form, follow=True).text


def test_the_most_uncertain_pair_comes_first_and_a_decision_brings_the_next(reviewer: Client) -> None:
    make_call()
    page, seen = reviewer.get("/review/").text, []
    for _ in range(5):
        seen.append(pair_in(page))
        page = decide_here(reviewer, page, "partial")
    assert seen == by_confidence()
    assert "Nothing is left to decide" in page


def test_pairs_that_others_decided_are_still_mine_to_decide(reviewer: Client) -> None:
    make_call()
    first = Pair.objects.get(pk=by_confidence()[0])
    decide(first, make_user(name="ana"), "agree")
    page = reviewer.get("/review/").text
    assert pair_in(page) == first.pk
    assert "<b>1</b> of 5 decided, 0 by you" in page


def test_a_rejected_pair_counts_as_decided(reviewer: Client) -> None:
    make_call()
    page = decide_here(reviewer, reviewer.get("/review/").text, "no_match")
    assert "<b>1</b> of 5 decided, 1 by you" in page


def test_withdrawn_pairs_are_not_asked_for(reviewer: Client) -> None:
    make_call()
    Pair.objects.filter(pk=by_confidence()[0]).update(withdrawn=True)
    assert pair_in(reviewer.get("/review/").text) == by_confidence()[1]
    assert pair_in(reviewer.get(f"/review/?pair={by_confidence()[0]}").text) == by_confidence()[1]


def test_passing_over_leaves_a_pair_undecided_and_back_returns_to_it(reviewer: Client) -> None:
    make_call()
    first, second, third, *_ = by_confidence()
    page = reviewer.get("/review/").text
    page = reviewer.get(link(page, "j")).text
    assert pair_in(page) == second
    page = reviewer.get(link(page, "j")).text
    assert pair_in(page) == third
    page = reviewer.get(link(page, "k")).text
    assert pair_in(page) == second
    page = reviewer.get(link(page, "k")).text
    assert pair_in(page) == first
    assert not Pair.objects.exclude(outcome="").exists()


def test_whoever_passed_over_everything_can_begin_again(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/").text
    for _ in range(5):
        page = reviewer.get(link(page, "j")).text
    assert "You have passed over all that is left" in page
    assert "Nothing is left to decide" not in page
    assert pair_in(reviewer.get(link(page, "j")).text) == by_confidence()[0]


def test_undo_brings_the_pair_back(reviewer: Client) -> None:
    make_call()
    first, second, *_ = by_confidence()
    page = decide_here(reviewer, reviewer.get("/review/").text, "no_match")
    assert pair_in(page) == second
    page = reviewer.post("/review/undo/", {"next": "/review/"}, follow=True).text
    assert pair_in(page) == first
    assert Pair.objects.get(pk=first).outcome == ""


def test_one_event_is_reviewed_by_itself_to_its_end(reviewer: Client) -> None:
    make_call()
    other = make_call(title="Talks on the Sarn ferry")
    page, seen = reviewer.get(f"/review/?event={other.event.slug}").text, []
    assert "<b>0</b> of 5 decided" in page
    for _ in range(5):
        seen.append(pair_in(page))
        page = decide_here(reviewer, page, "agree")
    assert set(seen) == set(other.pairs.values_list("pk", flat=True))
    assert "Nothing is left to decide in this event" in page
    assert 'href="/review/"' in page[page.index('id="desk"') :], "the other events are one step away"


def test_one_source_is_reviewed_by_itself(reviewer: Client) -> None:
    make_call()
    event = make_event("Talks on the Sarn ferry", sources=("Omber", "Quill"))
    omber, quill = event.sources.order_by("pk")
    texts = [(omber, "The ferry sails."), (omber, "It is new."), (quill, "The ferry sails."), (quill, "It is old.")]
    claims = list(make_article(event, texts).claims.order_by("start"))
    for a, b in ((0, 2), (1, 3)):
        make_pair(event.comparisons.get(), [claims[a]], [claims[b]])
    page, seen = reviewer.get("/review/?source=quill").text, []
    for _ in range(2):
        seen.append(pair_in(page))
        page = decide_here(reviewer, page, "agree")
    assert set(seen) == set(event.comparisons.get().pairs.values_list("pk", flat=True))
    assert "Nothing is left to decide with this source" in page


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("relation=diverge", {"verdict__relation": "diverge"}),
        ("reason=agency", {"verdict__reasons__kind": "agency"}),
        ("score=sure", {"sure": True}),
        ("score=suggested", {"sure": False}),
    ],
)
def test_a_selection_is_reviewed_to_its_end(reviewer: Client, query: str, fits: dict[str, object]) -> None:
    make_call()
    fitting = set(Pair.objects.filter(**fits).values_list("pk", flat=True))
    assert 0 < len(fitting) < 5
    page, seen = reviewer.get(f"/review/?{query}").text, []
    assert f"<b>0</b> of {len(fitting)} decided" in page
    for _ in fitting:
        seen.append(pair_in(page))
        page = decide_here(reviewer, page, "agree")
    assert set(seen) == fitting
    assert "Nothing is left to decide of what you chose" in page


def test_disputed_pairs_come_back_to_those_who_decided_them(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/").text
    disputed = pair_in(page)
    decide_here(reviewer, page, "agree")
    decide(Pair.objects.get(pk=disputed), make_user(name="ana"), "diverge")
    page = reviewer.get("/review/?state=disputed").text
    assert pair_in(page) == disputed
    page = decide_here(reviewer, page, "diverge")
    assert "Nothing is left to decide of what you chose" in page


def test_what_nobody_decided_leaves_out_what_others_did(reviewer: Client) -> None:
    make_call()
    first, second, *_ = by_confidence()
    decide(Pair.objects.get(pk=first), make_user(name="ana"), "agree")
    assert pair_in(reviewer.get("/review/?state=open").text) == second


@pytest.mark.parametrize(
    ("order", "by"),
    [
        ("match", ("score", "pk")),
        ("text", ("members__claim__start",)),
        ("diverge", ("rank", "verdict__confidence")),
    ],
)
def test_the_order_is_the_reviewers_choice(reviewer: Client, order: str, by: tuple[str, ...]) -> None:
    make_call()
    rank = Case(When(verdict__relation="diverge", then=0), default=1)
    wanted = Pair.objects.annotate(rank=rank).filter(members__side="a").order_by(*by).values_list("pk", flat=True)
    page, seen = reviewer.get(f"/review/?order={order}").text, []
    for _ in range(5):
        seen.append(pair_in(page))
        page = decide_here(reviewer, page, "partial")
    assert seen == list(dict.fromkeys(wanted))


def test_the_page_says_what_is_chosen(reviewer: Client) -> None:
    make_call()
    assert "Choose pairs and order" in reviewer.get("/review/").text
    page = reviewer.get("/review/?relation=diverge&order=text").text
    assert "Chosen: diverge, as in the texts" in page


def test_an_odd_choice_is_left_open(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/?relation=x&order=y&score=1&state=2&reason=3").text
    assert pair_in(page) == by_confidence()[0]


def test_an_empty_queue_says_what_to_do_next(reviewer: Client) -> None:
    page = reviewer.get("/review/").text
    assert "Nothing is left to decide" in page
    assert 'href="/"' in page[page.index('id="desk"') :]


@pytest.mark.parametrize(
    "query",
    [
        "pair=x",
        "pair=99999",
        "skip=a.b",
        "pair=%C2%B2",
        "after=x",
        "before=7",
        f"source={'x' * 900}&source=",
        "skip=9999999999999999999999",
    ],
)
def test_an_odd_address_still_shows_the_next_pair(reviewer: Client, query: str) -> None:
    make_call()
    assert pair_in(reviewer.get(f"/review/?{query}").text) == by_confidence()[0]


def test_htmx_gets_the_card_alone(reviewer: Client) -> None:
    make_call()
    answer = reviewer.get("/review/", headers={"HX-Request": "true", "HX-Target": "desk"})
    assert answer.text.strip().startswith('<div id="desk"')
    assert "<html" not in answer.text
    assert "HX-Target" in answer["Vary"]


def test_a_reader_sees_the_pair_without_the_buttons(client: Client) -> None:
    make_call()
    client.force_login(make_user("reader"))
    page = client.get("/review/").text
    assert "<blockquote>" in page
    assert 'name="decision"' not in page


def test_a_longer_queue_costs_no_more_queries(reviewer: Client) -> None:
    counts = []
    for size in (8, 60):
        slug = make_large(size).event.slug
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.get(f"/review/?event={slug}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 29


def test_the_order_stays_while_one_works(reviewer: Client) -> None:
    make_call()
    order = by_confidence()
    page = decide_here(reviewer, reviewer.get("/review/").text, "agree")
    for place, pair in enumerate(reversed(order)):
        Verdict.objects.filter(pair=pair).update(confidence=place / 10)
    page = decide_here(reviewer, page, "agree")
    assert pair_in(page) == order[2]


def test_whoever_comes_back_after_logging_out_goes_on_where_they_were(client: Client) -> None:
    make_call()
    user = make_user()
    client.force_login(user)
    page = client.get("/review/").text
    for _ in range(2):
        page = client.get(link(page, "j")).text
    client.post("/logout/")
    client.force_login(user)
    page = client.get("/review/").text
    assert pair_in(page) == by_confidence()[2]
    assert "3 of 5 in this order" in page


def test_each_selection_has_its_own_place(reviewer: Client) -> None:
    make_call()
    for query in ("", "order=match"):
        reviewer.get(link(reviewer.get(f"/review/?{query}").text, "j"))
    by_match = list(Pair.objects.order_by("score").values_list("pk", flat=True))
    assert pair_in(reviewer.get("/review/").text) == by_confidence()[1]
    assert pair_in(reviewer.get("/review/?order=match").text) == by_match[1]


def test_who_was_at_a_pair_that_is_decided_meanwhile_gets_the_next(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/").text
    reviewer.post(f"/pairs/{pair_in(page)}/review/", {"decision": "agree"})
    assert pair_in(reviewer.get("/review/").text) == by_confidence()[1]


def test_the_first_undecided_pair_is_one_key_away(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/").text
    for _ in range(3):
        page = reviewer.get(link(page, "j")).text
    assert pair_in(reviewer.get(link(page, "f")).text) == by_confidence()[0]


def test_back_returns_to_what_was_decided(reviewer: Client) -> None:
    make_call()
    page = decide_here(reviewer, reviewer.get("/review/").text, "agree")
    page = reviewer.get(link(page, "k")).text
    assert pair_in(page) == by_confidence()[0]
    assert 'value="agree" data-does="agree" data-key="a" aria-pressed="true"' in page


def test_sorting_anew_takes_todays_order_and_its_first_pair(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/?order=match").text
    reviewer.get(link(page, "j"))
    Pair.objects.filter(pk=by_confidence()[-1]).update(score=0.01)
    answer = reviewer.post("/review/anew/", {"order": "match"}, follow=True)
    assert answer.redirect_chain == [("/review/?order=match", 303)]
    assert pair_in(answer.text) == by_confidence()[-1]


def test_what_one_decided_oneself_can_be_gone_through_again(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/").text
    for decision in ("agree", "no_match"):
        page = decide_here(reviewer, page, decision)
    page, seen = reviewer.get("/review/?state=mine").text, []
    for _ in range(2):
        seen.append(pair_in(page))
        page = reviewer.get(link(page, "j")).text
    assert seen == by_confidence()[:2]
    assert "You have passed over all that is left" in page


def test_from_a_key_to_the_next_pair_costs_the_same_queries_at_any_length(reviewer: Client) -> None:
    counts = []
    for size in (10, 150):
        slug = make_pairs(size, title=f"Call {size}").event.slug
        page = reviewer.get(f"/review/?event={slug}").text
        with CaptureQueriesContext(connection) as queries:
            decide_here(reviewer, page, "agree")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 42


def test_a_round_through_what_is_mine_passes_over_what_is_taken_back_and_what_is_settled(client: Client) -> None:
    me, editor = make_user("reviewer"), make_user("editor")
    first, second, third = list(make_call().pairs.order_by("pk"))[:3]
    for pair in (first, second, third):
        Assignment.objects.create(pair=pair, reviewer=me, by=editor)
    client.force_login(me)
    seen = {pair_in(client.get("/review/?assignee=mine").text)}
    Assignment.objects.filter(pair=first).delete()
    adjudicate(second, editor, decision="agree", why="The same hour.", version=0)
    page = client.get("/review/?assignee=mine&after=0").text
    assert seen < {first.pk, second.pk, third.pk}
    assert pair_in(page) == third.pk
    assert ">1 assigned to you<" in page
    assert "Nothing is left" in decide_here(client, page, "agree")


def test_a_key_brings_the_next_pair_in_one_answer(reviewer: Client) -> None:
    make_call()
    first, second, *_ = by_confidence()
    swapped = {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "desk"}
    sent = {"decision": "agree", "next": f"/review/?relation=&after={first}"}
    answer = reviewer.post(f"/pairs/{first}/review/", sent, headers=swapped)
    assert answer.status_code == 200
    assert answer["HX-Push-Url"] == sent["next"]
    assert answer.text.strip().startswith('<div id="desk"')
    assert pair_in(answer.text) == second
    assert f"Pair {first}: agree." in answer.text
    assert f'name="next" value="{sent["next"].replace("&", "&amp;")}"' in answer.text  # where the toast leads back to
    taken_back = reviewer.post("/review/undo/", {"next": sent["next"]}, headers=swapped)
    assert pair_in(taken_back.text) == first
    assert taken_back["HX-Push-Url"] == f"/review/?pair={first}"
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "following", ["/history/", "/nowhere/", "https://example.org/review/", "//example.org/review/"]
)
def test_what_is_not_the_queue_is_gone_on_to_by_a_redirect(reviewer: Client, following: str) -> None:
    make_call()
    swapped = {"HX-Request": "true", "HX-Target": "desk"}
    sent = {"decision": "agree", "next": following}
    answer = reviewer.post(f"/pairs/{by_confidence()[0]}/review/", sent, headers=swapped)
    assert answer.status_code == 303
    assert "example.org" not in answer["Location"]


def test_a_key_costs_few_queries(reviewer: Client) -> None:
    make_call()
    pair = by_confidence()[0]
    swapped = {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "desk"}
    reviewer.get("/review/")
    with CaptureQueriesContext(connection) as queries:
        reviewer.post(
            f"/pairs/{pair}/review/", {"decision": "agree", "next": f"/review/?after={pair}"}, headers=swapped
        )
    assert len(queries) <= 31


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("least=0.72&most=0.79", 3),
        ("most=0.55", 1),
        ("least=0.9", 0),
        ("since=2031-04-08&until=2031-04-08", 5),
        ("since=2031-04-09", 0),
        ("until=2031-04-07", 0),
        ("least=x&most=nan&since=2031-99-99&until=soon", 5),
    ],
)
def test_a_band_of_scores_and_a_stretch_of_days_narrow_it(reviewer: Client, query: str, count: int) -> None:
    make_call()
    page = reviewer.get(f"/review/list/?{query}").text
    assert f"<b>{count}</b> pair" in page
    assert ("Nothing is left" in reviewer.get(f"/review/?{query}").text) == (count == 0)


def test_the_bounds_are_told_and_kept(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/review/?least=0.6&until=2031-05-01").text
    assert "Chosen: match from 0.6, events until 2031-05-01" in page
    assert 'name="least" type="number" min="0" max="1" step="0.01" value="0.6"' in page
    assert "least=0.6&amp;until=2031-05-01" in page
