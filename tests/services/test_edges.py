"""Claims with edges drawn by hand: split at a word and merged, in every pair, over new readings and matchings."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest
from django.contrib.auth.models import User

from claims.analysis.encoding import Encoder
from claims.models import Claim, Comparison, Correction, Fix, Pair
from claims.services import matching
from claims.services.annotate import annotate
from claims.services.correct import correct_source
from claims.services.edges import cut, keep_edges, neighbours, unite, word_starts
from claims.services.fixing import take_back
from claims.services.ingest import SourceDraft, add_article, add_event
from claims.services.joining import join
from claims.services.refusals import Refused
from claims.services.review import decide
from claims.services.silence import confirm_silence
from claims.services.vectors import StoredVectors
from tests.services.worker_process import WordNetwork
from tests.services.working import analyse

pytestmark = pytest.mark.django_db

ARDEN = (
    "The two presidents spoke by telephone for one hour about the grain corridor, and President Lind asked Velland to "
    "release the fishing crew held since March.\n"
    "Arden will send medicine to the flooded valley before winter.\n"
    "It will send tents as well."
)
VELLAND = (
    "The presidents spoke by telephone for two hours about the grain corridor in the northern ports.\n"
    "Velland offered to release the fishing crew held since March.\n"
    "Guests admired a painting of some railway."
)


@pytest.fixture(autouse=True)
def words_as_vectors() -> Iterator[Encoder]:
    encoder = Encoder(model="words", store=StoredVectors())
    encoder.__dict__["_network"] = WordNetwork()
    with mock.patch.object(matching, "encoder", return_value=encoder):
        yield encoder


@pytest.fixture
def comparison() -> Comparison:
    sources = [SourceDraft("Arden", "Arden"), SourceDraft("Velland", "Velland")]
    event = add_event(title="Call", date=None, sources=sources)
    add_article(event, text=ARDEN, publisher="Arden")
    add_article(event, text=VELLAND, publisher="Velland")
    analyse(event.comparisons.get())
    return event.comparisons.get()


@pytest.fixture
def ben() -> User:
    return User.objects.create(username="ben")


def read_again(comparison: Comparison) -> None:
    comparison.event.owe_everything()
    analyse(comparison)


def claim(words: str) -> Claim:
    return Claim.objects.current().select_related("article", "source", "standing_correction").get(text__contains=words)


def cut_before(words: str, user: User) -> tuple[Claim, Claim]:
    whole = claim(words)
    return cut(whole, user, whole.start + whole.text.index(words))


def current() -> list[str]:
    return list(Claim.objects.current().order_by("article", "start").values_list("text", flat=True))


def hand_pair(comparison: Comparison, user: User, *words: str) -> Pair:
    return join(comparison, user, [claim(one).pk for one in words])


# Splitting


def test_a_claim_is_split_before_a_word_at_exact_offsets(comparison: Comparison, ana: User) -> None:
    whole = claim("telephone for one")
    first, second = cut_before("and President", ana)
    text = whole.article.text
    assert (
        first.text
        == text[first.start : first.end]
        == "The two presidents spoke by telephone for one hour about the grain corridor,"
    )
    assert second.text == text[second.start : second.end]
    assert second.text.startswith("and President Lind asked")
    assert (first.start, second.end) == (whole.start, whole.end)
    assert {first.source, second.source} == {comparison.a}
    assert {first.made_by, second.made_by} == {ana}
    assert whole.text not in current()


@pytest.mark.parametrize("place", ["start", "inside a word", "outside"])
def test_a_claim_is_split_at_a_word_and_nowhere_else(comparison: Comparison, ana: User, place: str) -> None:
    whole = claim("telephone for one")
    at = {"start": whole.start, "inside a word": whole.start + 5, "outside": whole.end + 1}[place]
    with pytest.raises(Refused, match="Choose the word"):
        cut(whole, ana, at)
    assert whole.text in current()


def test_a_claim_that_changed_meanwhile_is_not_split_again(comparison: Comparison, ana: User) -> None:
    whole = claim("telephone for one")
    cut_before("and President", ana)
    with pytest.raises(Refused, match="changed meanwhile"):
        cut(whole, ana, word_starts(whole)[3])


def test_both_parts_inherit_a_correction_and_each_can_be_corrected(
    comparison: Comparison, ana: User, ben: User
) -> None:
    correct_source(claim("telephone for one"), ben, source=comparison.b)
    first, second = cut_before("and President", ana)
    assert {first.standing_source, second.standing_source} == {comparison.b}
    assert first.standing_correction is not None
    assert first.standing_correction.editor == ben
    correct_source(second, ana, source=comparison.a)
    assert claim("and President").standing_source == comparison.a
    assert claim("telephone for one").standing_source == comparison.b


def test_parts_are_matched_anew_each_for_itself(comparison: Comparison, ana: User) -> None:
    cut_before("and President", ana)
    analyse(comparison)
    pairs = {frozenset(one.text.split()[0] for one in pair.claims.all()) for pair in Pair.objects.standing()}
    assert {"The"} in pairs
    assert {"and", "Velland"} in pairs


def test_a_decided_pair_has_both_parts_and_its_notes_point_to_the_part_with_their_words(
    comparison: Comparison, ana: User, ben: User
) -> None:
    pair = hand_pair(comparison, ana, "telephone for one", "railway")
    decide(pair, ben, "diverge")
    whole = claim("telephone for one")

    def note(words: str) -> int:
        start = whole.start + whole.text.index(words)
        return annotate(pair, ben, text="Note", claim=whole, start=start, end=start + len(words)).pk

    inside, across = note("President Lind"), note("corridor, and President")
    first, second = cut_before("and President", ana)
    for _ in range(2):
        analyse(comparison)
    pair.refresh_from_db()
    assert (pair.outcome, pair.withdrawn) == ("diverge", False)
    assert {one.pk for one in pair.claims_of("a")} == {first.pk, second.pk}
    assert pair.annotations.get(pk=inside).claim == second
    assert pair.annotations.get(pk=across).quote == "corridor, and President"
    assert pair.changes.filter(what="cut", actor=ana).exists()


def test_a_rejected_pair_stays_rejected_with_both_parts(comparison: Comparison, ana: User) -> None:
    pair = Pair.objects.standing().get(claims__text__contains="telephone for one")
    decide(pair, ana, "no_match")
    other = pair.claims_of("b")[0]
    cut_before("and President", ana)
    for _ in range(2):
        analyse(comparison)
    assert not Pair.objects.standing().filter(claims=other).exists()
    assert Pair.objects.get(pk=pair.pk).outcome == "no_match"


def test_silence_is_passed_on_to_both_parts(comparison: Comparison, ana: User, ben: User) -> None:
    confirm_silence(comparison, claim("medicine"), ben)
    parts = cut_before("before winter", ana)
    analyse(comparison)
    held = comparison.silences.filter(claim__in=parts)
    assert {one.by for one in held} == {ben}
    assert len(held) == 2


# New readings


def test_a_new_reading_keeps_what_was_split(comparison: Comparison, ana: User) -> None:
    first, second = cut_before("and President", ana)
    before = current()
    for _ in range(2):
        read_again(comparison)
    assert current() == before
    assert {first.pk, second.pk} <= set(Claim.objects.current().values_list("pk", flat=True))


def test_a_new_reading_keeps_what_was_merged(comparison: Comparison, ana: User) -> None:
    whole = unite(claim("medicine"), ana, claim("tents"))
    before = current()
    read_again(comparison)
    assert current() == before
    assert Claim.objects.get(pk=whole.pk).made_by == ana


def test_a_reading_with_other_edges_keeps_only_what_lies_outside(comparison: Comparison, ana: User) -> None:
    first, second = cut_before("and President", ana)
    article = first.article
    wider = Claim(article=article, start=first.start + 4, end=article.text.index("medicine") + 8, source=comparison.b)
    wider.text = article.text[wider.start : wider.end]
    rows = keep_edges(article, [wider])
    assert [(row.start, row.end) for row in rows[:2]] == [(first.start, first.end), (second.start, second.end)]
    assert [row.text for row in rows[2:]] == ["Arden will send medicine"]
    assert {row.source for row in rows} == {comparison.b}


def test_a_new_reading_says_anew_whose_the_parts_are(comparison: Comparison, ana: User) -> None:
    first, second = cut_before("and President", ana)
    Claim.objects.filter(pk__in=[first.pk, second.pk]).update(source=comparison.b)
    read_again(comparison)
    assert set(Claim.objects.filter(pk__in=[first.pk, second.pk]).values_list("source", flat=True)) == {comparison.a_id}


# Merging


def test_neighbours_are_merged_with_what_stands_between(comparison: Comparison, ana: User) -> None:
    first, second = claim("medicine"), claim("tents")
    whole = unite(second, ana, first)
    assert whole.text == ARDEN[whole.start : whole.end]
    assert (whole.start, whole.end) == (first.start, second.end)
    assert "\n" in whole.text


def test_only_neighbours_of_one_source_are_merged(comparison: Comparison, ana: User) -> None:
    assert [one.pk for one in neighbours(claim("tents"))] == [claim("medicine").pk]
    with pytest.raises(Refused, match="follow each other"):
        unite(claim("tents"), ana, claim("telephone for one"))
    correct_source(claim("tents"), ana, source=comparison.b)
    with pytest.raises(Refused, match="Correct one of them first"):
        unite(claim("tents"), ana, claim("medicine"))


def test_pairs_that_become_the_same_are_one_where_people_agree(comparison: Comparison, ana: User, ben: User) -> None:
    one, other = hand_pair(comparison, ana, "medicine", "railway"), hand_pair(comparison, ana, "tents", "railway")
    decide(one, ana, "agree")
    whole = unite(claim("medicine"), ben, claim("tents"))
    analyse(comparison)
    other.refresh_from_db()
    assert (other.merged_into, other.withdrawn) == (one, True)
    assert Pair.objects.get(pk=one.pk).claims_of("a") == [whole]


def test_pairs_that_people_see_differently_are_not_made_one(comparison: Comparison, ana: User, ben: User) -> None:
    one, other = hand_pair(comparison, ana, "medicine", "railway"), hand_pair(comparison, ana, "tents", "railway")
    decide(one, ana, "agree")
    decide(other, ben, "diverge")
    before = current()
    with pytest.raises(Refused, match="decided differently"):
        unite(claim("medicine"), ben, claim("tents"))
    assert current() == before


# Taking back


def test_a_split_is_taken_back_after_a_new_matching(comparison: Comparison, ana: User, ben: User) -> None:
    pair = hand_pair(comparison, ana, "medicine", "railway")
    decide(pair, ben, "agree")
    before = current()
    cut_before("before winter", ana)
    analyse(comparison)
    take_back(Fix.objects.get(kind="cut"), ana)
    for _ in range(2):
        read_again(comparison)
    assert current() == before
    pair = Pair.objects.get(pk=pair.pk)
    assert (pair.outcome, pair.withdrawn) == ("agree", False)
    assert pair.claims_of("a") == [claim("medicine")]


def test_what_people_said_of_the_parts_is_said_of_the_whole_again(comparison: Comparison, ana: User, ben: User) -> None:
    cut_before("and President", ana)
    pair = hand_pair(comparison, ben, "and President", "railway")
    part = claim("and President")
    start = part.start + part.text.index("Lind")
    note = annotate(pair, ben, text="Who?", claim=part, start=start, end=start + 4)
    take_back(Fix.objects.get(kind="cut"), ana)
    whole = claim("telephone for one")
    assert Pair.objects.get(pk=pair.pk).claims_of("a") == [whole]
    note.refresh_from_db()
    assert note.claim == whole


def test_a_merging_is_taken_back_with_both_pairs(comparison: Comparison, ana: User, ben: User) -> None:
    one, other = hand_pair(comparison, ana, "medicine", "railway"), hand_pair(comparison, ana, "tents", "railway")
    decide(other, ben, "partial")
    unite(claim("medicine"), ben, claim("tents"))
    analyse(comparison)
    take_back(Fix.objects.get(kind="united"), ben)
    analyse(comparison)
    for pair, words in ((one, "medicine"), (other, "tents")):
        found = Pair.objects.get(pk=pair.pk)
        assert (found.withdrawn, found.merged_into) == (False, None)
        assert found.claims_of("a") == [claim(words)]
    assert Pair.objects.get(pk=other.pk).outcome == "partial"


def test_a_split_is_not_taken_back_over_a_later_correction(comparison: Comparison, ana: User, ben: User) -> None:
    _, second = cut_before("and President", ana)
    correct_source(second, ben, source=comparison.b)
    with pytest.raises(Refused, match="changed since"):
        take_back(Fix.objects.get(kind="cut"), ana)
    assert Correction.objects.get().claim == second
