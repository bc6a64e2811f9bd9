"""The pages of webhooks."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Notice, Webhook, WebhookAttempt
from claims.models.webhook import Kind
from claims.services import webhooks
from claims.services.webhooks.sending import turn_off
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    """Return a client that an editor is signed in with."""
    client.force_login(make_user("editor"))
    return client


def test_an_address_is_registered_and_its_secret_shown_once(editor: Client) -> None:
    event = make_call().event
    typed = {"address": "https://hook.example/in", "kinds": ["pair.reviewed"], "event": event.slug}
    answer = editor.post("/webhooks/add/", typed)
    webhook = Webhook.objects.get()
    assert answer.status_code == 201
    assert f'value="{webhook.secret}"' in answer.text
    assert (webhook.event, webhook.kinds) == (event, ["pair.reviewed"])
    assert webhook.secret not in editor.get(webhook.get_absolute_url()).text
    assert "https://hook.example/in" in editor.get("/webhooks/").text
    renewed = editor.post(f"/webhooks/{webhook.pk}/secret/").text
    assert webhook.secret not in renewed
    assert Webhook.objects.get().secret in renewed


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(editor: Client) -> None:
    for typed, sentence in (
        ({"address": "ftp://hook.example", "kinds": ["pair.final"]}, "begins with https://"),
        ({"address": "https://hook.example"}, "at least one thing"),
        ({"address": "https://hook.example", "kinds": ["pair.final"], "event": "nowhere"}, "Choose one of the events"),
    ):
        answer = editor.post("/webhooks/add/", typed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{typed["address"]}"' in answer.text
    assert not Webhook.objects.exists()


def test_every_try_is_listed_and_a_message_sent_again(editor: Client) -> None:
    owner = make_user("editor", name="owner")
    webhook = webhooks.register(owner, address="https://hook.example/", kinds=[Kind.PAIR_REVIEWED])
    assert editor.post(f"/webhooks/{webhook.pk}/test/").status_code == 303
    message = webhook.messages.get()
    WebhookAttempt.objects.create(message=message, problem="hook.example could not be reached.", milliseconds=12)
    webhook.messages.update(state="failed", tries=8)
    page = editor.get(webhook.get_absolute_url()).text
    for words in ("given up", "hook.example could not be reached. (12 ms)", message.name):
        assert words in page
    assert editor.post(f"/webhooks/messages/{message.pk}/again/").status_code == 303
    message.refresh_from_db()
    assert (message.state, message.tries) == ("waiting", 0)


def test_a_webhook_is_turned_off_and_on_and_removed(editor: Client) -> None:
    webhook = webhooks.register(
        make_user("editor", name="owner"), address="https://hook.example/", kinds=[Kind.PAIR_REVIEWED]
    )
    message = webhooks.test(webhook)
    editor.post(f"/webhooks/{webhook.pk}/turn/", {"on": "0"})
    assert "Turned off by hand" in editor.get("/webhooks/").text
    for address in (f"/webhooks/{webhook.pk}/test/", f"/webhooks/messages/{message.pk}/again/"):
        refused = editor.post(address)
        assert refused.status_code == 422
        assert "Turn the webhook on first" in refused.text
    editor.post(f"/webhooks/{webhook.pk}/turn/", {"on": "1"})
    webhook.refresh_from_db()
    assert webhook.off_at is None
    editor.post(f"/webhooks/{webhook.pk}/delete/")
    assert not Webhook.objects.exists()


def test_who_registered_an_address_that_fails_finds_it_in_their_inbox(editor: Client) -> None:
    webhook = webhooks.register(
        make_user("editor", name="owner"), address="https://hook.example/", kinds=["pair.final"]
    )
    turn_off(webhook, "It failed 30 times in a row.")
    client = Client()
    client.force_login(webhook.owner)
    page = client.get("/inbox/").text
    assert "A webhook of yours was turned off" in page
    assert "It failed 30 times in a row." in page
    assert Notice.objects.get().recipient == webhook.owner
