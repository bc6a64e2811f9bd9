"""Pairs made by hand: joined, moved, merged and split, kept over new matchings, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User

from claims.analysis import comparing
from claims.analysis.encoding import Encoder
from claims.models import Claim, Comparison, Fix, Lone, Pair
from claims.services import matching
from claims.services.analyse import request_run, work
from claims.services.annotate import annotate
from claims.services.correct import correct_source
from claims.services.fixing import take_back
from claims.services.joining import join, merge, move, split
from claims.services.learning import shipped_scale
from claims.services.measuring import measure
from claims.services.refusals import Refused
from claims.services.review import decide
from claims.services.silence import confirm_silence, take_back_silence
from claims.services.vectors import StoredVectors
from tests.factories import make_article, make_event, make_pair
from tests.services.worker_process import WordNetwork

pytestmark = pytest.mark.django_db

ARDEN = (
    "The two presidents spoke by telephone for one hour about the grain corridor in the northern ports.",
    "President Lind asked Velland to release the fishing crew held since March.",
    "Arden will send medicine to the flooded valley before winter.",
    "The harbour pilots of Sarn go back to work on Monday.",
)
VELLAND = (
    "The presidents spoke by telephone for two hours about the grain corridor in the northern ports.",
    "Velland offered to release the fishing crew held since March.",
    "A new railway will be opened in the capital next year.",
    "Doctors and drugs are welcome wherever the river rose.",
)


@pytest.fixture(autouse=True)
def words_as_vectors() -> Iterator[Encoder]:
    encoder = Encoder(model="words", store=StoredVectors())
    encoder.__dict__["_network"] = WordNetwork()
    with mock.patch.object(matching, "encoder", return_value=encoder):
        yield encoder


@pytest.fixture
def comparison() -> Comparison:
    event = make_event()
    found = event.comparisons.get()
    for source, text in ((found.a, ARDEN), (found.b, VELLAND)):
        make_article(event, [(source, one) for one in text], name=f"{source.slug}.txt")
    match_again(found)
    return event.comparisons.get()


@pytest.fixture
def ana() -> User:
    return User.objects.create(username="ana")


@pytest.fixture
def ben() -> User:
    return User.objects.create(username="ben")


def match_again(comparison: Comparison) -> None:
    """Run the matching service over a comparison, as the worker does."""
    matching.match_comparison(Comparison.objects.get(pk=comparison.pk))


def claim(words: str) -> Claim:
    return Claim.objects.current().get(text__contains=words)


def pair_with(words: str) -> Pair:
    return Pair.objects.standing().filter(claims__text__contains=words).distinct().get()


def joined(comparison: Comparison, ana: User, *words: str, relation: str = "") -> Pair:
    return join(comparison, ana, [claim(one).pk for one in words], relation=relation)


def texts(pair: Pair) -> set[str]:
    return {one.text.split()[0] + " " + one.text.split()[1] for one in Pair.objects.get(pk=pair.pk).claims.all()}


def standing() -> dict[int, str]:
    return dict(Pair.objects.standing().values_list("pk", "key"))


# Joining


def test_joined_claims_are_a_pair_that_says_who_made_it_and_has_no_score(comparison: Comparison, ana: User) -> None:
    pair = joined(comparison, ana, "medicine", "Doctors")
    pair.refresh_from_db()
    assert (pair.made_by, pair.score, pair.verdict.relation) == (ana, None, "")
    assert pair.made_at is not None
    assert Pair.objects.standing().filter(pk=pair.pk).exists()
    assert not Lone.objects.standing().filter(claim__in=pair.claims.all()).exists()


def test_the_worker_judges_a_joined_pair_and_finds_the_words_that_differ(comparison: Comparison, ana: User) -> None:
    pair = joined(comparison, ana, "medicine", "Doctors")
    assert Comparison.objects.due().filter(pk=comparison.pk).exists()
    match_again(comparison)
    pair = Pair.objects.get(pk=pair.pk)
    assert pair.verdict.relation in {"agree", "partial", "diverge"}
    assert (pair.score, pair.made_by, pair.withdrawn) == (None, ana, False)
    assert all(member.differing for member in pair.members.all())


def test_the_run_that_joining_asks_for_is_carried_out(comparison: Comparison, ana: User) -> None:
    pair = joined(comparison, ana, "medicine", "Doctors")
    run = request_run(comparison.event)
    work(run.pk)
    run.refresh_from_db()
    assert run.state == "done", run.problem
    assert Pair.objects.get(pk=pair.pk).verdict.relation
    assert not Comparison.objects.due().exists()


def test_the_maker_may_give_a_relation_at_once(comparison: Comparison, ana: User) -> None:
    pair = joined(comparison, ana, "medicine", "Doctors", relation="partial")
    pair.refresh_from_db()
    assert pair.outcome == "partial"
    assert pair.reviews.get().reviewer == ana


@pytest.mark.parametrize("words", [("medicine",), ("medicine", "pilots"), ()])
def test_a_pair_needs_a_claim_on_each_side(comparison: Comparison, ana: User, words: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="each side"):
        joined(comparison, ana, *words)
    assert not Fix.objects.exists()


def test_claims_that_are_a_pair_already_are_no_second_one(comparison: Comparison, ana: User) -> None:
    pair = pair_with("crew")
    with pytest.raises(Refused, match=f"pair {pair.pk} already"):
        joined(comparison, ana, "President Lind", "Velland offered")
    decide(pair, ana, "no_match")
    with pytest.raises(Refused, match="was rejected"):
        joined(comparison, ana, "President Lind", "Velland offered")


def test_an_unknown_relation_and_a_stranger_are_refused(comparison: Comparison, ana: User) -> None:
    with pytest.raises(Refused, match="Choose agree"):
        joined(comparison, ana, "medicine", "Doctors", relation="no_match")
    correct_source(claim("Doctors"), ana, source=None, voice="A doctor")
    with pytest.raises(Refused, match="belongs to another source"):
        joined(comparison, ana, "medicine", "Doctors")


def test_pairs_made_by_hand_count_neither_for_nor_against_the_machine(comparison: Comparison, ana: User) -> None:
    decide(joined(comparison, ana, "medicine", "Doctors"), ana, "partial")
    match_again(comparison)
    measured = measure("words", shipped_scale())
    assert measured.bands == ()
    assert sum(one.found.count for one in measured.relations) == 0
    decide(pair_with("crew"), ana, "partial")
    assert len(measure("words", shipped_scale()).bands) == 1


# What stays over a new matching


def test_two_more_matchings_leave_everything_that_people_did(comparison: Comparison, ana: User, ben: User) -> None:
    rejected, confirmed = pair_with("crew"), pair_with("telephone")
    decide(rejected, ana, "no_match")
    decide(confirmed, ben, "partial")
    made = joined(comparison, ana, "medicine", "Doctors")
    confirm_silence(comparison, claim("railway"), ana)
    before = standing()
    for _ in range(2):
        match_again(comparison)
        assert standing() == before
    assert set(before) == {confirmed.pk, made.pk}
    rejected.refresh_from_db()
    assert (rejected.outcome, rejected.withdrawn) == ("no_match", False)
    assert comparison.silences.get().claim == claim("railway")


def test_claims_of_a_joined_pair_are_offered_to_no_other(comparison: Comparison, ana: User) -> None:
    machine = pair_with("crew")
    made = joined(comparison, ana, "President Lind", "Doctors")
    match_again(comparison)
    assert not Pair.objects.filter(pk=machine.pk).exists()
    assert Lone.objects.standing().filter(claim=claim("Velland offered")).exists()
    assert pair_with("President Lind") == made


def test_a_joined_pair_that_is_rejected_gives_its_claims_back_and_stays_rejected(
    comparison: Comparison, ana: User, ben: User
) -> None:
    made = joined(comparison, ana, "President Lind", "Doctors")
    match_again(comparison)
    decide(made, ben, "no_match")
    match_again(comparison)
    assert texts(pair_with("President Lind")) == {"President Lind", "Velland offered"}
    made.refresh_from_db()
    assert made.outcome == "no_match"


def test_a_pair_that_is_joined_while_the_worker_matches_stays(comparison: Comparison, ana: User) -> None:
    made = []

    def joined_meanwhile(*args: Any, **kwargs: Any) -> Any:
        made.append(joined(comparison, ana, "medicine", "Doctors"))
        return original(*args, **kwargs)

    original = comparing.compare_sources
    with mock.patch.object(comparing, "compare_sources", joined_meanwhile):
        match_again(comparison)
    pair = Pair.objects.get(pk=made[0].pk)
    assert (pair.withdrawn, pair.made_by) == (False, ana)
    assert Comparison.objects.due().exists()


def test_a_joined_pair_whose_claim_goes_to_another_source_is_withdrawn_and_comes_back(
    comparison: Comparison, ana: User
) -> None:
    made = joined(comparison, ana, "medicine", "Doctors")
    correct_source(claim("Doctors"), ana, source=None, voice="A doctor")
    match_again(comparison)
    made.refresh_from_db()
    assert made.withdrawn
    correct_source(claim("Doctors"), ana, source=comparison.b)
    match_again(comparison)
    made.refresh_from_db()
    assert not made.withdrawn


# Moving, merging, splitting


@pytest.fixture
def pairs(comparison: Comparison) -> tuple[Pair, Pair]:
    """Return a pair of two claims on each side, and one of one each."""
    Pair.objects.all().delete()
    Lone.objects.all().delete()
    a, b = (list(source.claims.order_by("start")) for source in (comparison.a, comparison.b))
    return make_pair(comparison, a[:2], b[:2], relation="diverge"), make_pair(comparison, a[2:3], b[2:3])


def test_a_claim_moves_to_another_pair_and_both_keep_what_people_said(
    pairs: tuple[Pair, Pair], ana: User, ben: User
) -> None:
    one, other = pairs
    decide(one, ben, "diverge")
    note = annotate(
        one,
        ben,
        text="Who asked?",
        claim=claim("President Lind"),
        start=claim("President Lind").start,
        end=claim("President Lind").start + 9,
    )
    move(one, ana, [claim("President Lind").pk], to=other)
    assert texts(one) == {"The two", "The presidents", "Velland offered"}
    assert texts(other) == {"Arden will", "A new", "President Lind"}
    one.refresh_from_db()
    assert (one.outcome, one.made_by, one.score) == ("diverge", ana, None)
    assert one.annotations.get() == note
    assert one.changes.get(what="moved").after.count("“") == 3


def test_a_claim_is_taken_out_and_alone_and_stays_so(
    comparison: Comparison, pairs: tuple[Pair, Pair], ana: User
) -> None:
    one, _ = pairs
    move(one, ana, [claim("President Lind").pk], to=None)
    assert Lone.objects.standing().filter(claim=claim("President Lind")).exists()
    for _round in range(2):
        match_again(comparison)
    assert texts(one) == {"The two", "The presidents", "Velland offered"}
    assert not Pair.objects.standing().filter(claims=claim("President Lind")).exists()


def test_no_side_is_left_without_a_claim(pairs: tuple[Pair, Pair], ana: User) -> None:
    one, other = pairs
    with pytest.raises(Refused, match="without a claim on one side"):
        move(other, ana, [claim("medicine").pk], to=one)
    with pytest.raises(Refused, match="Choose the claims"):
        move(one, ana, [claim("medicine").pk], to=other)
    with pytest.raises(Refused, match="another pair of this comparison"):
        move(one, ana, [claim("President Lind").pk], to=one)
    decide(other, ana, "no_match")
    with pytest.raises(Refused, match="does not stand"):
        move(one, ana, [claim("President Lind").pk], to=other)


def test_merged_pairs_are_one_and_what_was_said_of_the_other_is_kept_with_it(
    comparison: Comparison, pairs: tuple[Pair, Pair], ana: User, ben: User
) -> None:
    one, other = pairs
    decide(other, ben, "agree")
    annotate(other, ben, text="A railway?")
    merge(other, ana, into=one)
    for _ in range(2):
        match_again(comparison)
    other.refresh_from_db()
    assert len(texts(one)) == 6
    assert (other.withdrawn, other.merged_into, other.reviews.count(), other.annotations.count()) == (True, one, 1, 1)
    assert set(standing()) == {one.pk}


def test_a_split_off_part_is_a_pair_of_its_own(comparison: Comparison, pairs: tuple[Pair, Pair], ana: User) -> None:
    one, _ = pairs
    with pytest.raises(Refused, match="both sides"):
        split(one, ana, [claim("President Lind").pk])
    made = split(one, ana, [claim("President Lind").pk, claim("Velland offered").pk])
    assert texts(made) == {"President Lind", "Velland offered"}
    assert texts(one) == {"The two", "The presidents"}
    for _round in range(2):
        match_again(comparison)
    assert {one.pk, made.pk} <= set(standing())
    assert made.changes.filter(what="split").count() == one.changes.filter(what="split").count() == 1


# Silence


def test_a_confirmed_silence_keeps_a_claim_alone_until_it_is_taken_back(
    comparison: Comparison, ana: User, ben: User
) -> None:
    decide(pair_with("crew"), ana, "no_match")
    silence = confirm_silence(comparison, claim("President Lind"), ana)
    assert (silence.by, Fix.objects.get().kind) == (ana, "silent")
    with pytest.raises(Refused, match="Take that back first"):
        joined(comparison, ana, "President Lind", "Doctors")
    match_again(comparison)
    assert Lone.objects.standing().filter(claim=claim("President Lind")).exists()
    take_back_silence(silence, ben)
    assert joined(comparison, ana, "President Lind", "Doctors").pk


def test_a_claim_that_the_other_side_speaks_of_is_not_silent(comparison: Comparison, ana: User) -> None:
    with pytest.raises(Refused, match="Reject that pair first"):
        confirm_silence(comparison, claim("President Lind"), ana)


def test_silence_is_taken_back_and_confirmed_again_by_undo(comparison: Comparison, ana: User, ben: User) -> None:
    confirm_silence(comparison, claim("railway"), ben)
    take_back_silence(comparison.silences.get(), ana)
    take_back(Fix.objects.get(kind="heard"), ana)
    assert comparison.silences.get().by == ben
    take_back(Fix.objects.get(kind="silent"), ben)
    assert not comparison.silences.exists()


# Taking back


def test_a_joined_pair_goes_with_its_makers_decision_in_one_step(comparison: Comparison, ana: User) -> None:
    before = standing()
    pair = joined(comparison, ana, "medicine", "Doctors", relation="partial")
    take_back(Fix.objects.get(), ana)
    match_again(comparison)
    assert standing() == before
    assert not pair.reviews.exists()
    assert pair.changes.filter(what="unfixed").exists()
    assert Lone.objects.standing().filter(claim=claim("medicine")).exists()


def test_a_pair_that_was_taken_back_can_be_joined_again(comparison: Comparison, ana: User) -> None:
    pair = joined(comparison, ana, "medicine", "Doctors")
    take_back(Fix.objects.get(), ana)
    assert joined(comparison, ana, "medicine", "Doctors") == pair
    assert Pair.objects.standing().filter(pk=pair.pk).exists()


def test_what_others_said_meanwhile_is_not_taken_away(comparison: Comparison, ana: User, ben: User) -> None:
    pair = joined(comparison, ana, "medicine", "Doctors")
    decide(pair, ben, "agree")
    with pytest.raises(Refused, match="Reject it instead"):
        take_back(Fix.objects.get(), ana)
    assert pair.reviews.get().reviewer == ben


def test_only_ones_own_fix_is_taken_back_and_once(comparison: Comparison, ana: User, ben: User) -> None:
    joined(comparison, ana, "medicine", "Doctors")
    fix = Fix.objects.get()
    with pytest.raises(Refused):
        take_back(fix, ben)
    take_back(fix, ana)
    with pytest.raises(Refused):
        take_back(fix, ana)


@pytest.mark.parametrize("kind", ["moved", "out", "merged", "split"])
def test_every_regrouping_is_undone_whole(pairs: tuple[Pair, Pair], ana: User, ben: User, kind: str) -> None:
    one, other = pairs
    decide(one, ben, "diverge")
    before = {pair.pk: (pair.key, pair.score, pair.sure, texts(pair)) for pair in Pair.objects.all()}
    going = [claim("President Lind").pk]
    match kind:
        case "moved":
            move(one, ana, going, to=other)
        case "out":
            move(one, ana, going, to=None)
        case "merged":
            merge(other, ana, into=one)
        case "split":
            split(one, ana, [*going, claim("Velland offered").pk])
    take_back(Fix.objects.get(), ana)
    after = {pair.pk: (pair.key, pair.score, pair.sure, texts(pair)) for pair in Pair.objects.standing()}
    assert after == before
    assert one.reviews.get().decision == "diverge"


def test_what_was_changed_since_is_not_undone(pairs: tuple[Pair, Pair], ana: User) -> None:
    one, other = pairs
    move(one, ana, [claim("President Lind").pk], to=other)
    first = Fix.objects.get()
    move(other, ana, [claim("President Lind").pk], to=None)
    with pytest.raises(Refused, match="changed since"):
        take_back(first, ana)
    take_back(Fix.objects.first(), ana)  # type: ignore[arg-type]
    take_back(first, ana)
    assert texts(one) == {"The two", "The presidents", "President Lind", "Velland offered"}
