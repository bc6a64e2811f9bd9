"""Learning from decisions: what is needed, what is shown before, what applying and going back touch."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import Calibration, Comparison, Pair, Review, Source
from claims.services.annotate import annotate
from claims.services.learning import apply, go_back, propose, scale_in_use
from claims.services.measuring import bands_of, measure
from claims.services.refusals import Refused
from claims.services.review import decide
from tests.factories import make_large, make_user

pytestmark = pytest.mark.django_db

MODEL = "all-MiniLM-L6-v2"


@pytest.fixture
def ana() -> User:
    return make_user("reviewer", name="ana")


@pytest.fixture
def comparison() -> Comparison:
    """Return a comparison of sixty pairs whose scores run from 0.32 to 0.91."""
    comparison = make_large(60, pairs=60)
    pairs = list(comparison.pairs.order_by("pk"))
    for place, pair in enumerate(pairs):
        pair.score = round(0.32 + 0.01 * place, 2)
        pair.sure = pair.score >= 0.9
    Pair.objects.bulk_update(pairs, ["score", "sure"])
    return comparison


def decide_all(comparison: Comparison, reviewer: User, *, right_from: float, every: int = 1) -> None:
    for pair in list(comparison.pairs.order_by("pk"))[::every]:
        decide(pair, reviewer, "agree" if (pair.score or 0) >= right_from else "no_match")


def sure_scores() -> list[float]:
    sure = Pair.objects.filter(sure=True, score__isnull=False).order_by("score")
    return [score for score in sure.values_list("score", flat=True) if score is not None]


def test_too_few_decisions_are_refused_and_it_says_how_many_are_missing(comparison: Comparison, ana: User) -> None:
    decide_all(comparison, ana, right_from=0.5, every=3)
    proposal = propose()
    assert (proposal.decisions, proposal.missing, proposal.fit) == (20, 10, None)
    with pytest.raises(Refused, match="10 more decisions are needed: 20 pairs are decided"):
        apply(ana)
    assert not Calibration.objects.exists()


def test_what_is_shown_before_is_what_happens(comparison: Comparison, ana: User) -> None:
    decide_all(comparison, ana, right_from=0.0, every=2)
    before = set(sure_scores())
    proposal = propose()
    become, leave, fall = proposal.effects
    assert (become.what, leave.what, fall.what) == ("become sure", "are no longer sure", "fall below suggested")
    assert become.pairs > 0
    assert become.comparisons == 1
    made = apply(ana, seen=proposal.mark)
    after = set(sure_scores())
    assert (len(after - before), len(before - after)) == (become.pairs, leave.pairs)
    assert (made.in_use, made.decisions, made.by, made.model) == (True, 30, ana, MODEL)
    assert {pair.score for pair in become.first} <= after


def test_pairs_below_the_new_line_stay_until_they_are_matched_again(comparison: Comparison, ana: User) -> None:
    decide_all(comparison, ana, right_from=0.75, every=2)
    annotated = comparison.pairs.order_by("score")[1]
    fall = propose().effects[2]
    annotate(annotated, ana, text="Look at this again.")
    assert propose().effects[2].pairs == fall.pairs - 1
    apply(ana)
    assert Pair.objects.count() == 60


def test_reviews_and_outcomes_are_never_touched(comparison: Comparison, ana: User) -> None:
    decide_all(comparison, ana, right_from=0.6)
    before = list(Pair.objects.order_by("pk").values_list("outcome", "score", "withdrawn"))
    apply(ana)
    assert list(Pair.objects.order_by("pk").values_list("outcome", "score", "withdrawn")) == before
    assert Review.objects.count() == 60


def test_a_tie_between_reviewers_counts_for_neither(comparison: Comparison, ana: User) -> None:
    pair = comparison.pairs.all()[0]
    decide(pair, ana, "agree")
    assert propose().decisions == 1
    decide(pair, make_user(name="ben"), "no_match")
    assert propose().decisions == 0
    decide(pair, make_user(name="eve"), "diverge")
    assert propose().decisions == 1


def test_decisions_that_came_in_after_it_was_shown_are_looked_at_first(comparison: Comparison, ana: User) -> None:
    decide_all(comparison, ana, right_from=0.5, every=2)
    seen = propose().mark
    decide(Pair.objects.filter(reviews=None)[0], ana, "agree")
    with pytest.raises(Refused, match="come in since"):
        apply(ana, seen=seen)
    assert not Calibration.objects.exists()


def test_one_goes_back_to_an_earlier_one_and_to_what_came_along(comparison: Comparison, ana: User) -> None:
    came_along = sure_scores()
    decide_all(comparison, ana, right_from=0.0, every=2)
    first, with_first = apply(ana), sure_scores()
    decide_all(comparison, ana, right_from=0.7)
    second, with_second = apply(ana), sure_scores()
    assert with_first != with_second
    go_back(first)
    assert sure_scores() == with_first
    assert list(Calibration.objects.filter(in_use=True)) == [first]
    go_back(None)
    assert sure_scores() == came_along
    assert set(Calibration.objects.all()) == {first, second}
    assert scale_in_use(MODEL) is None


def test_a_calibration_holds_for_the_scores_of_its_model_alone(comparison: Comparison, ana: User) -> None:
    decide_all(comparison, ana, right_from=0.5)
    apply(ana)
    assert scale_in_use(MODEL) is not None
    assert scale_in_use("another") is None
    Comparison.objects.update(model="another")
    assert propose().decisions == 60
    Comparison.objects.create(
        event=comparison.event, a=comparison.b, b=_third(comparison), model="third", matched_at=timezone.now()
    )
    assert (propose().model, propose().decisions) == ("third", 0)


def _third(comparison: Comparison) -> Source:
    return comparison.event.sources.create(name="Norrin", slug="norrin", position=2)


def test_only_one_calibration_is_in_use(comparison: Comparison, ana: User) -> None:
    decide_all(comparison, ana, right_from=0.5)
    apply(ana)
    apply(ana)
    assert Calibration.objects.filter(in_use=True).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Calibration.objects.update(in_use=True)


@pytest.mark.parametrize(
    "wrong", [{"slope": 0.0}, {"slope": -1.0}, {"suggested": 0.95}, {"sure": 1.2}, {"suggested": -0.1}]
)
def test_a_calibration_keeps_the_order_of_scores_and_of_its_lines(wrong: dict[str, float]) -> None:
    fields = {"decisions": 30, "intercept": 0.0, "slope": 1.0, "suggested": 0.3, "sure": 0.9, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Calibration.objects.create(model=MODEL, **fields)


def test_bands_count_what_was_right_and_what_was_expected() -> None:
    class Same:
        def chance(self, score: float) -> float:
            return score

    low, high = bands_of([(0.31, False), (0.39, True), (1.0, True)], Same())  # type: ignore[arg-type]
    assert (low.low, low.found.right, low.found.count) == (0.3, 1, 2)
    assert low.expected == pytest.approx(0.35)
    assert (high.low, high.high, high.found.share) == (0.9, 1.0, 1.0)


def test_a_relation_is_confirmed_among_those_that_hold_the_pair_for_a_match(comparison: Comparison, ana: User) -> None:
    agreeing = list(comparison.pairs.filter(verdict__relation="agree"))
    for pair, decision in zip(agreeing, ["agree", "agree", "diverge", "no_match"], strict=False):
        decide(pair, ana, decision)
    Review.objects.filter(pair=agreeing[0]).update(made_at=dt.datetime(2031, 3, 4, tzinfo=dt.UTC))
    found = measure(MODEL, propose().standing)
    agree = found.relations[0]
    assert (agree.relation, agree.found.right, agree.found.count) == ("agree", 2, 3)
    assert dict(agree.said) == {"agree": 2, "partial": 0, "diverge": 1, "no_match": 1}
    assert [month.matches.count for month in sorted(found.months, key=lambda month: month.matches.count)] == [1, 3]


def learn(*arguments: str) -> str:
    told = StringIO()
    call_command("learn", *arguments, stdout=told)
    return told.getvalue()


def test_the_command_tells_first_and_applies_when_told_to(comparison: Comparison, ana: User) -> None:
    assert "30 more decisions are needed" in learn()
    with pytest.raises(CommandError, match="30 more decisions are needed"):
        learn("--apply")
    decide_all(comparison, ana, right_from=0.5)
    told = json.loads(learn("--json"))
    assert (told["decisions"], told["missing"], told["applied"]) == (60, 0, False)
    assert told["effects"][0]["what"] == "become sure"
    assert "Nothing was changed" in learn()
    assert not Calibration.objects.exists()
    assert learn("--apply").rstrip().endswith("Applied.")
    assert Calibration.objects.get().by is None
