"""The kinds of frame by which texts name whose statement it is: every one beside what looks like it and is none."""

from __future__ import annotations

import pytest

from claims.analysis.attribution import attribute
from claims.analysis.structures import Article, Claim, Event, Source

TARN = Source("Office of the Premier", "Valmere", ("Ines Corvane", "Premier Corvane", "Tarn"), ("Jonas Pell",))
LUSK = Source("Dovrania Chancellery", "Dovrania", ("Mikkel Rostad", "Chancellor Rostad", "Lusk"), ("Edda Vorn",))
OUTLET = "The Harbour Gazette"
VALMERE, DOVRANIA = TARN.name, LUSK.name
OPENING = "The two governments held talks about the ferry on Monday.\n\n"


def read(text: str) -> list[Claim]:
    article = Article("text", OPENING + text, OUTLET)
    return attribute(Event("Ferry talks", (TARN, LUSK), (article,)), article)[1:]


def sources(text: str) -> list[str]:
    return [claim.source for claim in read(text)]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("“No ferry will sail,” grinned Edda Vorn.", DOVRANIA),
        ("“No ferry will sail,” Vorn grinned.", DOVRANIA),
        ("Rostad grinned. The ferries stayed in port.", OUTLET),
        ("Vorn on television: “No ferry will sail.”", DOVRANIA),
        ("The harbour on Monday: “closed until further notice”.", OUTLET),
        ("The route will pay, frets Marta Lund of the Pilots' Guild.", "Marta Lund"),
        ("Rostad allows that the harbour may be safe.", DOVRANIA),
        ("Rostad saw that the harbour was empty.", OUTLET),
    ],
)
def test_any_verb_beside_a_quotation_or_a_that_clause_reports(sentence: str, source: str) -> None:
    assert sources(sentence)[0] == source


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Pell was quick to deny that a date had been set.", VALMERE),
        ("Corvane was in Lusk to sign the treaty.", OUTLET),
        ("Corvane was adamant that the route would reopen.", VALMERE),
        ("Corvane was tired after the talks.", OUTLET),
        ("Corvane vowed to reopen the route.", VALMERE),
        ("Vorn wants a new pier.", DOVRANIA),
        ("Mikkel Rostad's insistence on a new pier is well known.", DOVRANIA),
        ("Vorn's contention is that the pier is unsafe.", DOVRANIA),
        ("Rostad's contention was loud.", OUTLET),
        ("Lusk's answer came within hours: no ferry would sail.", DOVRANIA),
        ("“No,” came the reply from Lusk.", DOVRANIA),
    ],
)
def test_what_somebody_is_eager_to_say_and_whose_claim_it_is(sentence: str, source: str) -> None:
    assert sources(sentence) == [source]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The harbour was safe, dredged and lit, said Premier Ines Corvane.", VALMERE),
        ("Pell, speaking in Tarn, said Dovrania had agreed.", VALMERE),
        ("The ferry belongs to Valmere, whose spokesman, Jonas Pell, said it would sail.", VALMERE),
        ("Dismissing claims of a rift, Vorn said the talks went on.", DOVRANIA),
        ("Photos snapped by a tourist show an empty pier.", OUTLET),
        ("An informed source at the Dovranian chancellery said the pier was unsafe.", DOVRANIA),
        ("The terms of the lease remain disputed.", OUTLET),
        ("Edda Vorn, 61, a former sailor, said the pier was unsafe.", DOVRANIA),
        ("Marta Lund, 61, a cook in Lusk, said the pier was unsafe.", "Marta Lund"),
    ],
)
def test_a_subject_is_found_past_lists_asides_and_participles(sentence: str, source: str) -> None:
    assert sources(sentence) == [source]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Two people on the Dovranian team said the pier was unsafe.", DOVRANIA),
        ("Two people in Dovrania said the pier was unsafe.", "two people in Dovrania"),
        ("One of Corvane's aides said the pier was safe.", VALMERE),
        ("In Lusk, officials spoke of a misunderstanding.", DOVRANIA),
        ("Former chancellor Greta Holm said the pier was unsafe.", "Greta Holm"),
        ("Dovrania's former envoy Greta Holm said the pier was unsafe.", "Greta Holm"),
        ("Officials of both sides said the pier was safe.", VALMERE),
        ("Residents complain of the noise.", "residents"),
        ("Leader of the Dockers Karl Brandt said the pier was unsafe.", "Karl Brandt"),
        ("Three in four want a pier, a survey by Datum found.", "Datum"),
        ("A poll published on Sunday by Datum found that most people want a pier.", "Datum"),
        ("The pier is unsafe, according to an inspection notice from the Dovranian chancellery.", DOVRANIA),
    ],
)
def test_who_belongs_to_a_side_and_who_is_a_stranger(sentence: str, source: str) -> None:
    assert sources(sentence) == [source]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pell said a date had been set. According to him, it was May 4.", [VALMERE, VALMERE]),
        ("Pell said a date had been set. But his counterpart said it was open.", [VALMERE, DOVRANIA]),
        ("Pell said a date had been set. A source at his ministry named May 4.", [VALMERE, VALMERE]),
        ("Edda Vorn said no date had been set. The spokeswoman added that the pier was shut.", [DOVRANIA, DOVRANIA]),
        ("Vorn said no date had been set. “Not one,” sighed the lawyer.", [DOVRANIA, DOVRANIA]),
        ("The Dovranian chancellery said Rostad had called. He expressed relief.", [DOVRANIA, DOVRANIA]),
        ("Corvane shook her head. “Not yet.”", [OUTLET, VALMERE]),
        ("Olaf Berg runs the ferry company. “It is childish,” he says.", [OUTLET, "Olaf Berg"]),
        ("Vorn said no date had been set. The Gazette has seen a draft that names one.", [DOVRANIA, OUTLET]),
        ("Vorn said no date had been set. The claim could not be verified.", [DOVRANIA, OUTLET]),
        ("Vorn said no date had been set. It would be settled later.", [DOVRANIA, DOVRANIA]),
        ("Pell said a date had been set.\n\nRostad counters that it was not.", [VALMERE, DOVRANIA]),
        ("Pell said the talks were good. Rostad told Corvane that a date was needed.", [VALMERE, VALMERE]),
    ],
)
def test_whom_a_text_means_after_somebody_has_spoken(text: str, expected: list[str]) -> None:
    assert sources(text) == expected


def test_a_heading_in_capitals_is_no_speaker() -> None:
    assert sources("WHY IT MATTERS: The ferry carries 400,000 people.") == [OUTLET]
    assert sources("MARTA LUND: We lost our jobs.") == ["Marta Lund"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("US Secretary of State Jane Hale said the ferry matters.", "Jane Hale"),
        ("The route will reopen, the US ambassador to Lusk said.", "United States"),
        ("Union Minister for Water and Ports Ines Corvane informed the Lower House that the pier is safe.", VALMERE),
        ("Former Dovranian transport minister Karl Osk wrote that the pier is unsafe.", "Karl Osk"),
        ("The Gazette's ferry correspondent Nora Ames says nobody was told.", OUTLET),
        ("The port authority reacted by saying that no ferry would sail.", "port authority"),
    ],
)
def test_who_bears_a_long_title(text: str, source: str) -> None:
    assert sources(text)[0].removeprefix("the ") == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Rostad on Monday proposed reopening the pier.", DOVRANIA),
        ("Dovrania on Monday recalled its ambassador from Tarn.", OUTLET),
        ("Dovrania recalled that the pier was its own.", DOVRANIA),
        ("Dovrania claims the whole bay as its own.", OUTLET),
        ("Dovrania claims that the bay is its own.", DOVRANIA),
        ("Ferry shares posted a sharp drop.", OUTLET),
        ("Two of the officials whose resignations were announced by Dovrania live in Tarn.", OUTLET),
        ("The resignations were announced by Dovrania.", DOVRANIA),
        ("The separate fight with Think Harbour has yet to be resolved.", OUTLET),
        ("The ferry was sheltering from a storm and had told the coastguard so.", OUTLET),
        ("The treaty stands for the state-owned ferries too.", OUTLET),
    ],
)
def test_what_looks_like_a_report_and_tells_an_act(text: str, source: str) -> None:
    assert sources(text) == [source]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Dovranian official said the pier was shut. One said that it would stay so.", [DOVRANIA, DOVRANIA]),
        ("Nobody had asked, a point seized on by Edda Vorn. “So they slept,” she said.", [OUTLET, DOVRANIA]),
        ("Pell said a date had been set. The spokesman was not authorised to give it.", [VALMERE, OUTLET]),
        ('The premier said so. Rostad called the talks "frank", saying they would go on.', [VALMERE, DOVRANIA]),
    ],
)
def test_whom_the_next_sentence_means(text: str, expected: list[str]) -> None:
    assert sources(text) == expected


def test_a_straight_mark_that_opens_anew_does_not_turn_the_rest_inside_out() -> None:
    found = read('Vorn said: "The pier is shut. "It stays shut." Pell said a date had been set. He named "May 4".')
    assert [claim.source for claim in found] == [DOVRANIA, DOVRANIA, VALMERE, VALMERE]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The Dovranian readout makes the reopening conditional.", DOVRANIA),
        ("The Dovranian readout makes no mention of the pier.", OUTLET),
        ("In the Dovranian account the visitors raised a few queries.", DOVRANIA),
        ("For Rostad the atmosphere was cordial.", DOVRANIA),
        ("Rostad put the number of ferries at 28.", DOVRANIA),
        ("Rostad found the talks useful.", DOVRANIA),
        ("The Council of Harbours counted 68 ferries.", "Council of Harbours"),
        ("The engineers talked about silt, a member of the Dovranian delegation told the Gazette.", DOVRANIA),
        ("“Not one point was met,” Rostad told his side of the river.", DOVRANIA),
    ],
)
def test_what_a_text_holds_and_what_somebody_finds(sentence: str, source: str) -> None:
    assert sources("Pell said a date had been set. " + sentence)[-1] == source
