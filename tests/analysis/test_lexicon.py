"""Word lists, and the shortcut that passes over those of which a text has no word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from claims.analysis.acts import CUE_LOOKUP
from claims.analysis.inflection import lowered, openings
from claims.analysis.lexicon import EVALUATIONS, OPPOSITES
from claims.analysis.lookup import Lookup


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("open|closure", {"open", "closu"}),
        ("(?:air|sea) lift|in force", {"air", "sea", "in"}),
        ("no(?:body|thing)?", {"no", "nobod", "nothi"}),
        ("well-known", {"well"}),
        ("{lift} the ban", {"lift", "lifts", "lifte", "lifti"}),
    ],
)
def test_a_list_begins_with_the_first_letters_of_its_words(words: str, first: set[str]) -> None:
    assert openings(words) == frozenset(first)


@pytest.mark.parametrize("words", [r"\w+ing", "(?:re)?open", "colou?r", "open-?ed", "{lift}(?:er)?"])
def test_a_list_that_may_begin_otherwise_is_never_passed_over(words: str) -> None:
    assert openings(words) is None


def test_one_pass_finds_in_the_example_texts_what_every_list_finds_by_itself() -> None:
    texts = [lowered(file.read_text("utf-8")) for file in Path(settings.BASE_DIR, "seeds").glob("*/*.txt")]
    checked = 0
    lookups: tuple[Lookup[Any], ...] = (OPPOSITES, EVALUATIONS, CUE_LOOKUP)
    for lookup in lookups:
        for text in texts:
            found = [(key, match.span()) for key, match in lookup.find(text)]
            everywhere = [(key, one.span()) for key, words in lookup.patterns.items() for one in words.finditer(text)]
            assert found == everywhere
            checked += len(found)
    assert checked > 200
