"""How wire copy sets its own background beside an account: every sign of it beside what looks like it and is none."""

from __future__ import annotations

import pytest

from claims.analysis.attribution import attribute
from claims.analysis.structures import Article, Claim, Event, Source

TARN = Source("Office of the Premier", "Valmere", ("Ines Corvane", "Premier Corvane", "Tarn"), ("Jonas Pell",))
LUSK = Source("Dovrania Chancellery", "Dovrania", ("Mikkel Rostad", "Chancellor Rostad", "Lusk"), ("Edda Vorn",))
OUTLET = "The Harbour Gazette"
VALMERE, DOVRANIA = TARN.name, LUSK.name
OPENING = "The two governments held talks about the ferry on Monday.\n\n"


def read(text: str, *sources: Source) -> list[Claim]:
    article = Article("text", text, OUTLET)
    return attribute(Event("Ferry talks", sources or (TARN, LUSK), (article,)), article)


def last(text: str) -> str:
    return read(OPENING + text)[-1].source


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The call comes as Rostad considers the closing of a pier.", OUTLET),
        ("The visit came hours after Pell announced a new timetable.", OUTLET),
        ("The visit came after a quarrel, Pell said.", VALMERE),
        ("Rostad did not mention the collision, an incident that Pell disclosed in June.", OUTLET),
        ("Rostad did not mention the collision, but Pell said that it had cost a life.", VALMERE),
        ("Dovrania spokeswoman Edda Vorn said the chancellery had no comment.", OUTLET),
        ("In Lusk, officials were careful not to announce a date.", OUTLET),
        ("There was no mention of the pier in the statement.", OUTLET),
    ],
)
def test_the_narrators_clause_makes_nothing_in_it_an_account(sentence: str, source: str) -> None:
    assert last("Vorn said the pier was safe.\n\n" + sentence) == source


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Dovrania has taken a hard line on ships it accuses of smuggling.", OUTLET),
        ("In the evening it accused the harbour of smuggling.", VALMERE),
        ("The reef lies on the Line of Actual Ebb.", OUTLET),
        ("Open questions, including Dovrania's demands that the pier be moved, blocked a deal.", OUTLET),
        ("Vorn demands that the pier be moved.", DOVRANIA),
        ("Corvane came to settle a bitter ferry dispute between the two ports.", OUTLET),
        ("The recent hostilities threatened to close both ports and threatened to last.", OUTLET),
    ],
)
def test_what_looks_like_a_verb_of_reporting_and_is_none(sentence: str, source: str) -> None:
    assert last("The Valmere government said the pier was safe.\n\nThe sea was calm.\n\n" + sentence) == source


def test_a_claim_of_the_other_side_is_countered_in_public_and_nobody_is_addressed() -> None:
    assert last("A Valmere official on Tuesday countered Dovrania's claim that the pier was rotten.") == VALMERE


def test_what_a_side_has_accepted_is_said_in_public() -> None:
    assert last("Vorn said the pier was rotten.\n\nValmere has accepted that the pier was old.") == VALMERE


def test_he_said_after_a_clause_is_who_was_speaking() -> None:
    told = (
        "Pell, a spokesman for Valmere, briefed reporters. Pell said the talks were short. Rostad left early, he said."
    )
    assert last(told) == VALMERE


def test_he_said_after_a_colon_is_whom_the_clause_before_it_names() -> None:
    told = "Pell said the talks were short. Rostad named no date: the pier, he said, would be mended “in time”."
    assert last(told) == DOVRANIA


def test_who_tells_that_a_side_has_agreed_counts_before_the_side() -> None:
    assert last("Vorn said the pier was rotten.\n\nDovrania has agreed to mend it, Pell told parliament.") == VALMERE


def test_he_said_is_whom_its_own_clause_names_where_nobody_else_spoke() -> None:
    assert last("Rostad hopes to come back, he said.") == DOVRANIA


def test_the_end_of_a_name_is_the_person() -> None:
    mediator = Source("Office of the Mediator", "Mediation", ("Anton Var Kesh", "Var Kesh"), ())
    text = (
        "Special envoy Anton Var Kesh met Chancellor Rostad on Monday.\n\nRostad said the talks were hard.\n\n"
        "Var Kesh said the gap was narrower.\n\n“The air is better,” he added."
    )
    assert [claim.source for claim in read(text, mediator, LUSK)][1:] == [DOVRANIA, mediator.name, mediator.name]


def test_a_place_before_a_colon_is_a_date_line_and_its_officials_are_that_places() -> None:
    assert read("LUSK: Talks were held on Monday, a senior official said.")[0].source == DOVRANIA
    assert read("TARN (Gazette) - The pier is safe, the ministry said.")[0].source == VALMERE


def test_a_label_that_recurs_is_a_speaker() -> None:
    assert read("OSTER: The pier is safe.\n\nVORN: It is not.\n\nOSTER: We disagree.")[0].source == "Oster"


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("A police commander said the pier was closed.", DOVRANIA),
        ("Local officials said the pier was closed.", "local officials"),
        ("Norwegian officials said the pier was closed.", "Norway"),
        ("The pilots' union said the pier was closed.", "pilots' union"),
    ],
)
def test_officials_whom_nothing_places_are_the_followed_sides_unless_their_own_words_say_otherwise(
    sentence: str, source: str
) -> None:
    assert last("Vorn said the pier was safe.\n\n" + sentence) == source


def test_a_name_that_ends_like_a_participle_opens_no_adverbial() -> None:
    maker = Source("Sterling", "Sterling", ("Sterling Co",), ())
    union = Source("Dockers' Union", "Dockers", ("the union",), ())
    assert read("Sterling Co said on Monday that the talks had failed.", maker, union)[0].source == "Sterling"


def test_a_concession_is_shown_for_review() -> None:
    claims = read(OPENING + "Though Dovrania claims the whole reef, its ships hold half of it.")
    assert claims[-1].confidence <= 0.65
    assert read(OPENING + "Dovrania claims that the whole reef is closed.")[-1].confidence > 0.65


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Marta Lund of the Pilots' Guild put the odds at ten to one.", "Marta Lund"),
        ("Marta Lund of the Pilots' Guild faulted the timetable.", "Marta Lund"),
        ("One of the pilots, Marta Lund, said the pier was closed.", "Marta Lund"),
        ("One of the pilots left.", OUTLET),
        ("According to the memo, the pier is safe.", DOVRANIA),
    ],
)
def test_third_parties_by_name_and_the_followed_sides_paper(sentence: str, source: str) -> None:
    assert last("The chancellery in Lusk said the pier was safe.\n\n" + sentence) == source


def test_whom_a_passive_names_before_an_aside_speaks_next() -> None:
    text = (
        "Vorn said the pier was safe.\n\nThe point was seized on by Pell, the spokesman for the Valmere premier. "
        "“So they knew,” he said."
    )
    assert last(text) == VALMERE


def test_a_third_party_without_a_name_is_shown_for_review() -> None:
    assert read(OPENING + "A nurse at the harbour clinic said the pier was closed.")[-1].confidence <= 0.65
    assert read(OPENING + "Marta Lund of the Pilots' Guild said the pier was closed.")[-1].confidence > 0.65


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ('"The pier is safe," a stranger, Olle Brandt, said by telephone.', "Olle Brandt"),
        ("Corvane and Rostad spoke by telephone.", OUTLET),
        ('"It shook," one of them, Olle Brandt, told the Gazette.', "Olle Brandt"),
        ("According to a readout from his office, Corvane told Rostad the pier was safe.", VALMERE),
        ('"The pier is safe," a source close to him said.', DOVRANIA),
        ("Vorn stopped short of an apology.", OUTLET),
        ("None of the passengers could be reached on Monday.", OUTLET),
        ("The delegations concluded three days of talks in Lusk.", OUTLET),
        ("Rostad will call on the harbour master on Tuesday.", OUTLET),
        ("Vorn called on Valmere to reopen the pier.", DOVRANIA),
        ("Vorn held the harbour responsible for the collision.", DOVRANIA),
        ("A court ruled that the pier had to stay open.", "a court"),
        ("A Northline Ferries spokeswoman said the boats were full.", "Northline Ferries"),
        ("The harbour master was asked by reporters about the pier.", OUTLET),
        ("According to the ferry agreements of 2020, the pier stays open.", OUTLET),
    ],
)
def test_who_speaks_in_an_agencys_turns_of_phrase(sentence: str, source: str) -> None:
    assert last("Rostad said the pier was rotten.\n\nThe sea was calm.\n\n" + sentence) == source


def test_an_office_that_could_not_say_more_is_the_source_all_the_same() -> None:
    text = "The crew could not say who had rammed the pier, the Joint Pilots Board said in a note."
    assert last(text) == "Joint Pilots Board"


def test_what_strangers_had_demanded_is_part_of_the_account_that_tells_of_it() -> None:
    account = "Vorn said 14 boats had been turned back. "
    assert last(account + "At one of the piers, soldiers had demanded half of the load.") == DOVRANIA
    assert last(account + "Soldiers demanded half of the load.") != DOVRANIA


def test_a_minister_who_counters_in_a_new_paragraph_turns_the_text() -> None:
    text = "Vorn said the pier was rotten.\n\nPremier Ines Corvane countered that Dovrania had built it."
    assert last(text) == VALMERE


def test_a_place_before_a_colon_opens_an_article_and_speaks_only_where_it_does_so_twice() -> None:
    assert read("Lusk: Premier Ines Corvane arrived for a visit.")[0].source == OUTLET
    assert read("Lusk: We want the pier.\n\nValmere: So do we.\n\nLusk: Then pay for it.")[-1].source == DOVRANIA


def test_a_ministry_is_known_by_both_of_its_names() -> None:
    ministry = Source("Foreign Ministry of Tolmark", "Tolmark")
    for name in ("The Ministry of Foreign Affairs", "The foreign ministry"):
        assert read(f"The talks went on.\n\n{name} condemned the raid.", ministry, LUSK)[-1].source == ministry.name


def test_it_is_the_state_that_the_sentence_before_begins_with() -> None:
    text = "Vorn said the pier was rotten.\n\nValmere had been mending it since May. It maintains that it is safe."
    assert last(text) == VALMERE


def test_the_spokesman_is_the_one_whom_the_paragraph_has_named() -> None:
    other = Source("Harbour Office", "Harbour", ("Spokesman Karl Osk", "Karl Osk"), ("Karl Osk",))
    pell = Source("Office of the Premier", "Valmere", ("Spokesman Jonas Pell", "Jonas Pell"), ("Jonas Pell",))
    text = "Spokesman Karl Osk left.\n\nAsked when, Pell declined to comment. Silence was best, the spokesman said."
    assert read(text, pell, other)[-1].source == pell.name


def test_a_bank_is_the_only_source_that_has_the_noun_in_its_name() -> None:
    bank = Source("Central Bank of Tolmark", "Tolmark")
    text = "The talks went on.\n\nPeople close to the fund said the rate would fall.\n\nThe bank denied this."
    assert read(text, bank, LUSK)[-1].source == bank.name
