"""How a new text follows from the one before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.redline import Kind, rows_of
from claims.analysis.revision import Revision
from claims.analysis.structures import Span

HOUR = "The call lasted one hour."
DELAY = "Arden asked for a delay of the treaty."
GRAIN = "Both spoke of grain and of the strait."

SENTENCES = st.sampled_from(
    [HOUR, DELAY, GRAIN, "He wept.", "“We agree. We sign today,” he said.", "The call lasted two hours."]
)
TEXTS = st.lists(
    st.tuples(SENTENCES | st.text(max_size=30), st.sampled_from([" ", "\n", "\n\n", "  "])), max_size=8
).map(lambda parts: "".join(sentence + blank for sentence, blank in parts))


def followed(old: str, new: str, words: str) -> str | None:
    span = Revision.of(old, new).follow(Span(old.index(words), old.index(words) + len(words)))
    return span.of(new) if span else None


def goes_on(old: str, new: str, words: str) -> list[str]:
    found = Revision.of(old, new).goes_on_as(Span(old.index(words), old.index(words) + len(words)))
    return [span.of(new) for span in found]


def test_a_statement_that_stands_is_followed_and_so_are_words_in_it() -> None:
    assert followed(f"{HOUR} {DELAY}", f"A new one. {DELAY} {HOUR}", DELAY) == DELAY
    assert followed(f"{HOUR} {DELAY}", f"A new one. {DELAY}", "a delay") == "a delay"


def test_blanks_do_not_count() -> None:
    assert followed(f"{HOUR} {DELAY}", f"{HOUR}\n\n{DELAY.replace(' a ', '  a ')}", "for a delay") == "for  a delay"
    assert Revision.of(f"{HOUR} {DELAY}", f"{HOUR}\n{DELAY.replace(' of', chr(10) + 'of')}").only_blanks


def test_a_changed_statement_is_not_followed_but_goes_on() -> None:
    new = DELAY.replace("asked", "begged")
    assert followed(f"{HOUR} {DELAY}", f"{HOUR} {new}", DELAY) is None
    assert goes_on(f"{HOUR} {DELAY}", f"{HOUR} {new}", DELAY) == [new]


def test_a_statement_that_was_split_goes_on_as_two() -> None:
    halves = ["Both spoke of grain.", "They spoke of the strait."]
    assert goes_on(f"{HOUR} {GRAIN}", f"{HOUR} {' '.join(halves)}", GRAIN) == halves


def test_two_statements_that_were_joined_go_on_as_one() -> None:
    joined = "The call lasted one hour and Arden asked for a delay of the treaty."
    old, new = f"{HOUR} {DELAY} {GRAIN}", f"{joined} {GRAIN}"
    assert goes_on(old, new, HOUR) == goes_on(old, new, DELAY) == [joined]


def test_a_statement_in_whose_place_something_else_stands_went() -> None:
    old, new = f"{HOUR} {DELAY} {GRAIN}", f"{HOUR} Seven ships lay at anchor. {GRAIN}"
    assert goes_on(old, new, DELAY) == []


def test_a_part_of_a_changed_statement_is_found_word_for_word() -> None:
    old, new = "He said: “We agree, and we sign today.”", "She said: “We agree, and we sign today.”"
    span = Revision.of(old, new).find(Span(old.index("we sign today"), old.index("we sign today") + 13))
    assert span is not None
    assert span.of(new) == "we sign today"


def test_a_statement_that_moved_is_marked_as_moved() -> None:
    rows = list(rows_of(Revision.of(f"{HOUR} {DELAY} {GRAIN}", f"{DELAY} {GRAIN} {HOUR}")))
    assert [piece.text.strip() for row in rows for piece in row.old if piece.kind is Kind.MOVED] == [HOUR]
    assert [piece.text.strip() for row in rows for piece in row.new if piece.kind is Kind.MOVED] == [HOUR]


def test_only_the_words_that_changed_are_marked() -> None:
    rows = list(rows_of(Revision.of(f"{HOUR} {DELAY}", f"{HOUR} {DELAY.replace('asked', 'begged')}")))
    assert [piece.text for row in rows for piece in row.inline if piece.kind is not Kind.SAME] == ["asked", "begged"]


@given(TEXTS, TEXTS)
def test_the_rows_hold_both_texts_whole(old: str, new: str) -> None:
    rows = list(rows_of(Revision.of(old, new))) if old.strip() and new.strip() else []
    if rows:
        assert "".join(piece.text for row in rows for piece in row.old) == old
        assert "".join(piece.text for row in rows for piece in row.new) == new


@given(TEXTS, TEXTS)
def test_what_stands_is_the_same_but_for_blanks_and_no_two_share_a_place(old: str, new: str) -> None:
    revision = Revision.of(old, new) if old.strip() and new.strip() else Revision.of("A.", "B.")
    places = [revision.follow(span) for span in revision.old]
    found = [(span, place) for span, place in zip(revision.old, places, strict=True) if place is not None]
    assert all(span.of(revision.old_text).split() == place.of(revision.new_text).split() for span, place in found)
    assert len({place for _, place in found}) == len(found)
    assert len(found) == len(revision.standing)
