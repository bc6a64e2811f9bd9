"""Register an address, and turn it off and on."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Event, Webhook, WebhookMessage
from claims.models.webhook import LONGEST_ADDRESS, TRIED, Kind
from claims.services.refusals import Refused
from claims.services.webhooks.queueing import queue

SECRET_PREFIX = "whsec_"  # noqa: S105 - as the Standard Webhooks specification has it
TURNED_OFF = "Turned off by hand."
_MOST_WEBHOOKS = 50


def register(owner: AbstractBaseUser, *, address: str, kinds: Collection[str], event: Event | None = None) -> Webhook:
    """Register an address that is told what happens to an event, or to all.

    Raises:
        Refused: if it is none that may be told, or nothing is to be told it.
    """
    address = address.replace("\0", "").strip()
    problems = {}
    if problem := _problem_of(address):
        problems["address"] = problem
    if not kinds or any(kind not in Kind.values for kind in kinds):
        problems["kinds"] = gettext("Choose at least one thing that the address is to be told.")
    if not problems and Webhook.objects.count() >= _MOST_WEBHOOKS:
        problems[""] = gettext("There are %(most)s webhooks. Remove one that nobody needs.") % {"most": _MOST_WEBHOOKS}
    if problems:
        raise Refused(problems)
    ordered = [kind.value for kind in Kind if kind in kinds]
    return Webhook.objects.create(owner_id=owner.pk, address=address, kinds=ordered, event=event, secret=_secret())


def new_secret(webhook: Webhook) -> str:
    """Give a webhook another secret, which is good at once; return it."""
    webhook.secret = _secret()
    webhook.save(update_fields=["secret"])
    return webhook.secret


def turn(webhook: Webhook, *, on: bool) -> None:
    """Turn a webhook on or off; what waits is not sent while it is off."""
    webhook.off_at, webhook.off_why = (None, "") if on else (timezone.now(), TURNED_OFF)
    webhook.failures = 0 if on else webhook.failures
    webhook.save(update_fields=["off_at", "off_why", "failures"])


def test(webhook: Webhook) -> WebhookMessage:
    """Send an address a message that says nothing, to see whether it listens.

    Raises:
        Refused: if the webhook is off.
    """
    if webhook.off_at is not None:
        raise Refused({"": gettext("Turn the webhook on first.")})
    return queue(webhook, TRIED, {})


def _secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _problem_of(address: str) -> str:
    """Return why an address cannot be told anything, or "". Where its name leads is seen when it is sent to."""
    private = settings.CROSSREAD_WEBHOOKS_PRIVATE
    try:
        URLValidator(schemes=["http", "https"] if private else ["https"])(address)
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except (ValidationError, ValueError):
        return gettext("This is no address that can be told anything. It begins with https://.")
    if len(address) > LONGEST_ADDRESS:
        return gettext("This address is too long: keep it under %(most)s characters.") % {"most": LONGEST_ADDRESS}
    if parts.username or parts.password:
        return gettext("The address holds a name or a password. Leave them out: messages are signed instead.")
    if not private and port not in settings.CROSSREAD_FETCH_PORTS:
        problem = gettext("The address names the port %(port)s. Only the usual ports of the web are sent to.")
        return problem % {"port": port}
    return ""
