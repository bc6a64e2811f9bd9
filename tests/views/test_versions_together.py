"""A new text while others work: forms made on earlier words, final verdicts, blind review, and bulks."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from claims.models import Annotation, Article, Change, Claim, Comparison, Pair
from claims.services.adjudicate import adjudicate
from claims.services.annotate import annotate
from claims.services.bulk import PlanChanged, Wish, carry_out, plan
from claims.services.review import decide
from claims.services.revise import revise
from tests.exports import exported
from tests.factories import ARDEN, make_call, make_user

pytestmark = pytest.mark.django_db

TEXT = " ".join(ARDEN)
NEW = TEXT.replace("proposed that observers", "demanded that observers")
MOVED = f"A line before all others. {TEXT}"


@pytest.fixture
def comparison() -> Comparison:
    return make_call()


@pytest.fixture
def pair(comparison: Comparison) -> Pair:
    return Pair.objects.get(members__side="a", members__claim__text__contains="observers")


def article() -> Article:
    return Article.objects.get(name="arden.txt")


def again(pair: Pair) -> Pair:
    return Pair.objects.get(pk=pair.pk)


def as_editor(client: Client) -> Client:
    client.force_login(make_user("editor", name="eve"))
    return client


def test_a_text_made_on_an_earlier_version_is_refused_and_kept(client: Client, comparison: Comparison) -> None:
    revise(article(), NEW, None)
    mine = TEXT.replace("frank", "very frank")
    answer = as_editor(client).post(
        f"/articles/{article().pk}/revise/", {"text": mine, "why": "Mine.", "seen": "1"}, follow=True
    )
    assert answer.status_code == 409
    assert "Somebody else stored version 2 while you wrote." in answer.text
    assert "very frank" in answer.text
    assert 'value="Mine."' in answer.text
    assert f'href="/articles/{article().pk}/diff/1/2/"' in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert article().version == 2
    sent = {"text": mine, "why": "Mine.", "seen": "2"}
    assert client.post(f"/articles/{article().pk}/revise/", sent).status_code == 302
    assert article().text == mine


def test_a_decision_on_words_that_changed_is_refused(reviewer: Client, pair: Pair) -> None:
    page = reviewer.get(pair.get_absolute_url()).text
    assert f'name="seen" value="{pair.key}"' in page
    revise(article(), NEW, None)
    sent = {"decision": "agree", "why": "They all said so.", "seen": pair.key}
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", sent)
    assert answer.status_code == 409
    assert "The words of this pair changed while you looked at it." in answer.text
    assert "They all said so." in answer.text
    assert not pair.reviews.exists()
    assert reviewer.post(f"/pairs/{pair.pk}/review/", sent | {"seen": again(pair).key}).status_code == 303


@pytest.mark.parametrize("text", [NEW, MOVED])
def test_a_note_on_words_that_changed_or_moved_is_refused_and_kept(reviewer: Client, pair: Pair, text: str) -> None:
    claim = pair.claims_of("a")[0]
    start = claim.start + claim.text.index("proposed")
    sent = {"text": "Really?", "claim": claim.pk, "start": start, "end": start + 8, "quote": "proposed"}
    revise(article(), text, None)
    answer = reviewer.post(f"/pairs/{pair.pk}/annotations/", sent)
    assert answer.status_code == 409
    assert "The text of these words changed while you wrote." in answer.text
    assert "Really?" in answer.text
    assert not Annotation.objects.exists()


def test_a_correction_of_a_claim_that_went_is_refused_with_what_was_typed(client: Client, pair: Pair) -> None:
    claim = pair.claims_of("a")[0]
    decide(pair, make_user(name="ana"), "partial")
    revise(article(), NEW, None)
    answer = as_editor(client).post(f"/claims/{claim.pk}/source/", {"voice": "The harbour office"})
    assert answer.status_code == 409
    assert "The harbour office" in answer.text
    assert not Claim.objects.get(pk=claim.pk).corrections.exists()


def test_a_final_verdict_waits_for_an_editor_and_a_new_one_settles_it(client: Client, pair: Pair) -> None:
    eve, ana = make_user("editor", name="eva"), make_user(name="ana")
    adjudicate(pair, eve, decision="partial", why="By the minutes.", version=0)
    revise(article(), NEW, None)
    stale = again(pair)
    assert (stale.stale, stale.final, stale.outcome) == (True, True, "partial")
    client.force_login(ana)
    assert f"/pairs/{pair.pk}/" not in client.get("/review/?state=stale").text
    assert client.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"}).status_code == 409
    client.force_login(eve)
    page = client.get("/review/?state=stale").text
    assert "stands until an editor settles the pair anew" in page
    assert "Confirm:" not in page
    sent = {"decision": "partial", "why": "Still.", "version": "1", "seen": pair.key}
    assert client.post(f"/pairs/{pair.pk}/final/", sent).status_code == 409
    assert again(pair).stale
    assert client.post(f"/pairs/{pair.pk}/final/", sent | {"seen": stale.key}).status_code == 303
    assert (again(pair).stale, again(pair).outcome) == (False, "partial")


def test_a_blind_event_does_not_tell_that_a_decided_text_changed(reviewer: Client, pair: Pair) -> None:
    comparison = pair.comparison
    comparison.event.blind = True
    comparison.event.save()
    ana = make_user(name="anna")
    decide(pair, ana, "partial")
    revise(article(), NEW, None)
    addresses = (
        pair.get_absolute_url(),
        "/review/?state=stale",
        "/review/list/",
        f"/articles/{article().pk}/diff/1/2/",
        comparison.get_absolute_url(),
        comparison.event.get_absolute_url(),
        f"{comparison.event.get_absolute_url()}matrix/",
        f"{comparison.event.get_absolute_url()}overview/",
        f"/history/?pair={pair.pk}",
    )
    told = ("since this was decided", "decided anew", "since it was decided", "text changed:", "of the earlier text")
    for address in addresses:
        page = reviewer.get(address)
        assert page.status_code == 200, address
        assert not [words for words in told if words in page.text], address
    assert again(pair).stale
    reviewer.force_login(ana)
    assert "The text changed since this was decided" in reviewer.get(pair.get_absolute_url()).text


def test_a_bulk_confirms_what_one_said_before_of_earlier_words(pair: Pair) -> None:
    ana = make_user(name="ana")
    decide(pair, ana, "partial")
    revise(article(), NEW, None)
    pairs, wish = Pair.objects.filter(pk=pair.pk), Wish("partial")
    made = plan(pairs, ana, wish)
    assert len(made.steps) == 1
    carry_out(pairs, ana, wish, mark=made.mark)
    assert not again(pair).stale
    assert plan(pairs, ana, wish).same == 1


def test_a_bulk_previewed_on_earlier_words_is_not_carried_out(pair: Pair) -> None:
    ana = make_user(name="ana")
    pairs, wish = Pair.objects.filter(pk=pair.pk), Wish("partial")
    made = plan(pairs, ana, wish)
    revise(article(), NEW, None)
    with pytest.raises(PlanChanged):
        carry_out(pairs, ana, wish, mark=made.mark)
    assert not Change.objects.filter(what="review").exists()


def test_pages_that_sum_up_say_what_waits(reviewer: Client, pair: Pair) -> None:
    decide(pair, make_user(name="ana"), "partial")
    revise(article(), NEW, None)
    event = pair.comparison.event.get_absolute_url()
    for page in (event, f"{event}matrix/", f"{event}overview/"):
        text = reviewer.get(page).text
        assert "1 decided pair of this event waits to be decided anew" in text, page
        assert "/review/?event=" in text
    assert "decided on earlier words of the text" in reviewer.get(f"{event}report/").text
    assert "version 2 of its text" in reviewer.get(f"{event}report/").text


def test_a_pair_is_not_called_earlier_for_words_of_another_version(reviewer: Client, comparison: Comparison) -> None:
    frank = Pair.objects.get(members__side="a", members__claim__text__contains="frank")
    decide(frank, make_user(name="ana"), "partial")
    gone = frank.claims_of("a")[0].text
    revise(article(), TEXT.replace(f"{gone} ", ""), None)
    for pair in Pair.objects.filter(withdrawn=False):
        assert "Earlier, on words of this pair" not in reviewer.get(pair.get_absolute_url()).text


def test_a_note_on_words_that_went_is_exported_with_the_version_that_it_quotes(pair: Pair) -> None:
    claim, ana = pair.claims_of("a")[0], make_user(name="ana")
    start = claim.start + claim.text.index("proposed")
    annotate(pair, ana, text="Really?", claim=claim, start=start, end=start + 8)
    revise(article(), NEW, None)
    told = json.loads(exported("annotation", pair.comparison))
    (note,) = [one for one in told["first"]["items"] if one["motivation"] == "commenting"]
    assert note["target"]["source"].endswith(f"/articles/{claim.article_id}/versions/1/")
    (quote,) = note["target"]["selector"]
    assert (quote["exact"], quote["prefix"]) == ("proposed", "The Prime Minister ")
