"""Whose statement each sentence of an article is: every rule with its counter-case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.analysis.attribution import attribute
from claims.analysis.structures import Article, Claim, Event, Source

TARN = Source("Office of the Premier", "Valmere", ("Ines Corvane", "Premier Corvane", "Tarn"), ("Jonas Pell",))
LUSK = Source("Dovrania Chancellery", "Dovrania", ("Mikkel Rostad", "Chancellor Rostad", "Lusk"), ("Edda Vorn",))
OUTLET = "The Harbour Gazette"
VALMERE, DOVRANIA = TARN.name, LUSK.name


def read(text: str, *, publisher: str = OUTLET) -> list[Claim]:
    article = Article("text", text, publisher)
    return attribute(Event("Ferry talks", (TARN, LUSK), (article,)), article)


def sources(text: str, *, publisher: str = OUTLET) -> list[str]:
    return [claim.source for claim in read(text, publisher=publisher)]


@pytest.mark.parametrize(
    ("sentence", "source", "speaker", "cue"),
    [
        ("Corvane said the route would reopen.", VALMERE, "Ines Corvane", "said"),
        ("The route would reopen, Corvane said.", VALMERE, "Ines Corvane", "said"),
        ("“The route will reopen,” said Jonas Pell.", VALMERE, "Jonas Pell", "said"),
        ("“The route,” Edda Vorn insisted, “stays closed.”", DOVRANIA, "Edda Vorn", "insisted"),
        ("According to Edda Vorn, the route stays closed.", DOVRANIA, "Edda Vorn", "According to"),
        ("The route stays closed, according to Lusk.", DOVRANIA, None, "according to"),
        ("In the words of Mikkel Rostad, the talks were “dense”.", DOVRANIA, "Mikkel Rostad", "In the words of"),
        ("Lusk announced that the route stays closed.", DOVRANIA, None, "announced"),
        ("Dovrania's government denied the report.", DOVRANIA, None, "denied"),
        ("Pell, speaking in Tarn, told reporters that Dovrania had agreed.", VALMERE, "Jonas Pell", "told reporters"),
        ("Edda Vorn: The route stays closed.", DOVRANIA, "Edda Vorn", "Edda Vorn"),
        ("Pell wrote on his channel that the route would reopen.", VALMERE, "Jonas Pell", "wrote"),
    ],
)
def test_it_finds_source_speaker_and_cue(sentence: str, source: str, speaker: str | None, cue: str) -> None:
    (claim,) = read(sentence)
    assert (claim.source, claim.speaker) == (source, speaker)
    assert claim.cue is not None
    assert claim.cue.of(sentence) == cue
    assert not claim.implicit


def test_an_aide_who_tells_what_the_other_leader_said_gives_the_aides_account() -> None:
    (claim,) = read("According to Jonas Pell, Rostad told Corvane that the harbour was unsafe.")
    assert (claim.source, claim.speaker) == (VALMERE, "Jonas Pell")


def test_a_leader_who_speaks_to_the_other_inside_an_account_stays_in_it() -> None:
    text = "Pell said the talks had begun on time. Rostad told Corvane that the harbour was unsafe."
    assert [(claim.source, claim.implicit) for claim in read(text)] == [(VALMERE, False), (VALMERE, True)]


def test_a_leader_who_speaks_to_the_public_begins_an_account() -> None:
    text = "Pell said the talks had begun on time. Rostad told reporters that the harbour was unsafe."
    assert sources(text) == [VALMERE, DOVRANIA]


def test_a_source_carries_over_to_what_has_no_cue() -> None:
    text = (
        "Edda Vorn said the talks were long. Special attention was paid to the harbour.\n\n"
        "The two leaders agreed to meet again."
    )
    claims = read(text)
    assert [claim.source for claim in claims] == [DOVRANIA] * 3
    assert [claim.implicit for claim in claims] == [False, True, True]
    assert claims[1].confidence < claims[0].confidence


@pytest.mark.parametrize(
    "background",
    [
        "Ferries have linked the two coasts since 1921.",
        "Dovrania controls about a third of the strait.",
        "The two accounts differ on the date.",
        "Corvane arrived in Lusk on Thursday by train.",
        "Whether they will meet again is open.",
    ],
)
def test_background_ends_a_carried_over_source(background: str) -> None:
    assert sources(f"Edda Vorn said the talks were long.\n\n{background}") == [DOVRANIA, OUTLET]


def test_before_any_cue_the_outlet_speaks() -> None:
    assert sources("Corvane and Rostad met on Friday.\n\nPell said the talks were long.") == [OUTLET, VALMERE]


def test_a_cue_of_the_other_side_ends_a_carried_over_source() -> None:
    text = (
        "Pell said it was settled. The date would follow.\n\nVorn said nothing was settled. The date would never come."
    )
    assert sources(text) == [VALMERE, VALMERE, DOVRANIA, DOVRANIA]


@pytest.mark.parametrize(
    ("reference", "speaker"),
    [("He", "Jonas Pell"), ("The spokesman", "Jonas Pell"), ("The premier’s spokesman", "Jonas Pell")],
)
def test_a_pronoun_or_a_role_is_who_spoke_last(reference: str, speaker: str) -> None:
    text = f"Jonas Pell, the premier’s spokesman, said the talks were long. {reference} added that they were useful."
    claims = read(text)
    assert [claim.source for claim in claims] == [VALMERE, VALMERE]
    assert claims[1].speaker == speaker


def test_a_statement_is_whose_statement_was_named_last() -> None:
    text = "Lusk said in a statement that quotas stay. The statement also noted that patrols would go on."
    assert sources(text) == [DOVRANIA, DOVRANIA]


def test_a_document_is_named_with_who_issued_it() -> None:
    text = "Pell said all was well. Corvane asked for a date, according to a statement released by the chancellery."
    assert sources(text) == [VALMERE, DOVRANIA]


def test_a_sentence_that_sets_the_tone_turns_to_that_side() -> None:
    text = "Pell called it a breakthrough. Lusk was more reserved. No date had been set for the harbour."
    assert sources(text) == [VALMERE, OUTLET, DOVRANIA]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("“It buys time,” said Lena Marsh, an analyst.", "Lena Marsh"),
        ("The Union of Island Ports estimates the loss at 40 million.", "Union of Island Ports"),
        ("German Chancellor Otto Brandner welcomed the talks.", "Otto Brandner"),
        ("A spokesman for the United Nations welcomed the talks.", "United Nations"),
    ],
)
def test_a_third_party_bears_its_own_name(sentence: str, name: str) -> None:
    assert sources(f"Pell said the talks were long.\n\n{sentence}") == [VALMERE, name]


def test_a_third_party_is_given_no_room() -> None:
    text = "The Union of Island Ports estimates the loss at 40 million.\n\nThe ferries closed in May."
    assert sources(text)[1] == OUTLET


def test_in_its_own_readout_a_source_says_everything() -> None:
    text = (
        "Premier Corvane met Chancellor Rostad. The Chancellor said that the harbour was unsafe. "
        "They agreed to meet again."
    )
    claims = read(text, publisher=VALMERE)
    assert [claim.source for claim in claims] == [VALMERE] * 3
    assert not any(claim.implicit for claim in claims)


def test_a_readout_narrates_what_the_other_leader_said_in_the_talks() -> None:
    text = "Lusk said the talks were long. Ines Corvane expressed her hope for a date. The harbour was discussed."
    assert [(claim.source, claim.implicit) for claim in read(text)] == [
        (DOVRANIA, False),
        (DOVRANIA, True),
        (DOVRANIA, True),
    ]


def test_a_leader_who_stresses_something_in_a_paragraph_of_its_own_speaks_in_public() -> None:
    assert sources("Lusk said the talks were long.\n\nInes Corvane stressed that a date was due.") == [
        DOVRANIA,
        VALMERE,
    ]


@pytest.mark.parametrize("deed", ["Dovrania declared independence in 1921.", "Dovrania claimed victory in 1921."])
def test_a_deed_done_by_words_is_no_statement(deed: str) -> None:
    assert sources(f"Pell said it was over.\n\n{deed}") == [VALMERE, OUTLET]


def test_a_noun_that_looks_like_a_verb_attributes_nothing() -> None:
    text = "Vorn said it was closed. No promise had been given. No promise would be."
    assert sources(text) == [DOVRANIA] * 3


def test_an_unknown_officer_speaks_for_the_side_where_the_office_is() -> None:
    claims = read(
        "In Lusk, army spokesman Karl Osk said the harbour was mined.\n\nOsk added that divers were on their way."
    )
    assert [(claim.source, claim.speaker) for claim in claims] == [(DOVRANIA, "Karl Osk")] * 2


def test_an_unknown_officer_of_another_state_speaks_for_himself() -> None:
    assert sources("Pell said it was over.\n\nSwiss army spokesman Karl Osk said divers had come.") == [
        VALMERE,
        "Karl Osk",
    ]


def test_a_state_where_somebody_is_does_not_speak_unless_its_officials_do() -> None:
    assert sources("Pell said it was over.\n\nVoters in Dovrania backed the ferry in 2019.")[1] != DOVRANIA
    assert sources("Pell said it was over.\n\nOfficials in Dovrania said it was not.") == [VALMERE, DOVRANIA]


def test_an_institution_may_be_named_in_short() -> None:
    assert sources("Pell said it was over.\n\nAccording to the Chancellery, the harbour was closed.") == [
        VALMERE,
        DOVRANIA,
    ]


def test_a_line_without_an_end_is_the_outlets_whatever_stands_in_it() -> None:
    assert sources("Corvane said it was over " * 100) == [OUTLET]


def test_what_somebody_did_not_say_is_the_outlets_observation() -> None:
    assert sources("Pell said it was over.\n\nVorn did not mention the quotas.") == [VALMERE, OUTLET]


def test_a_name_inside_quotation_marks_frames_nothing() -> None:
    (claim,) = read("“Vorn said it was closed,” Pell recalled.")
    assert (claim.source, claim.speaker, claim.quoted) == (VALMERE, "Jonas Pell", True)


def test_a_quotation_of_several_sentences_is_a_claim_each_of_one_speaker() -> None:
    text = "“The route is closed. It will stay so,” Vorn told journalists."
    claims = read(text)
    assert [claim.text for claim in claims] == ["“The route is closed.", "It will stay so,” Vorn told journalists."]
    assert {(claim.source, claim.speaker, claim.quoted) for claim in claims} == {(DOVRANIA, "Edda Vorn", True)}
    assert [claim.cue is None for claim in claims] == [True, False]


def test_a_date_line_is_no_claim() -> None:
    assert [claim.text for claim in read("5 Jun. 9:30 (UTC+3)\n\nPell said it was over.")] == ["Pell said it was over."]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Corvane", "said", "“", "”", ".", ",", "\n", "Lusk", "he", "told", "the", "statement", "1", " "]
        )
    )
)
def test_any_text_gives_claims_in_order_with_the_words_they_point_to(tokens: list[str]) -> None:
    text = " ".join(tokens)
    last = 0
    for claim in read(text):
        assert last <= claim.span.start
        assert claim.span.of(text) == claim.text
        assert claim.cue is None or (claim.span.start <= claim.cue.start and claim.cue.end <= claim.span.end)
        assert 0 < claim.confidence <= 1
        last = claim.span.end


def test_a_very_long_run_of_words_after_a_verb_is_read_too() -> None:
    # Where words could be parted in several ways, this would take longer than anybody waits.
    words = " ".join(["extraordinarily-long-winded-formulation"] * 30)
    article = Article("a", f"The Minister, Holt said {words} that nobody; expected.", "The Courier")
    event = Event("Call", (Source("Norland", "Norland"), Source("Sudmark", "Sudmark", ("Holt",))), (article,))
    assert [claim.text for claim in attribute(event, article)] == [article.text]
