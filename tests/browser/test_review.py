"""The review queue in the browser: one key decides and goes on, undo brings back, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Pair, Review
from claims.models.pair import MOST_UNCERTAIN
from tests.browser.conftest import SignIn, Watch
from tests.factories import make_call


@pytest.fixture
def waiting(transactional_db: None) -> list[Pair]:
    """Return the pairs of a call, in the order in which the queue brings them."""
    make_call()
    return list(Pair.objects.order_by(*MOST_UNCERTAIN))


def open_queue(page: Page) -> None:
    page.goto("/review/")
    page.wait_for_load_state("networkidle")


def expect_pair(page: Page, pair: Pair) -> None:
    expect(page.locator(f'form[action="/pairs/{pair.pk}/review/"]')).to_be_visible()


def test_one_key_decides_and_goes_on_to_the_end(page: Page, signed_in: SignIn, waiting: list[Pair]) -> None:
    user = signed_in(page)
    open_queue(page)
    for pair, key in zip(waiting, "apdna", strict=True):
        expect_pair(page, pair)
        page.keyboard.press(key)
    expect(page.get_by_text("Nothing is left to decide.").first).to_be_visible()
    told = dict(Review.objects.filter(reviewer=user).values_list("pair", "decision"))
    decisions = ["agree", "partial", "diverge", "no_match", "agree"]
    assert told == dict(zip([pair.pk for pair in waiting], decisions, strict=True))


def test_a_decision_swaps_the_card_keeps_the_focus_and_is_announced(
    page: Page, signed_in: SignIn, waiting: list[Pair]
) -> None:
    signed_in(page)
    open_queue(page)
    page.evaluate("window.stillHere = true")
    page.keyboard.press("d")
    expect_pair(page, waiting[1])
    assert page.evaluate("window.stillHere"), "the page was loaded anew"
    expect(page.locator("#decide-diverge")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("1 of 5 decided")


def test_undo_brings_the_pair_back_undecided(page: Page, signed_in: SignIn, waiting: list[Pair]) -> None:
    signed_in(page)
    open_queue(page)
    page.keyboard.press("n")
    expect_pair(page, waiting[1])
    page.keyboard.press("u")
    expect_pair(page, waiting[0])
    expect(page.locator('.decide [aria-pressed="true"]')).to_have_count(0)
    assert not Review.objects.exists()


def test_j_and_k_pass_over_and_come_back_without_deciding(page: Page, signed_in: SignIn, waiting: list[Pair]) -> None:
    signed_in(page)
    open_queue(page)
    page.keyboard.press("j")
    expect_pair(page, waiting[1])
    page.keyboard.press("k")
    expect_pair(page, waiting[0])
    assert not Review.objects.exists()


def test_keys_do_nothing_while_somebody_types(page: Page, signed_in: SignIn, waiting: list[Pair]) -> None:
    signed_in(page)
    page.goto(waiting[0].get_absolute_url())
    page.locator("#note-text").press_sequentially("and a dap")
    expect(page.locator("#note-text")).to_have_value("and a dap")
    assert not Review.objects.exists()


def test_without_scripts_a_button_decides_and_goes_on(no_js: Page, signed_in: SignIn, waiting: list[Pair]) -> None:
    signed_in(no_js)
    no_js.goto("/review/")
    expect_pair(no_js, waiting[0])
    no_js.get_by_role("button", name="Partial").click()
    expect_pair(no_js, waiting[1])
    no_js.get_by_role("button", name="Undo").click()
    expect_pair(no_js, waiting[0])
    assert not Review.objects.exists()


def test_a_pair_withdrawn_meanwhile_says_so(page: Page, signed_in: SignIn, waiting: list[Pair], watch: Watch) -> None:
    signed_in(page)
    page.goto(waiting[0].get_absolute_url())
    Pair.objects.filter(pk=waiting[0].pk).update(withdrawn=True)
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Your decision was not stored.").first).to_be_visible()
    assert not Review.objects.exists()
    watch.problems.clear()  # the browser writes the answer 409 to its console


def test_the_queue_fits_a_phone(phone: Page, signed_in: SignIn, waiting: list[Pair]) -> None:
    signed_in(phone)
    open_queue(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(phone.get_by_role("button", name="Agree")).to_be_in_viewport()
    phone.get_by_role("button", name="Agree").tap()
    expect_pair(phone, waiting[1])


def test_the_queue_is_accessible(
    page: Page, signed_in: SignIn, waiting: list[Pair], axe: Callable[[Page], None]
) -> None:
    signed_in(page)
    open_queue(page)
    axe(page)
