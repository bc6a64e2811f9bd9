"""Every rule of the data model, broken once: the database itself refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import (
    Annotation,
    Change,
    Claim,
    Comparison,
    Correction,
    Event,
    Fix,
    Former,
    Pair,
    PairClaim,
    PublicLink,
    ReasonReview,
    Report,
    Review,
    Round,
    Run,
    SavedSearch,
    Silence,
    Source,
    Verdict,
    Version,
)
from claims.models.verdict import Reason, ReasonWords
from claims.services.ingest import SourceDraft, add_article, add_event
from claims.services.revise import revise

pytestmark = pytest.mark.django_db

TEXT = "Arden spoke for an hour. Velland says it was two."


@pytest.fixture
def event() -> Event:
    event = add_event(title="Call", date=None, sources=[SourceDraft("Arden"), SourceDraft("Velland")])
    add_article(event, text=TEXT, publisher="The Courier")
    return event


def claim_of(event: Event, name: str, start: int, end: int, **fields: Any) -> Claim:
    values = {"text": TEXT[start:end], "source": event.sources.get(name=name), **fields}
    return Claim.objects.create(article=event.articles.get(), start=start, end=end, **values)


@pytest.fixture
def pair(event: Event) -> Pair:
    pair = Pair.objects.create(comparison=event.comparisons.get(), key="1|2", score=0.7)
    PairClaim.objects.create(pair=pair, claim=claim_of(event, "Arden", 0, 24), side="a")
    PairClaim.objects.create(pair=pair, claim=claim_of(event, "Velland", 25, 49), side="b")
    return pair


def refused() -> Any:
    return pytest.raises(IntegrityError)


def test_a_claim_ends_within_its_text(event: Event) -> None:
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 40, len(TEXT) + 1, text=TEXT[40:])


def test_a_claim_is_the_slice_between_its_offsets(event: Event) -> None:
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 0, 5, text="arden")
    claim = claim_of(event, "Arden", 0, 5)
    claim.end = 6
    with refused(), transaction.atomic():
        claim.save()


def test_offsets_count_code_points_beyond_the_basic_plane(event: Event) -> None:
    text = "𝔘nd 😀 sagte er."
    article = add_article(event, text=text, publisher="The Courier")
    claim = Claim.objects.create(article=article, start=4, end=5, text="😀", voice="The Courier")
    assert article.text[claim.start : claim.end] == "😀"


def test_an_empty_claim_is_refused(event: Event) -> None:
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 5, 5)


def test_a_cue_lies_within_the_text(event: Event) -> None:
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 0, 5, cue_start=3, cue_end=len(TEXT) + 1)
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 0, 5, cue_start=3)


def test_a_place_in_a_text_has_one_claim(event: Event) -> None:
    claim_of(event, "Arden", 0, 5)
    with refused(), transaction.atomic():
        claim_of(event, "Velland", 0, 5)


def test_a_claim_has_a_source_or_a_voice_and_not_both(event: Event) -> None:
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 0, 5, voice="The Courier")
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 0, 5, source=None)


def test_a_reviewer_has_one_review_of_a_pair(pair: Pair) -> None:
    ana = User.objects.create(username="ana")
    Review.objects.create(pair=pair, reviewer=ana, decision="agree")
    Review.objects.create(pair=pair, reviewer=User.objects.create(username="ben"), decision="agree")
    with refused(), transaction.atomic():
        Review.objects.create(pair=pair, reviewer=ana, decision="diverge")


def test_a_review_is_one_of_four_decisions(pair: Pair) -> None:
    with refused(), transaction.atomic():
        Review.objects.create(pair=pair, reviewer=User.objects.create(username="ana"), decision="maybe")


def test_the_claims_of_a_pair_belong_to_the_sources_of_its_comparison(event: Event, pair: Pair) -> None:
    stranger = claim_of(event, "Arden", 6, 11, source=None, voice="The Courier")
    with refused(), transaction.atomic():
        PairClaim.objects.create(pair=pair, claim=stranger, side="a")
    with refused(), transaction.atomic():
        PairClaim.objects.create(pair=pair, claim=claim_of(event, "Arden", 12, 15), side="b")


def test_a_persons_correction_decides_which_side_a_claim_belongs_to(event: Event, pair: Pair) -> None:
    claim = claim_of(event, "Arden", 12, 15)
    ana = User.objects.create(username="ana")
    claim.standing_correction = Correction.objects.create(
        claim=claim, editor=ana, source=event.sources.get(name="Velland")
    )
    claim.save()
    PairClaim.objects.create(pair=pair, claim=claim, side="b")
    with refused(), transaction.atomic():
        PairClaim.objects.create(pair=pair, claim=claim, side="a")


def test_a_comparison_holds_two_sources_of_one_event_once(event: Event) -> None:
    a, b = event.sources.all()
    other = add_event(title="Other", date=None, sources=[SourceDraft("Arden"), SourceDraft("Ilmara")])
    for wrong in ({"a": a, "b": b}, {"a": b, "b": a}, {"a": a, "b": a}, {"a": a, "b": other.sources.last()}):
        with refused(), transaction.atomic():
            Comparison.objects.create(event=event, **wrong)


def test_a_source_is_named_once_in_its_event(event: Event) -> None:
    with refused(), transaction.atomic():
        Source.objects.create(event=event, name="Arden", slug="other")


def test_only_a_divergence_has_a_kind_and_it_needs_one(pair: Pair) -> None:
    for wrong in ({"relation": "agree", "kind": "account"}, {"relation": "diverge", "kind": ""}):
        with refused(), transaction.atomic():
            Verdict.objects.create(pair=pair, confidence=0.5, **wrong)


def test_the_words_of_a_reason_lie_in_their_claim(pair: Pair) -> None:
    verdict = Verdict.objects.create(pair=pair, relation="partial", confidence=0.5)
    reason = Reason.objects.create(verdict=verdict, kind="number", explanation="One hour; two.")
    claim = pair.claims_of("a")[0]
    assert ReasonWords.objects.create(reason=reason, side="a", claim=claim, start=16, end=23).text == "an hour"
    with refused(), transaction.atomic():
        ReasonWords.objects.create(reason=reason, side="a", claim=claim, start=16, end=30)


def test_an_annotation_quotes_the_very_words(pair: Pair) -> None:
    claim, ana = pair.claims_of("a")[0], User.objects.create(username="ana")
    anchored = {"pair": pair, "author": ana, "text": "Which hour?", "claim": claim, "start": 16, "end": 23}
    Annotation.objects.create(**anchored, quote="an hour")
    for wrong in ({"quote": "two hours"}, {"quote": ""}):
        with refused(), transaction.atomic():
            Annotation.objects.create(**anchored, **wrong)


def test_an_article_has_one_publisher(event: Event) -> None:
    article = event.articles.get()
    article.outlet = ""
    with refused(), transaction.atomic():
        article.save()


def test_an_event_has_one_run_queued_and_one_under_way(event: Event) -> None:
    with refused(), transaction.atomic():
        Run.objects.create(event=event)
    Run.objects.create(event=event, state="reading")
    with refused(), transaction.atomic():
        Run.objects.create(event=event, state="matching")


def test_a_failed_run_says_why(event: Event) -> None:
    with refused(), transaction.atomic():
        Run.objects.create(event=event, state="failed")


def test_a_pair_has_a_score_or_somebody_who_made_it(event: Event) -> None:
    ana, comparison = User.objects.create(username="ana"), event.comparisons.get()
    now = timezone.now()
    Pair.objects.create(comparison=comparison, key="1|2", made_by=ana, made_at=now)
    for wrong in ({"made_by": ana, "made_at": now, "score": 0.5}, {"made_by": ana, "score": 0.5}, {}):
        with refused(), transaction.atomic():
            Pair.objects.create(comparison=comparison, key="3|4", **wrong)


def test_a_pair_that_was_merged_into_another_stands_no_longer(event: Event, pair: Pair) -> None:
    with refused(), transaction.atomic():
        Pair.objects.create(comparison=event.comparisons.get(), key="~2", score=0.5, merged_into=pair)


def test_only_a_verdict_that_is_awaited_says_nothing(pair: Pair) -> None:
    with refused(), transaction.atomic():
        Verdict.objects.create(pair=pair, relation="", confidence=0.5)
    Verdict.objects.create(pair=pair, relation="", confidence=0)


def test_edges_drawn_by_hand_say_who_and_when(event: Event) -> None:
    with refused(), transaction.atomic():
        claim_of(event, "Arden", 0, 5, made_by=User.objects.create(username="ana"))


def test_silence_is_confirmed_once_for_a_claim_of_a_comparison(event: Event, pair: Pair) -> None:
    silence = {"comparison": event.comparisons.get(), "claim": pair.claims_of("a")[0]}
    Silence.objects.create(**silence, by=User.objects.create(username="ana"))
    with refused(), transaction.atomic():
        Silence.objects.create(**silence, by=User.objects.create(username="ben"))


def test_a_fix_is_of_a_known_kind(event: Event) -> None:
    with refused(), transaction.atomic():
        Fix.objects.create(event=event, actor=User.objects.create(username="ana"), kind="guessed")


def test_a_change_is_on_a_pair_or_a_claim_or_a_report_or_is_a_bulk(event: Event, pair: Pair) -> None:
    claim = claim_of(event, "Arden", 0, 5)
    whole = Change.objects.create(what="review", size=2, after="agree")
    report = Report.objects.create(event=event)
    for right in ({"pair": pair}, {"claim": claim}, {"report": report}, {"pair": pair, "part_of": whole}):
        Change.objects.create(what="review", **right)
    for wrong in (
        {},
        {"pair": pair, "claim": claim},
        {"pair": pair, "report": report},
        {"pair": pair, "size": 1},
        {"size": 1, "part_of": whole},
    ):
        with refused(), transaction.atomic():
            Change.objects.create(what="review", **wrong)


def test_only_what_people_do_is_undone_and_taking_back_is_not(pair: Pair) -> None:
    for what in Change.ACTS:
        Change.objects.create(pair=pair, what=what, reason="tone", undone_at=pair.created_at)
    for what in set(Change.What) - set(Change.ACTS):
        with refused(), transaction.atomic():
            Change.objects.create(pair=pair, what=what, undone_at=pair.created_at)
    with refused(), transaction.atomic():
        Change.objects.create(pair=pair, what="review", takes_back=True, undone_at=pair.created_at)


def test_a_word_on_a_reason_names_the_kind_of_the_reason(pair: Pair) -> None:
    with refused(), transaction.atomic():
        Change.objects.create(pair=pair, what="reason")


def test_a_reviewer_says_one_thing_of_one_reason(pair: Pair) -> None:
    ana = User.objects.create(username="ana")
    ReasonReview.objects.create(pair=pair, reviewer=ana, kind="tone", words="warm", says="right")
    ReasonReview.objects.create(pair=pair, reviewer=ana, kind="tone", words="cold", says="right")
    with refused(), transaction.atomic():
        ReasonReview.objects.create(pair=pair, reviewer=ana, kind="tone", words="warm", says="dismissed")


def test_a_word_on_a_reason_is_one_of_three_on_a_known_kind(pair: Pair) -> None:
    ana = User.objects.create(username="ana")
    for wrong in ({"kind": "tone", "says": "maybe"}, {"kind": "mood", "says": "right"}):
        with refused(), transaction.atomic():
            ReasonReview.objects.create(pair=pair, reviewer=ana, words="warm", **wrong)


def test_somebody_has_one_round_through_a_selection() -> None:
    ana = User.objects.create(username="ana")
    Round.objects.create(user=ana, selection="relation=agree")
    with refused(), transaction.atomic():
        Round.objects.create(user=ana, selection="relation=agree")


def test_an_article_holds_the_text_of_its_newest_version(event: Event) -> None:
    article = event.articles.get()
    assert article.versions.get().text == TEXT
    article.text = f"{TEXT} And more."
    with refused(), transaction.atomic():
        article.save()
    article.refresh_from_db()
    article.versions.create(number=2, text="Another.")
    with refused(), transaction.atomic():
        article.save()


def test_a_version_has_a_number_of_its_own_from_one_and_a_text(event: Event) -> None:
    article = event.articles.get()
    for wrong in ({"number": 1, "text": "Another."}, {"number": 0, "text": "Another."}, {"number": 2, "text": ""}):
        with refused(), transaction.atomic():
            Version.objects.create(article=article, **wrong)


def test_the_text_of_a_version_never_changes(event: Event) -> None:
    version = event.articles.get().versions.get()
    for wrong in ({"text": "Another."}, {"number": 3}):
        with refused(), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**wrong)
    Version.objects.filter(pk=version.pk).update(why="As it came.")


def test_a_past_claim_is_withdrawn_and_lies_in_the_text_of_its_version(event: Event) -> None:
    claim = claim_of(event, "Arden", 0, 24)
    revise(event.articles.get(), "Nothing of it stands.", None)
    claim.refresh_from_db()
    assert (claim.past_version, claim.withdrawn) == (1, True)
    for wrong in (
        {"withdrawn": False},
        {"past_version": 0},
        {"past_version": 2},
        {"end": 23},
        {"cue_start": 1, "cue_end": 99},
    ):
        with refused(), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**wrong)


def test_a_stale_pair_says_since_when(pair: Pair) -> None:
    with refused(), transaction.atomic():
        Pair.objects.filter(pk=pair.pk).update(stale=True)
    Pair.objects.filter(pk=pair.pk).update(stale=True, changed_at=timezone.now())


def test_a_claim_that_stood_in_a_pair_did_so_once_and_on_a_side(pair: Pair) -> None:
    claim = pair.claims_of("a")[0]
    Former.objects.create(pair=pair, claim=claim, side="a")
    for wrong in ({"claim": claim, "side": "a"}, {"claim": pair.claims_of("b")[0], "side": "c"}):
        with refused(), transaction.atomic():
            Former.objects.create(pair=pair, **wrong)


def test_a_report_is_one_for_its_event_and_one_for_its_comparison(event: Event) -> None:
    comparison = event.comparisons.get()
    Report.objects.create(event=event)
    Report.objects.create(event=event, comparison=comparison)
    for told in ({}, {"comparison": comparison}):
        with refused(), transaction.atomic():
            Report.objects.create(event=event, **told)


def test_a_link_expires_after_it_was_made_and_is_revoked_by_somebody(event: Event) -> None:
    maker = User.objects.create_user("maker")
    link = PublicLink.objects.create(report=Report.objects.create(event=event), made_by=maker)
    for told in ({"expires_at": link.made_at}, {"revoked_at": link.made_at}, {"revoked_by": maker}):
        with refused(), transaction.atomic():
            PublicLink.objects.filter(pk=link.pk).update(**told)


def test_a_link_has_a_token_of_its_own(event: Event) -> None:
    maker, report = User.objects.create_user("maker"), Report.objects.create(event=event)
    token = PublicLink.objects.create(report=report, made_by=maker).token
    with refused(), transaction.atomic():
        PublicLink.objects.create(report=report, made_by=maker, token=token)


def test_a_saved_search_has_a_name_of_its_owner_and_a_query() -> None:
    user = User.objects.create_user("somebody")
    SavedSearch.objects.create(user=user, name="Calls", query="call")
    for told in ({"name": "Calls", "query": "talk"}, {"name": "", "query": "talk"}, {"name": "Talks", "query": ""}):
        with refused(), transaction.atomic():
            SavedSearch.objects.create(user=user, **told)
