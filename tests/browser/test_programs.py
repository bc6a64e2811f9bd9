"""What people set up for programs: tokens, webhooks, and the reference of the API."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Webhook, WebhookAttempt
from claims.services import webhooks
from tests.factories import make_event

SignIn = Callable[..., User]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_token_is_made_shown_and_revoked_accessibly(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "editor")
    page.goto("/")
    page.get_by_role("link", name="Your tokens").click()
    page.get_by_label("Name").fill("Nightly table")
    page.get_by_label("review and annotate").check()
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_label("The token")).to_have_value(re.compile("crossread_"))
    axe(page)
    page.get_by_role("button", name="Revoke Nightly table").click()
    expect(page.get_by_text("Revoked: Nightly table.")).to_be_visible()
    axe(page)


def test_the_reference_is_accessible_and_opens(page: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    signed_in(page, "reader")
    page.goto("/api/v1/docs")
    axe(page)
    page.get_by_text("/pairs/{pk}/final", exact=True).click()
    expect(page.locator("#final").get_by_role("link", name="Final")).to_be_visible()
    page.locator("#shape-Pair > summary").click()
    axe(page)


def test_a_webhook_is_registered_and_its_log_read_accessibly(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "editor")
    make_event()
    page.goto("/webhooks/")
    axe(page)
    page.get_by_label("Address").fill("https://hook.example/a-long-path/where-a-program-listens")
    page.get_by_role("button", name="Register the address").click()
    expect(page.get_by_label("The secret")).to_be_visible()
    webhook = Webhook.objects.get()
    message = webhooks.test(webhook)
    WebhookAttempt.objects.create(message=message, problem="hook.example could not be reached.", milliseconds=12)
    page.goto(webhook.get_absolute_url())
    page.get_by_text("1 try, and what was sent").click()
    expect(page.get_by_text("hook.example could not be reached.")).to_be_visible()
    axe(page)
    page.goto("/webhooks/")
    axe(page)


def test_these_pages_fit_on_a_phone(phone: Page, signed_in: SignIn) -> None:
    editor = signed_in(phone, "editor")
    hook = webhooks.register(editor, address=f"https://hook.example/{'a-long-path-' * 9}", kinds=["pair.final"])
    webhooks.test(hook)
    for address in ("/tokens/", "/webhooks/", hook.get_absolute_url(), "/api/v1/docs"):
        phone.goto(address)
        phone.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
