"""Programmed contrasts: what is changed in a statement, and when nothing is."""

from __future__ import annotations

import random

import pytest

from claims.analysis.structures import ReasonKind, Relation
from training.contrast import contrasts, denied, less_bound, of_itself, reordered, swapped, weakened
from training.examples import Block, Example, Link

CAST = {
    "a": {"state": "Arden", "adjective": "Ardener", "capital": "Lusk", "leader": "Ana Orr", "office": "President"},
    "b": {"state": "Velland", "adjective": "Vellish", "capital": "Tarn", "leader": "Ivo Sel", "office": "Chancellor"},
}
BLOCK = Block("file", "Call", "Arden", "Velland", (), (), (), frozenset(), CAST)
AGREE = Link(0, 0, Relation.AGREE, False, frozenset(), None, None)
CEASEFIRE = "The ceasefire will hold until spring."


def test_a_statement_is_denied_where_the_other_speaks_of_the_same() -> None:
    edit = denied(CEASEFIRE, "The ceasefire is to hold until spring.", random.Random(1))
    assert edit is not None
    assert edit.relation is Relation.DIVERGE
    assert edit.reason is ReasonKind.NEGATION_POLARITY
    assert edit.text in {"The ceasefire will not hold until spring.", "The ceasefire will never hold until spring."}


def test_what_the_other_does_not_speak_of_is_not_denied() -> None:
    assert denied(CEASEFIRE, "The ministers talked about fishing.", random.Random(1)) is None


def test_a_participle_is_left_alone() -> None:
    assert denied("The plan was accepted by all ministers.", "All ministers accept the plan.", random.Random(1)) is None


def test_a_fact_becomes_a_possibility_and_an_agreement_a_readiness() -> None:
    weak = weakened(CEASEFIRE, CEASEFIRE, random.Random(1))
    less = less_bound("They agreed to reopen the bridge at Tarn.", "The bridge at Tarn reopens.", random.Random(1))
    assert weak is not None
    assert less is not None
    assert (weak.relation, weak.reason) == (Relation.PARTIAL, ReasonKind.MODALITY_HEDGE)
    assert (less.relation, less.reason) == (Relation.PARTIAL, ReasonKind.COMMITMENT)


def test_roles_change_over_with_every_name() -> None:
    edit = swapped("Ana Orr asked Ivo Sel to release the Ardener crew.", BLOCK)
    assert edit is not None
    assert edit.text == "Ivo Sel asked Ana Orr to release the Vellish crew."
    assert edit.reason is ReasonKind.AGENCY


@pytest.mark.parametrize(
    "text",
    [
        "Ana Orr and Ivo Sel asked for calm.",
        "Both Arden and Velland offered help.",
        "Ana Orr asked for calm.",
        "Ana Orr stood beside Ivo Sel.",
    ],
)
def test_where_nobody_acts_towards_the_other_no_roles_change(text: str) -> None:
    assert swapped(text, BLOCK) is None


def test_an_opening_moves_to_the_end() -> None:
    edit = reordered("During the call, both leaders spoke of the grain deal.")
    assert edit is not None
    assert edit.text == "Both leaders spoke of the grain deal during the call."
    assert reordered("The leaders, during the call, spoke of grain.") is None


def test_only_pairs_that_agree_are_contrasted() -> None:
    pair = Example(CEASEFIRE, "The ceasefire will stand until spring comes.", AGREE)
    changed = list(contrasts(pair, BLOCK, random.Random(2)))
    assert len(changed) == 1
    assert changed[0].a == pair.a
    link = changed[0].link
    assert link is not None
    assert link.relation is not Relation.AGREE
    assert link.words_b is not None
    assert link.words_b in changed[0].b
    assert not list(contrasts(Example(pair.a, pair.b, None), BLOCK, random.Random(2)))


def test_a_statement_beside_itself_differs_in_the_words_that_are_told() -> None:
    found = of_itself(CEASEFIRE, BLOCK, random.Random(3))
    assert found is not None
    link = found.link
    assert link is not None
    assert link.words_a is not None
    assert link.words_b is not None
    assert found.a.replace(link.words_a, link.words_b) == found.b
    assert of_itself("Grain.", BLOCK, random.Random(3)) is None
