"""Sharing pairs out: even, mixed, never twice to the same, and taken back."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from django.contrib.auth.models import User

from claims.models import Assignment, Event
from claims.models.assignment import reviewers, with_load
from claims.services.adjudicate import adjudicate
from claims.services.assign import assign, assignable, plan, share_out, take_back
from claims.services.refusals import Refused, Stale
from claims.services.review import decide
from tests.factories import make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_large(12, pairs=12).event


@pytest.fixture
def editor() -> User:
    return make_user("editor")


@pytest.fixture
def three() -> list[User]:
    return [make_user(name=name) for name in ("ana", "ben", "cem")]


def keys(people: list[User]) -> list[int]:
    return [person.pk for person in people]


def test_everybody_gets_as_much_and_every_two_meet() -> None:
    made = share_out(range(12), [1, 2, 3], per_pair=2, covered={}, load={})
    assert made.load == {1: 8, 2: 8, 3: 8}
    on = Counter(pair for pair, _ in made.shares)
    assert set(on.values()) == {2}
    meetings = Counter(
        two
        for pair in range(12)
        for two in combinations(sorted(person for key, person in made.shares if key == pair), 2)
    )
    assert meetings == {(1, 2): 4, (1, 3): 4, (2, 3): 4}


def test_who_has_more_to_do_gets_less() -> None:
    made = share_out(range(4), [1, 2], per_pair=1, covered={}, load={1: 4})
    assert made.load == {2: 4}


def test_who_has_a_pair_already_counts_and_is_not_given_it_again() -> None:
    made = share_out([7, 8], [1, 2], per_pair=2, covered={7: {1}, 8: {3, 4}}, load={})
    assert (made.shares, made.full, made.short) == (((7, 2),), 1, 0)


def test_it_says_where_there_are_too_few_reviewers() -> None:
    made = share_out([7], [1], per_pair=3, covered={7: {1}}, load={})
    assert (made.shares, made.full, made.short) == ((), 0, 1)


def test_assigning_writes_who_has_what_and_the_history(event: Event, editor: User, three: list[User]) -> None:
    assign(event, editor, assignable(event), keys(three), per_pair=2, version=0)
    assert Counter(Assignment.objects.values_list("reviewer__username", flat=True)) == {"ana": 8, "ben": 8, "cem": 8}
    pair = assignable(event)[0]
    told = {change.after for change in pair.changes.filter(what="assigned", actor=editor)}
    assert told == {one.reviewer.username for one in pair.assignments.all()}
    assert len(told) == 2


def test_assigning_again_adds_only_what_is_missing(event: Event, editor: User, three: list[User]) -> None:
    assign(event, editor, assignable(event), keys(three), per_pair=1, version=0)
    assign(event, editor, assignable(event), keys(three), per_pair=2, version=1)
    assert Assignment.objects.count() == 24
    with pytest.raises(Refused, match="Nothing is left to assign"):
        assign(event, editor, assignable(event), keys(three), per_pair=2, version=2)


def test_who_decided_already_is_not_asked_again(event: Event, editor: User, three: list[User]) -> None:
    for pair in assignable(event):
        decide(pair, three[0], "agree")
    made = assign(event, editor, assignable(event), keys(three), per_pair=2, version=0)
    assert set(made.load) == {three[1].pk, three[2].pk}


def test_the_load_says_what_is_done_and_what_waits(event: Event, editor: User, three: list[User]) -> None:
    assign(event, editor, assignable(event), keys(three), per_pair=1, version=0)
    mine = [one.pair for one in Assignment.objects.filter(reviewer=three[0])]
    decide(mine[0], three[0], "agree")
    adjudicate(mine[1], editor, decision="agree", why="So it is.", version=0)
    ana = with_load(reviewers(), event.pk).get(pk=three[0].pk)
    told = vars(ana)
    assert [told[name] for name in ("assigned", "done", "waiting", "waiting_everywhere")] == [4, 1, 2, 2]


def test_what_is_not_done_is_taken_back(event: Event, editor: User, three: list[User]) -> None:
    assign(event, editor, assignable(event), keys(three), per_pair=1, version=0)
    done = Assignment.objects.filter(reviewer=three[0])[0]
    decide(done.pair, three[0], "agree")
    assert take_back(event, editor, three[0].pk, version=1) == 3
    assert list(Assignment.objects.filter(reviewer=three[0])) == [done]
    assert Assignment.objects.exclude(reviewer=three[0]).count() == 8


def test_of_two_editors_on_the_same_ground_the_second_is_told(event: Event, editor: User, three: list[User]) -> None:
    assign(event, editor, assignable(event), keys(three), per_pair=1, version=0)
    with pytest.raises(Stale):
        assign(event, editor, assignable(event), keys(three), per_pair=3, version=0)
    with pytest.raises(Stale):
        take_back(event, editor, three[0].pk, version=0)
    assert Assignment.objects.count() == 12


def test_only_who_may_review_is_chosen(event: Event) -> None:
    reader = make_user("reader")
    for people in ([], [reader.pk], [4711]):
        with pytest.raises(Refused) as refused:
            plan(assignable(event), people, per_pair=1)
        assert list(refused.value.problems) == ["people"]


@pytest.mark.parametrize("per_pair", [0, 4])
def test_a_pair_has_at_most_as_many_reviewers_as_may_review(event: Event, three: list[User], per_pair: int) -> None:
    with pytest.raises(Refused) as refused:
        plan(assignable(event), keys(three), per_pair=per_pair)
    assert list(refused.value.problems) == ["per_pair"]
