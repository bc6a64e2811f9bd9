"""The admin: every list and a row of each open, lists cost the same queries at any length, people's words stay."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import (
    Agreement,
    Annotation,
    Assignment,
    Calibration,
    Comparison,
    Correction,
    Event,
    Feed,
    FeedItem,
    FeedMatch,
    FeedRule,
    Fix,
    JudgeAnswer,
    Kappa,
    Notice,
    Pair,
    RuleApplication,
    Run,
    Silence,
    SuggestedName,
    SuggestedPlace,
    Vector,
    Webhook,
    WebhookMessage,
)
from claims.services.adjudicate import adjudicate
from claims.services.annotate import annotate, reply
from claims.services.library.keeping import PartyDraft, TermDraft, add_party
from claims.services.reasons import say
from claims.services.report import edit_report, make_link
from claims.services.review import decide
from claims.services.rounds import round_of
from claims.services.search import save_search
from claims.services.threads import edit_reply
from claims.services.tokens import make_token
from tests.factories import make_draft, make_large, make_table, make_user

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("claims").get_models() if model in admin.site._registry]
# Shown with their pair or their message; what was answered to a program is its own.
# A preference is one's own: its page is "Your settings".
NOT_LISTED = {"PairClaim", "Former", "KeptAnswer", "WebhookAttempt", "Preference"}
KEPT = {"Review", "Annotation", "Reply", "Correction", "Change", "Fix", "Silence", "ReasonReview"} | {
    "Adjudication",
    "LibraryChange",
    "RuleApplication",
    "Wording",
}


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root", password="a-long-password"))
    return client


def fill(size: int) -> Comparison:
    """Make rows of every kind, about ``size`` of each."""
    comparison = make_large(size, pairs=size // 2)
    for number, pair in enumerate(comparison.pairs.order_by("pk")):
        person = make_user(name=f"person-{size}-{number}")
        decide(pair, person, "agree")
        say(pair, person, kind="tone", words="warm", says="added")
        round_of(person.pk, "", comparison.pairs.all, entering=True)
        note = annotate(pair, person, text="Note")
        answer = reply(note, person, "Answer")
        edit_reply(answer, person, text="Another", version=1)
        fill_together(pair, person, note)
        claim = pair.claims_of("a")[0]
        Correction.objects.create(claim=claim, editor=person, voice="The Courier")
        Run.objects.create(event=comparison.event, state="done", ended_at=timezone.now())
        Calibration.objects.create(model="some model", decisions=30, intercept=0.1, slope=1.0, suggested=0.3, sure=0.9)
        make_draft(comparison.event, text=f"Draft {size}, {number}.")
        make_table(comparison.event)
        Silence.objects.create(comparison=comparison, claim=claim, by=person)
        Fix.objects.create(event=comparison.event, comparison=comparison, actor=person, kind="silent")
        JudgeAnswer.objects.create(judge="a-model at judge.test", key=f"{size}-{number}", told={"relation": "agree"})
        Vector.objects.create(model="some model", text_hash=f"{size}-{number}", values=b"0000")
        webhook = Webhook.objects.create(owner=person, address="https://hook.example/", secret="whsec_", kinds=[])
        WebhookMessage.objects.create(webhook=webhook, kind="test", body="{}")
        make_token(person, name="program", scopes=[], days="")
        save_search(person, name="Ships", query="ships", meaning=False)
        make_link(comparison.event, comparison, person, until=None, indexed=False)
        feed = Feed.objects.create(url=f"https://a.example/{size}/{number}", title="News", by=person)
        item = FeedItem.objects.create(feed=feed, key="k", url="https://a.example/", title="Talks", at=timezone.now())
        FeedMatch.objects.create(item=item, event=comparison.event, score=0.5)
        rule = FeedRule.objects.create(feed=feed, names=["Arden", "Velland"], by=person)
        RuleApplication.objects.create(rule=rule, item=item, told="Added.")
        suggested = SuggestedName.objects.create(
            event=comparison.event, words=f"Omber {number}", folded=f"omber {number}", why="It is.", count=1
        )
        place = {"article": claim.article, "count": 1, "sentence": "Omber", "start": 0, "end": 5}
        SuggestedPlace.objects.create(name=suggested, **place)
        add_party(PartyDraft(f"Omber {size}-{number}", terms=[TermDraft(f"Ida {number}", "Minister")]), person)
    edit_report(comparison.event, None, person, introduction="What both say.", notes=[], version=0)
    return comparison


def fill_together(pair: Pair, person: User, note: Annotation) -> None:
    """Make the rows that several reviewers leave on a pair."""
    other = make_user(name=f"{person.username}-too")
    Assignment.objects.create(pair=pair, reviewer=person, by=other)
    Notice.objects.create(recipient=person, actor=other, what="resolved", annotation=note)
    adjudicate(pair, other, decision="agree", why="So it is.", version=0)
    event = Event.objects.create(title=f"Talks of {person.username}", slug=f"talks-of-{person.username}")
    found = Agreement.objects.create(event=event, pairs=3, reviews=6, refusal="Too few pairs.")
    Kappa.objects.create(agreement=found, a=person, b=other, pairs=3, same=2, refusal="Too few pairs.")


def address(model: type[Model], page: str, *arguments: object) -> str:
    return reverse(f"admin:claims_{model._meta.model_name}_{page}", args=arguments)


def test_every_kind_of_row_is_there() -> None:
    every = {model.__name__ for model in apps.get_app_config("claims").get_models() if not model._meta.auto_created}
    assert every - NOT_LISTED == {model.__name__ for model in MODELS}


def test_the_list_and_a_row_open_and_the_list_is_searched(administrator: Client) -> None:
    fill(4)
    for model in MODELS:
        row = model._default_manager.order_by("pk")[0]
        page = administrator.get(address(model, "changelist"))
        assert page.status_code == 200, model
        assert address(model, "change", row.pk) in page.text, model
        assert administrator.get(address(model, "changelist"), {"q": "nowhere to be found"}).status_code == 200, model
        assert administrator.get(address(model, "change", row.pk)).status_code == 200, model


def test_a_longer_list_costs_no_more_queries(administrator: Client) -> None:
    counts: dict[type[Model], list[int]] = {model: [] for model in MODELS}
    for size in (4, 12):
        fill(size)
        for model, counted in counts.items():
            with CaptureQueriesContext(connection) as queries:
                administrator.get(address(model, "changelist"))
            counted.append(len(queries))
    assert {model: counted for model, counted in counts.items() if counted[0] != counted[1]} == {}


def test_only_events_are_changed_here(administrator: Client) -> None:
    fill(4)
    for model in MODELS:
        row = model._default_manager.order_by("pk")[0]
        page = administrator.get(address(model, "change", row.pk)).text
        assert ('name="_save"' in page) == (model is Event), model
        assert administrator.get(address(model, "add")).status_code == (200 if model is Event else 403), model


def test_what_people_said_is_not_deleted(administrator: Client) -> None:
    fill(4)
    for model in (one for one in MODELS if one.__name__ in KEPT):
        row = model._default_manager.order_by("pk")[0]
        assert administrator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model
        assert model._default_manager.filter(pk=row.pk).exists(), model


def test_nor_is_it_with_what_it_hangs_on(administrator: Client) -> None:
    comparison = fill(4)
    for model, row in ((Pair, comparison.pairs.all()[0]), (Event, comparison.event)):
        administrator.post(address(model, "delete", row.pk), {"post": "yes"})
        assert model._default_manager.filter(pk=row.pk).exists()


def test_an_event_that_nobody_worked_on_is_deleted_whole(administrator: Client) -> None:
    event = make_large(4).event
    administrator.post(address(Event, "delete", event.pk), {"post": "yes"})
    assert not Event.objects.exists()
