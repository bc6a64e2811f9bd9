"""Marks in a claim's text: everything escaped, no word added, none lost."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from claims.views.marking import Mark, marked

MARKS = st.builds(
    Mark,
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(["words diverge", "differs", "noted"]),
    st.sampled_from(["", "7-tone", '"><script>']),
)


@given(st.text(alphabet="ab <>&'\"é🕊\n", max_size=30), st.integers(0, 10), st.lists(MARKS, max_size=5))
def test_without_its_marks_the_html_is_the_text(text: str, offset: int, marks: list[Mark]) -> None:
    html = marked(text, offset, marks)
    assert unescape(re.sub(r"</?mark[^>]*>", "", html)) == text
    assert "<script" not in html


def test_words_that_overlap_carry_both_marks_where_they_do() -> None:
    html = marked(
        "They agreed at noon.", 100, [Mark(105, 114, "words partial", "1-commitment"), Mark(112, 119, "noted")]
    )
    assert html == (
        'They <mark class="words partial" data-reason="1-commitment">agreed </mark>'
        '<mark class="noted words partial" data-reason="1-commitment">at</mark><mark class="noted"> noon</mark>.'
    )


def test_marks_outside_the_claim_and_empty_ones_leave_it_as_it_is() -> None:
    assert marked("Plain.", 50, [Mark(0, 50, "noted"), Mark(56, 60, "noted"), Mark(52, 52, "noted")]) == "Plain."


def test_a_mark_that_runs_over_the_claims_ends_is_cut_to_it() -> None:
    assert marked("Plain.", 50, [Mark(40, 90, "noted")]) == '<mark class="noted">Plain.</mark>'
