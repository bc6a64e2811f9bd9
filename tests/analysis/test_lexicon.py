"""Word lists, and the shortcut that passes over those of which a text has no word."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from claims.analysis.inflection import lowered, openings
from claims.analysis.lexicon import OPPOSITES


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("open|closure", {"open", "closu"}),
        ("(?:air|sea) lift|in force", {"air", "sea", "in"}),
        ("{lift} the ban", {"lift", "lifts", "lifte", "lifti"}),
    ],
)
def test_a_list_begins_with_the_first_letters_of_its_words(words: str, first: set[str]) -> None:
    assert openings(words) == frozenset(first)


@pytest.mark.parametrize("words", [r"\w+ing", "(?:re)?open", "no(?:body)?", "colou?r", "open-?ed", "{lift}(?:er)?"])
def test_a_list_that_may_begin_otherwise_is_never_passed_over(words: str) -> None:
    assert openings(words) is None


def test_no_match_in_the_example_texts_begins_otherwise() -> None:
    texts = [lowered(file.read_text("utf-8")) for file in Path(settings.BASE_DIR, "seeds").glob("*/*.txt")]
    checked = 0
    for axis in OPPOSITES:
        for pattern, first in zip((axis.plus, axis.minus), axis.openings, strict=True):
            for match in (match for text in texts for match in pattern.finditer(text)):
                checked += 1
                assert first is None or match[0].split()[0][:5] in first
    assert checked > 20
