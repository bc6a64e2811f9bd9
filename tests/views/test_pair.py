"""A pair's own page: both accounts in context, the grounds of the verdict, what people said, its neighbours."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Comparison, Pair
from claims.services.annotate import annotate, reply, resolve
from claims.services.review import decide, undo
from tests.factories import make_call, make_large, make_lone, make_user

pytestmark = pytest.mark.django_db


def pair_of(comparison: Comparison, reason: str) -> Pair:
    return comparison.pairs.get(verdict__reasons__kind=reason)


def shown(client: Client, pair: Pair) -> str:
    answer = client.get(pair.get_absolute_url())
    assert answer.status_code == 200
    return answer.text


def without_marks(html: str) -> str:
    return re.sub(r"</?mark[^>]*>", "", html)


def test_both_claims_stand_between_their_neighbouring_sentences(reviewer: Client) -> None:
    comparison = make_call()
    page = without_marks(shown(reviewer, pair_of(comparison, "date_time")))
    claim = comparison.a.claims.get(text__startswith="The two leaders")
    assert f'data-claim="{claim.pk}" data-start="{claim.start}">{claim.text}</span>' in page
    assert '<span class="around">The call lasted one hour and 20 minutes.</span>' in page
    assert '<span class="around">The President offered to send observers' in page


def test_the_verdict_shows_its_grounds(reviewer: Client) -> None:
    pair = pair_of(make_call(), "agency")
    page = shown(reviewer, pair)
    assert "They differ in agency." in page
    assert "confidence 0.81" in page
    assert "match 0.76" in page
    assert "all-MiniLM-L6-v2" in page
    words = re.findall(rf'<mark class="words diverge" data-reason="{pair.pk}-agency">(.*?)</mark>', page)
    assert words == ["The Prime Minister proposed", "The President offered"]


def test_every_review_says_who_and_the_history_says_what_was_undone(reviewer: Client) -> None:
    pair = pair_of(make_call(), "tone")
    ana, ben = make_user(name="ana"), make_user(name="ben")
    decide(pair, ana, "agree")
    decide(pair, ben, "diverge")
    decide(pair, ben, "partial")
    undo(ben)
    page = shown(reviewer, pair)
    reviews, history = page[page.index('id="reviews"') :].split('id="history"')
    assert re.findall(r"</span> (ana|ben), <time", reviews) == ["ana", "ben"]
    lines = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in history.split("</li>")]
    assert any(line.endswith("ben review: Diverge → Partial (undone)") for line in lines)
    assert re.findall(r'<time datetime="(\d{4}-)', history), "the history says when"
    assert "Disputed" in page[: page.index('class="accounts"')]


def test_a_thread_shows_its_words_its_weight_and_its_replies(reviewer: Client) -> None:
    pair = pair_of(make_call(), "tone")
    ana = make_user(name="ana")
    claim = pair.claims_of("a")[0]
    start = claim.start + claim.text.index("frank")
    note = annotate(
        pair, ana, text="Is <frank> cold?", kind="tone", weight="major", claim=claim, start=start, end=start + 5
    )
    reply(note, ana, "It is.")
    resolve(note, ana)
    page = shown(reviewer, pair)
    thread = page[page.index(f'id="annotation-{note.pk}"') :]
    assert '<blockquote class="quote">frank</blockquote>' in thread
    assert "Is &lt;frank&gt; cold?" in thread
    assert "major" in thread
    assert "It is." in thread
    assert "resolved by ana" in thread
    assert ">Reopen<" in thread
    assert re.search(r'<mark class="noted words partial"[^>]*>frank</mark>', page)


def test_a_withdrawn_pair_says_so_and_can_still_be_read(reviewer: Client) -> None:
    pair = pair_of(make_call(), "tone")
    decide(pair, make_user(name="ana"), "agree")
    Pair.objects.filter(pk=pair.pk).update(withdrawn=True)
    page = shown(reviewer, pair)
    assert "no longer proposed" in page
    assert "It was a " in page
    assert "ana" in page
    assert 'name="decision"' not in page


def test_previous_and_next_go_through_the_comparison_in_the_order_of_its_text(reviewer: Client) -> None:
    comparison = make_call()
    made = list(comparison.pairs.order_by("pk"))
    seen, address = [made[0].pk], made[0].get_absolute_url()
    while following := re.search(r'href="(/pairs/(\d+)/)" rel="next"', reviewer.get(address).text):
        address = following[1]
        seen.append(int(following[2]))
    assert seen == [pair.pk for pair in made]
    assert f'href="{made[-2].get_absolute_url()}" rel="prev"' in reviewer.get(address).text
    assert 'rel="prev"' not in shown(reviewer, made[0])


def test_claims_that_came_near_are_named_with_their_side_and_score(reviewer: Client) -> None:
    comparison = make_call()
    pair = comparison.pairs.order_by("pk")[0]
    own, other = pair.claims_of("a")[0], Claim.objects.get(text__contains="Maribel")
    other.lone_in.all().delete()
    make_lone(comparison, other, (own, 0.44))
    page = shown(reviewer, pair)
    near = page[page.index('class="near"') : page.index("</details>", page.index('class="near"'))]
    assert "Velland: " in near
    assert "Maribel" in near
    assert "0.44" in near
    assert f'href="{other.get_absolute_url()}"' in near


def test_a_reader_sees_no_forms(client: Client) -> None:
    pair = pair_of(make_call(), "tone")
    client.force_login(make_user("reader"))
    page = shown(client, pair)
    assert 'name="decision"' not in page
    assert 'id="annotate"' not in page


def test_a_pair_that_does_not_exist_is_not_found(reviewer: Client) -> None:
    assert reviewer.get("/pairs/4711/").status_code == 404


def test_a_longer_comparison_and_a_longer_thread_cost_no_more_queries(reviewer: Client) -> None:
    counts = []
    for size in (8, 40):
        pair = make_large(size).pairs.order_by("pk")[1]
        for number in range(size):
            person = make_user(name=f"person-{size}-{number}")
            decide(pair, person, "agree")
            reply(annotate(pair, person, text="Note"), person, "Answer")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown(reviewer, pair)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
