"""TEI: well formed, its pointers lead somewhere, and only the elements are used that it is meant to use.

``CONTENT`` says of each which children it has, in which order; ``test_tei_schema`` holds documents against all of TEI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import etree

from claims.models import Article, Claim, Comparison, Event, Pair
from claims.services.export import FORMATS, Scope
from tests.exports import exported
from tests.factories import make_article, make_call, make_event, make_pair

pytestmark = pytest.mark.django_db

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
# Children by their order, as a pattern over "name name …"; what has none stands with an empty pattern or with text.
CONTENT = {
    "teiCorpus": r"teiHeader (TEI )+",
    "TEI": r"teiHeader standOff text ",
    "teiHeader": r"fileDesc (encodingDesc )?",
    "fileDesc": r"titleStmt publicationStmt sourceDesc ",
    "titleStmt": r"(title )+(respStmt )*",
    "respStmt": r"(resp )+(name )+",
    "publicationStmt": r"(publisher )(idno )?",
    "sourceDesc": r"(p )+|(listWit |listBibl |bibl )+",
    "listWit": r"(witness )+",
    "witness": r"(name )?",
    "listBibl": r"(bibl )+",
    "bibl": r"(title |publisher |date |ref )*",
    "encodingDesc": r"(projectDesc |classDecl )+",
    "projectDesc": r"(p )+",
    "classDecl": r"(taxonomy )+",
    "taxonomy": r"(category )+",
    "category": r"(catDesc )+",
    "standOff": r"(spanGrp |linkGrp |listApp )+",
    "spanGrp": r"(span )*",
    "linkGrp": r"(link )+",
    "listApp": r"(app )+",
    "app": r"(rdg )+(note )*",
    "note": r"(date )?",
    "text": r"body ",
    "body": r"(div )+|p ",
    "div": r"(ab )+",
}
LEAVES = {"title", "resp", "name", "publisher", "idno", "date", "ref", "p", "catDesc", "span", "link", "rdg", "ab"}
POINTING = ("target", "corresp", "resp", "ana", "wit")


def parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def name_of(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def problems(root: etree._Element) -> Iterator[str]:
    known = set(root.xpath("//@xml:id"))
    if len(known) < len(root.xpath("//@xml:id")):
        yield "an xml:id stands twice"
    for element in root.iter():
        if not str(element.tag).startswith(TEI):
            yield f"{element.tag} is not of TEI"
            continue
        if name_of(element) not in LEAVES | CONTENT.keys():
            yield f"{element.tag} is none of ours"
            continue
        name, children = name_of(element), "".join(f"{name_of(child)} " for child in element)
        if name not in LEAVES and not re.fullmatch(CONTENT[name], children):
            yield f"{name} has {children or 'nothing'}"
        if name in LEAVES and len(element):
            yield f"{name} has children"
        for attribute in POINTING:
            yield from dangling(element.get(attribute, ""), known)
        if name == "link" and len(element.get("target", "").split()) < 2:
            yield "a link points to two things at least"


def dangling(pointers: str, known: set[str]) -> Iterator[str]:
    for pointer in pointers.split():
        found = re.fullmatch(r"#(?:string-range\(([^,]+),\d+,\d+\)|([\w.-]+))|https?://\S+", pointer)
        if found is None or ((found[1] or found[2]) and (found[1] or found[2]) not in known):
            yield f"{pointer} points nowhere"


def test_the_document_keeps_the_rules(worked_on: Comparison) -> None:
    assert list(problems(parsed(exported("tei", worked_on)))) == []


def test_the_rules_find_what_is_broken(worked_on: Comparison) -> None:
    root = parsed(exported("tei", worked_on))
    link = root.find(f".//{TEI}link")
    assert link is not None
    link.set("target", "#claim-0")
    root.find(f".//{TEI}app").append(etree.Element(f"{TEI}lem"))
    found = list(problems(root))
    assert "#claim-0 points nowhere" in found
    assert "a link points to two things at least" in found
    assert any(problem.startswith("app has rdg rdg") for problem in found)


def test_a_claim_is_the_characters_that_its_span_points_at(worked_on: Comparison) -> None:
    root = parsed(exported("tei", worked_on))
    texts = {element.get(ID): element.text or "" for element in root.iter(f"{TEI}ab")}
    spans = root.findall(f".//{TEI}span")
    assert len(spans) == 12
    for span in spans:
        found = re.fullmatch(r"#string-range\((.+),(\d+),(\d+)\)", span.get("target", ""))
        assert found
        said = texts[found[1]][int(found[2]) : int(found[2]) + int(found[3])]
        assert said == Claim.objects.get(pk=span.get(ID, "").removeprefix("claim-")).text


def test_sources_are_witnesses_and_each_pair_has_a_reading_of_both(worked_on: Comparison) -> None:
    root = parsed(exported("tei", worked_on))
    names = {f"#{one.get(ID)}": one.findtext(f"{TEI}name") for one in root.iter(f"{TEI}witness")}
    assert list(names.values()) == ["Arden", "Velland"]
    entries = root.findall(f".//{TEI}app")
    assert len(entries) == 5
    assert all(
        [names[rdg.get("wit", "")] for rdg in entry.iter(f"{TEI}rdg")] == ["Arden", "Velland"] for entry in entries
    )


def test_verdicts_of_people_and_of_the_machine_stand_apart(worked_on: Comparison) -> None:
    root = parsed(exported("tei", worked_on))
    pair = worked_on.pairs.order_by("pk")[1]
    (entry,) = root.xpath(f"//*[@xml:id='app-{pair.pk}']")
    told = [(note.get("type"), note.get("ana")) for note in entry.iter(f"{TEI}note")]
    assert told == [
        ("verdict", "#relation-partial"),
        ("reason", "#reason-commitment"),
        ("reason", "#reason-date_time"),
        ("review", "#relation-diverge"),
        ("review", "#relation-partial"),
        ("note", None),
    ]
    people = {f"#{one.get(ID)}": one.findtext(f"{TEI}name") for one in root.iter(f"{TEI}respStmt")}
    by = [people[note.get("resp", "")] for note in entry.iter(f"{TEI}note")]
    assert by == ["Crossread", "Crossread", "Crossread", "ana", "ben", "ana"]
    (link,) = root.xpath(f"//*[@xml:id='pair-{pair.pk}']")
    assert link.get("ana") == "#relation-disputed"


def test_signs_that_xml_forbids_and_bare_returns_move_no_offset() -> None:
    event = make_event()
    comparison = event.comparisons.get()
    said = [(comparison.a, "One\x0c & <two>\r🚢."), (comparison.b, "Both.")]
    article = make_article(event, [(source, text) for source, text in said])
    make_pair(comparison, *([claim] for claim in article.claims.order_by("start")))
    root = parsed(exported("tei", comparison))
    assert root.findtext(f".//{TEI}ab") == Article.objects.get().text.replace("\x0c", "\ufffd")
    assert list(problems(root)) == []


def test_an_event_without_pairs_and_one_comparison_are_documents_too(worked_on: Comparison) -> None:
    Pair.objects.all().update(withdrawn=True)
    assert list(problems(parsed(exported("tei", worked_on)))) == []
    scope = Scope.of_comparison(worked_on)
    assert list(problems(parsed(b"".join(FORMATS["tei"].write(scope))))) == []


def test_several_events_are_a_corpus_whose_identifiers_do_not_meet() -> None:
    make_call()
    make_call(title="Another call")
    scope = Scope.of_events(Event.objects.order_by("pk"))
    root = parsed(b"".join(FORMATS["tei"].write(scope)))
    assert name_of(root) == "teiCorpus"
    assert list(problems(root)) == []
