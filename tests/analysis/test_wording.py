"""The words that differ."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.wording import differing_words


def shown(a: str, b: str) -> tuple[list[str], list[str]]:
    of_a, of_b = differing_words(a, b)
    return [span.of(a) for span in of_a], [span.of(b) for span in of_b]


def test_it_marks_the_words_that_the_other_text_says_otherwise() -> None:
    assert shown("Arden asked for help.", "Arden offered help.") == (["asked for"], ["offered"])


def test_case_and_inflection_are_no_difference() -> None:
    assert shown("The leaders discussed grain.", "the leader discusses Grain") == ([], [])


def test_function_words_alone_are_not_marked() -> None:
    assert shown("They spoke of the bridge.", "They spoke about a bridge.") == ([], [])


def test_figures_are_marked_although_they_have_no_letters() -> None:
    assert shown("They held 30 men.", "They held 40 men.") == (["30"], ["40"])


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_have_ordered_spans_and_the_order_of_texts_does_not_matter(a: str, b: str) -> None:
    of_a, of_b = differing_words(a, b)
    assert differing_words(b, a) == (of_b, of_a)
    for text, spans in ((a, of_a), (b, of_b)):
        assert all(span.end <= len(text) for span in spans)
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
