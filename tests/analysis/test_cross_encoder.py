"""The built-in judge with the weights that come along: what it must say whatever it was trained to."""

from __future__ import annotations

import pytest

from claims.analysis.cross_encoder import CrossEncoder
from claims.analysis.shipped import WEIGHTS
from claims.analysis.structures import Relation

pytestmark = pytest.mark.model
SAME = (
    "Ms Orr asked her colleague to let the nine fishermen go before the holidays.",
    "The President of Arden requested that the nine fishermen be released by Christmas.",
)
OTHER = ("They spoke about the harbour tolls.", "A choir sang the two anthems.")
AGAINST = (
    "The call was made at the request of Velland.",
    "The call took place on the initiative of Arden alone.",
)


@pytest.fixture(scope="module")
def network() -> CrossEncoder:
    return CrossEncoder()


def test_the_weights_that_come_along_are_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.glob("*.safetensors")) <= 24_000_000
    assert not [path for path in WEIGHTS.iterdir() if path.suffix not in {".safetensors", ".json"}]


def test_the_same_matter_links_better_than_another_and_alike_in_either_order(network: CrossEncoder) -> None:
    same, other, turned = network.link_scores([SAME, OTHER, SAME[::-1]])
    assert same > 0 > other
    assert turned == pytest.approx(same, abs=0.05)


def test_an_opinion_is_the_same_in_either_order_with_its_words_changed_over(network: CrossEncoder) -> None:
    (straight,), (turned,) = network.opinions([AGAINST]), network.opinions([AGAINST[::-1]])
    assert sum(straight.relation.values()) == pytest.approx(1)
    for relation in Relation:
        assert turned.relation[relation] == pytest.approx(straight.relation[relation], abs=0.02)
    assert turned.words_a == straight.words_b


def test_words_stand_in_their_own_text(network: CrossEncoder) -> None:
    (opinion,) = network.opinions([AGAINST])
    assert opinion.words_a
    assert opinion.words_b
    assert all(span.of(AGAINST[0]).strip() for span in opinion.words_a)
    assert all(span.end <= len(AGAINST[1]) for span in opinion.words_b)


def test_a_sign_of_life_is_given_while_pairs_are_read(network: CrossEncoder) -> None:
    signs: list[int] = []
    network.begin_run(beat=lambda: signs.append(1))
    network.link_scores([SAME, OTHER, AGAINST])
    network.begin_run()
    network.opinions([SAME])
    assert 2 <= len(signs) <= 6


def test_what_it_says_does_not_depend_on_which_side_comes_first(network: CrossEncoder) -> None:
    pairs = [SAME, OTHER, AGAINST]
    straight, turned = network.link_scores(pairs), network.link_scores([pair[::-1] for pair in pairs[::-1]])
    assert list(straight) == list(turned[::-1])


def test_nothing_is_asked_of_nothing(network: CrossEncoder) -> None:
    assert network.link_scores([]).shape == (0,)
    assert network.opinions([]) == []
