"""The page of a claim's edges: splitting at a word and merging with a neighbour."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Claim, Comparison
from claims.services.edges import cut
from claims.services.review import decide
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> User:
    user = make_user("reviewer", name="ana")
    client.force_login(user)
    return user


def claim_of(comparison: Comparison, words: str) -> Claim:
    return comparison.a.claims.get(text__contains=words)


def test_every_word_but_the_first_can_begin_the_second_claim(client: Client, ana: User) -> None:
    claim = claim_of(make_call(), "20 minutes")
    page = client.get(f"/claims/{claim.pk}/edges/").text
    starts = [int(at) for at in re.findall(r'type="radio" name="at" value="(\d+)"', page)]
    words = [claim.article.text[at:].split()[0] for at in starts]
    assert words == ["call", "lasted", "one", "hour", "and", "20", "minutes."]


def test_a_claim_is_split_and_the_article_shows_both_parts(client: Client, ana: User) -> None:
    claim = claim_of(make_call(), "20 minutes")
    answer = client.post(f"/claims/{claim.pk}/cut/", {"at": claim.start + claim.text.index("and 20")}, follow=True)
    first, second = Claim.objects.by_hand()
    assert (first.text, second.text) == ("The call lasted one hour", "and 20 minutes.")
    assert {f'id="claim-{one.pk}"' in answer.text for one in (first, second)} == {True}
    assert "drawn by ana" in answer.text


def test_the_comparison_shows_the_parts_in_the_pair_that_was_decided(client: Client, ana: User) -> None:
    comparison = make_call()
    pair = comparison.pairs.get(verdict__reasons__kind="agency")
    decide(pair, ana, "diverge")
    claim = claim_of(comparison, "proposed that observers")
    first, second = cut(claim, ana, claim.start + claim.text.index("that observers"))
    page = client.get(comparison.get_absolute_url()).text
    for one in (first, second):
        assert f'id="open-{pair.pk}-{one.pk}"' in page
    assert '<mark class="words diverge" data-reason="' in page
    assert "claim split" in client.get(pair.get_absolute_url()).text


def test_neighbours_are_merged(client: Client, ana: User) -> None:
    comparison = make_call()
    claim, after = claim_of(comparison, "20 minutes"), claim_of(comparison, "reopen the port")
    page = client.get(f"/claims/{claim.pk}/edges/").text
    assert "Merge with the claim before" in page
    assert f'name="other" value="{after.pk}">Merge with the claim after' in page
    client.post(f"/claims/{claim.pk}/merge/", {"other": after.pk})
    assert Claim.objects.by_hand().get().text == f"{claim.text} {after.text}"


@pytest.mark.parametrize("at", ["", "0", "nonsense", "99999", "5"])
def test_a_place_that_begins_no_word_is_refused_in_words(client: Client, ana: User, at: str) -> None:
    claim = claim_of(make_call(), "20 minutes")
    answer = client.post(f"/claims/{claim.pk}/cut/", {"at": at})
    assert answer.status_code == 422
    assert "Choose the word that begins the second claim." in answer.text
    assert not Claim.objects.by_hand().exists()


def test_a_claim_that_is_no_neighbour_is_refused_in_words(client: Client, ana: User) -> None:
    comparison = make_call()
    claim, far = claim_of(comparison, "20 minutes"), claim_of(comparison, "fisheries treaty")
    answer = client.post(f"/claims/{claim.pk}/merge/", {"other": far.pk})
    assert answer.status_code == 422
    assert "Choose the claim before or after this one." in answer.text


def test_a_claim_that_is_none_any_more_is_not_found(client: Client, ana: User) -> None:
    claim = claim_of(make_call(), "20 minutes")
    cut(claim, ana, claim.start + claim.text.index("and 20"))
    assert client.get(f"/claims/{claim.pk}/edges/").status_code == 404


def test_the_article_leads_there_for_reviewers_alone(client: Client, ana: User) -> None:
    claim = claim_of(make_call(), "20 minutes")
    address = f"/articles/{claim.article_id}/?claim={claim.pk}"
    assert f'href="/claims/{claim.pk}/edges/"' in client.get(address).text
    client.force_login(make_user("reader"))
    assert "/edges/" not in client.get(address).text
