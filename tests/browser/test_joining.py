"""Making pairs by hand in the browser: by mouse, by keys alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, Comparison, Pair
from claims.services.edges import cut
from claims.services.joining import join
from tests.browser.conftest import SignIn
from tests.factories import make_call


@pytest.fixture
def comparison(transactional_db: None) -> Comparison:
    return make_call()


def lone(comparison: Comparison) -> tuple[Claim, Claim]:
    a, b = (one.claim for one in comparison.lone.order_by("claim__source"))
    return a, b


def test_two_ticks_and_a_button_make_a_pair(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    user = signed_in(page)
    page.goto(comparison.get_absolute_url())
    expect(page.get_by_role("button", name="Make a pair")).to_be_hidden()
    for claim in lone(comparison):
        page.locator(f"#pick-{claim.pk}").check()
    page.get_by_role("button", name="Make a pair").click()
    expect(page.locator(".panel")).to_contain_text("made by hand by reviewer")
    expect(page.locator(".knot.unjudged")).to_be_visible()
    assert Pair.objects.get(made_by=user).key == "|".join(str(claim.pk) for claim in lone(comparison))
    page.keyboard.press("u")
    expect(page.locator("#messages")).to_contain_text("Taken back: you made a pair.")
    assert not Pair.objects.standing().filter(made_by=user).exists()


def test_a_pair_is_made_by_keys_alone(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    user = signed_in(page)
    page.goto(comparison.get_absolute_url())
    for claim in lone(comparison):
        page.locator(f"#pick-{claim.pk}").focus()
        page.keyboard.press("Space")
    page.keyboard.press("g")
    expect(page.locator(".panel")).to_contain_text("made by hand by reviewer")
    assert Pair.objects.filter(made_by=user).count() == 1


def test_one_side_is_refused_and_the_tick_stays(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    page.goto(comparison.get_absolute_url())
    first, _ = lone(comparison)
    page.locator(f"#pick-{first.pk}").check()
    page.get_by_role("button", name="Make a pair").click()
    expect(page.get_by_role("alert")).to_have_text("Choose at least one claim on each side.")
    expect(page.locator(f"#pick-{first.pk}")).to_be_checked()
    assert page.url.endswith(comparison.get_absolute_url())


def test_a_tick_does_not_choose_the_claims_pair(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    page.goto(comparison.get_absolute_url())
    paired = comparison.pairs.all()[0].claims_of("a")[0]
    page.locator(f"#pick-{paired.pk}").check()
    expect(page.get_by_text("Choose a pair, or begin with the first.")).to_be_visible()
    expect(page.locator(f"#pick-{paired.pk}")).to_be_checked()


def test_everything_works_without_scripts(no_js: Page, signed_in: SignIn, comparison: Comparison) -> None:
    user = signed_in(no_js)
    no_js.goto(comparison.get_absolute_url())
    a, b = lone(comparison)
    for claim in (a, b):
        no_js.locator(f"#pick-{claim.pk}").check()
    no_js.get_by_role("button", name="Make a pair").click()
    made = Pair.objects.get(made_by=user)
    no_js.get_by_role("link", name="Change its claims").click()
    no_js.get_by_label("Pair").select_option(index=1)
    no_js.get_by_role("button", name="Merge the whole pair into it").click()
    made.refresh_from_db()
    assert made.merged_into is not None
    no_js.goto(f"/claims/{a.pk}/edges/")
    no_js.get_by_label("hour").check()
    no_js.get_by_role("button", name="Split before this word").click()
    assert [claim.text for claim in Claim.objects.by_hand()] == ["The call lasted one", "hour and 20 minutes."]
    no_js.goto(f"/comparisons/{comparison.pk}/fixes/")
    no_js.get_by_role("button", name="Take back").first.click()
    expect(no_js.get_by_text("Taken back. The undecided rest is matched again.")).to_be_visible()
    assert not Claim.objects.by_hand().exists()


def test_a_nearest_claim_is_one_click_from_a_pair(page: Page, signed_in: SignIn, comparison: Comparison) -> None:
    signed_in(page)
    page.goto(comparison.get_absolute_url())
    first, _ = lone(comparison)
    card = page.locator(f"#claim-{first.pk}")
    card.get_by_text("Nearest on the other side").first.click()
    card.get_by_role("button", name="Make a pair with").first.click()
    expect(page.locator(".panel")).to_contain_text("made by hand by reviewer")


def test_the_pages_are_accessible(
    page: Page, signed_in: SignIn, comparison: Comparison, axe: Callable[[Page], None]
) -> None:
    user = signed_in(page)
    a, b = lone(comparison)
    pair = join(comparison, user, [a.pk, b.pk])
    cut(a, user, a.start + a.text.index("and 20"))
    for address in (
        f"{comparison.get_absolute_url()}?pair={pair.pk}",
        pair.get_absolute_url(),
        f"/pairs/{pair.pk}/claims/",
        f"/claims/{b.pk}/edges/",
        f"/comparisons/{comparison.pk}/fixes/",
    ):
        page.goto(address)
        axe(page)
    page.goto(comparison.get_absolute_url())
    page.locator(".pick input").first.check()
    expect(page.get_by_role("button", name="Make a pair")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("page_of", ["claims", "edges", "fixes"])
def test_the_pages_fit_a_phone(phone: Page, signed_in: SignIn, comparison: Comparison, page_of: str) -> None:
    user = signed_in(phone)
    a, b = lone(comparison)
    pair = join(comparison, user, [a.pk, b.pk])
    addresses = {
        "claims": f"/pairs/{pair.pk}/claims/",
        "edges": f"/claims/{b.pk}/edges/",
        "fixes": f"/comparisons/{comparison.pk}/fixes/",
    }
    phone.goto(addresses[page_of])
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
