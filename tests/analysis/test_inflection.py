"""Verb forms, stems, and patterns of many words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.inflection import any_of, expand, forms

_WORDS = st.lists(st.text(alphabet="abc' -", min_size=1, max_size=6), min_size=1, max_size=8)


@given(_WORDS, st.text(alphabet="abcd' -.", max_size=30))
def test_a_pattern_of_words_finds_what_the_words_one_after_another_find(words: list[str], text: str) -> None:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    plain = re.compile("|".join(map(re.escape, longest_first)))
    shared = re.compile(any_of(words))
    assert [match.span() for match in shared.finditer(text)] == [match.span() for match in plain.finditer(text)]


@pytest.mark.parametrize("form", ["agree", "agrees", "agreed", "agreeing"])
def test_every_form_of_a_regular_verb_is_known(form: str) -> None:
    assert form in forms("agree")


def test_a_verb_in_braces_stands_for_all_its_forms_and_a_quantifier_is_left_alone() -> None:
    pattern = re.compile(expand(r"\b{take|give}(?: \w+){0,2} up\b"))
    assert pattern.search("it was taken right up")
    assert pattern.search("they gave it up")
    assert not pattern.search("giver of it up")
    assert not pattern.search("took it all the way up")
