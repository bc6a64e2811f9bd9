"""An event as JSON, and back: the same state, and the same bytes when it is exported again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    Annotation,
    Article,
    Change,
    Claim,
    Comparison,
    Event,
    Fix,
    Lone,
    Pair,
    PairClaim,
    Review,
    Run,
    Silence,
    Source,
    Verdict,
)
from claims.services.correct import correct_source
from claims.services.edges import cut, word_starts
from claims.services.fixing import take_back
from claims.services.joining import join, merge
from claims.services.languages import state_language
from claims.services.refusals import Refused
from claims.services.restore import People, restore
from claims.services.revise import revise
from claims.services.silence import confirm_silence, take_back_silence
from tests.exports import exported
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


def empty() -> None:
    """Leave nothing of any event, nor of the people in it."""
    for model in (Change, Fix, Silence, Annotation, Review, Lone, PairClaim, Pair):
        model.objects.all().delete()
    Claim.objects.update(standing_correction=None)
    for claim in Claim.objects.all():
        claim.corrections.all().delete()
    Claim.objects.all().delete()
    Article.objects.all().delete()
    Comparison.objects.all().delete()
    Source.objects.all().delete()
    Event.objects.all().delete()
    User.objects.all().delete()


@pytest.fixture
def everything(worked_on: Comparison) -> Comparison:
    """Return a comparison with all that an event can hold."""
    editor = make_user("editor")
    event = worked_on.event
    Run.objects.create(event=event, state="done", notices=["The judge was late."], ended_at=timezone.now(), tries=1)
    Run.objects.create(event=event, state="failed", problem="The worker stopped.", tries=3)
    article = event.articles.get(name="arden.txt")
    state_language(article, editor, "en")
    moved = worked_on.pairs.order_by("pk")[4].claims_of("a")[0]
    Pair.objects.filter(pk=worked_on.pairs.order_by("pk")[4].pk).update(withdrawn=True)
    correct_source(moved, editor, source=None, voice="The harbour office")
    correct_source(moved, editor, source=worked_on.b)
    Claim.objects.filter(text__contains="Tuesday's").update(cue_start=0, cue_end=9, speaker="The palace", quoted=True)
    Verdict.objects.update(judge="a judge", confidence=1 / 3)
    event.articles.update(url="https://arden.example/1?a=1&b=2")
    Run.objects.filter(state="queued").delete()
    return worked_on


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes | dict[str, Any]], Path]:
    """Return a function that writes a file to be loaded."""

    def write(told: bytes | dict[str, Any]) -> Path:
        path = tmp_path / "event.json"
        path.write_bytes(told if isinstance(told, bytes) else json.dumps(told).encode())
        return path

    return write


@pytest.fixture
def put_right(everything: Comparison) -> Comparison:
    """Return a comparison in which people put right pairs, claims and silences by hand, and took some of it back."""
    comparison, ana, editor = everything, User.objects.get(username="ana"), User.objects.get(username="editor")
    shut = make_free_claim(comparison, "arden.txt", "The port was shut.")
    closed = make_free_claim(comparison, "velland.txt", "The harbour had closed.")
    unanswered = make_free_claim(comparison, "velland.txt", "Nothing else was said.")
    confirm_silence(comparison, shut, ana)
    take_back_silence(comparison.silences.get(), ana)
    made = join(comparison, ana, [shut.pk, closed.pk], relation="partial")
    first, second, _, fourth, _ = comparison.pairs.exclude(pk=made.pk).order_by("pk")
    merge(first, editor, into=fourth)
    said = second.claims_of("a")[0]
    cut(said, ana, word_starts(said)[3])
    take_back(Fix.objects.get(kind="joined"), ana)
    join(comparison, editor, [shut.pk, closed.pk])
    confirm_silence(comparison, unanswered, editor)
    Run.objects.filter(state="queued").delete()
    return comparison


def make_free_claim(comparison: Comparison, name: str, said: str) -> Claim:
    """Make a claim at the end of an article, which is in no pair."""
    article = comparison.event.articles.get(name=name)
    start = len(article.text) + 1
    revise(article, f"{article.text} {said}", None)
    source = comparison.a if name == "arden.txt" else comparison.b
    return Claim.objects.create(article=article, start=start, end=start + len(said), text=said, source=source)


WriteFile = Callable[[bytes | dict[str, Any]], Path]


def test_an_event_that_is_loaded_into_an_empty_database_is_exported_to_the_same_bytes(
    everything: Comparison, file: WriteFile
) -> None:
    before = exported("json", everything)
    pairs = {pair.pk for pair in Pair.objects.all()}
    empty()
    (restored,) = restore(file(before))
    assert pairs.isdisjoint(Pair.objects.values_list("pk", flat=True))
    assert exported("json", restored.event.comparisons.get()) == before


def test_versions_and_what_is_stale_come_back_to_the_same_bytes(everything: Comparison, file: WriteFile) -> None:
    editor = User.objects.get(username="editor")
    article = everything.event.articles.get(name="arden.txt")
    decided = [pair for pair in everything.pairs.filter(withdrawn=False) if pair.reviews.exists()]
    first, second = (pair.claims_of("a")[0].text for pair in decided[:2])
    revise(article, article.text.replace(first, f"{first[:-1]} indeed."), editor, "Corrected.")
    article.refresh_from_db()
    revise(article, article.text.replace(second, ""), None)
    Run.objects.filter(state="queued").delete()
    stale = Pair.objects.filter(stale=True).count()
    assert stale >= 2
    before = exported("json", everything)
    assert b'"versions": [{"number": 1, "text": "' in before
    empty()
    (restored,) = restore(file(before))
    comparison = restored.event.comparisons.get()
    assert exported("json", comparison) == before
    assert Pair.objects.filter(stale=True).count() == stale
    back = comparison.event.articles.get(name="arden.txt")
    assert [version.why for version in back.versions.all()] == ["", "Corrected.", ""]
    assert Claim.objects.filter(past_version__gt=0, former_in__isnull=False).exists()
    revise(back, back.versions.get(number=1).text, None)
    assert not Pair.objects.filter(stale=True).exists()


def test_a_file_of_before_there_were_versions_is_loaded(everything: Comparison, file: WriteFile) -> None:
    told = json.loads(exported("json", everything))
    for noun, key in (("articles", "versions"), ("claims", "follows"), ("pairs", "stale")):
        for row in told["events"][0][noun]:
            del row[key]
    for row in told["events"][0]["pairs"]:
        del row["changed_at"], row["formers"]
    empty()
    (restored,) = restore(file(told))
    assert [one.versions.get().text == one.text for one in restored.event.articles.all()] == [True, True]


def test_what_was_put_right_by_hand_comes_back_to_the_same_bytes_and_can_be_taken_back(
    put_right: Comparison, file: WriteFile
) -> None:
    before = exported("json", put_right)
    empty()
    make_call(title="Another call, so that numbers differ")
    (restored,) = restore(file(before))
    comparison = restored.event.comparisons.get()
    assert exported("json", comparison) == before
    assert {one.by.username: one.claim.text for one in comparison.silences.all()} == {
        "editor": "Nothing else was said."
    }
    made = comparison.pairs.by_hand().get(claims__text="The port was shut.")
    fix = Fix.objects.get(kind="joined", undone_at__isnull=True)
    take_back(fix, fix.actor)
    made.refresh_from_db()
    assert made.withdrawn
    parts = Claim.objects.filter(made_by__username="ana", withdrawn=False)
    assert len(parts) == 2
    edges = Fix.objects.get(kind="cut")
    take_back(edges, edges.actor)
    assert not parts.all().exists()


def test_what_was_put_right_by_hand_is_in_the_file(put_right: Comparison) -> None:
    (told,) = json.loads(exported("json", put_right))["events"]
    assert [one["kind"] for one in told["fixes"]] == [
        *("silent", "heard", "joined", "merged", "cut", "joined", "silent"),
    ]
    assert [one["undone_at"] is not None for one in told["fixes"]] == [False, False, True, False, False, False, False]
    assert sum(1 for pair in told["pairs"] if pair["merged"]) == 1
    assert {pair["made"]["by"] for pair in told["pairs"] if pair["made"]} == {"editor"}
    assert any(pair["score"] is None and not pair["withdrawn"] for pair in told["pairs"])
    assert sum(1 for claim in told["claims"] if claim["made"]) == 2
    assert any(line["fix"] is not None for pair in told["pairs"] for line in pair["changes"])
    assert [one["by"] for one in told["silences"]] == ["editor"]


def test_every_noun_is_in_the_file_that_the_round_trip_compares(everything: Comparison) -> None:
    (told,) = json.loads(exported("json", everything))["events"]
    claims = {json.dumps(one["claim"]): one for one in told["claims"]}
    assert len([one for one in claims.values() if len(one["corrections"]) == 2]) == 1
    assert [run["state"] for run in told["runs"]] == ["done", "failed"]
    decided = told["pairs"][1]
    assert [(one["by"], one["decision"]) for one in decided["reviews"]] == [("ana", "diverge"), ("ben", "partial")]
    (note,) = decided["annotations"]
    assert (note["anchor"]["quote"], note["resolved"]["by"], note["replies"][0]["by"]) == ("1 May", "ben", "ben")
    assert [one["after"] for one in decided["changes"] if one["what"] == "review"] == ["partial", "diverge", "partial"]
    assert any(one["what"] == "undo" for one in told["pairs"][0]["changes"])
    assert [near["score"] for near in told["lone"][0]["candidates"]] == [0.31, 0.22]
    assert told["articles"][0]["stated"]["by"] == "editor"


def test_what_people_did_can_go_on_where_it_was_loaded(everything: Comparison, file: WriteFile) -> None:
    data = exported("json", everything)
    empty()
    restore(file(data))
    second = Pair.objects.order_by("pk")[1]
    assert second.outcome == "disputed"
    assert {claim.pk for side in "ab" for claim in second.claims_of(side)} == {
        int(key) for side in second.key.split("|") for key in side.split(".")
    }
    moved = Claim.objects.get(standing_correction__isnull=False)
    assert moved.standing_voice == "Velland"
    assert moved.source is not None
    assert moved.source.name == "Arden"


def test_people_come_as_accounts_that_nobody_can_log_in_with(everything: Comparison, file: WriteFile) -> None:
    data = exported("json", everything)
    empty()
    (restored,) = restore(file(data))
    assert restored.made == ("ana", "ben", "editor")
    assert not any(user.is_active or user.has_usable_password() for user in User.objects.all())


def test_an_event_that_owes_something_is_queued(worked_on: Comparison, file: WriteFile) -> None:
    Comparison.objects.update(due_since=timezone.now())
    data = exported("json", worked_on)
    empty()
    restore(file(data))
    assert Run.objects.get().state == "queued"


def test_a_slug_that_is_taken_is_refused_with_the_way_out(file: WriteFile) -> None:
    comparison = make_call()
    data = exported("json", comparison)
    with pytest.raises(Refused, match=r"There is an event “call-between-arden-and-velland” here already.*--slug"):
        restore(file(data))
    restore(file(data), slug="another-call")
    assert set(Event.objects.values_list("slug", flat=True)) == {"call-between-arden-and-velland", "another-call"}


def test_a_name_that_somebody_here_has_is_refused_until_it_is_said_who_that_is(
    worked_on: Comparison,
    file: WriteFile,
) -> None:
    data = file(exported("json", worked_on))
    with pytest.raises(Refused, match=r"“ana”, “ben” decided, and there are accounts of those names here"):
        restore(data, slug="again")
    assert Event.objects.count() == 1
    restore(data, slug="again", people=People(same=True))
    assert User.objects.count() == 2
    restore(data, slug="thrice", people=People({"ana": "ana-of-the-file", "ben": "ben"}))
    reviews = Review.objects.filter(pair__comparison__event__slug="thrice")
    assert {review.reviewer.username for review in reviews} == {"ana-of-the-file", "ben"}


@pytest.mark.parametrize("name", ["", "x" * 151])
def test_a_name_that_no_account_can_have_is_refused(worked_on: Comparison, file: WriteFile, name: str) -> None:
    data = exported("json", worked_on).replace(b'"by": "ana"', f'"by": "{name}"'.encode())
    with pytest.raises(Refused, match="is no account's name"):
        restore(file(data), slug="again", people=People(same=True))


def broken(data: bytes, change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(data)
    change(told["events"][0])
    return told


def _change(**told: object) -> dict[str, object]:
    now = "2031-01-01T00:00:00.000000+00:00"
    return {"what": "joined", "before": "", "after": "", "by": None, "at": now, "undone_at": None, **told}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda event: event["claims"][3].pop("text"), r"events\[0\].claims\[3\]: “text” is missing"),
        (lambda event: event["claims"][0].update(claim=["arden.txt", 0]), "“claim” is to be a claim such as"),
        (lambda event: event["claims"][0].update(text="Other."), "a claim is the slice of its article"),
        (lambda event: event["pairs"][0].update(score=1.5), "“score” is to be a number from 0 to 1"),
        (lambda event: event["pairs"][0].update(comparison=["arden", "sarn"]), "no comparison of arden and sarn"),
        (lambda event: event["pairs"][0]["verdict"].update(relation="lies"), "the database refused it"),
        (lambda event: event["articles"][0].update(url="javascript:alert(1)"), "is no web address"),
        (lambda event: event["articles"][0].update(text="\ud800"), "characters that texts have"),
        (lambda event: event["event"].update(slug="add"), "name of a page"),
        (lambda event: event["event"].update(created_at="2026-01-01"), "“created_at” is to be a moment"),
        (lambda event: event["pairs"][0].update(merged={"into": 99}), "there is no pair 99 in this event"),
        (lambda event: event["pairs"][0].update(score=None), "the database refused it"),
        (lambda event: event["pairs"][0]["changes"].append(_change(fix=3)), "there is no fix 3 in this event"),
        (lambda event: event["lone"][0].update(claim=["arden.txt", 1, 2]), "no claim"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_nothing_is_stored(
    file: WriteFile, change: Callable[[dict[str, Any]], object], problem: str
) -> None:
    data = broken(exported("json", make_call()), change)
    empty()
    with pytest.raises(Refused, match=problem):
        restore(file(data))
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"title = 1", "is not JSON"),
        (b"[]", "holds no events of Crossread"),
        (b'{"format": "crossread-events", "version": 99, "events": []}', "of version 99"),
        (b'{"format": "crossread-events", "version": 1}', "“events” is missing"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(file: WriteFile, data: bytes, problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        restore(file(data))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        restore(tmp_path / "nothing.json")
