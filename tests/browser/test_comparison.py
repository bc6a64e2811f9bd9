"""A comparison in the browser: ribbons, reasons, filters, deciding by keys, on a phone and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Comparison, Pair, Review
from tests.browser.conftest import SignIn, Watch
from tests.factories import make_article, make_call, make_event, make_pair


@pytest.fixture
def comparison(transactional_db: None) -> Comparison:
    return make_call()


def pair_of(comparison: Comparison, reason: str) -> Pair:
    return comparison.pairs.get(verdict__reasons__kind=reason)


def open_comparison(page: Page, comparison: Comparison, query: str = "") -> None:
    page.goto(comparison.get_absolute_url() + query)
    page.wait_for_load_state("networkidle")


def ribbons_miss_their_claims(page: Page) -> list[str]:
    """Return the relations whose ribbons do not begin and end at the middle of a claim's edge, once they are drawn.

    They are drawn in the frame after a change; a busy machine may take its time over that frame.
    """
    for _ in range(20):
        if not (missing := _missing(page)):
            break
        page.wait_for_timeout(100)
    return missing


def _missing(page: Page) -> list[str]:
    missing: list[str] = page.evaluate(
        """() => {
          const origin = document.querySelector('.columns').getBoundingClientRect();
          const middles = [...document.querySelectorAll('.claim[data-links]')].map((claim) => {
            const box = claim.getBoundingClientRect();
            const x = claim.dataset.side === 'a' ? box.right : box.left;
            return [x - origin.left, box.top + box.height / 2 - origin.top];
          });
          const near = (point) => middles.some(([x, y]) => Math.hypot(x - point.x, y - point.y) < 1.5);
          return [...document.querySelectorAll('.ribbon:not(.core)')]
            .filter((path) => !near(path.getPointAtLength(0)) || !near(path.getPointAtLength(path.getTotalLength())))
            .map((path) => path.getAttribute('class'));
        }"""
    )
    return missing


def test_a_ribbon_joins_the_claims_of_every_pair(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    open_comparison(page, comparison)
    expect(page.locator(".knot")).to_have_count(5)
    expect(page.locator(".ribbon.partial")).to_have_count(2)
    assert ribbons_miss_their_claims(page) == []
    assert page.locator(".ribbon.partial").first.evaluate("path => getComputedStyle(path).strokeDasharray") != "none"


def test_ribbons_follow_when_the_window_is_resized(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    open_comparison(page, comparison)
    page.set_viewport_size({"width": 1050, "height": 700})
    page.wait_for_function("document.querySelector('.ribbons').getBoundingClientRect().width < 1050")
    page.wait_for_timeout(100)
    assert ribbons_miss_their_claims(page) == []


def test_a_pair_of_several_claims_has_a_ribbon_to_each(page: Page, signed_in: SignIn, transactional_db: None) -> None:
    event = make_event()
    comparison = event.comparisons.get()
    sentences = [(comparison.a, "They spoke of grain."), (comparison.a, "Ships were named."), (comparison.b, "Grain.")]
    a1, a2, b = make_article(event, sentences).claims.order_by("start")
    make_pair(comparison, [a1, a2], [b], relation="partial")
    signed_in(page)
    open_comparison(page, comparison)
    expect(page.locator(".ribbon")).to_have_count(3)
    expect(page.locator(".knot")).to_have_count(1)


def test_a_reasons_label_lights_up_its_words_on_both_sides(
    page: Page, signed_in: SignIn, comparison: Comparison
) -> None:
    signed_in(page)
    open_comparison(page, comparison, f"?pair={pair_of(comparison, 'agency').pk}")
    label = page.locator("[data-shows]")
    lit = page.locator("mark.lit")
    expect(lit).to_have_count(0)
    label.hover()
    expect(lit).to_have_text(["The Prime Minister proposed", "The President offered"])
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)
    label.focus()
    expect(lit).to_have_count(2)
    label.blur()
    label.click()
    page.mouse.move(5, 5)
    label.blur()
    expect(lit).to_have_count(2)
    expect(label).to_have_attribute("aria-pressed", "true")


def test_a_click_on_a_claim_a_sign_or_the_map_chooses_its_pair(
    page: Page, signed_in: SignIn, comparison: Comparison
) -> None:
    signed_in(page)
    open_comparison(page, comparison)
    first, second, third = (pair_of(comparison, kind) for kind in ("agency", "tone", "commitment"))
    page.locator(".claim", has_text="observers").first.click(position={"x": 5, "y": 5})
    expect(page.locator(".columns")).to_have_attribute("data-chosen", str(first.pk))
    page.locator(f'.knot[data-pair="{second.pk}"] circle').click()
    expect(page.locator(".columns")).to_have_attribute("data-chosen", str(second.pk))
    page.locator(f'.map a[href*="pair={third.pk}#"]').click()
    expect(page.locator(".columns")).to_have_attribute("data-chosen", str(third.pk))
    assert f"pair={third.pk}" in page.url
    page.go_back()
    expect(page.locator(".columns")).to_have_attribute("data-chosen", str(second.pk))


def test_filters_stand_in_the_address(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    open_comparison(page, comparison)
    page.get_by_role("link", name="Differences only").click()
    expect(page.locator(".claim.agree")).to_have_count(0)
    page.get_by_label("Reason", exact=True).select_option("tone")
    expect(page.locator(".knot")).to_have_count(1)
    assert "relation=differences" in page.url
    assert "reason=tone" in page.url
    page.reload()
    expect(page.locator(".knot")).to_have_count(1)


def test_one_key_decides_and_goes_on_and_one_takes_back(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    open_comparison(page, comparison)
    page.keyboard.press("j")
    expect(page.locator("#decide-agree")).to_be_visible()
    first = page.locator(".columns").get_attribute("data-chosen")
    page.keyboard.press("d")
    expect(page.locator(".done")).to_have_text("1 of 5 pairs reviewed")
    expect(page.locator(".columns")).not_to_have_attribute("data-chosen", str(first))
    assert Review.objects.get().decision == "diverge"
    expect(page.locator("#live")).not_to_be_empty()
    assert page.evaluate("document.activeElement.id") == "decide-diverge"
    page.keyboard.press("u")
    expect(page.locator(".columns")).to_have_attribute("data-chosen", str(first))
    expect(page.locator(".done")).to_have_text("0 of 5 pairs reviewed")
    assert not Review.objects.exists()


def test_taking_back_what_is_not_there_is_answered_in_words(
    page: Page, signed_in: SignIn, comparison: Comparison
) -> None:
    signed_in(page)
    open_comparison(page, comparison, f"?pair={pair_of(comparison, 'tone').pk}")
    page.keyboard.press("u")
    expect(page.locator("#messages")).to_contain_text("nothing of yours left")
    page.keyboard.press("k")
    expect(page.locator("#messages")).to_be_empty()


def test_j_and_k_move_and_the_chosen_pair_is_in_view(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    page.set_viewport_size({"width": 1280, "height": 620})
    open_comparison(page, comparison)
    seen: list[str | None] = []
    for key in "jjjjjk":
        before = page.locator(".columns").get_attribute("data-chosen") or ""
        page.keyboard.press(key)
        if len(seen) < 5 or key == "k":
            expect(page.locator(".columns")).not_to_have_attribute("data-chosen", before)
        seen.append(page.locator(".columns").get_attribute("data-chosen"))
        expect(page.locator(".claim.here").first).to_be_in_viewport()
    assert len(set(seen)) == 5
    assert seen[-1] == seen[-3]


def test_keys_are_listed_and_can_be_switched_off(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    open_comparison(page, comparison)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Single keys act").uncheck()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("j")
    page.wait_for_timeout(200)
    assert "pair=" not in page.url


def select(page: Page, words: str) -> None:
    """Select words in a claim of the chosen pair, as a mouse does."""
    page.evaluate(
        """(words) => {
          for (const claim of document.querySelectorAll('.claim.here [data-claim]')) {
            const walker = document.createTreeWalker(claim, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const node = walker.currentNode;
              const at = node.data.indexOf(words);
              if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
          }
        }""",
        words,
    )


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_selected_words_are_annotated_and_marked(
    page: Page, signed_in: SignIn, comparison: Comparison, by: str
) -> None:
    signed_in(page)
    pair = pair_of(comparison, "agency")
    open_comparison(page, comparison, f"?pair={pair.pk}")
    select(page, "which Arden accepted")
    if by == "key":
        page.keyboard.press("m")
    else:
        page.locator("#annotate").click()
    expect(page.locator(".annotating .quote")).to_have_text("which Arden accepted")
    page.get_by_label("Note").fill("Arden does not say that it accepted.")
    page.get_by_label("Weight").select_option("major")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("mark.noted")).to_have_text("which Arden accepted")
    note = pair.annotations.get()
    assert note.quote == "which Arden accepted"
    assert note.weight == "major"


def test_a_note_without_a_selection_is_on_the_pair(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    pair = pair_of(comparison, "agency")
    open_comparison(page, comparison, f"?pair={pair.pk}")
    page.keyboard.press("m")
    page.keyboard.type("Who asked whom?")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("link", name="Open the pair 1")).to_be_visible()
    assert pair.annotations.get().claim is None


def test_the_nearest_claims_come_on_demand(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    open_comparison(page, comparison)
    lone = page.locator(".claim.only", has_text="20 minutes")
    lone.get_by_text("Nearest on the other side").click()
    expect(lone.get_by_role("listitem")).to_have_count(2)
    assert ribbons_miss_their_claims(page) == []


def test_after_a_session_has_ended_a_decision_leads_to_the_login(
    page: Page, signed_in: SignIn, comparison: Comparison
) -> None:
    signed_in(page)
    open_comparison(page, comparison, f"?pair={pair_of(comparison, 'tone').pk}")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    assert not Review.objects.exists()


def test_a_server_that_cannot_be_reached_is_told(
    page: Page, signed_in: SignIn, comparison: Comparison, watch: Watch
) -> None:
    signed_in(page)
    open_comparison(page, comparison, f"?pair={pair_of(comparison, 'tone').pk}")
    page.route("**/review/", lambda route: route.abort("connectionrefused"))
    page.keyboard.press("a")
    expect(page.locator("#messages")).to_contain_text("cannot be reached")
    watch.problems.clear()


def test_without_scripts_a_pair_is_chosen_filtered_and_decided(
    no_js: Page, signed_in: SignIn, comparison: Comparison
) -> None:
    signed_in(no_js)
    no_js.goto(comparison.get_absolute_url())
    no_js.get_by_role("link", name="Diverge 2").click()
    no_js.get_by_role("link", name="First pair").click()
    no_js.get_by_role("button", name="Partial").click()
    assert Review.objects.get().decision == "partial"
    assert "relation=diverge" in no_js.url
    no_js.get_by_role("link", name="Keys").click()
    assert no_js.locator("#keys").is_visible()


def test_on_a_phone_a_pair_is_one_card_and_nothing_runs_over(
    phone: Page, signed_in: SignIn, comparison: Comparison
) -> None:
    signed_in(phone)
    open_comparison(phone, comparison, f"?pair={pair_of(comparison, 'agency').pk}")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    expect(phone.locator(".ribbons")).to_be_hidden()
    visible = [text.strip() for text in phone.locator(".claim-text:visible").all_inner_texts()]
    assert len(visible) == 12
    for left, right in (("frank exchange", "warm and highly"), ("agreed to reopen", "will consider reopening")):
        place = next(i for i, text in enumerate(visible) if left in text)
        assert right in visible[place + 1]


def test_axe_finds_nothing(page: Page, signed_in: SignIn, comparison: Comparison, axe: Callable[[Page], None]) -> None:
    signed_in(page)
    open_comparison(page, comparison, f"?pair={pair_of(comparison, 'tone').pk}")
    axe(page)


def test_axe_finds_nothing_on_a_phone(
    phone: Page, signed_in: SignIn, comparison: Comparison, axe: Callable[[Page], None]
) -> None:
    signed_in(phone)
    open_comparison(phone, comparison)
    axe(phone)
