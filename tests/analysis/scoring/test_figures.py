"""From counts to figures and their intervals."""

from __future__ import annotations

import pytest

from claims.analysis.scoring.counting import Counts
from claims.analysis.scoring.figures import Band, Evaluation, evaluation_of
from claims.analysis.structures import ReasonKind, Relation

AGREE, PARTIAL, DIVERGE = Relation


def outcomes(*key: str, right: int = 0, wrong: int = 0, missed: int = 0) -> Counts:
    return {(*key, "right"): right, (*key, "wrong"): wrong, (*key, "missed"): missed}


def value(told: Evaluation, name: str, measure: str) -> float | None:
    return told.scores[name].figures[measure].value


def test_precision_recall_and_f1_are_those_of_the_sums() -> None:
    told = evaluation_of([outcomes("align", right=3, wrong=1), outcomes("align", wrong=2, missed=1)])
    assert value(told, "align", "precision") == pytest.approx(3 / 6)
    assert value(told, "align", "recall") == pytest.approx(3 / 4)
    assert value(told, "align", "f1") == pytest.approx(0.6)
    assert told.scores["align"].cases == 4


def test_reasons_are_summed_over_kinds_and_told_by_kind() -> None:
    told = evaluation_of(
        [
            outcomes("reasons", ReasonKind.TONE, right=1, wrong=1)
            | outcomes("reasons", ReasonKind.NUMBER, right=1, missed=3)
        ]
    )
    assert value(told, "reasons", "f1") == pytest.approx(4 / 8)
    assert value(told, "reasons tone", "f1") == pytest.approx(2 / 3)
    assert value(told, "reasons number", "recall") == pytest.approx(1 / 4)
    assert value(told, "reasons entity", "f1") is None


def test_the_relation_is_the_mean_of_all_three_even_of_one_that_never_comes() -> None:
    both = [(AGREE, AGREE), (AGREE, AGREE), (AGREE, PARTIAL), (PARTIAL, PARTIAL)]
    counts: Counts = {("relation", *one): float(both.count(one)) for one in both}
    told = evaluation_of([counts])
    assert value(told, "relation agree", "f1") == pytest.approx(0.8)
    assert value(told, "relation partial", "f1") == pytest.approx(2 / 3)
    assert value(told, "relation diverge", "f1") is None
    assert value(told, "relation", "macro_f1") == pytest.approx((0.8 + 2 / 3) / 3)
    assert told.scores["relation"].cases == 4
    assert told.confusion[AGREE, PARTIAL] == 1
    assert told.confusion[PARTIAL, AGREE] == 0


def test_what_has_no_case_has_no_value() -> None:
    told = evaluation_of([outcomes("align", missed=2)])
    assert value(told, "align", "precision") is None
    assert value(told, "align", "f1") == 0
    for name, measure in (
        *(("relation", "macro_f1"), ("kind", "accuracy"), ("attribution", "accuracy")),
        *(("sure", "precision"), ("calibration", "error")),
    ):
        assert value(told, name, measure) is None
    assert told.reliability == told.confidence == ()


def test_the_calibration_error_weighs_each_band_by_its_cases() -> None:
    counts: Counts = {
        ("score", "3", "cases"): 2.0,
        ("score", "3", "sum"): 0.7,
        ("score", "3", "right"): 0.0,
        ("score", "9", "cases"): 6.0,
        ("score", "9", "sum"): 5.7,
        ("score", "9", "right"): 6.0,
    }
    told = evaluation_of([counts])
    assert value(told, "calibration", "error") == pytest.approx((2 * 0.35 + 6 * 0.05) / 8)
    assert told.reliability == (Band(0.3, 2, 0.7 / 2, 0.0), Band(0.9, 6, 5.7 / 6, 1.0))


def test_intervals_are_those_of_draws_of_events() -> None:
    events = [outcomes("align", right=10), outcomes("align", missed=10)]
    recall = evaluation_of(events).scores["align"].figures["recall"]
    # Of two draws in a quarter of the cases both are the one event, in a quarter both the other.
    assert (recall.low, recall.value, recall.high) == (0.0, 0.5, 1.0)
    alike = evaluation_of([outcomes("align", right=3, missed=1)] * 5).scores["align"].figures["recall"]
    assert (alike.low, alike.high) == (0.75, 0.75)


def test_intervals_are_the_same_every_time() -> None:
    events = [outcomes("align", right=right, wrong=7 - right, missed=2) for right in range(8)]
    assert evaluation_of(events) == evaluation_of(events)
    f1 = evaluation_of(events).scores["align"].figures["f1"]
    assert f1.low is not None
    assert f1.value is not None
    assert f1.high is not None
    assert 0 < f1.low < f1.value < f1.high < 1


def test_one_event_has_no_interval() -> None:
    figure = evaluation_of([outcomes("align", right=1)]).scores["align"].figures["f1"]
    assert (figure.value, figure.low, figure.high) == (1.0, None, None)
