"""Versions on pages: storing one, the list, what changed, and the pairs that wait because of it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Claim, Comparison, Pair
from claims.services.annotate import annotate
from claims.services.review import decide
from claims.services.revise import revise
from tests.factories import ARDEN, make_call, make_large, make_user

pytestmark = pytest.mark.django_db

TEXT = " ".join(ARDEN)
NEW = TEXT.replace("proposed that observers", "<demanded> that observers")
LESS = TEXT.replace(" The Prime Minister proposed that observers be sent to the strait.", "")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def comparison() -> Comparison:
    return make_call()


def article() -> Article:
    return Article.objects.get(name="arden.txt")


def observers() -> Pair:
    return Pair.objects.get(members__side="a", members__claim__text__contains="observers")


def stale(comparison: Comparison, text: str = NEW, decision: str = "partial") -> Pair:
    pair = observers()
    decide(pair, make_user(name="ana"), decision)
    revise(article(), text, make_user("editor", name="eve"), "Corrected by the office.")
    pair.refresh_from_db()
    return pair


def send(client: Client, **typed: object) -> tuple[int, str]:
    answer = client.post(f"/articles/{article().pk}/revise/", {"seen": "1", **typed}, follow=True)
    return answer.status_code, answer.text


def test_an_editor_stores_a_new_version_and_sees_what_it_changed(editor: Client, comparison: Comparison) -> None:
    decide(observers(), make_user(name="ana"), "partial")
    assert "New version" in editor.get(f"/articles/{article().pk}/").text
    page = editor.get(f"/articles/{article().pk}/revise/").text
    assert 'name="seen" value="1"' in page
    status, page = send(editor, text=NEW, why="A correction.", seen="1")
    assert status == 200
    assert "Version 2 is stored. 5 statements stand, 1 changed, 0 went." in page
    assert "1 pair that people decided waits to be decided anew." in page
    assert "From version 1 to version 2" in page
    assert (article().version, article().versions.get(number=2).why) == (2, "A correction.")
    assert article().versions.get(number=2).by is not None


def test_a_new_version_can_begin_with_the_text_as_it_stands(editor: Client, comparison: Comparison) -> None:
    address = f"/articles/{article().pk}/revise/"
    assert article().text not in editor.get(address).text
    assert article().text in unescape(editor.get(f"{address}?begin=text").text)


def test_a_file_is_taken_too(editor: Client, comparison: Comparison) -> None:
    send(editor, file=SimpleUploadedFile("new.txt", NEW.encode()), seen="1")
    assert article().text == NEW


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"text": TEXT}, "This is the text that is stored now. Nothing was changed."),
        ({"text": "  "}, "There is no text here"),
        ({"text": NEW, "why": "x" * 301}, "keep it under 300 characters"),
        ({"text": NEW, "seen": ""}, "Load this page again"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    editor: Client, comparison: Comparison, typed: dict[str, str], problem: str
) -> None:
    status, page = send(editor, **typed)
    assert status == 422
    assert problem in page
    assert typed["text"].strip()[:40].replace("<", "&lt;") in page
    assert article().version == 1


def test_only_editors_are_offered_a_new_version(reviewer: Client, comparison: Comparison) -> None:
    assert "New version" not in reviewer.get(f"/articles/{article().pk}/").text


def test_the_list_says_when_who_and_why(reviewer: Client, comparison: Comparison) -> None:
    stale(comparison)
    page = reviewer.get(f"/articles/{article().pk}/versions/").text
    assert re.findall(r">Version (\d)</a>", page) == ["2", "1"]
    assert "by eve" in page
    assert "Corrected by the office." in page
    assert f"/articles/{article().pk}/diff/1/2/" in page
    assert f'href="/articles/{article().pk}/versions/"' in reviewer.get(f"/articles/{article().pk}/").text


def test_an_earlier_text_marks_what_changed_after_it(reviewer: Client, comparison: Comparison) -> None:
    stale(comparison)
    claim = Claim.objects.get(past_version=1)
    page = reviewer.get(claim.get_absolute_url().split("#")[0]).text
    assert f'<del id="claim-{claim.pk}" class="chosen">{claim.text}</del>' in page
    shown = re.search(r'<article class="redline"[^>]*>(.*?)</article>', page, re.S)
    assert shown
    assert re.sub(r"</?del[^>]*>", "", shown[1]) == TEXT
    assert reviewer.get(f"/articles/{article().pk}/versions/3/").status_code == 404


def test_both_texts_stand_side_by_side_with_the_words_that_changed(reviewer: Client, comparison: Comparison) -> None:
    pair = stale(comparison)
    page = reviewer.get(f"/articles/{article().pk}/diff/1/2/").text
    assert re.findall(r"<del>(.*?)</del>", page)[1:] == ["proposed"]
    assert re.findall(r"<ins>(.*?)</ins>", page)[1:] == ["&lt;demanded&gt;"]
    assert f"Pair {pair.pk}, Arden and Velland" in page
    assert "waits to be decided anew" in page
    one = reviewer.get(f"/articles/{article().pk}/diff/1/2/?layout=inline").text
    assert "<del>proposed</del> <ins>&lt;demanded&gt;</ins>" in one
    assert reviewer.get(f"/articles/{article().pk}/diff/1/9/").status_code == 404


def test_the_pair_shows_what_changed_and_lets_the_verdict_be_confirmed(
    reviewer: Client, comparison: Comparison
) -> None:
    pair = stale(comparison)
    page = reviewer.get(pair.get_absolute_url()).text
    assert "The text changed since this was decided" in page
    assert "<del>proposed</del> <ins>&lt;demanded&gt;</ins>" in page
    assert "of the earlier text" in page
    assert 'name="decision" value="partial">Confirm: Partial' in page
    answer = reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "partial"}, follow=True)
    assert "The text changed since this was decided" not in answer.text
    pair.refresh_from_db()
    assert not pair.stale
    assert "text changed" in answer.text[answer.text.index('id="history"') :]


def test_where_a_claim_went_the_pair_says_so_and_can_still_be_decided(reviewer: Client, comparison: Comparison) -> None:
    pair = stale(comparison, LESS)
    page = reviewer.get(pair.get_absolute_url()).text
    assert "These words are no longer in the text." in page
    assert "version 1" in page
    assert reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"}).status_code == 303
    assert "no longer proposed" in reviewer.get(pair.get_absolute_url()).text
    assert reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "agree"}).status_code == 409


def test_reviewers_of_two_minds_decide_anew(reviewer: Client, comparison: Comparison) -> None:
    decide(observers(), make_user(name="ben"), "agree")
    page = reviewer.get(stale(comparison).get_absolute_url()).text
    assert "Confirm:" not in page
    assert "Decide anew below" in page


def test_an_annotation_whose_words_changed_says_so(reviewer: Client, comparison: Comparison) -> None:
    pair = observers()
    claim = pair.claims_of("a")[0]
    start = claim.start + claim.text.index("proposed")
    annotate(pair, make_user(name="ben"), text="Really?", claim=claim, start=start, end=start + 8)
    stale(comparison)
    page = reviewer.get(pair.get_absolute_url()).text
    thread = page[page.index('id="annotation-') :]
    assert "These words are no longer in the text." in thread
    assert f'href="{Claim.objects.get(past_version=1).get_absolute_url()}"' in thread


def test_stale_pairs_come_first_in_the_queue_for_everybody_and_can_be_chosen(
    client: Client, comparison: Comparison
) -> None:
    ana = make_user(name="first")
    pair = observers()
    decide(pair, ana, "partial")
    client.force_login(ana)
    shown = re.compile(r'action="/pairs/(\d+)/review/"')
    assert int(shown.findall(client.get("/review/").text)[0]) != pair.pk
    revise(article(), NEW, ana)
    for address in ("/review/", "/review/?order=text", "/review/?state=stale"):
        page = client.get(address).text
        assert int(shown.findall(page)[0]) == pair.pk, address
        assert "The text changed since this was decided" in page
    decide(pair, ana, "partial")
    assert int(shown.findall(client.get("/review/").text)[0]) != pair.pk
    assert "Nothing is left to decide" in client.get("/review/?state=stale").text


@pytest.mark.parametrize(("text", "decision"), [(LESS, "partial"), (NEW, "no_match")])
def test_pairs_that_lost_a_claim_or_were_rejected_wait_too(
    reviewer: Client, comparison: Comparison, text: str, decision: str
) -> None:
    pair = stale(comparison, text, decision)
    assert f"/pairs/{pair.pk}/review/" in reviewer.get("/review/?state=stale").text


def test_the_comparison_marks_stale_pairs_and_names_those_whose_words_went(
    reviewer: Client, comparison: Comparison
) -> None:
    pair = stale(comparison)
    page = reviewer.get(f"{comparison.get_absolute_url()}?state=stale&pair={pair.pk}").text
    assert 'aria-label="text changed since it was decided"' in page
    assert f'<a href="/pairs/{pair.pk}/#changed"' in page
    assert page.count('class="claim diverge') + page.count('class="claim partial') == 2
    revise(article(), LESS, None)
    page = reviewer.get(comparison.get_absolute_url()).text
    assert f'Decided on words that are no longer in the text: <a href="/pairs/{pair.pk}/">' in page


def test_the_queries_of_the_pages_do_not_grow(reviewer: Client) -> None:
    counted: dict[str, list[int]] = {}
    for size in (4, 24):
        comparison = make_large(size)
        own = Article.objects.filter(event=comparison.event, name="arden.txt").get()
        ana = make_user(name=f"ana-{size}")
        for pair in comparison.pairs.all():
            decide(pair, ana, "agree")
        for number in range(size // 2):
            own.refresh_from_db()
            revise(own, own.text.replace("the month", "the month" + " and the next"), ana, str(number))
        for page in ("versions/", "versions/1/", "diff/1/2/"):
            with CaptureQueriesContext(connection) as queries:
                assert reviewer.get(f"/articles/{own.pk}/{page}").status_code == 200
            counted.setdefault(page, []).append(len(queries))
    assert all(few == many <= 12 for few, many in counted.values()), counted
