"""Sentences: where they begin and end, with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.sentences import split_sentences

PROSE = st.text(
    alphabet=st.sampled_from(list("aB.!?,;:\"“”‘’«»'()–— \n\t\r\u00a0\u2009\u200b\u2028é1U.S")), max_size=120
)


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@given(st.one_of(st.text(max_size=200), PROSE))
def test_it_covers_every_character_that_is_not_blank_in_order(text: str) -> None:
    covered = [False] * len(text)
    last = 0
    for span in split_sentences(text):
        assert last <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        covered[span.start : span.end] = [True] * (span.end - span.start)
        last = span.end
    assert all(done or sign.isspace() for done, sign in zip(covered, text, strict=True))


@pytest.mark.parametrize(
    "one",
    [
        "“We are close. We are not there,” the envoy said.",
        '"Is that all? Nothing more?" she asked the delegation.',
        "The U.S. President spoke first.",
        "They landed at 9 a.m. on Friday with Mr. Orlen.",
        "The line opened at 5 p.m. Moscow time on Friday.",
        "The note was signed by J. R. Halden and by Gen. A. Moravec.",
        "Dr. Wen met Sen. Boyle on Jan. 14 in St. Albans.",
        "The toll rose to 3.5 million, No. 2 in the region.",
        "He spoke (briefly, and in English) of the dam.",
    ],
)
def test_it_keeps_one_sentence_whole(one: str) -> None:
    assert sentences(f"{one} The talks went on.") == [one, "The talks went on."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ship belongs to the U.S. The crew does not.", ["The ship belongs to the U.S.", "The crew does not."]),
        ("They landed at 9 a.m. Mr. Orlen was late.", ["They landed at 9 a.m.", "Mr. Orlen was late."]),
        ("He left at 4 p.m. Nobody noticed.", ["He left at 4 p.m.", "Nobody noticed."]),
        (
            "“We are close,” the envoy said. “We are not there.”",
            ["“We are close,” the envoy said.", "“We are not there.”"],
        ),
        ("He said no. She said yes!", ["He said no.", "She said yes!"]),
        ("Was it signed? Nobody knows.", ["Was it signed?", "Nobody knows."]),
    ],
)
def test_it_parts_two_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_end_always_ends_a_sentence() -> None:
    assert sentences("On the call with Tarn\n\n3 May\nThe ministers met") == [
        "On the call with Tarn",
        "3 May",
        "The ministers met",
    ]


def test_a_no_break_space_beside_initials_does_not_break_it() -> None:
    assert sentences("J.\u00a0R.\u00a0Halden came at 5\u00a0p.m. He left.") == [
        "J.\u00a0R.\u00a0Halden came at 5\u00a0p.m.",
        "He left.",
    ]


def test_a_blank_text_has_no_sentences() -> None:
    assert split_sentences(" \n\u00a0\t ") == []
