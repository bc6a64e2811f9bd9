"""What people do before the pictures are taken: without it half of the pages would be empty."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Browser, Page, expect

PASSWORD = "crossread-demo"  # noqa: S105 - the demo's own, which its login page shows
EVENT = "trump-putin-call-2025-06-04"
THREE = "invented-sallow-strait-collision"
CORRECTED = "invented-grain-corridor-call"
CALL = f"/events/{EVENT}/white-house/kremlin/"
_PATIENCE = 240  # seconds that the worker may take to read and match the demo's events


def signed_in(browser: Browser, address: str, name: str, *, dark: bool = False, phone: bool = False) -> Page:
    """Open a window in which one of the demo's people is signed in."""
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 860}
    page = browser.new_page(
        base_url=address,
        viewport=size,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page.goto("/login/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    return page


def wait_for_the_worker(page: Page) -> None:
    """Wait until every event of the demo is read and matched.

    Raises:
        RuntimeError: it took longer than a few minutes.
    """
    limit = time.monotonic() + _PATIENCE
    while time.monotonic() < limit:
        page.goto(CALL)
        if page.locator(".claim").count() and not page.get_by_text("being matched").count():
            page.goto("/review/list/")
            if page.locator("tbody tr").count() >= 20:
                return
        time.sleep(2)
    raise RuntimeError("The worker did not finish the demo's events.")


def work(reviewer: Page, editor: Page) -> None:
    """Have two people decide on pairs, differ, annotate, answer, and put a claim's silence on record."""
    for key in ("a", "p", "d", "a", "p"):
        _decide(reviewer, key)
    for key in ("a", "d", "d", "p"):
        _decide(editor, key)
    _annotate(reviewer)
    _answer(editor)
    _confirm_silence(reviewer)


def _decide(page: Page, key: str) -> None:
    page.goto("/review/?order=event")
    page.wait_for_load_state("networkidle")
    page.keyboard.press(key)
    page.wait_for_load_state("networkidle")


def _annotate(page: Page) -> None:
    page.goto(first_divergence(page))
    page.locator("#note-text").fill("One says who asked, the other who offered: ask both press offices. @editor")
    page.get_by_role("button", name="Annotate", exact=True).click()
    page.wait_for_load_state("networkidle")


def _answer(page: Page) -> None:
    page.goto(first_divergence(page))
    page.locator(".answers summary").first.click()
    page.get_by_label("Your reply").first.fill("Asked on Thursday; the Kremlin's transcript is out since.")
    page.get_by_role("button", name="Send reply").first.click()
    page.wait_for_load_state("networkidle")


def _confirm_silence(page: Page) -> None:
    page.goto(CALL)
    near = page.locator("details.near").first
    near.locator("summary").click()
    near.get_by_role("button", name=re.compile("^Confirm")).click()
    page.wait_for_load_state("networkidle")


def correct_a_text(page: Page) -> str:
    """Store a new version of an article, with another figure in it; return the address of what changed."""
    page.goto(f"/events/{CORRECTED}/")
    page.locator("main a[href^='/articles/']").last.click()
    page.get_by_role("link", name="New version").click()
    page.get_by_role("link", name="Begin with the text as it stands").click()
    text = page.get_by_label("Text", exact=True)
    told = text.input_value()
    text.fill(told.replace("seventy minutes", "an hour and a half").replace("an hour and ten minutes", "an hour"))
    page.get_by_label("Why there is a new text").fill("The office corrected the length of the call.")
    page.get_by_role("button", name="Store the new version").click()
    page.wait_for_load_state("networkidle")
    return page.url


def first_divergence(page: Page) -> str:
    """Return the address of the page of the call's first pair that diverges."""
    page.goto(f"{CALL}?relation=diverge")
    page.locator("a.tag.diverge").first.click()
    link = page.locator("#open-pair")
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""
