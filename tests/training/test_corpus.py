"""The corpus: its form, its checks, how it is varied and how two readers agree on it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims.analysis.structures import ReasonKind, Relation
from training import check, split
from training.agreement import figures, kappa
from training.examples import Block, Example, Link, examples, joined, read_blocks
from training.variation import misfit, renamed

PARTY = {"state": "Arden", "adjective": "Ardener", "capital": "Lusk", "leader": "Ana Orr", "office": "President"}
OTHER = {"state": "Velland", "adjective": "Vellish", "capital": "Tarn", "leader": "Ivo Sel", "office": "Chancellor"}


def event(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "event": "Call",
        "a_source": "Arden",
        "b_source": "Velland",
        "cast": {"a": PARTY, "b": OTHER},
        "a": ["Ana Orr called Ivo Sel on Monday.", "They spoke of 40 ships in Tarn."],
        "b": ["Velland took a call on Monday.", "The fleet was a topic.", "The weather was fine."],
        "links": [
            {"a": 0, "b": 0, "relation": "agree", "kind": None, "facets": [], "words_a": None, "words_b": None},
            {
                "a": 1,
                "b": 1,
                "relation": "partial",
                "kind": None,
                "facets": ["number"],
                "words_a": "40 ships",
                "words_b": None,
            },
        ],
        "lookalikes": [[1, 2]],
    }
    return told | changes


def block(tmp_path: Path, **changes: Any) -> Block:
    path = tmp_path / "hand.jsonl"
    path.write_text(json.dumps(event(**changes)) + "\n", encoding="utf-8")
    return read_blocks([path])[0]


def test_the_whole_corpus_is_without_fault() -> None:
    for path in sorted(split.CORPUS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            assert not list(check.faults(json.loads(line))), path.name


def test_no_file_is_learnt_from_and_measured_on(tmp_path: Path) -> None:
    learnt, matched, measured = set(split.trained(tmp_path)), set(split.matched()), set(split.measured())
    assert learnt
    assert set(split.fitted()) < matched
    assert all(path.exists() for path in learnt | matched | measured)
    assert learnt.isdisjoint(matched | measured)
    assert matched.isdisjoint(measured)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"lookalikes": [[0, 0]]}, "is a link too"),
        ({"lookalikes": [[0, 9]]}, "no such sentence"),
        ({"a": ["Ana Orr called Ivo Sel on Monday. ", "They spoke of 40 ships in Tarn."]}, "blanks at its ends"),
        ({"cast": {"a": PARTY, "b": {}}}, "cast of b lacks"),
    ],
)
def test_a_fault_of_an_event_is_told(changes: dict[str, Any], fault: str) -> None:
    assert any(fault in one for one in check.faults(event(**changes)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"relation": "diverge"}, "has a kind"),
        ({"facets": []}, "everything else has one at least"),
        ({"facets": ["colour"]}, "unknown facets"),
        ({"words_a": "41 ships"}, "not in the sentence"),
        ({"b": 7}, "no such sentence"),
    ],
)
def test_a_fault_of_a_link_is_told(change: dict[str, Any], fault: str) -> None:
    told = event()
    told["links"][1] |= change
    assert any(fault in one for one in check.faults(told))


def test_an_event_without_fault_has_none() -> None:
    assert not list(check.faults(event()))


def test_other_names_are_given_throughout_and_the_labels_stay(tmp_path: Path) -> None:
    told = renamed(block(tmp_path), random.Random(3))
    texts = " ".join([*told.a, *told.b])
    assert not any(name in texts for name in ("Arden", "Velland", "Orr", "Sel", "Tarn"))
    assert [(link.a, link.b, link.relation) for link in told.links] == [(0, 0, "agree"), (1, 1, "partial")]
    assert told.links[1].words_a == "40 ships"


def test_a_figure_that_both_give_is_changed_on_one_side() -> None:
    link = Link(0, 0, Relation.AGREE, False, frozenset(), None, None)
    told = misfit(Example("It lasted 90 minutes.", "A call of 90 minutes.", link), random.Random(1))
    assert told is not None
    assert told.link is not None
    assert told.a == "It lasted 90 minutes."
    assert "90 minutes" not in told.b
    assert told.link.relation is Relation.DIVERGE
    assert told.link.reasons == {ReasonKind.DATE_TIME}
    assert told.link.words_b is not None
    assert told.link.words_b in told.b


def test_nothing_is_changed_where_no_figure_is_shared_or_the_two_do_not_agree() -> None:
    agree = Link(0, 0, Relation.AGREE, False, frozenset(), None, None)
    partial = Link(0, 0, Relation.PARTIAL, False, frozenset({ReasonKind.TONE}), None, None)
    assert misfit(Example("A call.", "It lasted 90 minutes.", agree), random.Random(1)) is None
    assert misfit(Example("90 minutes.", "90 minutes.", partial), random.Random(1)) is None


def test_every_link_and_lookalike_is_learnt_from_and_no_link_as_none(tmp_path: Path) -> None:
    one = block(tmp_path)
    cosine = np.zeros((2, 3), np.float32)
    found = list(examples([one], [cosine], random.Random(1), negatives=1.0))
    assert [example.link for example in found[:2]] == list(one.links)
    assert [(example.a, example.b) for example in found if example.hard] == [(one.a[1], one.b[2])]
    linked = {(one.a[link.a], one.b[link.b]) for link in one.links}
    assert not linked & {(example.a, example.b) for example in found if example.link is None}


def test_a_statement_is_written_on_only_with_a_neighbour_that_is_no_partner(tmp_path: Path) -> None:
    told = block(tmp_path)
    longer = [one for seed in range(200) for one in joined(told, random.Random(seed))]
    assert longer
    assert {one.b for one in longer} == {told.b[0]}


def test_sides_are_turned_with_their_words() -> None:
    link = Link(0, 0, Relation.PARTIAL, False, frozenset({ReasonKind.TONE}), "good", "very good")
    told = Example("a good call", "a very good call", link).turned()
    assert (told.a, told.b) == ("a very good call", "a good call")
    assert told.link is not None
    assert (told.link.words_a, told.link.words_b) == ("very good", "good")


def test_readers_who_say_the_same_agree_wholly(tmp_path: Path) -> None:
    one = block(tmp_path)
    assert figures([(one, one)])["align F1"] == 1
    assert figures([(one, one)])["only F1"] == 1


def test_kappa_takes_chance_off() -> None:
    agree, partial = Relation.AGREE, Relation.PARTIAL
    # Half the cases alike, as chance alone would have it with even shares.
    assert kappa([(agree, agree), (agree, partial), (partial, agree), (partial, partial)]) == pytest.approx(0)
    assert kappa([(agree, agree), (partial, partial)]) == pytest.approx(1)
