"""TEI, held against the schema of all of TEI P5."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from claims.models import Claim, Comparison, Event, Pair
from claims.services.adjudicate import adjudicate
from claims.services.annotate import annotate
from claims.services.export import FORMATS, Scope
from claims.services.review import decide
from claims.services.revise import revise
from tests.exports import exported, make_worked_on
from tests.factories import make_article, make_call, make_event, make_joined, make_pair, make_pairs, make_user
from tests.tei_all import faults

pytestmark = pytest.mark.django_db


def written(*events: Event) -> etree._Element:
    scope = Scope.of_events(events, address="https://crossread.example")
    return etree.fromstring(b"".join(FORMATS["tei"].write(scope)))


def make_three_sides() -> Event:
    event = make_event("Talks & <tea> of “three”", sources=("Arden", "Velland", "Île d’Or"), date=None)
    sources = list(event.sources.order_by("position"))
    said = [(source, f"{source} opens the port 🚢.\r\n\x0c") for source in sources]
    claims = list(make_article(event, [*said, ("a traveller", "It rained.")]).claims.order_by("start"))
    for comparison in event.comparisons.select_related("a", "b"):
        mine = [[claim for claim in claims if claim.source_id == one.pk] for one in (comparison.a, comparison.b)]
        make_pair(comparison, mine[0], mine[1], relation="diverge", reasons={"tone": (["port"], ["opens"])})
    return event


def make_blind() -> Event:
    comparison = make_worked_on()
    Event.objects.filter(pk=comparison.event_id).update(blind=True)
    pair = comparison.pairs.order_by("pk")[1]
    adjudicate(pair, make_user("editor", name="eva"), decision="partial", why="May <or June>.", version=0)
    return comparison.event


def make_noted() -> Event:
    comparison = make_call()
    joined = make_joined(comparison, make_user(name="ana"))
    annotate(joined, make_user(name="ben"), text="A note\n\nof two paragraphs & a <tag>.", weight="minor")
    return comparison.event


def make_stale() -> Event:
    comparison = make_worked_on()
    article = Claim.objects.filter(pairs__comparison=comparison).order_by("pk")[0].article
    revise(article, article.text.replace("May", "June") + " One more sentence is new.", make_user("editor", name="eva"))
    assert Pair.objects.filter(stale=True).exists()
    return comparison.event


def make_bare() -> Event:
    return make_event("Nothing yet")


def make_without_sources() -> Event:
    return make_event("Nobody yet", sources=())


KINDS = (make_three_sides, make_blind, make_noted, make_stale, make_bare, make_without_sources)


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_an_event_is_valid(make: Callable[[], Event]) -> None:
    assert faults(written(make())) == []


def test_one_comparison_and_a_corpus_are_valid(worked_on: Comparison) -> None:
    one = b"".join(FORMATS["tei"].write(Scope.of_comparison(worked_on)))
    assert faults(etree.fromstring(one)) == []
    corpus = written(worked_on.event, make_three_sides(), make_pairs(30).event)
    assert etree.QName(corpus).localname == "teiCorpus"
    assert faults(corpus) == []


def test_what_every_reviewer_decided_is_valid(worked_on: Comparison) -> None:
    cleo = make_user(name="cleo")
    for pair, decision in zip(
        worked_on.pairs.order_by("pk"), ("agree", "partial", "diverge", "no_match"), strict=False
    ):
        decide(pair, cleo, decision)
    assert faults(etree.fromstring(exported("tei", worked_on))) == []


@pytest.mark.parametrize(("path", "child"), [("rdg", "body"), ("link", "p"), ("titleStmt", "rdg")])
def test_the_schema_finds_what_does_not_belong(worked_on: Comparison, path: str, child: str) -> None:
    root = etree.fromstring(exported("tei", worked_on))
    found = root.find(f".//{{*}}{path}")
    assert found is not None
    found.set("nonsense", "1")
    assert any("nonsense" in fault for fault in faults(root))
    del found.attrib["nonsense"]
    etree.SubElement(found, f"{{http://www.tei-c.org/ns/1.0}}{child}")
    assert faults(root) != []
