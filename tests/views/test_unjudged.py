"""Pairs that a person made and nobody judged yet, and silences that people confirmed: each page tells them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims.models import Claim, Comparison, Pair
from claims.services.review import decide
from claims.services.silence import confirm_silence
from claims.views.points import points_of
from tests.factories import make_call, make_joined, make_user

pytestmark = pytest.mark.django_db

NOT_YET = "1 not judged yet"


@pytest.fixture
def comparison() -> Comparison:
    return make_call()


@pytest.fixture
def joined(comparison: Comparison) -> Pair:
    return make_joined(comparison, make_user(name="ana"))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("page", ["/", "/overview/", "/events/{event}/", "/events/{event}/overview/", "/sources/{a}/"])
def test_bars_count_it_beside_the_relations(reviewer: Client, joined: Pair, page: str) -> None:
    comparison = joined.comparison
    shown = reviewer.get(page.format(event=comparison.event.slug, a=comparison.a_id))
    assert shown.status_code == 200
    assert NOT_YET in words(shown.text)
    assert "0 of 6" in words(shown.text)


def test_a_bar_of_what_is_judged_says_nothing_of_it(reviewer: Client, joined: Pair) -> None:
    decide(joined, make_user(name="ben"), "agree")
    assert "not judged yet" not in words(reviewer.get("/overview/").text)


def test_the_matrix_has_it_with_the_words_of_both_sides(reviewer: Client, joined: Pair) -> None:
    page = reviewer.get(f"/events/{joined.comparison.event.slug}/matrix/").text
    [row] = [row for row in re.findall(r'<tr id="point-.*?</tr>', page, re.DOTALL) if "Not judged yet" in row]
    assert "not judged yet, with Velland" in words(row)
    assert all(claim.text in row for claim in joined.claims.all())
    assert joined.get_absolute_url() in row
    assert "unjudged" in {point.relation for point in points_of(joined.comparison.event)}


def test_the_map_of_claims_draws_it(reviewer: Client, joined: Pair) -> None:
    page = reviewer.get(f"/events/{joined.comparison.event.slug}/overview/").text
    assert page.count('class="mark unjudged"') == 2  # itself and the key to it
    assert re.search(rf'<a href="{joined.get_absolute_url()}">not judged yet</a></td><td>by people</td>', page)


def test_a_report_has_it_in_a_group_of_its_own_and_says_who_made_it(reviewer: Client, joined: Pair) -> None:
    page = words(reviewer.get(f"{joined.comparison.get_absolute_url()}report/").text)
    assert "The machine Not judged yet put together by ana People decided nothing yet" in page
    assert "Put together by people 1 of 6 pairs" in page
    assert "the rules alone" in page


def test_a_search_finds_its_claims_and_says_so(reviewer: Client, joined: Pair) -> None:
    said = joined.claims_of("a")[0].text
    page = reviewer.get("/search/", {"q": f'"{said[:20]}"'}).text
    assert "not judged yet, with Velland" in words(page)


def test_a_confirmed_silence_is_told_in_matrix_and_report(reviewer: Client, comparison: Comparison) -> None:
    claim = Claim.objects.get(lone_in__comparison=comparison, source=comparison.a)
    confirm_silence(comparison, claim, make_user(name="ana"))
    page = words(reviewer.get(f"/events/{comparison.event.slug}/matrix/").text)
    assert page.count("silent, as people confirmed") == 1
    report = words(reviewer.get(f"{comparison.get_absolute_url()}report/").text)
    assert report.count("silence confirmed by ana") == 1
