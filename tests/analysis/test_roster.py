"""Who is who in an event: names, states, offices, roles."""

from __future__ import annotations

import pytest

from claims.analysis.roster import MentionKind, Roster
from claims.analysis.structures import Article, Event, Source

TARN = Source("Office of the Premier", "Valmere", ("Ines Corvane", "Premier Corvane", "Tarn"), ("Jonas Pell",))
LUSK = Source("Dovrania Chancellery", "Dovrania", ("Mikkel Rostad", "Chancellor Rostad", "Lusk"), ("Edda Vorn",))
PARIS = Source("Élysée", "France", ("Emmanuel Macron",))
VALMERE, DOVRANIA = TARN.name, LUSK.name


def roster(*texts: str, sources: tuple[Source, ...] = (TARN, LUSK)) -> Roster:
    return Roster.of(Event("Talks", sources, tuple(Article(str(n), text, "Gazette") for n, text in enumerate(texts))))


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Corvane waited.", "Corvane", VALMERE),
        ("Valmere waited.", "Valmere", VALMERE),
        ("The Valmeran side waited.", "Valmeran side", VALMERE),
        ("Dovrania’s foreign ministry waited.", "Dovrania’s foreign ministry", DOVRANIA),
        ("The chancellor waited.", "The chancellor", DOVRANIA),
        ("The Valmeran premier waited.", "The Valmeran premier", VALMERE),
        ("The premier’s spokesman waited.", "The premier’s spokesman", VALMERE),
    ],
)
def test_it_finds_who_is_named(text: str, words: str, source: str) -> None:
    (mention,) = roster().mentions(text)
    assert (mention.span.of(text), mention.source) == (words, source)


@pytest.mark.parametrize("text", ["Corvanesque ideas", "a luskier place", "the queen waited", "Valmerely"])
def test_it_finds_nobody_in_other_words(text: str) -> None:
    assert roster().mentions(text) == []


def test_a_seat_of_power_after_a_preposition_is_a_place() -> None:
    text = "Paris agreed; they met in Paris."
    kinds = [mention.kind for mention in roster(sources=(PARIS, LUSK)).mentions(text)]
    assert kinds == [MentionKind.PARTY, MentionKind.PLACE]


def test_an_introduced_person_belongs_to_the_side_that_the_text_names() -> None:
    found = roster("Valmeran envoy Tessa Lind arrived.", "Karl Osk, the Dovranian interior minister, waited.")
    assert found.source_of("Tessa Lind") == VALMERE
    assert found.source_of("Osk") == DOVRANIA


def test_a_person_of_no_side_is_not_learnt() -> None:
    assert roster("Moravian envoy Tessa Lind arrived.").source_of("Tessa Lind") is None


def test_a_role_of_both_sides_is_nobodys_but_ones_own_in_its_own_text() -> None:
    both = (TARN, Source("Palace", "Skarn", ("Premier Ottar Holm",)))
    text = "The premier spoke first."
    assert roster(sources=both).mentions(text) == []
    assert [one.source for one in roster(sources=both).mentions(text, own=VALMERE)] == [VALMERE]


def test_both_sides_at_once_are_found() -> None:
    text = "The two leaders met; both sides agreed."
    assert [span.of(text) for span in roster().both(text)] == ["The two leaders", "both sides"]
    assert roster().both("The leaders of the opposition met.") == []


def test_a_surname_that_two_people_share_names_neither_of_two_sides() -> None:
    twins = (TARN, Source("Palace", "Skarn", ("Otto Corvane",)))
    assert roster("Otto Corvane met Ines Corvane.", sources=twins).source_of("Corvane") is None
    assert roster("Otto Corvane met Ines Corvane.", sources=twins).source_of("Otto Corvane") == "Palace"


def test_a_family_name_may_come_first() -> None:
    seoul = Source("Presidential Office", "South Korea", ("Han Jae-won",))
    found = roster("President Han met Corvane. Han spoke first.", sources=(TARN, seoul))
    assert found.source_of("Han") == "Presidential Office"
    assert roster("Han Jae-won met Corvane.", sources=(TARN, seoul)).source_of("Han") is None


def test_a_title_of_two_words_is_no_part_of_a_name() -> None:
    found = roster("Valmeran Secretary General Otto Brann arrived.")
    assert [person.name for person in found.people if "Brann" in person.name] == ["Otto Brann"]
