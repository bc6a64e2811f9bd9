"""Annotating in the browser: selected words become the anchor, at exact offsets, whatever characters stand before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Annotation, Pair
from claims.services.annotate import annotate
from tests.browser.conftest import SignIn
from tests.factories import make_article, make_event, make_pair, make_user

# Each flag is two code points and four UTF-16 units, so that an offset in the wrong unit misses.
FLAGGED = "The 🇦🇽 and 🇻🇪 delegations agreed to reopen the port of Sarn on 1 May."

SELECT = """([claim, phrase]) => {
  const place = document.querySelector(`[data-claim="${claim}"]`);
  const from = place.textContent.indexOf(phrase);
  const nodes = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const point = (offset) => {
    nodes.currentNode = place;
    let passed = 0;
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (offset <= passed + node.length) return [node, offset - passed];
      passed += node.length;
    }
  };
  getSelection().setBaseAndExtent(...point(from), ...point(from + phrase.length));
}"""


@pytest.fixture
def pair(transactional_db: None) -> Pair:
    event = make_event()
    comparison = event.comparisons.get()
    opening = (comparison.a, "The call took place 🕊 on Tuesday.")
    a = make_article(event, [opening, (comparison.a, FLAGGED)], name="a.txt").claims.order_by("start")
    b = make_article(event, [(comparison.b, "Both will consider reopening Sarn in June.")], name="b.txt").claims.all()
    words = {"commitment": (["agreed to reopen"], ["will consider reopening"]), "date_time": (["1 May"], ["June"])}
    return make_pair(comparison, list(a[1:]), list(b), relation="partial", reasons=words)


def open_pair(page: Page, pair: Pair) -> None:
    page.goto(pair.get_absolute_url())
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("phrase", ["delegations", "reopen the port", "🇻🇪 delegations agreed", FLAGGED])
def test_selected_words_are_annotated_at_their_exact_place(
    page: Page, signed_in: SignIn, pair: Pair, phrase: str
) -> None:
    signed_in(page)
    open_pair(page, pair)
    page.evaluate(SELECT, [pair.claims_of("a")[0].pk, phrase])
    expect(page.locator("[data-selected] blockquote")).to_have_text(phrase)
    page.locator("#note-text").fill("Which port?")
    page.get_by_role("button", name="Annotate", exact=True).click()
    expect(page.locator(".thread .quote")).to_have_text(phrase)
    note = Annotation.objects.get()
    assert note.claim is not None
    assert note.quote == phrase == note.claim.article.text[note.start : note.end]


def test_blanks_around_the_words_are_left_out(page: Page, signed_in: SignIn, pair: Pair) -> None:
    signed_in(page)
    open_pair(page, pair)
    page.evaluate(SELECT, [pair.claims_of("a")[0].pk, " delegations "])
    expect(page.locator("[data-selected] blockquote")).to_have_text("delegations")
    claim = pair.claims_of("a")[0]
    assert page.locator("#annotate [name=start]").input_value() == str(claim.start + FLAGGED.index("delegations"))


def test_the_selection_can_be_dropped_for_the_whole_pair(page: Page, signed_in: SignIn, pair: Pair) -> None:
    signed_in(page)
    open_pair(page, pair)
    page.evaluate(SELECT, [pair.claims_of("a")[0].pk, "delegations"])
    page.get_by_role("button", name="Annotate the whole pair instead").click()
    expect(page.locator("#note-text")).to_be_focused()
    page.locator("#note-text").fill("Two readings.")
    page.get_by_role("button", name="Annotate", exact=True).click()
    expect(page.locator(".thread")).to_have_count(1)
    assert Annotation.objects.get().claim is None


def test_from_the_queue_the_selected_words_come_along(page: Page, signed_in: SignIn, pair: Pair) -> None:
    signed_in(page)
    page.goto("/review/")
    page.wait_for_load_state("networkidle")
    page.evaluate(SELECT, [pair.claims_of("a")[0].pk, "agreed to reopen"])
    page.keyboard.press("m")
    expect(page.locator("form#annotate [data-selected] blockquote")).to_have_text("agreed to reopen")


def test_a_thread_is_answered_and_resolved_without_scripts(no_js: Page, signed_in: SignIn, pair: Pair) -> None:
    annotate(pair, make_user(name="ana"), text="Which port?")
    signed_in(no_js)
    no_js.goto(pair.get_absolute_url())
    no_js.get_by_text("Reply", exact=True).click()
    no_js.get_by_label("Your reply").fill("The northern one.")
    no_js.get_by_role("button", name="Send reply").click()
    expect(no_js.locator(".reply .text")).to_have_text("The northern one.")
    no_js.get_by_role("button", name="Resolve").click()
    expect(no_js.get_by_text("resolved by reviewer")).to_be_visible()


def test_the_pair_is_accessible_and_fits(
    page: Page, phone: Page, signed_in: SignIn, pair: Pair, axe: Callable[[Page], None]
) -> None:
    annotate(pair, make_user(name="ana"), text="Which port?", kind="tone", weight="major")
    for one in (page, phone):
        signed_in(one)
        open_pair(one, pair)
        axe(one)
        assert one.evaluate("document.documentElement.scrollWidth <= innerWidth")
