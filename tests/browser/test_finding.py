"""Searching by key and by keyboard, waiting for the worker without reloading, and reports on screen and paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Claim, PublicLink, Vector
from claims.models.article import checksum
from claims.services.annotate import annotate
from claims.services.report import make_link
from claims.services.review import decide
from tests.browser.conftest import Watch
from tests.factories import make_call

SignIn = Callable[..., User]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def keep_vector(text: str) -> None:
    Vector.objects.create(model="all-MiniLM-L6-v2", text_hash=checksum(text), values=np.array([1, 0], "<f4").tobytes())


def test_the_search_is_a_key_away_from_every_page_and_accessible(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    make_call()
    signed_in(page, "reviewer")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("reopen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 claims found")).to_be_visible()
    axe(page)
    page.get_by_label("Save this search as").fill("Reopening")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Saved searches")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_label("Search all claims")).to_be_focused()
    axe(page)


def test_what_is_typed_is_completed(page: Page, signed_in: SignIn) -> None:
    make_call()
    signed_in(page, "reader")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("grain source:vel")
    expect(page.locator('#find-words option[value="grain source:velland"]')).to_have_count(1)


def test_what_is_not_understood_is_told_accessibly(page: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    make_call()
    signed_in(page, "reader")
    page.goto("/search/?q=colour:red")
    expect(page.get_by_role("alert")).to_contain_text("“colour:” is not known")
    axe(page)


def test_the_nearest_claims_come_by_themselves_once_the_worker_has_read_the_words(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    make_call()
    signed_in(page, "reader")
    page.goto("/search/?q=harbour+trawler&by=meaning")
    expect(page.get_by_text("The worker is reading what you typed")).to_be_visible()
    axe(page)
    keep_vector(Claim.objects.get(text__contains="port of Sarn").text)
    keep_vector("harbour trawler")
    expect(page.get_by_text("1 claim near it")).to_be_visible()
    expect(page.locator("#live")).to_have_text("1 claim found")


def test_where_else_is_accessible_and_fits_a_phone(phone: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    make_call()
    signed_in(phone, "reader")
    claim, other = (Claim.objects.get(text__contains=words) for words in ("port of Sarn", "reopening Sarn"))
    for one in (claim, other):
        keep_vector(one.text)
    phone.goto(f"/claims/{claim.pk}/elsewhere/")
    expect(phone.get_by_text("1 claim of other articles near it")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)


def test_an_editor_makes_a_report_and_shares_it(
    page: Page, signed_in: SignIn, watch: Watch, axe: Callable[[Page], None]
) -> None:
    comparison = make_call()
    editor = signed_in(page, "editor")
    pair = comparison.pairs.all()[0]
    annotate(pair, editor, text="They differ on the hour.")
    decide(pair, editor, "diverge")
    page.goto(comparison.get_absolute_url())
    page.get_by_role("link", name="Report to print or share").click()
    page.get_by_text("What goes in").click()
    page.get_by_label("Introduction").fill("In our words.")
    page.get_by_label("They differ on the hour.").check()
    page.get_by_role("button", name="Put in").click()
    expect(page.get_by_role("article", name="Report").get_by_text("In our words.")).to_be_visible()
    page.locator("#links summary").click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("button", name="Revoke link")).to_be_visible()
    axe(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("button", name="Make a link")).to_be_hidden()
    expect(page.get_by_role("heading", name="Point by point")).to_be_visible()
    page.emulate_media(media="screen")
    page.goto("/links/")
    axe(page)
    page.get_by_role("button", name="Revoke link").click()
    expect(page.get_by_text("revoked by editor")).to_be_visible()
    page.goto(PublicLink.objects.get().get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("This link shows nothing")
    axe(page)
    watch.problems.clear()  # the console tells of the 404


def test_a_shared_report_fits_a_phone_and_is_accessible(phone: Page, axe: Callable[[Page], None]) -> None:
    comparison = make_call()
    maker = User.objects.create_user("maker")
    phone.goto(make_link(comparison.event, None, maker, until=None, indexed=False).get_absolute_url())
    expect(phone.get_by_role("heading", name="Point by point")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)
