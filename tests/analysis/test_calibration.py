"""How scores are read by people's decisions: what moves them, where lines are drawn, what a matching becomes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.calibration import Decided, Scale, fit, interval, lower_bound, settled, shipped
from claims.analysis.structures import Certainty, Comparison, Lone, Match, Pair, Relation, Source, Verdict

SHIPPED = shipped()
SCORES = [0.3 + 0.07 * place for place in range(10)]


def decided(right: float, *, times: int) -> list[Decided]:
    """Return ``times`` decisions at each of ten scores, this share of them right."""
    return [Decided(score, place < round(right * times)) for score in SCORES for place in range(times)]


def true_to_score(times: int) -> list[Decided]:
    return [Decided(score, place < round(score * times)) for score in SCORES for place in range(times)]


def test_scores_that_come_along_are_left_as_they_are() -> None:
    assert SHIPPED.chance(0.42) == pytest.approx(0.42)
    assert (SHIPPED.suggested, SHIPPED.sure) == (0.3, 0.9)


def test_decisions_that_bear_the_scores_out_change_next_to_nothing() -> None:
    scale = fit(true_to_score(100), SHIPPED).scale
    assert abs(scale.intercept) < 0.05
    assert abs(scale.slope - 1) < 0.05


def test_few_decisions_change_little_and_many_change_much() -> None:
    few, many = (fit(decided(0.3, times=times), SHIPPED).scale for times in (1, 100))
    assert few.chance(0.9) - many.chance(0.9) > 0.2
    assert many.chance(0.6) == pytest.approx(0.3, abs=0.05)
    assert 0.3 < few.chance(0.6) < 0.6


def test_a_higher_score_never_means_less_whatever_people_say() -> None:
    turned = [Decided(score, score < 0.6) for score in SCORES for _ in range(200)]
    scale = fit(turned, SHIPPED).scale
    assert scale.slope > 0
    assert all(scale.chance(low) < scale.chance(high) for low, high in pairwise(SCORES))


def test_sure_begins_where_enough_decisions_were_right() -> None:
    split = [Decided(0.5, place % 2 == 0) for place in range(80)] + [Decided(0.8, True) for _ in range(80)]
    found = fit(split, SHIPPED)
    assert found.sure_is_proven
    assert 0.5 < found.scale.score_at(found.scale.sure) <= 0.8 + 1e-3
    assert found.scale.chance(0.8) >= found.scale.sure


def test_sure_keeps_its_chance_where_nothing_proves_another() -> None:
    found = fit(decided(1.0, times=3), SHIPPED)
    assert not found.sure_is_proven
    assert found.scale.sure == SHIPPED.sure
    assert found.scale.score_at(found.scale.sure) < SHIPPED.sure  # what always was right is sure sooner


def test_the_line_of_what_is_shown_can_rise_and_not_sink() -> None:
    all_right = fit(decided(1.0, times=100), SHIPPED).scale
    assert all_right.score_at(all_right.suggested) == pytest.approx(SHIPPED.suggested, abs=1e-3)
    low_wrong = [Decided(score, score > 0.6) for score in SCORES for _ in range(100)]
    scale = fit(low_wrong, SHIPPED).scale
    assert scale.score_at(scale.suggested) > 0.4


def test_nothing_decided_changes_nothing() -> None:
    found = fit([], SHIPPED)
    assert (found.scale, found.decisions) == (SHIPPED, 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_whatever_is_decided_the_lines_keep_their_order(said: list[tuple[float, bool]]) -> None:
    scale = fit([Decided(*one) for one in said], SHIPPED).scale
    assert 0 <= scale.suggested <= scale.sure <= 1
    assert scale.slope > 0


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433), (50, 100, 0.4038, 0.5962)],
)
def test_the_interval_is_wilsons(right: int, count: int, low: float, high: float) -> None:
    assert interval(right, count) == pytest.approx((low, high), abs=1e-3)


def test_fifty_two_right_ones_in_a_row_are_enough_for_sure_and_fifty_one_are_not() -> None:
    assert lower_bound(51, 51) < 0.95 <= lower_bound(52, 52)


def compared(*matches: Match) -> Comparison:
    pairs = tuple(Pair(match, Verdict(Relation.AGREE)) for match in matches)
    return Comparison(Source("Arden"), Source("Velland"), [], [], pairs, (Lone(0),), ())


def test_certainty_follows_the_scale_and_scores_stay() -> None:
    found = compared(Match((1,), (1,), 0.7), Match((2,), (2,), 0.95, Certainty.SURE))
    told = settled(found, Scale(0.0, 1.0, 0.3, 0.6))
    assert [pair.match.certainty for pair in told.pairs] == [Certainty.SURE, Certainty.SURE]
    assert [pair.match.score for pair in told.pairs] == [0.7, 0.95]
    told = settled(found, Scale(-3.0, 1.0, 0.1, 0.9))
    assert {pair.match.certainty for pair in told.pairs} == {Certainty.SUGGESTED}


def test_below_the_line_a_match_goes_and_its_claims_are_alone_near_each_other() -> None:
    found = compared(Match((1,), (0,), 0.35), Match((2,), (1,), 0.8), Match((3,), (1,), 0.4))
    told = settled(found, Scale(0.0, 1.0, 0.5, 0.9))
    assert [pair.match.a for pair in told.pairs] == [(2,)]
    assert [one.claim for one in told.lone_a] == [0, 1, 3]
    assert [one.claim for one in told.lone_b] == [0]
    assert [(near.claim, near.score) for near in told.lone_b[0].candidates] == [(1, 0.35)]


def test_what_people_confirmed_stays_below_the_line() -> None:
    found = compared(Match((1,), (0,), 0.05))
    told = settled(found, Scale(0.0, 1.0, 0.5, 0.9), kept=[((1,), (0,))])
    assert [pair.match.certainty for pair in told.pairs] == [Certainty.SUGGESTED]
