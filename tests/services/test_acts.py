"""Taking back what one did last, whichever kind it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Annotation, Assignment, Change, Claim, Comparison, Pair, Review
from claims.services.acts import last_act, name_of, take_back
from claims.services.adjudicate import adjudicate, reopen_final
from claims.services.annotate import annotate, reopen, reply, resolve
from claims.services.assign import assign, assignable
from claims.services.assign import take_back as take_assignments_back
from claims.services.correct import correct_source
from claims.services.joining import join
from claims.services.refusals import Refused
from claims.services.review import decide
from claims.services.threads import edit_annotation, edit_reply, take_reply_back
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def comparison() -> Comparison:
    return make_call()


@pytest.fixture
def pair(comparison: Comparison) -> Pair:
    return comparison.pairs.order_by("pk")[0]


@pytest.fixture
def eve(comparison: Comparison) -> User:
    return make_user("editor", name="eve")


def back(person: User) -> str:
    """Take the last act back; return what it was."""
    act = last_act(person.pk)
    assert isinstance(act, Change)
    take_back(act.pk, person)
    return act.what


def states(note: Annotation) -> tuple[str, bool, list[tuple[str, bool]]]:
    note.refresh_from_db()
    replies = [(one.text, one.deleted_at is None) for one in note.replies.order_by("pk")]
    return note.text, note.resolved_at is None, replies


def test_all_that_is_written_in_a_thread_is_walked_back_step_by_step(pair: Pair, eve: User) -> None:
    note = annotate(pair, eve, text="Whose observers?")
    seen = [states(note)]
    steps: list[Callable[[], object]] = [
        lambda: edit_annotation(note, eve, text="Whose?", version=1),
        lambda: edit_annotation(note, eve, text="Who?", version=2),
        lambda: reply(note, eve, "Ours."),
        lambda: edit_reply(note.replies.get(), eve, text="Theirs.", version=1),
        lambda: resolve(note, eve),
        lambda: reopen(note, eve),
        lambda: take_reply_back(note.replies.get(), eve, version=2),
    ]
    for step in steps:
        step()
        seen.append(states(note))
    for earlier in reversed(seen[:-1]):
        back(eve)
        # A reply that is taken back stays a row, so that its thread still reads.
        assert states(note)[:2] == earlier[:2]
        assert [one for one in states(note)[2] if one[1]] == [one for one in earlier[2] if one[1]]
    assert back(eve) == Change.What.ANNOTATION
    assert not Annotation.objects.exists()
    assert last_act(eve.pk) is None
    assert Change.objects.get(what="note_gone").before == "Whose observers?"


def test_a_note_that_was_answered_stays(pair: Pair, eve: User) -> None:
    note = annotate(pair, eve, text="Whose?")
    reply(note, make_user(name="ana"), "Ours.")
    with pytest.raises(Refused, match="cannot be taken back any more"):
        back(eve)
    assert Annotation.objects.filter(pk=note.pk).exists()


def test_a_correction_goes_back_to_the_one_before_it(comparison: Comparison, eve: User) -> None:
    claim = Claim.objects.filter(source=comparison.a).order_by("pk")[0]
    correct_source(claim, eve, source=None, voice="A diplomat")
    correct_source(claim, eve, source=comparison.b)
    comparison.due_since = None
    comparison.save()
    said = []
    for _ in range(2):
        assert back(eve) == Change.What.CORRECTION
        said.append(Claim.objects.get(pk=claim.pk).standing_voice)
    assert said == ["A diplomat", comparison.a.name]
    comparison.refresh_from_db()
    assert comparison.due_since is not None


def test_a_correction_over_which_another_editor_corrected_stays(comparison: Comparison, eve: User) -> None:
    claim = Claim.objects.filter(source=comparison.a).order_by("pk")[0]
    correct_source(claim, eve, source=comparison.b)
    claim.refresh_from_db()
    correct_source(claim, make_user("editor", name="olga"), source=None, voice="A diplomat")
    with pytest.raises(Refused, match="does not stand as you left it"):
        back(eve)


def test_final_verdicts_are_walked_back_and_their_rows_stay(pair: Pair, eve: User) -> None:
    decide(pair, make_user(name="ana"), "agree")
    adjudicate(pair, eve, decision="diverge", why="The dates.", version=0)
    adjudicate(pair, eve, decision="partial", why="Only one date.", version=1)
    reopen_final(pair, eve, why="Look again.", version=2)
    seen = []
    for _ in range(3):
        back(eve)
        pair.refresh_from_db()
        seen.append((pair.outcome, pair.final))
    assert seen == [("partial", True), ("diverge", True), ("agree", False)]
    assert [one.why for one in pair.adjudications.order_by("version")][-3:] == [
        "Only one date.",
        "The dates.",
        "Taken back.",
    ]


def test_what_was_assigned_at_once_goes_at_once_save_what_is_done(comparison: Comparison, eve: User) -> None:
    ana, event = make_user(name="ana"), comparison.event
    assign(event, eve, assignable(event), [ana.pk], per_pair=1, version=0)
    entry = Change.objects.entries().get(what="assigned")
    assert (entry.size, entry.after, entry.about) == (5, "ana", event.title)
    done = Assignment.objects.order_by("pk")[0].pair
    decide(done, ana, "agree")
    assert back(eve) == Change.What.ASSIGNED
    assert list(Assignment.objects.values_list("pair", flat=True)) == [done.pk]
    event.refresh_from_db()
    assert event.shared_out == 2


def test_what_was_taken_from_a_reviewer_is_given_back(comparison: Comparison, eve: User) -> None:
    ana, event = make_user(name="ana"), comparison.event
    assign(event, eve, assignable(event), [ana.pk], per_pair=1, version=0)
    take_assignments_back(event, eve, ana.pk, version=1)
    assert back(eve) == Change.What.UNASSIGNED
    assert Assignment.objects.filter(reviewer=ana).count() == 5


def test_nobody_takes_back_what_another_did(pair: Pair, eve: User) -> None:
    annotate(pair, eve, text="Whose?")
    with pytest.raises(Refused, match="what you did yourself"):
        take_back(Change.objects.get(what="annotation").pk, make_user("editor", name="olga"))


def test_who_may_not_adjudicate_any_more_takes_no_final_verdict_back(pair: Pair, eve: User) -> None:
    adjudicate(pair, eve, decision="diverge", why="The dates.", version=0)
    eve.groups.clear()
    with pytest.raises(Refused, match="what you did yourself"):
        take_back(Change.objects.get(what="final").pk, User.objects.get(pk=eve.pk))


def test_undo_walks_back_over_every_kind_in_the_order_of_what_was_done(
    client: Client, comparison: Comparison, pair: Pair, eve: User
) -> None:
    client.force_login(eve)
    decide(pair, eve, "agree")
    lone = list(comparison.lone.values_list("claim", flat=True))
    made = join(comparison, eve, lone)
    annotate(pair, eve, text="Whose?")
    claim = Claim.objects.filter(source=comparison.a).order_by("-pk")[0]
    correct_source(claim, eve, source=None, voice="A diplomat")
    adjudicate(pair, eve, decision="diverge", why="The dates.", version=0)
    told = [client.post("/review/undo/", {"next": "/history/"}, follow=True).text for _ in range(6)]
    words = ["final verdict", "source corrected", "annotation", "you made a pair", "Agree", "nothing of yours left"]
    assert [word in page for word, page in zip(words, told, strict=True)] == [True] * 6
    made.refresh_from_db()
    assert made.withdrawn
    assert not Review.objects.exists()


def test_an_act_that_cannot_be_taken_back_does_not_bar_the_way_to_those_before_it(
    client: Client, pair: Pair, eve: User
) -> None:
    client.force_login(eve)
    decide(pair, eve, "agree")
    reply(annotate(pair, eve, text="Whose?"), make_user(name="ana"), "Ours.")
    answer = client.post("/review/undo/", {"next": pair.get_absolute_url()})
    assert answer.status_code == 422
    assert "Undo again to take back what you did before it." in answer.text
    client.post("/review/undo/", {"next": pair.get_absolute_url()})
    assert not Review.objects.exists()
    assert Annotation.objects.exists()


def test_an_act_is_named_apart_from_one_of_another_kind(comparison: Comparison, pair: Pair, eve: User) -> None:
    annotate(pair, eve, text="Whose?")
    first = last_act(eve.pk)
    assert first is not None
    join(comparison, eve, list(comparison.lone.values_list("claim", flat=True)))
    second = last_act(eve.pk)
    assert second is not None
    assert last_act(eve.pk, save=[name_of(second)]) == first
    assert last_act(eve.pk, save=[name_of(first), name_of(second)]) is None
