"""Web annotations, checked against the rules of the W3C Web Annotation Data Model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from claims.models import Article, Comparison
from tests.exports import exported
from tests.factories import make_article, make_event, make_pair

pytestmark = pytest.mark.django_db

# https://www.w3.org/TR/annotation-vocab/#motivation
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}


def collection(comparison: Comparison) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(exported("annotation", comparison))
    return told


def items(comparison: Comparison) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = collection(comparison)["first"]["items"]
    return found


def of(motivation: str, comparison: Comparison) -> list[dict[str, Any]]:
    return [item for item in items(comparison) if item["motivation"] == motivation]


def parts(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name, [])
    return value if isinstance(value, list) else [value]


def problems(told: dict[str, Any]) -> Iterator[str]:
    """Yield what the model forbids: sections 3 (annotations), 4 (specific resources) and 5 (collections)."""
    if told["@context"] != "http://www.w3.org/ns/anno.jsonld" or told["type"] != "AnnotationCollection":
        yield "3.1, 5.1: the collection has the model's context and its type"
    page = told["first"]
    if page["type"] != "AnnotationPage" or page["partOf"] != told["id"] or "items" not in page or not page["id"]:
        yield "5.2: a page has an id, its type, its collection and its items"
    if told["total"] != len(page["items"]):
        yield "5.1: total counts the annotations"
    ids = [item["id"] for item in page["items"]]
    if len(ids) != len(set(ids)):
        yield "3.1: an id belongs to one annotation"
    for item in page["items"]:
        yield from (f"{problem} ({item['id']})" for problem in problems_of(item))


def problems_of(item: dict[str, Any]) -> Iterator[str]:
    if item["type"] != "Annotation" or not urlsplit(item["id"]).scheme:
        yield "3.1: an annotation has exactly one id, an IRI, and the type Annotation"
    if not parts(item, "target"):
        yield "3.1: there is at least one target"
    if item["motivation"] not in MOTIVATIONS:
        yield "3.3.5: the motivation is one of the vocabulary"
    for part in (*parts(item, "body"), *parts(item, "target")):
        yield from problems_of_resource(part)
    if "created" in item and not item["created"].endswith("+00:00"):
        yield "3.3.1: a moment has its time zone"


def problems_of_resource(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        if not urlsplit(part).scheme:
            yield "3.2.1: what is named is an IRI"
    elif part["type"] == "TextualBody":
        if not isinstance(part.get("value"), str) or part["purpose"] not in MOTIVATIONS:
            yield "3.2.4, 3.3.6: a textual body has one value and a purpose of the vocabulary"
    elif part["type"] == "SpecificResource":
        yield from (problem for selector in part["selector"] for problem in problems_of_selector(selector))
        if not urlsplit(part["source"]).scheme:
            yield "4: a specific resource has exactly one source"
    else:
        yield f"3.2: {part['type']} is no class of ours"


def problems_of_selector(selector: dict[str, Any]) -> Iterator[str]:
    if selector["type"] == "TextQuoteSelector":
        if not selector["exact"] or not all(isinstance(selector[key], str) for key in ("prefix", "suffix")):
            yield "4.2.4: a quotation has its exact words, and may have what stands around them"
    elif selector["type"] == "TextPositionSelector":
        if not 0 <= selector["start"] < selector["end"]:
            yield "4.2.5: a position has a start and an end from 0"
    else:
        yield "4.2: the selector is one of the model's"


def test_the_collection_keeps_the_model_s_rules(worked_on: Comparison) -> None:
    assert list(problems(collection(worked_on))) == []


def test_the_rules_find_what_is_broken(worked_on: Comparison) -> None:
    told = collection(worked_on)
    told["first"]["items"][0]["motivation"] = "judging"
    told["first"]["items"][1]["target"]["selector"][1]["end"] = 0
    told["total"] = 1
    assert [problem.split(":")[0] for problem in problems(told)] == ["5.1", "3.3.5", "4.2.5"]


def test_a_claim_is_found_by_its_quotation_and_by_its_position(worked_on: Comparison) -> None:
    claims = of("identifying", worked_on)
    assert len(claims) == 12
    for claim in claims:
        quote, place = claim["target"]["selector"]
        text = Article.objects.get(pk=claim["target"]["source"].split("/")[-3]).text
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])
    assert claims[0]["body"][0]["value"] == "Arden"


def test_positions_count_code_points_not_utf_16(worked_on: Comparison) -> None:
    event = make_event("A call with signs", sources=("Ägir", "Ymir"))
    comparison = event.comparisons.get()
    article = make_article(event, [(comparison.a, "𝔸 🚢 came."), (comparison.b, "None came.")])
    make_pair(comparison, *([claim] for claim in article.claims.order_by("start")))
    place = of("identifying", comparison)[1]["target"]["selector"][1]
    assert (place["start"], place["end"]) == (10, 20)


def test_pairs_link_claims_and_verdicts_classify_pairs(worked_on: Comparison) -> None:
    claims = {claim["id"] for claim in of("identifying", worked_on)}
    links = of("linking", worked_on)
    assert len(links) == 5
    assert all({*link["target"], *link["body"]} <= claims for link in links)
    said = of("classifying", worked_on)
    assert {one["target"] for one in said} == {link["id"] for link in links}
    by_people = [one for one in said if one["creator"]["type"] == "Person"]
    assert [(one["creator"]["nickname"], one["body"][0]["value"]) for one in by_people] == [
        ("ana", "agree"),
        ("ana", "diverge"),
        ("ben", "partial"),
        ("ben", "no_match"),
    ]


def test_a_note_comments_on_its_words_and_a_reply_on_the_note(worked_on: Comparison) -> None:
    (note,) = of("commenting", worked_on)
    assert note["target"]["selector"][0]["exact"] == "1 May"
    assert [one["value"] for one in note["body"]] == ["=Which of the two?", "major", "date_time"]
    (reply,) = of("replying", worked_on)
    assert (reply["target"], reply["body"][0]["value"]) == (note["id"], "The later one.")


def test_a_reason_is_shown_on_the_words_of_both_sides(worked_on: Comparison) -> None:
    reason = next(one for one in of("describing", worked_on) if one["id"].endswith("#reason-date_time"))
    assert [one["selector"][0]["exact"] for one in reason["target"]] == ["1 May", "the first days of June"]
