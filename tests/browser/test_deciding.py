"""Deciding in the browser: reasons by key, many pairs at once, taking it back by Ctrl+Z, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Change, Pair, ReasonReview, Review
from claims.services.annotate import annotate
from claims.services.reasons import say
from claims.services.review import decide
from tests.browser.conftest import SignIn
from tests.factories import make_call, make_user


@pytest.fixture
def pair(transactional_db: None) -> Pair:
    """Return a pair with one reason."""
    return make_call().pairs.get(verdict__reasons__kind="tone")


def open_at(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")


def test_a_key_dismisses_a_reason_and_the_same_key_takes_that_back(page: Page, signed_in: SignIn, pair: Pair) -> None:
    signed_in(page)
    open_at(page, f"/review/?pair={pair.pk}")
    page.evaluate("window.stillHere = true")
    page.keyboard.press("1")
    expect(page.get_by_text("Dismissed: reviewer.")).to_be_visible()
    expect(page.locator("#reason-out-1")).to_be_focused()
    page.keyboard.press("1")
    expect(page.get_by_text("Dismissed: reviewer.")).to_have_count(0)
    assert page.evaluate("window.stillHere"), "the page was loaded anew"
    assert not ReasonReview.objects.exists()


def test_ctrl_z_takes_back_the_last_decision(page: Page, signed_in: SignIn, pair: Pair) -> None:
    signed_in(page)
    open_at(page, f"/review/?pair={pair.pk}")
    page.keyboard.press("d")
    expect(page.get_by_text(f"Pair {pair.pk}: diverge.")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Taken back: Diverge.")).to_be_visible()
    expect(page.locator(f'form[action="/pairs/{pair.pk}/review/"]')).to_be_visible()
    assert not Review.objects.exists()


def test_ctrl_z_in_a_field_is_the_fields(page: Page, signed_in: SignIn, pair: Pair) -> None:
    user = signed_in(page)
    decide(pair, user, "agree")
    open_at(page, pair.get_absolute_url())
    page.locator("#note-text").press_sequentially("abc")
    page.keyboard.press("Control+z")
    expect(page.locator("#note-text")).not_to_have_value("abc")
    assert Review.objects.exists()


def test_many_pairs_are_decided_after_a_preview_and_taken_back_at_once(
    page: Page, signed_in: SignIn, pair: Pair
) -> None:
    signed_in(page)
    open_at(page, "/review/list/")
    boxes = page.locator('input[name="pair"]')
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.get_by_text("the ones I ticked (3)")).to_be_visible()
    page.get_by_role("button", name="Not a match").click()
    expect(page.get_by_role("heading", name="Not a match on 3 pairs?")).to_be_visible()
    assert not Review.objects.exists()
    page.get_by_label("Why").fill("About other ships.")
    page.get_by_role("button", name="Yes, on 3 pairs").click()
    expect(page.get_by_text("Not a match on 3 pairs.")).to_be_visible()
    assert Change.objects.entries().get().why == "About other ships."
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Taken back: Not a match on 3 pairs.")).to_be_visible()
    assert not Review.objects.exists()


def test_without_scripts_a_whole_selection_is_decided_and_taken_back(
    no_js: Page, signed_in: SignIn, pair: Pair
) -> None:
    signed_in(no_js)
    no_js.goto("/review/list/?relation=diverge")
    no_js.get_by_label("all 2 of this selection").check()
    no_js.get_by_role("button", name="Partial").click()
    no_js.get_by_role("button", name="Yes, on 2 pairs").click()
    assert Review.objects.count() == 2
    no_js.get_by_role("button", name="Take back").click()
    expect(no_js.get_by_text("Taken back: Partial on 2 pairs.")).to_be_visible()
    assert not Review.objects.exists()


def test_without_scripts_a_reason_is_added(no_js: Page, signed_in: SignIn, pair: Pair) -> None:
    signed_in(no_js)
    no_js.goto(f"/review/?pair={pair.pk}")
    no_js.get_by_text("Add a reason").click()
    no_js.get_by_label("What differs").select_option("number")
    no_js.get_by_label("In which words").fill("one hour")
    no_js.get_by_role("button", name="Add the reason").click()
    expect(no_js.get_by_text("Added by reviewer.")).to_be_visible()
    assert f"pair={pair.pk}" in no_js.url


def test_the_place_in_the_queue_is_there_in_another_browser(
    page: Page, dark: Page, signed_in: SignIn, pair: Pair
) -> None:
    signed_in(page)
    open_at(page, "/review/")
    page.keyboard.press("j")
    expect(page.get_by_text("2 of 5 in this order")).to_be_visible()
    signed_in(dark)
    dark.goto("/review/")
    expect(dark.get_by_text("2 of 5 in this order")).to_be_visible()


def filled(pair: Pair) -> Change:
    """Give the pages something of everything to show."""
    ana = make_user(name="ana")
    say(pair, ana, kind="tone", words=pair.verdict.reasons.get().quoted, says="dismissed", why="Both are polite.")
    say(pair, ana, kind="number", words="one hour", says="added")
    annotate(pair, ana, text="Who asked whom?")
    return decide(pair, ana, "partial", why="The tone differs, and nothing else that I could find here.")


PAGES = (
    "/review/list/",
    "/review/?pair={pair}",
    "/review/bulk/?decision=agree",
    "/history/",
    "/history/{entry}/",
    "/pairs/{pair}/",
)


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(
    page: Page, signed_in: SignIn, pair: Pair, axe: Callable[[Page], None], address: str
) -> None:
    entry = filled(pair)
    signed_in(page)
    open_at(page, address.format(pair=pair.pk, entry=entry.pk))
    axe(page)


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_fit_a_phone(phone: Page, signed_in: SignIn, pair: Pair, address: str) -> None:
    entry = filled(pair)
    signed_in(phone)
    open_at(phone, address.format(pair=pair.pk, entry=entry.pk))
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
