"""Matching again: what people decided stays, what the machine no longer proposes is withdrawn, nothing is doubled."""

from __future__ import annotations

from unittest import mock

import pytest
from django.contrib.auth.models import User

from claims.analysis.encoding import Encoder
from claims.models import Calibration, Change, Comparison, Lone, Pair, Vector
from claims.services import matching
from claims.services.adjudicate import adjudicate, reopen_final
from claims.services.annotate import annotate
from claims.services.correct import correct_source
from claims.services.ingest import SourceDraft, add_article, add_event
from claims.services.review import decide
from claims.services.vectors import StoredVectors
from tests.services.worker_process import WordNetwork
from tests.services.working import analyse

pytestmark = pytest.mark.django_db

ARDEN = (
    "The two presidents spoke by telephone for one hour about the grain corridor in the northern ports.\n"
    "President Lind asked Velland to release the fishing crew held since March.\n"
    "Arden will send medicine to the flooded valley before winter."
)
VELLAND = (
    "The presidents spoke by telephone for two hours about the grain corridor in the northern ports.\n"
    "Velland offered to release the fishing crew held since March.\n"
    "A new railway will be opened in the capital next year."
)
THIRD = "The harbour authority counted forty ships waiting in the northern ports."


@pytest.fixture(autouse=True)
def words_as_vectors(request: pytest.FixtureRequest) -> object:
    encoder = Encoder(model="words", store=StoredVectors())
    encoder.__dict__["_network"] = WordNetwork()
    with mock.patch.object(matching, "encoder", return_value=encoder):
        yield encoder


@pytest.fixture
def comparison() -> Comparison:
    event = add_event(
        title="Call", date=None, sources=[SourceDraft("Arden", "Arden"), SourceDraft("Velland", "Velland")]
    )
    add_article(event, text=ARDEN, publisher="Arden")
    add_article(event, text=VELLAND, publisher="Velland")
    analyse(event.comparisons.get())
    return event.comparisons.get()


def again(comparison: Comparison) -> None:
    comparison.event.owe_everything()
    analyse(comparison)


def pair_with(word: str) -> Pair:
    return Pair.objects.get(members__side="a", members__claim__text__contains=word)


def keys() -> dict[int, str]:
    return dict(Pair.objects.values_list("pk", "key"))


def test_statements_about_the_same_thing_become_pairs_and_the_rest_stays_alone(comparison: Comparison) -> None:
    assert {"telephone", "crew"} == {
        word for word in ("telephone", "crew", "medicine") if Pair.objects.filter(claims__text__contains=word).exists()
    }
    alone = set(Lone.objects.values_list("claim__text", flat=True))
    assert {text.split()[1] for text in alone} == {"will", "new"}


def test_a_lone_claim_knows_what_came_near(comparison: Comparison) -> None:
    lone = Lone.objects.get(claim__text__contains="medicine")
    assert [near.claim.source for near in lone.candidates.all()] == [comparison.b] * 3


def test_a_pair_says_its_ground(comparison: Comparison) -> None:
    pair = pair_with("crew")
    reason = pair.verdict.reasons.get(kind="agency")
    assert {words.side for words in reason.words.all()} == {"a", "b"}
    assert all(words.claim.start <= words.start < words.end <= words.claim.end for words in reason.words.all())
    assert pair.verdict.relation == "diverge"
    assert Comparison.objects.get().model == "words"


def test_the_differing_words_of_both_sides_are_kept(comparison: Comparison) -> None:
    members = pair_with("telephone").members.select_related("claim__article")
    shown = {
        member.side: [member.claim.article.text[start:end] for start, end in member.differing] for member in members
    }
    assert any("one" in words for words in shown["a"])
    assert any("two" in words for words in shown["b"])


def test_matching_again_doubles_nothing_and_changes_no_identity(comparison: Comparison) -> None:
    before, vectors = keys(), Vector.objects.count()
    again(comparison)
    assert keys() == before
    assert Vector.objects.count() == vectors
    assert not Change.objects.exists()


def test_a_confirmed_pair_stays_when_the_machine_would_no_longer_propose_it(comparison: Comparison, ana: User) -> None:
    pair = pair_with("crew")
    decide(pair, ana, "partial")
    with mock.patch("claims.analysis.alignment.taken", return_value=set()):
        again(comparison)
    pair.refresh_from_db()
    assert not pair.withdrawn
    assert pair.outcome == "partial"
    assert list(Pair.objects.all()) == [pair]


def test_a_rejected_pair_stays_rejected(comparison: Comparison, ana: User) -> None:
    pair = pair_with("crew")
    decide(pair, ana, "no_match")
    again(comparison)
    pair.refresh_from_db()
    assert (pair.outcome, pair.withdrawn) == ("no_match", False)
    assert Pair.objects.standing().filter(claims__text__contains="crew").count() == 0
    assert Lone.objects.standing().filter(claim__text__contains="crew").count() == 2


def test_a_settled_pair_stays_as_it_is_even_without_reviews(comparison: Comparison, ana: User) -> None:
    confirmed, rejected = pair_with("crew"), pair_with("telephone")
    adjudicate(confirmed, ana, decision="partial", why="Half of it.", version=0)
    adjudicate(rejected, ana, decision="no_match", why="Two things.", version=0)
    with mock.patch("claims.analysis.alignment.taken", return_value=set()):
        again(comparison)
    again(comparison)
    found = comparison.pairs.order_by("final", "outcome").values_list("pk", "outcome", "final", "withdrawn")
    assert {*found} >= {(confirmed.pk, "partial", True, False), (rejected.pk, "no_match", True, False)}


def test_what_was_said_of_a_reopened_pair_is_not_lost_with_it(comparison: Comparison, ana: User) -> None:
    pair = pair_with("crew")
    adjudicate(pair, ana, decision="partial", why="Half of it.", version=0)
    reopen_final(pair, ana, why="A new readout.", version=1)
    with mock.patch("claims.analysis.alignment.taken", return_value=set()):
        again(comparison)
    pair.refresh_from_db()
    assert pair.withdrawn
    assert pair.adjudications.count() == 2


def test_an_annotated_pair_that_is_no_longer_proposed_is_withdrawn_and_comes_back(
    comparison: Comparison, ana: User
) -> None:
    pair, other = pair_with("crew"), pair_with("telephone")
    annotate(pair, ana, text="Who began?")
    with mock.patch("claims.analysis.alignment.taken", return_value=set()):
        again(comparison)
    pair.refresh_from_db()
    assert pair.withdrawn
    assert pair.annotations.count() == 1
    assert not Pair.objects.filter(pk=other.pk).exists()
    again(comparison)
    pair.refresh_from_db()
    assert not pair.withdrawn
    assert {change.what for change in pair.changes.all()} >= {"withdrawn", "restored"}


def test_a_new_machine_verdict_is_logged_and_leaves_the_review(comparison: Comparison, ana: User) -> None:
    pair = pair_with("crew")
    decide(pair, ana, "agree")
    pair.verdict.relation, pair.verdict.kind = "partial", ""
    pair.verdict.save()
    again(comparison)
    assert pair.reviews.get().decision == "agree"
    change = pair.changes.get(what="verdict")
    assert (change.before, change.after) == ("partial", "diverge")


def test_a_correction_has_only_its_comparisons_matched_again(ana: User) -> None:
    sources = [SourceDraft(name, name) for name in ("Arden", "Velland", "Harbour Authority")]
    event = add_event(title="Call", date=None, sources=sources)
    for name, text in (("Arden", ARDEN), ("Velland", VELLAND), ("Harbour Authority", THIRD)):
        add_article(event, text=text, publisher=name)
    analyse(event.comparisons.all()[0])
    arden, velland, harbour = event.sources.all()
    stamps = dict(event.comparisons.values_list("pk", "matched_at"))
    claim = event.articles.get(publisher=arden).claims.get(text__contains="medicine")
    correct_source(claim, ana, source=velland)
    analyse(event.comparisons.all()[0])
    matched = {one for one in event.comparisons.all() if one.matched_at != stamps[one.pk]}
    assert matched == set(event.comparisons.all())  # both of them changed hands with the claim

    stamps = dict(event.comparisons.values_list("pk", "matched_at"))
    correct_source(claim, ana, source=None, voice="A doctor")
    analyse(event.comparisons.all()[0])
    touched = {(one.a, one.b) for one in event.comparisons.all() if one.matched_at != stamps[one.pk]}
    assert touched == {(arden, velland), (velland, harbour)}


def test_a_corrected_claim_takes_part_for_its_new_source(comparison: Comparison, ana: User) -> None:
    claim = Lone.objects.get(claim__text__contains="medicine").claim
    correct_source(claim, ana, source=comparison.b)
    analyse(comparison)
    assert Lone.objects.get(claim=claim)
    assert not Pair.objects.filter(members__claim=claim, members__side="a").exists()


def test_a_new_matching_reads_scores_by_the_calibration_in_use(comparison: Comparison, ana: User) -> None:
    confirmed, other = pair_with("crew"), pair_with("telephone")
    decide(confirmed, ana, "partial")
    Calibration.objects.create(
        model="words", decisions=30, intercept=-30.0, slope=1.0, suggested=0.5, sure=0.9, in_use=True
    )
    again(comparison)
    confirmed.refresh_from_db()
    assert (confirmed.withdrawn, confirmed.sure) == (False, False)
    assert not Pair.objects.filter(pk=other.pk).exists()
    alone = Lone.objects.get(claim__source=comparison.a, claim__text__contains="telephone")
    assert alone.candidates.get().claim.text.startswith("The presidents spoke by telephone for two hours")


def test_a_calibration_of_another_model_is_left_alone(comparison: Comparison) -> None:
    before = keys()
    Calibration.objects.create(
        model="another", decisions=30, intercept=-30.0, slope=1.0, suggested=0.5, sure=0.9, in_use=True
    )
    again(comparison)
    assert keys() == before
