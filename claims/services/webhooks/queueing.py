"""Messages that wait for the worker."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django_tasks import task

from claims.models import Webhook, WebhookMessage


def queue(webhook: Webhook, kind: str, data: Mapping[str, Any]) -> WebhookMessage:
    """Store a message, and have the worker send it; both happen with what the caller writes, or neither."""
    told = {"type": kind, "timestamp": timezone.now().isoformat(), "data": data}
    message = WebhookMessage.objects.create(webhook=webhook, kind=kind, body=json.dumps(told, ensure_ascii=False))
    send_message.enqueue(message.pk)
    return message


def queue_again(message_id: int, at: dt.datetime) -> None:
    """Have the worker try a message at a time."""
    send_message.using(run_after=at).enqueue(message_id)


@task(priority=20)
def send_message(message_id: int) -> None:
    """Send a message (the worker's task)."""
    from claims.services.webhooks.sending import send

    send(message_id)
