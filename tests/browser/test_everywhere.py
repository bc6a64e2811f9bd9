"""What holds on every page: the sheet of keys, pages that refuse, nothing that axe would find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.factories import make_call

SignIn = Callable[..., User]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_that_does_not_exist_says_so_accessibly(
    themed: Page, signed_in: SignIn, watch: Watch, axe: Callable[[Page], None]
) -> None:
    signed_in(themed, "reader")
    themed.goto("/events/no-such-event/")
    expect(themed.get_by_role("heading", level=1)).to_be_visible()
    axe(themed)
    watch.problems.clear()


def test_a_page_that_one_may_not_use_says_so_accessibly(
    themed: Page, signed_in: SignIn, watch: Watch, axe: Callable[[Page], None]
) -> None:
    signed_in(themed, "reader")
    themed.goto("/events/add/")
    expect(themed.get_by_role("heading", level=1)).to_be_visible()
    axe(themed)
    watch.problems.clear()


def test_the_nearest_claims_have_a_page_without_scripts(
    themed: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(themed, "reader")
    comparison = make_call()
    lone = comparison.lone.all()[0]
    themed.goto(f"/comparisons/{comparison.pk}/nearest/{lone.claim_id}/")
    expect(themed.get_by_role("heading", level=1)).to_be_visible()
    axe(themed)


def test_the_sheet_of_keys_opens_and_closes_by_its_key(
    themed: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(themed, "reviewer")
    make_call()
    themed.goto("/")
    themed.keyboard.press("?")
    expect(themed.get_by_role("dialog")).to_be_visible()
    axe(themed)
    themed.keyboard.press("Escape")
    expect(themed.get_by_role("dialog")).to_have_count(0)
