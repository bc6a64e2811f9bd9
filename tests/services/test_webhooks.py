"""Webhooks: what happened is queued with it, sent signed, tried again, and given up."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from claims.models import Comparison, Event, Notice, Pair, Webhook, WebhookMessage
from claims.models.webhook import Kind
from claims.services import analyse, webhooks
from claims.services.adjudicate import adjudicate
from claims.services.analyse import request_run, work
from claims.services.annotate import annotate, reopen, reply, resolve
from claims.services.bulk import Wish, carry_out, plan
from claims.services.feeds import watching
from claims.services.incoming.apart import FetchedFeed, send_apart
from claims.services.incoming.bulk import Mapped
from claims.services.incoming.deliver import Arrived, Told, deliver_files
from claims.services.incoming.extracting.extracted import Unreadable
from claims.services.incoming.extracting.feed import Entry, ReadFeed
from claims.services.incoming.fetching import Marks
from claims.services.incoming.import_table import begin_table, store_table
from claims.services.refusals import Refused
from claims.services.review import decide, undo
from claims.services.revise import revise
from claims.services.webhooks import sending
from tests.api.everything import make_feed
from tests.factories import make_call, make_table, make_user

pytestmark = pytest.mark.django_db


class Listener(BaseHTTPRequestHandler):
    """Keeps what it is told, and answers as it is set to."""

    heard: list[tuple[dict[str, str], bytes]]
    answer: int
    address: str

    def do_POST(self) -> None:
        """Hear a message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(type(self).answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def listener(settings: Settings) -> Iterator[type[Listener]]:
    """Serve an address on this machine, where sending to it is allowed."""
    settings.CROSSREAD_WEBHOOKS_PRIVATE = True

    class Made(Listener):
        heard = []
        answer = 204

    server = ThreadingHTTPServer(("127.0.0.1", 0), Made)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Made.address = f"http://127.0.0.1:{server.server_port}/hook"
    yield Made
    server.shutdown()


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> list[int | str]:
    """Have addresses answer from a list, in place of the network: a status, or a problem."""
    answers: list[int | str] = []

    def answer(url: str, data: bytes, headers: dict[str, str]) -> int:
        told = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(told, str):
            raise Unreadable(told)
        return told

    monkeypatch.setattr(sending, "send_apart", answer)
    return answers


def make_webhook(*, event: Event | None = None, kinds: list[str] | None = None, name: str = "owner") -> Webhook:
    """Register an address that is told everything."""
    kinds = list(Kind.values) if kinds is None else kinds
    return webhooks.register(make_user("editor", name=name), address="https://hook.example/", kinds=kinds, event=event)


def _coming() -> tuple[dt.datetime, dt.datetime]:
    return timezone.now(), timezone.now() + dt.timedelta(days=1)


def told() -> list[dict[str, Any]]:
    """Return what waits to be sent, in order."""
    return [json.loads(message.body) for message in WebhookMessage.objects.order_by("pk")]


@pytest.fixture
def call() -> Comparison:
    """Return a comparison."""
    return make_call()


def test_what_happens_is_told_with_who_said_what(call: Comparison) -> None:
    make_webhook()
    pair, ana, slug = call.pairs.all()[0], make_user("reviewer", name="ana"), call.event.slug
    decide(pair, ana, "diverge")
    note = annotate(pair, ana, text="Not the same day.", kind="date_time", weight="major")
    undo(ana)
    eve = make_user("editor", name="eve")
    adjudicate(pair, eve, decision="agree", why="Both say Tuesday.", version=0)
    delivery = deliver_files(call.event, eve, [Arrived("a.txt", b"The port of Sarn opens.")], Told())
    assert [(one["type"], one["data"]) for one in told()] == [
        ("pair.reviewed", {"event": slug, "pairs": [pair.pk], "decision": "diverge", "reviewer": "ana"}),
        (
            "annotation.made",
            {
                "event": slug,
                "annotation": note.pk,
                "pair": pair.pk,
                "author": "ana",
                "kind": "date_time",
                "weight": "major",
            },
        ),
        ("pair.reviewed", {"event": slug, "pairs": [pair.pk], "decision": "", "reviewer": "ana"}),
        ("pair.final", {"event": slug, "pair": pair.pk, "decision": "agree", "editor": "eve"}),
        ("delivery.in", {"event": slug, "delivery": delivery.pk}),
    ]
    assert DBTaskResult.objects.filter(task_path__endswith="send_message").count() == 5


def test_the_way_of_a_text_and_of_a_note_is_told(call: Comparison) -> None:
    pair, ana, slug = call.pairs.order_by("pk")[0], make_user("reviewer", name="ana"), call.event.slug
    decide(pair, ana, "agree")
    note = annotate(pair, ana, text="Which day?")
    make_webhook()
    answer = reply(note, ana, "The second.")
    resolve(note, ana)
    resolve(note, ana)  # it is settled already: nothing happens
    reopen(note, ana)
    article = pair.claims_of("a")[0].article
    version = revise(article, article.text.replace(pair.claims_of("a")[0].text, "All is off."), ana).version
    assert [(one["type"], one["data"]) for one in told()] == [
        (
            "annotation.replied",
            {"event": slug, "annotation": note.pk, "reply": answer.pk, "pair": pair.pk, "author": "ana"},
        ),
        ("annotation.settled", {"event": slug, "annotation": note.pk, "pair": pair.pk, "resolved": True, "by": "ana"}),
        ("annotation.settled", {"event": slug, "annotation": note.pk, "pair": pair.pk, "resolved": False, "by": "ana"}),
        ("article.revised", {"event": slug, "article": article.pk, "version": version.number, "by": "ana", "stale": 1}),
    ]


def test_the_end_of_work_is_told_good_or_bad(call: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    make_webhook()
    event = call.event
    monkeypatch.setattr(analyse, "_carry_out", lambda run, tell: [])
    work(request_run(event).pk)
    monkeypatch.setattr(analyse, "_carry_out", lambda run, tell: 1 // 0)
    work(request_run(event).pk)
    table = make_table(event)
    begin_table(table, Mapped({"text": "body", "title": "title"}, "The Courier"))
    store_table.func(table.pk)
    ended = [one["data"] for one in told() if one["type"] in ("run.ended", "table.ended")]
    assert [(one["state"], bool(one["problem"])) for one in ended] == [
        ("done", False),
        ("failed", True),
        ("done", False),
    ]
    assert ended[2] == {"event": event.slug, "table": table.pk, "state": "done", "problem": ""}


def test_items_that_are_proposed_are_told_for_each_event(call: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, day = make_feed(call.event), timezone.now().isoformat()
    Event.objects.update(date=timezone.now().date())
    make_webhook(kinds=[Kind.FEED_PROPOSED])
    entries = (
        Entry("a", "https://velland.example/a", "Arden and Velland speak", "On the call.", day),
        Entry("b", "https://velland.example/b", "Of something else", "", day),
    )
    found = FetchedFeed(feed.url, Marks(), ReadFeed("Velland", entries))
    monkeypatch.setattr(watching, "feed_apart", lambda url, marks: found)
    monkeypatch.setattr(watching, "_likeness", lambda texts, others: [[0.0] * len(others) for _ in texts])
    watching.look_at(feed)
    item = feed.items.get(url="https://velland.example/a")
    assert [one["data"] for one in told()] == [{"event": call.event.slug, "feed": feed.pk, "items": [item.pk]}]


def test_of_a_blind_event_only_ids_go_out(call: Comparison) -> None:
    make_webhook()
    Event.objects.update(blind=True)
    pair, ana = Pair.objects.all()[0], make_user("reviewer", name="ana")
    decide(pair, ana, "no_match")
    annotate(pair, ana, text="Other things.", kind="tone")
    adjudicate(pair, make_user("editor", name="eve"), decision="agree", why="So it is.", version=0)
    for one in told():
        assert set(one["data"]) <= {"event", "pairs", "pair", "annotation"}


def test_many_decisions_at_once_are_one_message_of_each_event(call: Comparison) -> None:
    make_webhook(kinds=[Kind.PAIR_REVIEWED])
    make_call(title="Another call")
    ana, wish = make_user("reviewer", name="ana"), Wish(decision="agree")
    pairs = Pair.objects.all()
    carry_out(pairs, ana, wish, mark=plan(pairs, ana, wish).mark)
    assert [len(one["data"]["pairs"]) for one in told()] == [5, 5]


def test_an_address_is_told_of_its_event_and_its_kinds_alone(call: Comparison) -> None:
    other = make_call(title="Another call")
    make_webhook(event=other.event, kinds=[Kind.PAIR_REVIEWED])
    webhooks.turn(make_webhook(name="second"), on=False)
    ana = make_user("reviewer", name="ana")
    for comparison in (call, other):
        decide(comparison.pairs.all()[0], ana, "agree")
        annotate(comparison.pairs.all()[0], ana, text="A note.")
    assert [(one["type"], one["data"]["event"]) for one in told()] == [("pair.reviewed", other.event.slug)]


def test_a_message_arrives_signed_as_the_specification_says(call: Comparison, listener: Any) -> None:
    owner = make_user("editor", name="owner")
    webhook = webhooks.register(owner, address=listener.address, kinds=[Kind.PAIR_REVIEWED])
    message = webhooks.test(webhook)
    sending.send(message.pk)
    (headers, body), message = listener.heard[0], WebhookMessage.objects.get()
    assert json.loads(body)["type"] == "test"
    assert (message.state, message.attempts.get().status) == ("sent", 204)
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-id"] == message.name
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    sending.send(message.pk)
    assert len(listener.heard) == 1


def test_ones_own_network_is_not_sent_to(listener: Any, settings: Settings) -> None:
    settings.CROSSREAD_WEBHOOKS_PRIVATE = False
    with pytest.raises(Unreadable):
        send_apart(listener.address, b"{}", {})
    settings.CROSSREAD_FETCH_PORTS = [80, 443, int(listener.address.split(":")[2].split("/")[0])]
    with pytest.raises(Unreadable, match="not on the public web"):
        send_apart(listener.address, b"{}", {})
    assert listener.heard == []


def test_what_does_not_arrive_is_tried_again_later_and_given_up_in_the_end(silent: list[int | str]) -> None:
    webhook = make_webhook()
    message = webhooks.test(webhook)
    silent[:] = [500, "hook.example could not be reached."]
    for tries in range(1, len(sending.DELAYS) + 2):
        WebhookMessage.objects.update(next_at=timezone.now())
        sending.send(message.pk)
        message.refresh_from_db()
        assert message.tries == tries
        if tries <= len(sending.DELAYS):
            assert message.state == "waiting"
            assert message.next_at > timezone.now() + dt.timedelta(seconds=sending.DELAYS[tries - 1] - 1)
            sending.send(message.pk)  # not before its time
    assert message.state == "failed"
    assert [one.status or one.problem for one in message.attempts.all()][:2] == [
        500,
        "hook.example could not be reached.",
    ]
    later = DBTaskResult.objects.filter(task_path__endswith="send_message", run_after__range=_coming())
    assert later.count() == len(sending.DELAYS)
    webhooks.send_again(message)
    silent[:] = [200]
    sending.send(message.pk)
    message.refresh_from_db()
    webhook.refresh_from_db()
    assert (message.state, webhook.failures) == ("sent", 0)


def test_an_address_that_never_answers_is_turned_off_and_its_owner_told(silent: list[int | str]) -> None:
    webhook = make_webhook()
    silent[:] = [500]
    Webhook.objects.update(failures=sending.MOST_FAILURES - 1)
    sending.send(webhooks.test(webhook).pk)
    webhook.refresh_from_db()
    assert "failed 30 times in a row" in webhook.off_why
    notice = Notice.objects.get()
    assert (notice.recipient, notice.webhook) == (webhook.owner, webhook)
    with pytest.raises(Refused, match="Turn the webhook on"):
        webhooks.test(webhook)
    webhooks.turn(webhook, on=True)
    assert (webhook.off_at, webhook.failures) == (None, 0)


def test_an_address_that_is_gone_and_an_owner_who_is_no_editor_end_it_at_once(silent: list[int | str]) -> None:
    silent[:] = [410]
    gone = make_webhook()
    sending.send(webhooks.test(gone).pk)
    gone.refresh_from_db()
    assert "410" in gone.off_why
    silent[:] = [200]
    left = make_webhook(name="left")
    message = webhooks.test(left)
    left.owner.groups.clear()
    sending.send(message.pk)
    left.refresh_from_db()
    message.refresh_from_db()
    assert (left.off_why, message.state, message.attempts.count()) == (sending._NO_ROLE, "failed", 0)


def test_what_a_killed_worker_left_is_queued_again() -> None:
    message = webhooks.test(make_webhook())
    assert webhooks.revive_messages() == 0
    WebhookMessage.objects.update(next_at=timezone.now() - dt.timedelta(minutes=2))
    assert webhooks.revive_messages() == 1
    assert webhooks.revive_messages() == 0
    assert DBTaskResult.objects.filter(args_kwargs={"args": [message.pk], "kwargs": {}}).count() == 2


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://hook.example/", "begins with https://"),
        ("nothing", "begins with https://"),
        ("https://ana:word@hook.example/", "Leave them out"),
        ("https://hook.example:8443/", "names the port 8443"),
        (f"https://hook.example/{'x' * 1000}", "too long"),
    ],
)
def test_an_address_that_cannot_be_told_anything_is_refused(address: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        webhooks.register(make_user("editor"), address=address, kinds=[Kind.PAIR_REVIEWED])
    assert not Webhook.objects.exists()


def test_an_address_that_is_told_nothing_is_refused() -> None:
    for kinds in ([], ["everything"]):
        with pytest.raises(Refused, match="at least one thing"):
            webhooks.register(make_user("editor", name=f"with {kinds}"), address="https://hook.example/", kinds=kinds)
