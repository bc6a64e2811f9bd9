"""A new text of an article: what stands lives on with all that was said of it, what changed is told, none is lost."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User

from claims.analysis import comparing
from claims.analysis.encoding import Encoder
from claims.models import Article, Claim, Comparison, Pair, Review, Run
from claims.services import matching, reading
from claims.services.annotate import annotate
from claims.services.correct import correct_source
from claims.services.ingest import SourceDraft, add_article, add_event
from claims.services.refusals import Refused
from claims.services.review import decide, undo
from claims.services.revise import Revised, revise
from claims.services.vectors import StoredVectors
from tests.services.worker_process import WordNetwork
from tests.services.working import analyse

pytestmark = pytest.mark.django_db

CALL = "The two presidents spoke by telephone for one hour about the grain corridor in the northern ports."
CREW = "President Lind asked Velland to release the fishing crew held since March."
MEDICINE = "Arden will send medicine to the flooded valley before winter."
ARDEN = f"{CALL}\n{CREW}\n{MEDICINE}"
VELLAND = (
    "The presidents spoke by telephone for two hours about the grain corridor in the northern ports.\n"
    "Velland offered to release the fishing crew held since March.\n"
    "A new railway will be opened in the capital next year."
)


@pytest.fixture(autouse=True)
def words_as_vectors() -> object:
    encoder = Encoder(model="words", store=StoredVectors())
    encoder.__dict__["_network"] = WordNetwork()
    with mock.patch.object(matching, "encoder", return_value=encoder):
        yield encoder


@pytest.fixture
def comparison() -> Comparison:
    sources = [SourceDraft("Arden", "Arden"), SourceDraft("Velland", "Velland"), SourceDraft("Omber", "Omber")]
    event = add_event(title="Call", date=None, sources=sources)
    add_article(event, text=ARDEN, publisher="Arden")
    add_article(event, text=VELLAND, publisher="Velland")
    analyse(event.comparisons.all()[0])
    return event.comparisons.get(a__name="Arden", b__name="Velland")


def article_of(comparison: Comparison) -> Article:
    return Article.objects.get(publisher=comparison.a)


def revised(comparison: Comparison, text: str, by: User | None = None, why: str = "") -> Revised:
    return revise(article_of(comparison), text, by, why)


def pair_with(word: str) -> Pair:
    return Pair.objects.get(members__side="a", members__claim__text__contains=word)


def claim_with(word: str) -> Claim:
    return Claim.objects.get(text__contains=word, source__name="Arden", past_version=0)


def words_of(pair: Pair, side: str = "a") -> list[str]:
    return [claim.text for claim in Pair.objects.get(pk=pair.pk).claims_of(side)]


def again(pair: Pair) -> Pair:
    pair.refresh_from_db()
    return pair


def test_a_claim_whose_sentence_stands_keeps_its_row_its_pair_and_its_review(comparison: Comparison, ana: User) -> None:
    pair, claim = pair_with("crew"), claim_with("crew")
    decide(pair, ana, "partial")
    result = revised(comparison, f"A first line that is new.\n{ARDEN}", ana, "They added a line.")
    assert (result.standing, result.changed, result.gone, result.stale) == (3, 0, 0, 0)
    claim.refresh_from_db()
    assert claim.start == ARDEN.index(CREW) + 26
    analyse(comparison)
    assert again(pair).outcome == "partial"
    assert (pair.stale, pair.withdrawn) == (False, False)
    assert pair.reviews.get().decision == "partial"
    assert list(pair.changes.values_list("what", flat=True)) == ["review"]


def test_the_words_of_reasons_and_annotations_and_those_that_differ_move_along(
    comparison: Comparison, ana: User
) -> None:
    pair, claim = pair_with("crew"), claim_with("crew")
    start = claim.start + CREW.index("asked")
    note = annotate(pair, ana, text="Asked?", claim=claim, start=start, end=start + 5)
    before = [words.text for words in pair.verdict.reasons.get(kind="agency").words.order_by("pk")]
    differing = [ARDEN[a:b] for a, b in pair.members.get(side="a").differing]
    text = f"A first line that is new.\n{ARDEN}"
    revised(comparison, text)
    note.refresh_from_db()
    assert (text[note.start : note.end], note.quote, note.suffix[:8]) == ("asked", "asked", " Velland")
    assert [words.text for words in pair.verdict.reasons.get(kind="agency").words.order_by("pk")] == before
    assert [text[a:b] for a, b in pair.members.get(side="a").differing] == differing


def test_a_sentence_that_moved_elsewhere_keeps_its_claim(comparison: Comparison) -> None:
    keys = {word: claim_with(word).pk for word in ("telephone", "crew", "medicine")}
    result = revised(comparison, f"{MEDICINE}\n{CALL}\n{CREW}")
    assert (result.standing, result.gone) == (3, 0)
    assert {word: claim_with(word).pk for word in keys} == keys


def test_where_only_blanks_differ_every_claim_stands_and_nothing_is_read_again(
    comparison: Comparison, ana: User
) -> None:
    pair, claim = pair_with("crew"), claim_with("crew")
    decide(pair, ana, "agree")
    start = claim.start + CREW.index("asked")
    note = annotate(pair, ana, text="Whom?", claim=claim, start=start, end=start + len("asked Velland"))
    Run.objects.all().delete()
    text = ARDEN.replace("\n", "\n\n").replace("asked Velland", "asked\n  Velland")
    result = revised(comparison, text)
    assert (result.standing, result.stale) == (3, 0)
    claim.refresh_from_db()
    note.refresh_from_db()
    assert claim.text == CREW.replace("asked Velland", "asked\n  Velland")
    assert note.quote == "asked\n  Velland"
    assert article_of(comparison).read_at is not None
    assert not Run.objects.exists()


def test_a_changed_claim_goes_on_as_a_new_one_and_its_decided_pair_is_stale(comparison: Comparison, ana: User) -> None:
    pair, old = pair_with("crew"), claim_with("crew")
    decide(pair, ana, "partial")
    text = ARDEN.replace("asked Velland to release", "told Velland to release")
    result = revised(comparison, text, ana)
    assert (result.standing, result.changed, result.gone, result.stale) == (2, 1, 0, 1)
    new = claim_with("told Velland")
    old.refresh_from_db()
    assert (old.past_version, old.withdrawn, list(new.follows.all())) == (1, True, [old])
    assert again(pair).stale
    assert words_of(pair) == [new.text]
    assert [former.claim for former in pair.formers.all()] == [old]
    assert (pair.outcome, pair.reviews.get().decision) == ("partial", "partial")
    analyse(comparison)
    assert again(pair).stale
    assert not pair.withdrawn
    change = pair.changes.filter(what="stale").get()
    assert (change.before, change.after, change.actor) == (CREW, new.text, ana)


def test_a_claim_that_went_leaves_its_decided_pair_waiting_with_its_words(comparison: Comparison, ana: User) -> None:
    pair, other = pair_with("crew"), pair_with("telephone")
    decide(pair, ana, "partial")
    result = revised(comparison, f"{CALL}\n{MEDICINE}")
    assert (result.standing, result.changed, result.gone, result.stale) == (2, 0, 1, 1)
    analyse(comparison)
    assert (again(pair).stale, pair.withdrawn, words_of(pair)) == (True, True, [CREW])
    assert Pair.objects.filter(pk=other.pk, withdrawn=False, stale=False).exists()
    alone = comparison.lone.values_list("claim__text", flat=True)
    assert any("Velland offered" in text for text in alone)
    decide(pair, ana, "agree")
    assert (again(pair).stale, pair.withdrawn) == (False, True)


def test_a_sentence_split_in_two_goes_on_as_both(comparison: Comparison, ana: User) -> None:
    pair = pair_with("telephone")
    decide(pair, ana, "diverge")
    halves = (
        "The two presidents spoke by telephone for one hour.",
        "They spoke about the grain corridor in the northern ports.",
    )
    revised(comparison, ARDEN.replace(CALL, " ".join(halves)), ana)
    assert words_of(pair) == list(halves)
    assert again(pair).stale
    analyse(comparison)
    assert again(pair).outcome == "diverge"
    assert words_of(pair) == list(halves)


def test_two_sentences_joined_to_one_share_it_and_one_pair_each_is_kept(comparison: Comparison, ana: User) -> None:
    one, other = pair_with("telephone"), pair_with("crew")
    for pair in (one, other):
        decide(pair, ana, "agree")
    joined = f"{CALL[:-1]}, and {CREW}"
    revised(comparison, ARDEN.replace(f"{CALL}\n{CREW}", joined), ana)
    analyse(comparison)
    assert words_of(one) == words_of(other) == [joined]
    assert again(one).stale
    assert again(other).stale
    assert Review.objects.count() == 2


def test_a_rejected_pair_whose_words_changed_waits_too_and_stays_rejected_till_then(
    comparison: Comparison, ana: User
) -> None:
    pair = pair_with("crew")
    decide(pair, ana, "no_match")
    revised(comparison, ARDEN.replace("asked Velland", "told Velland"), ana)
    analyse(comparison)
    assert (again(pair).stale, pair.outcome) == (True, "no_match")
    assert not Pair.objects.standing().filter(claims__text__contains="told Velland").exists()


def test_a_pair_that_nobody_decided_on_goes_on_without_a_mark(comparison: Comparison) -> None:
    pair = pair_with("crew")
    revised(comparison, ARDEN.replace("asked Velland", "told Velland"))
    analyse(comparison)
    assert not again(pair).stale
    assert words_of(pair) == [CREW.replace("asked Velland", "told Velland")]


def test_deciding_anew_settles_it_and_undo_brings_it_back(comparison: Comparison, ana: User) -> None:
    pair = pair_with("crew")
    decide(pair, ana, "partial")
    made_at = pair.reviews.get().made_at
    revised(comparison, ARDEN.replace("asked Velland", "told Velland"), ana)
    decide(pair, ana, "partial")
    assert not again(pair).stale
    assert pair.changed_at is not None
    assert pair.reviews.get().made_at > pair.changed_at
    undo(ana)
    assert again(pair).stale
    assert pair.reviews.get().decision == "partial"
    assert made_at <= pair.reviews.get().made_at < pair.changed_at
    assert pair.changed_at is not None
    assert pair.reviews.get().made_at < pair.changed_at


def test_words_of_an_annotation_that_still_stand_are_found_by_their_context(comparison: Comparison, ana: User) -> None:
    pair, claim = pair_with("telephone"), claim_with("telephone")
    start = claim.start + CALL.index("the northern")
    note = annotate(pair, ana, text="Which?", claim=claim, start=start, end=start + 3)
    text = ARDEN.replace("about the grain corridor in", "about the wheat corridor in")
    revised(comparison, text)
    note.refresh_from_db()
    assert note.claim == claim_with("wheat")
    assert note.start is not None
    assert text[note.start : note.start + 12] == "the northern"


def test_an_annotation_whose_words_changed_stays_with_them(comparison: Comparison, ana: User) -> None:
    pair, claim = pair_with("crew"), claim_with("crew")
    start = claim.start + CREW.index("asked")
    note = annotate(pair, ana, text="Asked?", claim=claim, start=start, end=start + 5)
    revised(comparison, ARDEN.replace("asked Velland", "told Velland"))
    note.refresh_from_db()
    claim.refresh_from_db()
    assert (note.quote, note.claim, claim.past_version) == ("asked", claim, 1)
    analyse(comparison)
    assert note.pair.annotations.count() == 1


def test_a_correction_holds_for_what_its_claim_goes_on_as(comparison: Comparison, ana: User) -> None:
    claim = claim_with("medicine")
    omber = comparison.event.sources.get(name="Omber")
    said = correct_source(claim, ana, source=omber)
    text = ARDEN.replace("before winter", "before spring")
    revised(comparison, text)
    analyse(comparison)
    new = Claim.objects.current().get(text__contains="before spring")
    assert new.standing_source == omber
    assert list(new.corrections.values_list("editor", "made_at")) == [(ana.pk, said.made_at)]
    revised(comparison, f"New.\n{text}")
    assert Claim.objects.current().get(text__contains="before spring") == new


def test_the_earlier_text_again_brings_back_what_was_said_of_it(comparison: Comparison, ana: User) -> None:
    changed, gone = pair_with("crew"), pair_with("telephone")
    claims = {pair: pair.claims_of("a") for pair in (changed, gone)}
    start = claims[gone][0].start + 4
    note = annotate(gone, ana, text="Two?", claim=claims[gone][0], start=start, end=start + 3)
    for pair in (changed, gone):
        decide(pair, ana, "partial")
    revised(comparison, f"{CREW.replace('asked', 'told')}\n{MEDICINE}", ana)
    analyse(comparison)
    assert again(changed).stale
    assert again(gone).stale
    revised(comparison, f"Back again.\n{ARDEN}", ana)
    for pair, had in claims.items():
        assert (again(pair).stale, pair.withdrawn, pair.claims_of("a")) == (False, False, had)
    note.refresh_from_db()
    assert note.quote == "two"
    analyse(comparison)
    assert [again(pair).outcome for pair in (changed, gone)] == ["partial", "partial"]
    assert [pair.withdrawn for pair in (changed, gone)] == [False, False]


def test_two_versions_quickly_after_one_another_keep_what_people_read(comparison: Comparison, ana: User) -> None:
    pair = pair_with("crew")
    decide(pair, ana, "partial")
    revised(comparison, ARDEN.replace("asked Velland", "told Velland"), ana)
    revised(comparison, ARDEN.replace("asked Velland to", "told Velland yesterday to"), ana)
    assert [former.claim.text for former in pair.formers.all()] == [CREW]
    assert words_of(pair) == [CREW.replace("asked Velland to", "told Velland yesterday to")]
    assert list(Claim.objects.filter(past_version__gt=0).values_list("past_version", flat=True)) == [1, 2]
    assert [run.state for run in Run.objects.filter(event=comparison.event, state="queued")] == ["queued"]
    analyse(comparison)
    assert again(pair).stale
    assert Claim.objects.current().filter(article=article_of(comparison)).count() == 3


def test_only_comparisons_whose_claims_changed_are_matched_again(comparison: Comparison) -> None:
    omber = comparison.event.sources.get(name="Omber")
    add_article(comparison.event, text="Omber sent a ship to the strait.", publisher="Omber")
    analyse(comparison)
    stamps = dict(comparison.event.comparisons.values_list("pk", "matched_at"))
    revised(comparison, ARDEN.replace("before winter", "before spring"))
    with mock.patch.object(StoredVectors, "put_many", autospec=True, side_effect=StoredVectors.put_many) as put:
        analyse(comparison)
    again = {one for one in comparison.event.comparisons.all() if one.matched_at != stamps[one.pk]}
    assert again == set(comparison.event.comparisons.filter(a__name="Arden"))
    assert comparison.event.comparisons.get(b=omber, a__name="Velland") not in again
    assert [list(call.args[2]) for call in put.call_args_list] == [[MEDICINE.replace("winter", "spring")]]


def test_a_worker_that_read_the_old_text_stores_nothing_of_it(comparison: Comparison) -> None:
    article = article_of(comparison)
    Article.objects.filter(pk=article.pk).update(read_at=None)
    text = f"New.\n{ARDEN}"

    def overtaken(*args: object, **kwargs: object) -> list[object]:
        revise(article, text, None)
        return []

    with mock.patch.object(reading, "attribute", side_effect=overtaken):
        reading.read_article(article)
    assert article_of(comparison).read_at is None
    assert Claim.objects.current().filter(article=article).count() == 3
    analyse(comparison)
    assert Claim.objects.current().filter(article=article).count() == 4


def test_a_matching_that_a_new_text_overtakes_stores_nothing_and_is_done_again(
    comparison: Comparison, ana: User
) -> None:
    pair = pair_with("crew")
    decide(pair, ana, "partial")
    compare = comparing.compare_sources

    def overtaken(*args: Any, **kwargs: Any) -> object:
        result = compare(*args, **kwargs)
        revised(comparison, ARDEN.replace("asked Velland", "told Velland"), ana)
        return result

    stamp = comparison.matched_at
    with mock.patch.object(comparing, "compare_sources", side_effect=overtaken):
        matching.match_comparison(comparison)
    comparison.refresh_from_db()
    assert comparison.matched_at == stamp
    assert comparison.due_since is not None
    analyse(comparison)
    assert words_of(pair) == [CREW.replace("asked", "told")]
    assert again(pair).stale


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ARDEN, "This is the text that is stored now"),
        (ARDEN.replace("\n", "\r\n"), "This is the text that is stored now"),
        (VELLAND, "The event has this very text already"),
        (" \n", "There is no text here"),
        ("A \0 sign", "This is not text"),
        ("x" * 1_000_001, "an article may have 1 MB"),
    ],
)
def test_what_is_no_new_text_is_refused(comparison: Comparison, text: str, problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        revised(comparison, text)
    assert article_of(comparison).version == 1


def test_a_text_made_from_an_overtaken_version_is_refused(comparison: Comparison) -> None:
    article = article_of(comparison)
    revise(article, f"New.\n{ARDEN}", None, seen=1)
    with pytest.raises(Refused, match="Somebody else stored version 2"):
        revise(article, f"Newer.\n{ARDEN}", None, seen=1)
