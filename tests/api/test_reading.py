"""What the API tells: the same as the pages, in pages, with ETags."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Event, Pair
from claims.services.annotate import annotate
from claims.services.review import decide
from tests.api.conftest import program_of
from tests.factories import make_call, make_event, make_pairs, make_user

pytestmark = pytest.mark.django_db


def test_a_list_comes_in_pages_that_lead_to_one_another() -> None:
    for number in range(5):
        make_event(f"Call {number}")
    program = program_of("reader")
    seen, address = [], "/api/v1/events?limit=2&order=title"
    while address:
        page = program.get(address).json()
        seen += [event["title"] for event in page["items"]]
        assert (page["total"], page["limit"]) == (5, 2)
        address = page["next"] and page["next"].removeprefix("http://testserver")
    assert seen == [f"Call {number}" for number in range(5)]
    last = program.read("/events?limit=2&page=9").json()
    assert (last["items"], last["next"]) == ([], None)
    assert last["previous"].endswith("limit=2&page=3")


def test_pairs_are_chosen_as_on_the_pages() -> None:
    comparison = make_call()
    make_call(title="Another call")
    program = program_of("reviewer")
    decide(comparison.pairs.all()[0], program.user, "agree")

    def found(query: str) -> int:
        total: int = program.read(f"/pairs?{query}").json()["total"]
        return total

    assert found("") == 10
    assert found(f"event={comparison.event.slug}") == found(f"comparison={comparison.pk}") == 5
    assert found("relation=diverge") == 4
    assert found("reason=tone&source=arden") == 2
    assert found("state=mine") == 1
    assert found("state=undecided") == 9
    assert found("score=suggested") == 2
    assert program.read("/pairs?relation=maybe").status_code == 422
    first = program.read("/pairs?state=mine").json()["items"][0]
    assert (first["mine"], first["outcome"], first["relation"]) == ("agree", "agree", "agree")


def test_a_pair_tells_its_words_and_all_that_was_said_of_it() -> None:
    comparison = make_call()
    pair, ana = comparison.pairs.all()[1], make_user("reviewer", name="ana")
    decide(pair, ana, "diverge")
    note = annotate(pair, ana, text="The date was moved.")
    told = program_of("reader").read(f"/pairs/{pair.pk}").json()
    assert [(one["reviewer"], one["decision"]) for one in told["reviews"]] == [("ana", "diverge")]
    assert (told["relation"], told["outcome"], told["machine"]["relation"]) == ("diverge", "diverge", "partial")
    assert told["annotations"] == [note.pk]
    words = told["machine"]["reasons"][1]["words"]
    texts = {article.pk: article.text for article in comparison.event.articles.all()}
    claims = {claim["id"]: claim["article"] for claim in told["a"] + told["b"]}
    assert [one["text"] for one in words] == ["1 May", "the first days of June"]
    for one in words:
        assert texts[claims[one["claim"]]][one["start"] : one["end"]] == one["text"]


def test_what_a_blind_event_hides_is_hidden_here() -> None:
    comparison = make_call()
    Event.objects.update(blind=True)
    pair, ana = comparison.pairs.all()[0], make_user("reviewer", name="ana")
    decide(pair, ana, "no_match")
    note = annotate(pair, ana, text="These are two calls.")
    program = program_of("reviewer", name="ben")
    told = program.read(f"/pairs/{pair.pk}")
    assert (told.json()["hidden"], told.json()["outcome"], told.json()["reviews"]) == (True, "undecided", [])
    assert program.read("/reviews").json()["total"] == program.read("/annotations").json()["total"] == 0
    assert program.read(f"/annotations/{note.pk}").status_code == 404
    assert program.read("/events").json()["items"][0]["reviewed"] == 0
    for address in (f"/events/{comparison.event.slug}/export", f"/comparisons/{comparison.pk}/export"):
        refused = program.read(address)
        assert refused.status_code == 403
        assert "reviewed blind" in refused.json()["detail"]
    assert "ana" not in told.text
    decide(pair, program.user, "agree")
    assert program.read(f"/pairs/{pair.pk}").json()["outcome"] == "disputed"
    assert program.read(f"/annotations/{note.pk}").status_code == 200
    assert program_of("editor").read(f"/comparisons/{comparison.pk}/export").status_code == 200


def test_what_has_not_changed_is_not_sent_again() -> None:
    comparison = make_call()
    program, pair = program_of("reviewer"), comparison.pairs.all()[0]
    for address in (f"/pairs/{pair.pk}", f"/events/{comparison.event.slug}", f"/claims/{pair.claims_of('a')[0].pk}"):
        etag = program.read(address)["ETag"]
        same = program.read(address, If_None_Match=f'"other", {etag}')
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    etag = program.read(f"/pairs/{pair.pk}")["ETag"]
    decide(pair, program.user, "partial")
    assert program.read(f"/pairs/{pair.pk}", If_None_Match=etag).status_code == 200


def test_a_search_tells_how_what_it_finds_relates_and_what_it_did_not_understand() -> None:
    comparison = make_call()
    program = program_of("reader")
    found = program.read("/search?q=observers source:arden").json()
    assert [one["voice"] for one in found["items"]] == ["Arden"]
    assert found["items"][0]["relations"][0] == {
        "relation": "diverge",
        "source": "Velland",
        "comparison": comparison.pk,
        "pair": comparison.pairs.all()[3].pk,
        "reasons": ["agency"],
    }
    refused = program.read("/search?q=relation:maybe")
    assert refused.status_code == 422
    assert refused.json()["problems"] == [{"field": "q", "problem": refused.json()["detail"]}]
    assert "no relation" in refused.json()["detail"]
    waiting = program.read("/search?q=observers&by=meaning")
    assert (waiting.status_code, waiting.json(), waiting["Retry-After"]) == (202, {"state": "waiting"}, "1")


def test_what_one_side_is_silent_on_comes_with_what_was_near() -> None:
    comparison = make_call()
    told = program_of("reader").read(f"/comparisons/{comparison.pk}/only").json()
    assert [(one["side"], len(one["near"])) for one in told["items"]] == [("a", 2), ("b", 1)]


def test_lists_take_the_same_queries_whatever_their_length() -> None:
    make_pairs(3)
    program = program_of("reader")

    def taken() -> dict[str, int]:
        counts = {}
        for address in ("/events", "/sources", "/articles", "/claims", "/comparisons", "/pairs", "/search?q=strait"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert program.read(address).status_code == 200
            counts[address] = len(queries)
        return counts

    program.read("/me")
    few = taken()
    make_pairs(30, title="A longer call")
    assert Pair.objects.count() == 33
    assert taken() == few
