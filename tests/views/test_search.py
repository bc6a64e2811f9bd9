"""Search: by words and by meaning, with filters; where else something was said; saved searches."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from claims.models import Article, Claim, Correction, SavedSearch, Vector
from claims.models.article import checksum
from claims.services.review import decide
from tests.factories import make_article, make_call, make_event, make_large, make_user

pytestmark = pytest.mark.django_db


def texts_in(page: str) -> list[str]:
    """Return the claims that a page lists, in its order."""
    quoted = re.findall(r'<li class="card">.*?<blockquote>(.*?)</blockquote>', page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in quoted]


def found(client: Client, typed: str, **more: str) -> list[str]:
    answer = client.get("/search/", {"q": typed, **more})
    assert answer.status_code == 200, answer.text
    return texts_in(answer.text)


def keep_vector(text: str, *values: float) -> None:
    vector = np.array(values, "<f4")
    vector /= np.linalg.norm(vector)
    Vector.objects.create(model="all-MiniLM-L6-v2", text_hash=checksum(text), values=vector.tobytes())


# By words


def test_it_shows_a_claim_with_its_source_event_date_and_relations_and_the_words_marked(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/search/", {"q": "reopen sarn"}).text
    assert len(texts_in(page)) == 2
    assert '<mark class="found">reopening</mark> <mark class="found">Sarn</mark>' in page
    assert "<b>Velland</b> <span>Government of Velland</span>" in page
    assert '<time datetime="2031-04-08">' in page
    assert "Call between Arden and Velland" in page
    assert "in part with Arden: commitment, date or time" in " ".join(page.split())


def test_before_anything_is_typed_it_says_what_can_be(reviewer: Client) -> None:
    page = reviewer.get("/search/").text
    assert "What can be typed" in page
    assert "No claim holds all of this" not in page


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("source:arden", 6),
        ("source:arden fisheries", 1),
        ("-source:arden fisheries", 1),
        ('party:"government of velland"', 6),
        ("relation:agree", 2),
        ("relation:diverge", 4),
        ("relation:diverge relation:agree", 6),
        ("relation:only", 2),
        ("relation:only relation:agree", 4),
        ("-relation:diverge", 8),
        ("reason:number", 0),
        ("reason:agency", 2),
        ("reason:agency reason:tone", 4),
        ("relation:diverge reason:tone", 0),
        ("event:call-between", 12),
        ("before:2031-04-08", 0),
        ("after:2031-04-07", 12),
        ("after:2031-04-08", 0),
        ("before:2031-05 source:velland", 6),
        ('"frank exchange"', 1),
        ("treaty -autumn", 1),
    ],
)
def test_it_keeps_what_the_filters_say(reviewer: Client, typed: str, count: int) -> None:
    make_call()
    assert len(found(reviewer, typed)) == count


def test_what_people_decided_counts_before_the_machines_word(reviewer: Client) -> None:
    pair = make_call().pairs.get(verdict__relation="agree")
    decide(pair, make_user(name="ana"), "diverge")
    assert found(reviewer, "relation:agree") == []
    assert len(found(reviewer, "relation:diverge")) == 6
    decide(pair, User.objects.get(username="ana"), "no_match")
    assert len(found(reviewer, "relation:only")) == 4


def test_a_corrected_source_and_an_outlet_are_found_by_their_names(reviewer: Client) -> None:
    comparison = make_call()
    make_article(comparison.event, [("The Courier", "Fishermen held a vigil.")], name="courier.txt")
    assert found(reviewer, "source:courier") == ["Fishermen held a vigil."]
    assert found(reviewer, "-source:arden vigil") == ["Fishermen held a vigil."]
    claim = Claim.objects.get(text__startswith="Fishermen")
    correction = Correction.objects.create(claim=claim, editor=make_user("editor"), source=comparison.a)
    Claim.objects.filter(pk=claim.pk).update(standing_correction=correction)
    assert found(reviewer, "source:arden vigil") == ["Fishermen held a vigil."]
    assert found(reviewer, "-source:arden vigil") == []


def test_the_day_of_an_article_counts_before_that_of_its_event(reviewer: Client) -> None:
    make_call()
    Article.objects.filter(name="velland.txt").update(published=dt.date(2031, 4, 10))
    assert len(found(reviewer, "after:2031-04-08")) == 6
    assert found(reviewer, "grain")[0].startswith("Both sides")


def test_claims_that_no_reading_has_any_more_are_not_found(reviewer: Client) -> None:
    make_call()
    Claim.objects.filter(text__contains="trawler").update(withdrawn=True)
    assert found(reviewer, "trawler") == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("source:ardenn", "No source is called “ardenn”. Did you mean source:arden?"),
        ("party:nobody", "No side is called “nobody”. There is party:"),
        ("event:nothing", "No event is called “nothing”."),
        ("colour:red", "“colour:” is not known."),
    ],
)
def test_what_is_not_understood_is_told_and_kept(reviewer: Client, typed: str, sentence: str) -> None:
    make_call()
    answer = reviewer.get("/search/", {"q": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text
    assert texts_in(answer.text) == []


def test_what_was_typed_is_escaped(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/search/", {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_long_lists_are_paged_and_cost_no_more_queries(reviewer: Client) -> None:
    counts = []
    for size in (12, 40):
        make_large(size)
        with CaptureQueriesContext(connection) as queries:
            page = reviewer.get("/search/", {"q": "ships strait"}).text
        counts.append(len(queries))
        assert len(texts_in(page)) == 20
    assert counts[0] == counts[1]
    assert 'href="?q=ships+strait&amp;page=2"' in page
    assert "Page 6 of 6" in reviewer.get("/search/", {"q": "ships strait", "page": "99"}).text


def test_a_part_of_a_sentence_is_shown_in_its_sentence(reviewer: Client) -> None:
    event = make_event()
    text = "It was late. The palace, which spoke first, said the port stays closed, and would say no more. Good night."
    article = Article.objects.create(event=event, name="a.txt", outlet="The Courier", text=text)
    start = text.index("the port")
    end = text.index(", and would")
    Claim.objects.create(article=article, start=start, end=end, text=text[start:end], voice="The Courier")
    (shown,) = found(reviewer, "port")
    assert shown == "The palace, which spoke first, said the port stays closed , and would say no more."


# Completion


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rel", "relation:"),
        ("grain source:ar", "grain source:arden"),
        ("-source:vel", "-source:velland"),
        ("reason:da", "reason:date_time"),
        ("party:gov", "party:&quot;government of arden&quot;"),
        ("event:call", "event:call-between-arden-and-velland"),
        ("vell", "source:velland"),
    ],
)
def test_what_is_being_typed_is_completed(reviewer: Client, typed: str, offered: str) -> None:
    make_call()
    assert f'<option value="{offered}">' in reviewer.get("/search/complete/", {"q": typed}).text


def test_every_page_leads_to_it(reviewer: Client) -> None:
    page = reviewer.get("/").text
    assert 'action="/search/"' in page
    assert 'data-key="/"' in page


# By meaning


def test_the_nearest_claims_come_first_and_far_ones_not_at_all(reviewer: Client) -> None:
    make_call()
    near, nearer, far = Claim.objects.order_by("pk")[:3]
    keep_vector("harbours", 1, 0, 0)
    keep_vector(near.text, 1, 1, 0)
    keep_vector(nearer.text, 1, 0.1, 0)
    keep_vector(far.text, 0, 0, 1)
    assert found(reviewer, "harbours", by="meaning") == [nearer.text, near.text]
    assert found(reviewer, "harbours source:velland", by="meaning") == []


def test_a_new_text_is_asked_of_the_worker_once_and_its_words_are_found_at_once(reviewer: Client) -> None:
    make_call()
    page = reviewer.get("/search/", {"q": "trawler", "by": "meaning"}).text
    assert "The worker is reading what you typed" in page
    assert len(texts_in(page)) == 1
    assert 'hx-trigger="every 1s"' in page
    reviewer.get("/search/", {"q": "trawler", "by": "meaning"})
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": ["trawler"], "kwargs": {}}
    poll = {"HX-Request": "true", "HX-Target": "found"}
    told = {"q": "trawler", "by": "meaning", "seen": "waiting"}
    assert reviewer.get("/search/", told, headers=poll).status_code == 204
    keep_vector("trawler", 1, 0)
    answer = reviewer.get("/search/", told, headers=poll)
    assert answer.text.strip().startswith("<section")
    assert "Nothing that was said here comes near" in answer.text


def test_many_waiting_texts_are_not_made_more(reviewer: Client) -> None:
    make_call()
    for number in range(22):
        page = reviewer.get("/search/", {"q": f"text {number}", "by": "meaning"}).text
    assert DBTaskResult.objects.count() == 20
    assert "Many texts wait for the worker" in page


def test_who_is_not_signed_in_asks_nothing_of_the_worker(client: Client, settings: Settings) -> None:
    settings.CROSSREAD_PUBLIC_READ = True
    make_call()
    page = client.get("/search/", {"q": "trawler", "by": "meaning"}).text
    assert "Log in" in page
    assert not DBTaskResult.objects.exists()


def test_without_words_there_is_no_meaning(reviewer: Client) -> None:
    make_call()
    answer = reviewer.get("/search/", {"q": "source:arden", "by": "meaning"})
    assert answer.status_code == 422
    assert "Type some words" in answer.text


def test_where_else_shows_other_articles_and_needs_no_new_vector(reviewer: Client) -> None:
    make_call()
    claim = Claim.objects.get(text__startswith="The two leaders")
    own = Claim.objects.get(text__startswith="The call lasted")
    other = Claim.objects.get(text__startswith="Both sides")
    for one in (claim, own, other):
        keep_vector(one.text, 1, 0.2)
    page = reviewer.get(f"/claims/{claim.pk}/elsewhere/").text
    assert texts_in(page) == [other.text]
    assert "similarity 1.00" in page
    assert not DBTaskResult.objects.exists()


def test_where_else_costs_the_same_queries_at_any_length(reviewer: Client) -> None:
    counts = []
    for size in (3, 30):
        comparison = make_large(size)
        for text in Claim.objects.filter(article__event=comparison.event).values_list("text", flat=True):
            Vector.objects.get_or_create(
                model="all-MiniLM-L6-v2", text_hash=checksum(text), values=np.array([1, 0], "<f4").tobytes()
            )
        claim = Claim.objects.filter(article__event=comparison.event)[0]
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(f"/claims/{claim.pk}/elsewhere/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Saved searches


def test_a_search_is_saved_listed_and_deleted(reviewer: Client) -> None:
    make_call()
    answer = reviewer.post("/search/saved/add/", {"q": "source:arden treaty", "name": " My  treaty "})
    assert answer["Location"] == "/search/?q=source%3Aarden+treaty"
    saved = SavedSearch.objects.get()
    assert saved.name == "My treaty"
    assert "My treaty" in reviewer.get("/search/").text
    reviewer.post(f"/search/saved/{saved.pk}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "q": "treaty"}, "Give the search a name"),
        ({"name": "Treaty", "q": "treaty"}, "already. Choose another name"),
        ({"name": "Nothing", "q": ""}, "Only a search that finds something"),
        ({"name": "n" * 101, "q": "treaty"}, "keep it under 100 characters"),
    ],
)
def test_a_refused_search_keeps_what_was_typed(reviewer: Client, typed: dict[str, str], sentence: str) -> None:
    reviewer.post("/search/saved/add/", {"q": "treaty", "name": "Treaty"})
    answer = reviewer.post("/search/saved/add/", typed)
    assert answer.status_code == 422
    if typed["q"]:
        assert sentence in answer.text
        assert f'value="{typed["name"]}"' in answer.text
    assert SavedSearch.objects.count() == 1


def test_nobody_sees_or_deletes_anothers_searches(reviewer: Client) -> None:
    saved = SavedSearch.objects.create(user=make_user("editor"), name="Secret", query="treaty")
    assert "Secret" not in reviewer.get("/search/").text
    assert reviewer.post(f"/search/saved/{saved.pk}/delete/").status_code == 404
    assert SavedSearch.objects.exists()
