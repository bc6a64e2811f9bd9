"""Names that nobody listed: what is proposed, and what is not."""

from __future__ import annotations

import dataclasses

import pytest

from claims.analysis.roster import Roster
from claims.analysis.structures import Article, Event, Source
from claims.analysis.unlisted import Known, Unlisted, unlisted_names

SEAT = Source("Zhongnanhai")
HOUSE = Source("White House", "United States", ("Trump",))
MINISTRY = Source("Ministry of Foreign Affairs and Trade of Valmere", "Valmere")
KREMLIN = Source("Kremlin", "Russia", ("Putin",), ("Dmitry Peskov",))


def event(*texts: str, sources: tuple[Source, ...] = (SEAT, HOUSE), publisher: str = "Gazette") -> Event:
    return Event("Talks", sources, tuple(Article(str(place), text, publisher) for place, text in enumerate(texts)))


def found(*texts: str, sources: tuple[Source, ...] = (SEAT, HOUSE)) -> dict[str, Unlisted]:
    return {one.words: one for one in unlisted_names(event(*texts, sources=sources))}


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The Chinese leader agreed.", "Chinese leader", SEAT),
        ("China’s president agreed.", "China's president", SEAT),
        ("Beijing said it was ready.", "Beijing", SEAT),
        ("The Chinese foreign ministry agreed.", "Chinese foreign ministry", SEAT),
        ("Chinese Foreign Minister Wang Yi agreed.", "Wang Yi", SEAT),
        ("The Foreign Ministry spokeswoman agreed.", "Foreign Ministry spokeswoman", MINISTRY),
        ("A note from the Foreign Ministry arrived.", "Foreign Ministry", MINISTRY),
    ],
)
def test_what_likely_names_a_source_is_proposed(text: str, words: str, source: Source) -> None:
    proposed = found(text, sources=(source, HOUSE))
    assert list(proposed) == [words]
    assert proposed[words].sources == (source.name,)


@pytest.mark.parametrize(
    "text",
    [
        "In Beijing it rained.",
        "The Beijing talks went on.",
        "The Beijing Olympics began.",
        "Chinese goods are cheap.",
        "The Chinese leaders of industry met.",
        "The French president waited.",
        "The Interior Ministry was silent.",
        "The former Chinese president was silent.",
        "The president waited.",
        "Trump agreed, as the White House and the American president said.",
        "The Beijing-based company left.",
    ],
)
def test_what_names_none_of_them_or_is_resolved_is_not(text: str) -> None:
    assert found(text, sources=(SEAT, HOUSE, MINISTRY)) == {}


def test_what_the_sources_names_resolve_is_not_proposed() -> None:
    text = "The Russian president met Moscow’s envoys. Peskov and Putin spoke, the Kremlin said."
    assert found(text, sources=(KREMLIN, HOUSE)) == {}


def test_what_two_sources_of_one_state_share_is_proposed_for_both() -> None:
    department = Source("State Department", "United States")
    proposed = found("Washington agreed, the U.S. president said.", sources=(HOUSE, department))
    assert set(proposed) == {"Washington", "U.S. president"}
    assert set(proposed["Washington"].sources) == {"White House", "State Department"}


def test_it_counts_over_all_texts_and_shows_a_sentence_of_each() -> None:
    first = "It rained. The Chinese leader agreed, and the Chinese leader left. It was late."
    (one,) = unlisted_names(event(first, "“Fine,” the Chinese leader said."))
    assert (one.count, [place.count for place in one.places]) == (3, [2, 1])
    assert one.places[0].sentence == "The Chinese leader agreed, and the Chinese leader left."
    assert [place.span.of(place.sentence) for place in one.places] == ["The Chinese leader", "the Chinese leader"]


def test_somebody_is_counted_by_surname_too() -> None:
    text = "Chinese Foreign Minister Lin Morel agreed. Morel left. The morel is a mushroom."
    (one,) = unlisted_names(event(text))
    assert (one.words, one.count, one.why) == ("Lin Morel", 2, "introduced as Chinese Foreign Minister")


def test_who_held_office_at_another_time_is_proposed_and_others_are_not() -> None:
    known = [Known("Kremlin", "Dmitry Medvedev", "was President of Kremlin at another time")]
    texts = "Medvedev agreed. Putin left. Medvedevsky waited."
    (one,) = unlisted_names(event(texts, sources=(KREMLIN, HOUSE)), known)
    assert (one.words, one.sources, one.count) == ("Medvedev", ("Kremlin",), 1)


@pytest.mark.parametrize("text", ["The Chinese leader agreed.", "Beijing agreed."])
def test_what_is_accepted_is_resolved_afterwards(text: str) -> None:
    (one,) = unlisted_names(event(text))
    accepted = dataclasses.replace(SEAT, aliases=(one.words,))
    after = event(text, sources=(accepted, HOUSE))
    assert [mention.source for mention in Roster.of(after).mentions(text)] == ["Zhongnanhai"]
    assert unlisted_names(after) == []


def test_a_long_text_takes_no_long_time() -> None:
    text = "The Chinese leader agreed to open the port in May, the two sides said. " * 3000
    (one,) = unlisted_names(event(text))
    assert one.count == 3000
