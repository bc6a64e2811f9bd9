"""Making pairs by hand on the comparison page, confirming silence, and the list of changes with its undo."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Comparison, Fix, Pair, Run
from claims.services.fixing import take_back
from claims.services.joining import join
from claims.services.review import decide
from claims.services.silence import confirm_silence
from tests.factories import make_call, make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> User:
    """Return a reviewer who is signed in with the client."""
    user = make_user("reviewer", name="ana")
    client.force_login(user)
    return user


def lone_of(comparison: Comparison) -> list[Claim]:
    return [one.claim for one in comparison.lone.order_by("claim__start")]


def boxes(page: str) -> dict[int, bool]:
    """Return the boxes of the page by their claim, and whether each is ticked."""
    found = re.findall(r'name="claims" value="(\d+)" id="pick-\d+"( checked)?', page)
    return {int(key): bool(ticked) for key, ticked in found}


def send(client: Client, comparison: Comparison, *claims: Claim, **more: str) -> str:
    answer = client.post(f"/comparisons/{comparison.pk}/join/", {"claims": [one.pk for one in claims], **more})
    return answer["Location"] if answer.status_code == 303 else answer.text


def test_every_claim_has_a_box_for_reviewers_alone(client: Client, ana: User) -> None:
    comparison = make_call()
    page = client.get(comparison.get_absolute_url()).text
    assert set(boxes(page)) == set(Claim.objects.values_list("pk", flat=True))
    assert f'action="/comparisons/{comparison.pk}/join/" id="join"' in page
    client.force_login(make_user("reader"))
    assert boxes(client.get(comparison.get_absolute_url()).text) == {}


def test_ticked_claims_become_a_pair_that_is_shown_as_made_by_hand(client: Client, ana: User) -> None:
    comparison = make_call()
    address = send(client, comparison, *lone_of(comparison))
    pair = Pair.objects.get(made_by=ana)
    assert address == f"{comparison.get_absolute_url()}?pair={pair.pk}"
    page = client.get(address).text
    assert "made by hand by ana" in page
    assert "has not judged these claims yet" in page
    assert page.count("Not judged yet") >= 3  # on both claims and in the panel
    assert Run.objects.filter(event=comparison.event, state="queued").exists()


def test_the_makers_relation_counts_at_once(client: Client, ana: User) -> None:
    comparison = make_call()
    page = client.get(send(client, comparison, *lone_of(comparison), relation="partial")).text
    assert "reviewed: Partial, machine: not judged yet" in page
    assert "<b>1</b> of 6 pairs reviewed" in page


def test_a_refused_pair_keeps_what_was_ticked(client: Client, ana: User) -> None:
    comparison = make_call()
    one = lone_of(comparison)[0]
    answer = client.post(f"/comparisons/{comparison.pk}/join/", {"claims": [one.pk], "relation": "diverge"})
    assert answer.status_code == 422
    assert "Choose at least one claim on each side." in answer.text
    assert [key for key, ticked in boxes(answer.text).items() if ticked] == [one.pk]
    assert '<option value="diverge" selected>' in answer.text
    assert answer["HX-Push-Url"] == "false"


@pytest.mark.parametrize("claims", [["nonsense"], ["0"], ["99999999999999999999"], []])
def test_claims_that_are_none_are_refused_in_words(client: Client, ana: User, claims: list[str]) -> None:
    answer = client.post(f"/comparisons/{make_call().pk}/join/", {"claims": claims})
    assert answer.status_code == 422
    assert "Choose" in answer.text


def test_the_nearest_claims_are_one_click_from_a_pair(client: Client, ana: User) -> None:
    comparison = make_call()
    lone = comparison.a.claims.get(text__contains="20 minutes")
    page = client.get(f"/comparisons/{comparison.pk}/nearest/{lone.pk}/").text
    forms = re.findall(rf'name="claims" value="{lone.pk}"><input type="hidden" name="claims" value="(\d+)"', page)
    assert len(forms) == 2
    send(client, comparison, lone, Claim.objects.get(pk=forms[0]))
    assert Pair.objects.get(made_by=ana).key == f"{lone.pk}|{forms[0]}"


def test_a_rejected_candidate_leads_to_its_pair_instead(client: Client, ana: User) -> None:
    comparison = make_call()
    lone = comparison.a.claims.get(text__contains="20 minutes")
    near = comparison.lone.get(claim=lone).candidates.all()[0]
    pair = join(comparison, ana, [lone.pk, near.claim_id])
    decide(pair, ana, "no_match")
    page = client.get(f"/comparisons/{comparison.pk}/nearest/{lone.pk}/").text
    assert f"rejected as pair {pair.pk}" in page
    assert page.count("Make a pair") == 1


def test_silence_is_confirmed_shown_and_taken_back(client: Client, ana: User) -> None:
    comparison = make_call()
    lone = comparison.a.claims.get(text__contains="20 minutes")
    address = f"/comparisons/{comparison.pk}/silence/{lone.pk}/"
    assert "Confirm: Velland says nothing of it" in client.get(f"/comparisons/{comparison.pk}/nearest/{lone.pk}/").text
    assert client.post(address)["Location"].endswith(f"#claim-{lone.pk}")
    page = client.get(comparison.get_absolute_url()).text
    assert re.search(r"ana confirmed, .*Velland says nothing of it\.", page)
    assert f"/nearest/{lone.pk}/" not in page
    client.post(address, {"silent": "no"})
    assert f"/nearest/{lone.pk}/" in client.get(comparison.get_absolute_url()).text
    assert [fix.kind for fix in Fix.objects.all()] == ["heard", "silent"]


def test_silence_on_a_claim_in_a_pair_is_refused(client: Client, ana: User) -> None:
    comparison = make_call()
    pair = comparison.pairs.all()[0]
    answer = client.post(f"/comparisons/{comparison.pk}/silence/{pair.claims_of('a')[0].pk}/")
    assert answer.status_code == 422
    assert f"in pair {pair.pk}. Reject that pair first." in answer.text


def test_the_rest_is_matched_again_on_demand(client: Client, ana: User) -> None:
    comparison = make_call()
    client.post(f"/comparisons/{comparison.pk}/rematch/")
    assert Comparison.objects.due().get() == comparison
    assert "being matched again" in client.get(comparison.get_absolute_url()).text


def test_the_list_says_who_changed_what_and_takes_ones_own_back(client: Client, ana: User) -> None:
    comparison = make_call()
    a, b = lone_of(comparison)
    send(client, comparison, a, b)
    fix = Fix.objects.get()
    address = f"/comparisons/{comparison.pk}/fixes/"
    page = client.get(address).text
    assert "<b>ana</b> made a pair" in page
    assert "The call lasted one hour" in page
    client.force_login(make_user("reviewer", name="ben"))
    assert "Take back" not in client.get(address).text
    refused = client.post(f"{address}{fix.pk}/undo/")
    assert (refused.status_code, "Only your own changes" in refused.text) == (422, True)
    client.force_login(ana)
    assert client.post(f"{address}{fix.pk}/undo/")["Location"] == address
    assert "taken back" in client.get(address).text
    assert not Pair.objects.standing().filter(made_by=ana).exists()


def test_undo_takes_back_the_last_thing_done_whichever_it_was(client: Client, ana: User) -> None:
    comparison = make_call()
    tone = comparison.pairs.get(verdict__reasons__kind="tone")
    decide(tone, ana, "agree")
    made = join(comparison, ana, [one.pk for one in lone_of(comparison)], relation="diverge")
    agency = comparison.pairs.get(verdict__reasons__kind="agency")
    decide(agency, ana, "partial")
    for left in ({tone, made}, {tone}, set()):
        client.post("/review/undo/")
        assert set(Pair.objects.standing().exclude(reviews=None)) == left
    assert "There is nothing of yours left" in client.post("/review/undo/", follow=True).text


def test_undo_that_cannot_be_done_says_why(client: Client, ana: User) -> None:
    comparison = make_call()
    made = join(comparison, ana, [one.pk for one in lone_of(comparison)])
    decide(made, make_user("reviewer", name="ben"), "agree")
    answer = client.post("/review/undo/")
    assert answer.status_code == 422
    assert "Reject it instead" in answer.text


def test_a_pair_that_was_made_says_so_on_its_page_with_its_history(client: Client, ana: User) -> None:
    comparison = make_call()
    made = join(comparison, ana, [one.pk for one in lone_of(comparison)])
    page = client.get(made.get_absolute_url()).text
    assert "made by hand by ana" in page
    assert "Machine: not judged yet" in page
    assert "made by hand: “The call lasted one hour" in page.replace("&quot;", '"')
    take_back(Fix.objects.get(), ana)
    page = client.get(made.get_absolute_url()).text
    assert 'class="change undone"' in page
    assert "change by hand taken back" in page
    assert "taken back by whoever made it by hand" in page


def test_a_pair_that_waits_for_its_verdict_breaks_no_page(client: Client, ana: User) -> None:
    comparison = make_call()
    made = join(comparison, ana, [one.pk for one in lone_of(comparison)])
    event = comparison.event.get_absolute_url()
    for address in ("/", event, f"/review/?pair={made.pk}", "/review/?order=diverge", "/quality/"):
        assert client.get(address).status_code == 200, address


def test_the_queries_of_the_list_do_not_grow_with_it(client: Client, ana: User) -> None:
    counted = []
    for size in (4, 12):
        comparison = make_large(size, pairs=1)
        for lone in comparison.lone.all():
            confirm_silence(comparison, lone.claim, ana)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/comparisons/{comparison.pk}/fixes/").text
        assert page.count('id="fix-') == 2 * (size - 1)
        counted.append(len(queries))
    assert counted[0] == counted[1]
