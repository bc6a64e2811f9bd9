"""The index of words: kept with every claim that comes, changes or goes, and made anew."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.models import Article, Claim, Event
from claims.models.index import Term, ensure_index, rebuild_index, spans_of
from tests.factories import make_article, make_call, make_event

pytestmark = pytest.mark.django_db


def saying(*terms: Term) -> list[str]:
    return list(Claim.objects.saying(terms).order_by("pk").values_list("text", flat=True))


def test_a_word_is_found_in_any_english_form_and_exact_words_only_as_they_stand() -> None:
    make_call()
    assert [text[:14] for text in saying(Term("agree"), Term("ships"))] == ["The two leader"]
    assert saying(Term("agree to reopen", exact=True)) == []
    assert len(saying(Term("AGREED to reopen", exact=True))) == 1


def test_what_may_not_occur_is_left_out() -> None:
    make_call()
    assert len(saying(Term("port"))) == 1
    assert saying(Term("port"), Term("grain", absent=True)) == []
    assert len(saying(Term("grain", absent=True))) == 10


@pytest.mark.parametrize("typed", ['"', "NEAR(a b)", "text:a", "a OR b", "*", "-", "'; DROP TABLE claims_claim; --"])
def test_no_word_is_a_command(typed: str) -> None:
    make_call()
    assert saying(Term(typed)) == []
    assert saying(Term(typed, exact=True)) == []


def test_it_follows_claims_that_come_change_and_go() -> None:
    event = make_event()
    source = event.sources.all()[0]
    article = make_article(event, [(source, "The port stays closed."), (source, "Nothing else was said.")])
    assert len(saying(Term("port"))) == 1
    claim = article.claims.get(text__startswith="The port")
    text = "The quay stays closed. Nothing else was said."
    article.versions.create(number=2, text=text)
    Article.objects.filter(pk=article.pk).update(text=text, version=2)
    Claim.objects.filter(pk=claim.pk).update(text="The quay stays closed.")
    assert saying(Term("port")) == []
    assert len(saying(Term("quay"))) == 1
    claim.delete()
    assert saying(Term("quay")) == []


def test_where_its_triggers_were_lost_it_is_made_anew_after_a_migration() -> None:
    make_call()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER claim_text_insert")
    event = make_event("Another call", sources=("Omber", "Sarn"))
    make_article(event, [("The Gazette", "A zeppelin was sighted.")])
    assert saying(Term("zeppelin")) == []
    ensure_index()
    assert len(saying(Term("zeppelin"))) == 1
    make_article(event, [("The Gazette", "The zeppelin landed.")], name="later.txt")
    assert len(saying(Term("zeppelin"))) == 2


def test_a_rebuilt_index_finds_the_same() -> None:
    make_call()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO claims_forms(claims_forms) VALUES ('delete-all')")
    assert saying(Term("port")) == []
    rebuild_index()
    assert len(saying(Term("port"))) == 1


def test_found_words_have_their_places() -> None:
    make_call()
    claim = Claim.objects.get(text__startswith="The two leaders")
    spans = spans_of([claim.pk], [Term("agree"), Term("the port of", exact=True), Term("x", absent=True)])
    assert [claim.text[start:end] for start, end in spans[claim.pk]] == ["agreed", "the port of"]


def test_deleting_an_event_takes_its_words_along() -> None:
    make_call()
    for pair in Event.objects.get().comparisons.get().pairs.all():
        pair.delete()
    Claim.objects.all().delete()
    assert saying(Term("port")) == []
