"""The page of a pair's claims: what is moved, split off, taken out or merged, and where that is seen."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Comparison, Pair
from claims.services.annotate import annotate
from claims.services.review import decide
from tests.factories import make_article, make_event, make_large, make_pair, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def comparison() -> Comparison:
    event = make_event()
    found = event.comparisons.get()
    texts = [(source, f"{word} of {source.name}.") for source in (found.a, found.b) for word in ("One", "Two", "Three")]
    a1, a2, a3, b1, b2, b3 = make_article(event, texts).claims.order_by("start")
    make_pair(found, [a1, a2], [b1, b2])
    make_pair(found, [a3], [b3], relation="diverge")
    return found


@pytest.fixture
def ana(client: Client) -> User:
    user = make_user("reviewer", name="ana")
    client.force_login(user)
    return user


def both(comparison: Comparison) -> tuple[Pair, Pair]:
    one, other = comparison.pairs.order_by("pk")[:2]
    return one, other


def send(client: Client, pair: Pair, action: str, *texts: str, **more: object) -> str:
    claims = [Claim.objects.get(text=text).pk for text in texts]
    answer = client.post(f"/pairs/{pair.pk}/claims/", {"action": action, "claims": claims, **more})
    return answer["Location"] if answer.status_code == 303 else answer.text


def texts(pair: Pair) -> set[str]:
    return set(Pair.objects.get(pk=pair.pk).claims.values_list("text", flat=True))


def test_the_page_offers_the_claims_and_the_other_pairs(client: Client, ana: User, comparison: Comparison) -> None:
    one, other = both(comparison)
    page = client.get(f"/pairs/{one.pk}/claims/").text
    assert page.count('type="checkbox" name="claims"') == 4
    assert f"{other.pk}: Three of Arden. / Three of Velland." in page


def test_a_claim_is_moved_and_both_pages_tell(client: Client, ana: User, comparison: Comparison) -> None:
    one, other = both(comparison)
    assert send(client, one, "move", "Two of Arden.", to=other.pk) == one.get_absolute_url()
    assert texts(other) == {"Three of Arden.", "Three of Velland.", "Two of Arden."}
    for pair in (one, other):
        assert "claims moved: “" in client.get(pair.get_absolute_url()).text


def test_a_decision_from_before_the_change_says_so(client: Client, ana: User, comparison: Comparison) -> None:
    one, other = both(comparison)
    decide(one, ana, "partial")
    send(client, one, "move", "Two of Arden.", to=other.pk)
    decide(other, ana, "diverge")
    assert "before its claims were changed" in client.get(one.get_absolute_url()).text
    assert "before its claims were changed" not in client.get(other.get_absolute_url()).text


def test_a_part_is_split_off_and_shown(client: Client, ana: User, comparison: Comparison) -> None:
    one, _ = both(comparison)
    address = send(client, one, "split", "Two of Arden.", "Two of Velland.")
    made = Pair.objects.latest("pk")
    assert address == made.get_absolute_url()
    assert texts(made) == {"Two of Arden.", "Two of Velland."}


def test_a_claim_is_taken_out(client: Client, ana: User, comparison: Comparison) -> None:
    one, _ = both(comparison)
    send(client, one, "out", "Two of Arden.")
    assert "only Arden" in client.get(comparison.get_absolute_url()).text


def test_merged_pairs_show_where_the_decisions_went(client: Client, ana: User, comparison: Comparison) -> None:
    one, other = both(comparison)
    decide(one, ana, "partial")
    annotate(one, ana, text="Two things in one.")
    assert send(client, one, "merge", to=other.pk) == other.get_absolute_url()
    assert "merged into this one, with 1 decision and 1 note." in client.get(other.get_absolute_url()).text
    assert (
        f'part of <a href="{other.get_absolute_url()}">pair {other.pk}</a>' in client.get(one.get_absolute_url()).text
    )


@pytest.mark.parametrize(
    ("action", "ticked", "to", "problem"),
    [
        ("move", ["Two of Arden."], "", "Choose a pair from the list."),
        ("move", ["Two of Arden."], "nonsense", "Choose a pair from the list."),
        ("move", [], "other", "Choose the claims that are meant."),
        ("out", ["One of Arden.", "Two of Arden."], "", "without a claim on one side"),
        ("split", ["Two of Arden."], "", "needs claims of both sides"),
        ("", ["Two of Arden."], "", "Choose what to do"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_ticked(
    client: Client, ana: User, comparison: Comparison, *, action: str, ticked: list[str], to: str, problem: str
) -> None:
    one, other = both(comparison)
    page = send(client, one, action, *ticked, to=other.pk if to == "other" else to)
    assert problem in page
    assert len(re.findall(r'name="claims" value="\d+" checked>', page)) == len(ticked)
    assert len(texts(one)) == 4


def test_a_rejected_pair_keeps_its_claims(client: Client, ana: User, comparison: Comparison) -> None:
    one, _ = both(comparison)
    decide(one, ana, "no_match")
    assert "its claims are not changed" in client.get(f"/pairs/{one.pk}/claims/").text
    send(client, one, "out", "Two of Arden.")
    assert len(texts(one)) == 4


def test_the_queries_do_not_grow_with_the_pairs(client: Client, ana: User) -> None:
    counted = []
    for size in (4, 40):
        pair = make_large(size).pairs.all()[0]
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/pairs/{pair.pk}/claims/").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
