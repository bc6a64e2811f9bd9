"""What an entry of the library gives a source of one event."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.analysis.library import Entry, Holder, Names, names_at, people_in
from claims.analysis.roster import Roster
from claims.analysis.structures import Article, Event, Source

WICK = Holder("Ada Wick", "Chancellor", ("Wicky",), dt.date(2030, 1, 1), dt.date(2034, 12, 31))
MORN = Holder("Ilse Morn", "Chancellor", (), dt.date(2035, 1, 1))
NORVANE = Entry("Norvane", ("Norvanian side",), (Holder("Bo Rask", "Ambassador"),))
CHANCELLERY = Entry("Chancellery", ("the Chancellery",), (WICK, MORN), NORVANE)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (dt.date(2030, 1, 1), ["Ada Wick"]),
        (dt.date(2034, 12, 31), ["Ada Wick"]),
        (dt.date(2035, 1, 1), ["Ilse Morn"]),
        (dt.date(2029, 12, 31), []),
        (None, ["Ilse Morn"]),
    ],
)
def test_those_come_along_who_held_office_on_that_day(day: dt.date | None, held: list[str]) -> None:
    given = names_at(CHANCELLERY, day, whole=False)
    assert [one.removeprefix("Chancellor ") for one in given.spokespeople] == held


def test_what_it_is_within_gives_its_names_too_unless_two_share_it() -> None:
    day = dt.date(2031, 4, 8)
    assert names_at(CHANCELLERY, day) == Names(
        ("the Chancellery", "Norvanian side", "Norvane", "Wicky"), ("Chancellor Ada Wick", "Ambassador Bo Rask")
    )
    assert names_at(CHANCELLERY, day, whole=False) == Names(("the Chancellery", "Wicky"), ("Chancellor Ada Wick",))


def test_what_other_sources_are_called_stays_theirs() -> None:
    given = names_at(CHANCELLERY, dt.date(2031, 4, 8), taken=["norvane", "Chancellor Ada Wick"])
    assert "Norvane" not in given.aliases
    assert given.spokespeople == ("Ambassador Bo Rask",)


def test_a_title_that_is_none_does_not_become_part_of_the_name() -> None:
    given = names_at(Entry("Chancellery", (), (Holder("Ada Wick", "Grand Poobah"),)), None)
    assert given == Names(("Ada Wick",), ())


def test_people_are_told_apart_from_names() -> None:
    aliases = ["the Chancellery", "Chancellor Wick", "Wick", "Norvane's government"]
    own, people = people_in(aliases, ["Greta Aul", "Chancellor Ada Wick"])
    assert own == ("the Chancellery", "Norvane's government")
    assert people == (Holder("Greta Aul", "Spokesperson"), Holder("Ada Wick", "Chancellor"))


def test_the_reading_finds_who_held_office() -> None:
    given = names_at(CHANCELLERY, dt.date(2031, 4, 8))
    event = Event(
        "Call",
        (
            Source("Chancellery", "Norvane", given.aliases, given.spokespeople),
            Source("Palace", "Sarhane", (), ("President Tal Osk",)),
        ),
        (Article("a.txt", "Wick said the canal opens. The chancellor thanked Osk.", "The Courier"),),
        dt.date(2031, 4, 8),
    )
    found = Roster.of(event).mentions(event.articles[0].text)
    assert [(one.source, one.person) for one in found] == [
        ("Chancellery", "Ada Wick"),
        ("Chancellery", "Ada Wick"),
        ("Palace", "Tal Osk"),
    ]
