"""Threads: editing with what was said before, deleting, and who is told of what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Annotation, Notice, Pair, Reply
from claims.services.annotate import annotate, reopen, reply, resolve
from claims.services.refusals import Refused, Stale
from claims.services.threads import edit_annotation, edit_reply, mark, people_named, take_reply_back
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_call().pairs.get(verdict__reasons__kind="tone")


@pytest.fixture
def ana() -> User:
    return make_user(name="ana")


@pytest.fixture
def ben() -> User:
    return make_user(name="ben")


@pytest.fixture
def note(pair: Pair, ana: User) -> Annotation:
    return annotate(pair, ana, text="Which tariffs?")


def inbox(person: User) -> list[tuple[str, str]]:
    return [(one.what, one.actor.username) for one in Notice.objects.filter(recipient=person).order_by("pk")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@ben, look.", ["ben"]),
        ("Ask @ben.", ["ben"]),
        ("(@ben)", ["ben"]),
        ("@ben and @ben.b and @ben", ["ben", "ben.b"]),
        ("mail ana@ben or x.@ben", []),
        ("@nobody-of-that-name", []),
        ("@Ben", []),
        ("@@ben @", []),
    ],
)
def test_a_name_after_an_at_sign_is_somebody(ben: User, text: str, named: list[str]) -> None:
    make_user(name="ben.b")
    assert [User.objects.get(pk=key).username for key in people_named(text)] == named


def test_who_is_named_is_told_and_nobody_of_themselves(pair: Pair, ana: User, ben: User) -> None:
    annotate(pair, ana, text="@ben and @ana: see this.")
    assert inbox(ben) == [("mention", "ana")]
    assert inbox(ana) == []


def test_who_takes_part_is_told_of_a_reply_once_even_if_named(note: Annotation, ana: User, ben: User) -> None:
    reply(note, ben, "Those on timber, @ana.")
    cem = make_user(name="cem")
    reply(note, cem, "No.")
    assert inbox(ana) == [("mention", "ben"), ("reply", "cem")]
    assert inbox(ben) == [("reply", "cem")]
    assert inbox(cem) == []


def test_who_takes_part_is_told_that_it_is_resolved_and_reopened(note: Annotation, ana: User, ben: User) -> None:
    resolve(note, ben)
    resolve(note, ben)
    reopen(note, ben)
    assert inbox(ana) == [("resolved", "ben"), ("reopened", "ben")]


def test_an_edit_keeps_what_was_said_and_tells_only_who_is_new_in_it(note: Annotation, ana: User, ben: User) -> None:
    edit_annotation(note, ana, text="Which tariffs, @ben?", version=1)
    edit_annotation(note, ana, text="Which tariffs exactly, @ben?", version=2)
    note.refresh_from_db()
    assert (note.text, note.version) == ("Which tariffs exactly, @ben?", 3)
    kept = [(one.version, one.text, one.by) for one in note.earlier.all()]
    assert kept == [(1, "Which tariffs?", ana), (2, "Which tariffs, @ben?", ana)]
    assert inbox(ben) == [("mention", "ana")]
    change = note.pair.changes.all()[0]
    assert (change.what, change.before, change.after) == ("note_edited", "Which tariffs, @ben?", note.text)


def test_the_same_text_again_is_no_edit(note: Annotation, ana: User) -> None:
    edit_annotation(note, ana, text=" Which tariffs? ", version=1)
    note.refresh_from_db()
    assert (note.version, note.earlier.count()) == (1, 0)


def test_of_two_edits_on_the_same_ground_the_second_is_told(note: Annotation, ana: User, ben: User) -> None:
    answer = reply(note, ben, "Timber.")
    edit_annotation(note, ana, text="First.", version=1)
    edit_reply(answer, ben, text="Steel.", version=1)
    with pytest.raises(Stale):
        edit_annotation(note, ana, text="Second.", version=1)
    with pytest.raises(Stale):
        edit_reply(answer, ben, text="Coal.", version=1)
    with pytest.raises(Stale):
        take_reply_back(answer, ben, version=1)
    assert Annotation.objects.get().text == "First."
    assert Reply.objects.get().text == "Steel."


def test_a_deleted_reply_leaves_its_place_and_its_history(note: Annotation, ana: User, ben: User) -> None:
    answer = reply(note, ben, "Timber, @ana.")
    take_reply_back(answer, ben, version=1)
    answer.refresh_from_db()
    assert answer.deleted_at is not None
    assert inbox(ana) == [], "what was unread goes with it"
    change = note.pair.changes.all()[0]
    assert (change.what, change.before, change.after) == ("reply_gone", "Timber, @ana.", "")
    with pytest.raises(Stale):
        edit_reply(answer, ben, text="Back again.", version=2)


def test_blank_edits_are_refused(note: Annotation, ana: User) -> None:
    answer = reply(note, ana, "Timber.")
    with pytest.raises(Refused):
        edit_annotation(note, ana, text="  ", version=1)
    with pytest.raises(Refused):
        edit_reply(answer, ana, text="", version=1)


def test_only_ones_own_notices_are_marked(note: Annotation, ana: User, ben: User) -> None:
    reply(note, ben, "Timber.")
    one = Notice.objects.get()
    assert mark(ben, [one.pk], read=True) == 0
    assert mark(ana, [one.pk], read=True) == 1
    assert not Notice.objects.unread_of(ana.pk).exists()
    assert mark(ana, None, read=False) == 1
    assert Notice.objects.unread_of(ana.pk).count() == 1
