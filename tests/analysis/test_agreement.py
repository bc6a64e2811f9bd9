"""Agreement beyond chance: against figures worked out by hand and by those who made the measures."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from claims.analysis.agreement import LEAST_PAIRS, kappas, of_all, of_two, of_twos, shared_pairs

Both = list[tuple[str, str]]

# Krippendorff's own example of 15 units and three people, "Computing Krippendorff's alpha-reliability" (2011).
KRIPPENDORFF = (
    [None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3],
    [1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None],
    [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
)


def said(*people: list[int | None]) -> dict[int, dict[int, str]]:
    """Return what people said by pair, from a row of verdicts for each of them."""
    return {
        pair: {person: str(one) for person, one in enumerate(column) if one is not None}
        for pair, column in enumerate(zip(*people, strict=True))
    }


def table(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> Both:
    return [("yes", "yes")] * yes_yes + [("yes", "no")] * yes_no + [("no", "yes")] * no_yes + [("no", "no")] * no_no


def test_kappa_is_what_it_is_by_hand() -> None:
    # Seen 35/50 = 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; so (0.7 - 0.5) / (1 - 0.5) = 0.4.
    assert of_two(table(20, 5, 10, 15)).value == pytest.approx(0.4)


def test_kappa_is_one_where_two_always_say_the_same_and_none_where_only_chance_brings_them_together() -> None:
    assert of_two(table(10, 0, 0, 10)).value == pytest.approx(1)
    assert of_two(table(5, 5, 5, 5)).value == pytest.approx(0)
    assert of_two(table(0, 10, 10, 0)).value == pytest.approx(-1)


def test_kappas_of_many_tables_are_those_of_the_library() -> None:
    both = [("a", "a")] * 7 + [("a", "p")] * 3 + [("p", "d")] * 4 + [("d", "d")] * 9 + [("p", "p")] * 2
    names = ["a", "d", "p"]
    counts = np.zeros((1, 3, 3))
    for x, y in both:
        counts[0, names.index(x), names.index(y)] += 1
    a, b = zip(*both, strict=True)
    assert kappas(counts)[0] == pytest.approx(cohen_kappa_score(a, b))


def test_alpha_is_that_of_its_authors_examples() -> None:
    assert of_all(said(*KRIPPENDORFF)).value == pytest.approx(0.691, abs=5e-4)
    two = said([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    assert of_all(two).value == pytest.approx(0.095, abs=5e-4)


def test_the_interval_holds_the_figure_and_narrows_with_the_pairs() -> None:
    few, many = of_two(table(8, 2, 4, 6)), of_two(table(160, 40, 80, 120))
    for found in (few, many):
        assert found.low is not None
        assert found.value is not None
        assert found.high is not None
        assert found.low < found.value < found.high
    assert many.high - many.low < (few.high - few.low) / 3  # type: ignore[operator]


def test_the_interval_of_kappa_is_about_that_of_its_standard_error() -> None:
    # Cohen (1960): the square root of 0.7 * 0.3 / 50, over 1 - 0.5, is 0.1296; so 0.4 plus or minus 0.254.
    found = of_two(table(20, 5, 10, 15))
    assert found.low == pytest.approx(0.4 - 0.254, abs=0.04)
    assert found.high == pytest.approx(0.4 + 0.254, abs=0.04)


def test_the_same_pairs_give_the_same_figures() -> None:
    assert of_two(table(8, 2, 4, 6)) == of_two(table(8, 2, 4, 6))
    assert of_all(said(*KRIPPENDORFF)) == of_all(said(*KRIPPENDORFF))


def test_too_few_pairs_are_refused_with_their_number() -> None:
    few = table(LEAST_PAIRS - 1, 0, 0, 0)
    assert of_two(few).value is None
    assert f"{LEAST_PAIRS - 1} that both decided" in of_two(few).refusal
    assert of_all(said([0, 1, 0], [0, 1, 1])).refusal.startswith("Too few pairs: 3")


def test_one_verdict_throughout_is_refused_since_chance_would_bring_it_too() -> None:
    assert "Everybody always gave the same verdict" in of_two(table(20, 0, 0, 0)).refusal
    assert "Everybody always gave the same verdict" in of_all(said([1] * 20, [1] * 20)).refusal


def test_pairs_that_one_person_decided_count_for_nothing() -> None:
    found = said([0, 1, None, 1], [None, 1, 0, 0])
    assert shared_pairs(found) == 2
    [two] = of_twos(found)
    assert (two.a, two.b, two.pairs, two.same) == (0, 1, 2, 1)


def test_people_without_a_pair_in_common_are_not_measured() -> None:
    assert of_twos(said([0, None], [None, 1])) == []
