"""Send messages, signed as the Standard Webhooks specification has it, and again until they arrive.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: the signature is the
HMAC-SHA256 of "id.timestamp.body" under the secret, so that a listener knows who sent it and that it is not an old one.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import random
import time
from http import HTTPStatus

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Notice, Webhook, WebhookAttempt, WebhookMessage
from claims.services.incoming.apart import send_apart
from claims.services.incoming.extracting.extracted import Unreadable
from claims.services.refusals import Refused
from claims.services.webhooks.queueing import queue_again
from claims.services.webhooks.registering import SECRET_PREFIX

# Seconds between two tries, about as the specification proposes: over a day in all.
DELAYS = (5, 300, 1800, 7200, 18000, 36000, 50400)
MOST_FAILURES = 30  # in a row, over all messages: then nobody seems to listen any more
KEPT_FOR = dt.timedelta(days=30)
_LEASE = dt.timedelta(seconds=60)  # in which no other worker tries the same message
_FAILING = f"It failed {MOST_FAILURES} times in a row."
_GONE = "The address answered that it is gone for good (410)."
_NO_ROLE = "Whoever registered it is no editor any more."

State = WebhookMessage.State


def send(message_id: int) -> None:
    """Try to send a message, unless it has arrived, was given up, or another worker is at it."""
    message = _taken(message_id)
    if message is None:
        return
    webhook = message.webhook
    if not (webhook.owner.is_active and webhook.owner.has_perm("claims.add_webhook")):
        turn_off(webhook, _NO_ROLE)
    if webhook.off_at is not None:
        WebhookMessage.objects.filter(pk=message.pk).update(state=State.FAILED)
        return
    attempt = _attempt(message)
    with transaction.atomic():
        attempt.save()
        _conclude(message, attempt)
    WebhookMessage.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).exclude(state=State.WAITING).delete()


def send_again(message: WebhookMessage) -> None:
    """Have a message sent once more, whatever became of it.

    Raises:
        Refused: if its webhook is off.
    """
    if message.webhook.off_at is not None:
        raise Refused({"": gettext("Turn the webhook on first.")})
    now = timezone.now()
    WebhookMessage.objects.filter(pk=message.pk).update(state=State.WAITING, tries=0, next_at=now)
    queue_again(message.pk, now)


def revive_messages() -> int:
    """Queue again what a killed worker left behind; the worker calls it between tasks. Return how many."""
    lost = list(WebhookMessage.objects.forgotten().values_list("pk", flat=True)[:100])
    now = timezone.now()
    WebhookMessage.objects.filter(pk__in=lost).update(next_at=now)
    for key in lost:
        queue_again(key, now)
    return len(lost)


def signature(secret: str, name: str, timestamp: int, body: str) -> str:
    """Return what stands in the header ``webhook-signature``."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{name}.{timestamp}.{body}".encode()
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def turn_off(webhook: Webhook, why: str) -> None:
    """Turn a webhook off because it does not work, and tell who registered it."""
    webhook.off_at, webhook.off_why = timezone.now(), why
    webhook.save(update_fields=["off_at", "off_why"])
    Notice.objects.create(
        recipient_id=webhook.owner_id, actor_id=webhook.owner_id, what=Notice.What.WEBHOOK_OFF, webhook=webhook
    )


def _taken(message_id: int) -> WebhookMessage | None:
    """Return a message whose time has come, taken for a while; None where there is nothing to do."""
    now = timezone.now()
    waiting = WebhookMessage.objects.filter(pk=message_id, state=State.WAITING, next_at__lte=now)
    if not waiting.update(next_at=now + _LEASE, tries=F("tries") + 1):
        return None
    return WebhookMessage.objects.select_related("webhook__owner").get(pk=message_id)


def _attempt(message: WebhookMessage) -> WebhookAttempt:
    webhook, timestamp = message.webhook, int(time.time())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message.name,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(webhook.secret, message.name, timestamp, message.body),
    }
    begun = time.monotonic()
    attempt = WebhookAttempt(message=message)
    try:
        attempt.status = send_apart(webhook.address, message.body.encode(), headers)
    except Unreadable as problem:
        attempt.problem = str(problem)[:300]
    attempt.milliseconds = round((time.monotonic() - begun) * 1000)
    return attempt


def _conclude(message: WebhookMessage, attempt: WebhookAttempt) -> None:
    """Write what became of a message, and of its webhook."""
    mine = WebhookMessage.objects.filter(pk=message.pk)
    webhook = Webhook.objects.select_for_update().get(pk=message.webhook_id)
    if attempt.status is not None and attempt.status // 100 == 2:
        mine.update(state=State.SENT)
        Webhook.objects.filter(pk=webhook.pk).update(failures=0)
        return
    webhook.failures += 1
    webhook.save(update_fields=["failures"])
    if attempt.status == HTTPStatus.GONE or webhook.failures >= MOST_FAILURES:
        mine.update(state=State.FAILED)
        if webhook.off_at is None:
            turn_off(webhook, _GONE if attempt.status == HTTPStatus.GONE else _FAILING)
    elif message.tries > len(DELAYS):
        mine.update(state=State.FAILED)
    else:
        delay = DELAYS[message.tries - 1] * random.uniform(1, 1.2)  # noqa: S311 - so that not all come at once again
        at = timezone.now() + dt.timedelta(seconds=delay)
        mine.update(next_at=at)
        queue_again(message.pk, at)
