"""Annotating a pair or words of it, replying, resolving and reopening: what is stored and what is refused."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from claims.models import Annotation, Pair, Reply
from claims.services.annotate import annotate
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_call().pairs.get(verdict__reasons__kind="tone")


@pytest.fixture
def note(pair: Pair) -> Annotation:
    return annotate(pair, make_user(name="ana"), text="Which tariffs?")


def words(pair: Pair, phrase: str) -> dict[str, object]:
    claim = pair.claims_of("a")[0]
    start = claim.start + claim.text.index(phrase)
    return {"claim": claim.pk, "start": start, "end": start + len(phrase), "quote": phrase}


def test_a_note_on_the_pair_is_stored_with_kind_and_weight(reviewer: Client, pair: Pair) -> None:
    form = {"text": "Cold against warm.", "kind": "tone", "weight": "minor"}
    answer = reviewer.post(f"/pairs/{pair.pk}/annotations/", form)
    note = Annotation.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, note.get_absolute_url())
    assert (note.author.username, note.kind, note.weight, note.claim) == ("reviewer", "tone", "minor", None)


def test_a_note_on_words_keeps_their_place(reviewer: Client, pair: Pair) -> None:
    reviewer.post(
        f"/pairs/{pair.pk}/annotations/", {"text": "Cold.", "weight": "note", **words(pair, "frank exchange")}
    )
    note = Annotation.objects.get()
    assert note.claim is not None
    assert note.quote == "frank exchange" == note.claim.article.text[note.start : note.end]


def test_what_was_typed_is_kept_when_a_note_is_refused(reviewer: Client, pair: Pair) -> None:
    form = {"text": "Weighs <much>", "kind": "tone", "weight": "heavy", **words(pair, "frank")}
    answer = reviewer.post(f"/pairs/{pair.pk}/annotations/", form)
    assert answer.status_code == 422
    assert "Choose note, minor or major." in answer.text
    assert "Weighs &lt;much&gt;</textarea>" in answer.text
    assert '<option value="tone" selected>' in answer.text
    assert f'name="start" value="{form["start"]}"' in answer.text
    assert '<blockquote class="quote">frank</blockquote>' in answer.text
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": "  "}, "Write a note before you save it."),
        ({"kind": "lies"}, "Choose a kind of difference from the list, or none."),
        ({"end": "999999"}, "The selection runs over the claim's edge."),
        ({"start": "x"}, "The selection runs over the claim's edge."),
        ({"claim": "999999"}, "The selected words are not in this pair."),
        ({"claim": "x"}, "The selected words are not in this pair."),
    ],
)
def test_a_faulty_note_is_refused_in_words(reviewer: Client, pair: Pair, wrong: dict[str, str], sentence: str) -> None:
    form = {"text": "A note.", "kind": "tone", "weight": "note", **words(pair, "frank"), **wrong}
    answer = reviewer.post(f"/pairs/{pair.pk}/annotations/", form)
    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    assert not Annotation.objects.exists()


def test_words_of_another_pair_are_refused(reviewer: Client, pair: Pair) -> None:
    other = pair.comparison.pairs.get(verdict__reasons__kind="agency")
    form = {"text": "A note.", "weight": "note", **words(other, "proposed")}
    assert reviewer.post(f"/pairs/{pair.pk}/annotations/", form).status_code == 422
    assert not Annotation.objects.exists()


def test_a_reply_joins_the_thread(reviewer: Client, note: Annotation) -> None:
    answer = reviewer.post(f"/annotations/{note.pk}/replies/", {"text": "Those on timber."})
    assert answer["Location"] == note.get_absolute_url()
    reply = Reply.objects.get()
    assert (reply.annotation, reply.author.username, reply.text) == (note, "reviewer", "Those on timber.")


def test_a_blank_reply_is_refused_at_its_thread(reviewer: Client, note: Annotation) -> None:
    answer = reviewer.post(f"/annotations/{note.pk}/replies/", {"text": "  "})
    assert answer.status_code == 422
    assert "Write something before you send the reply." in answer.text
    assert "<details open>" in answer.text
    assert not Reply.objects.exists()


def test_a_thread_is_resolved_and_reopened(reviewer: Client, note: Annotation) -> None:
    assert reviewer.post(f"/annotations/{note.pk}/resolve/").status_code == 303
    note.refresh_from_db()
    assert note.resolved_by is not None
    assert note.resolved_by.username == "reviewer"
    reviewer.post(f"/annotations/{note.pk}/reopen/")
    note.refresh_from_db()
    assert note.resolved_at is None


@pytest.mark.parametrize("verb", ["replies", "resolve", "reopen"])
def test_a_thread_that_does_not_exist_is_not_found(reviewer: Client, verb: str) -> None:
    assert reviewer.post(f"/annotations/4711/{verb}/", {"text": "A reply."}).status_code == 404
