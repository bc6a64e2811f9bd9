"""Who is who among those that act."""

from __future__ import annotations

import pytest

from claims.analysis.actors import ActorKind, Cast, find_actors
from claims.analysis.structures import Article, Event, Source

NORLAND = Source("Foreign Ministry of Norland", "Norland", ("Norland", "Minister Berg"))
SUDMARK = Source("Ministry of Foreign Affairs of Sudmark", "Sudmark", ("Sudmark", "Minister Holt"))


def side(words: str, text: str) -> str | None:
    event = Event("Call", (NORLAND, SUDMARK), (Article("a", text, "The Courier"),))
    actor = next(actor for actor in find_actors(text) if text[actor.start : actor.end] == words)
    return Cast.of(event).side(actor, "The Courier")


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Norland", NORLAND.name),
        ("Minister Berg", NORLAND.name),
        ("Sudmark", SUDMARK.name),
        ("Minister Holt", SUDMARK.name),
    ],
)
def test_two_ministries_of_one_kind_are_two_sides(words: str, source: str) -> None:
    text = "Norland asked Sudmark for time. Minister Berg thanked Minister Holt."
    assert side(words, text) == source


def test_a_phrase_with_both_sides_joins_nobody() -> None:
    text = "Foreign Minister Berg of Norland met Foreign Minister Holt of Sudmark. Holt left."
    assert side("Holt", text) == SUDMARK.name


def test_a_state_and_its_adjective_are_one() -> None:
    text = "The Norlander minister spoke. Norland agreed."
    assert side("Norland", text) == NORLAND.name


def test_somebody_else_is_on_neither_side() -> None:
    assert side("Kelm", "Kelm offered its help to Norland.") is None


def test_both_and_pronouns_are_no_names() -> None:
    kinds = [actor.kind for actor in find_actors("The two leaders agreed that he would come.")]
    assert kinds == [ActorKind.JOINT, ActorKind.PRONOUN]
