"""Reading an article: whose words each sentence is, and setting right a wrong one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Article, Claim
from tests.browser.conftest import SignIn
from tests.factories import make_article, make_call, make_event, make_pair

OUTSIDE = "“Two 🚢 and “𝕾arn” — ships & <masts>,” the palace said."


@pytest.fixture
def article(transactional_db: None) -> Article:
    """Return a mixed article of several paragraphs, with one sentence that the machine is unsure of."""
    event = make_event()
    arden, velland = event.sources.all()
    made = make_article(
        event,
        [
            ("The Courier", "The two sides spoke on Tuesday."),
            (arden, "The Prime Minister wrote that the port would open."),
            (velland, OUTSIDE),
            (arden, "It was a good talk."),
        ],
    )
    Claim.objects.filter(text=OUTSIDE).update(speaker="Ilse Morn", confidence=0.3)
    return made


def test_the_text_in_the_browser_is_the_text_to_the_letter(page: Page, signed_in: SignIn, article: Article) -> None:
    signed_in(page, "reader")
    page.goto(article.get_absolute_url())
    assert page.locator("#text").evaluate("element => element.textContent") == article.text


def test_a_click_on_a_sentence_shows_who_says_it_and_keeps_the_focus(
    page: Page, signed_in: SignIn, article: Article
) -> None:
    signed_in(page, "reader")
    claim = article.claims.get(text=OUTSIDE)
    page.goto(article.get_absolute_url())
    page.locator(f"#to-{claim.pk}").press("Enter")
    expect(page.get_by_role("heading", name="Velland")).to_be_visible()
    expect(page.get_by_text("Ilse Morn", exact=True)).to_be_visible()
    expect(page.locator(f"#to-{claim.pk}")).to_be_focused()
    expect(page.locator("#live")).to_have_text("Velland, Ilse Morn")
    assert page.url.endswith(f"?claim={claim.pk}")
    expect(page.get_by_role("button", name="Correct the source")).to_have_count(0)


def test_an_editor_corrects_a_source_on_the_spot(page: Page, signed_in: SignIn, article: Article) -> None:
    signed_in(page, "editor")
    claim = article.claims.get(text=OUTSIDE)
    page.goto(article.get_absolute_url())
    page.locator(f"#to-{claim.pk}").click()
    page.get_by_label("Whose claim is it?").select_option("Arden")
    page.get_by_role("button", name="Correct the source").click()
    expect(page.get_by_text("The machine read: Velland.")).to_be_visible()
    claim.refresh_from_db()
    assert claim.standing_voice == "Arden"
    assert page.locator("#text").evaluate("element => element.textContent") == article.text


def test_without_scripts_a_source_is_corrected_too(no_js: Page, signed_in: SignIn, article: Article) -> None:
    signed_in(no_js, "editor")
    claim = article.claims.get(text="It was a good talk.")
    no_js.goto(article.get_absolute_url())
    no_js.locator(f"#to-{claim.pk}").click()
    no_js.get_by_label("Whose claim is it?").select_option("Somebody else:")
    no_js.get_by_label("Their name").fill("Union of Mariners")
    no_js.get_by_role("button", name="Correct the source").click()
    expect(no_js.get_by_role("heading", name="Union of Mariners")).to_be_visible()


def test_on_a_phone_the_text_fits_and_the_answer_is_in_sight(phone: Page, signed_in: SignIn, article: Article) -> None:
    signed_in(phone, "editor")
    claim = article.claims.get(text=OUTSIDE)
    phone.goto(article.get_absolute_url())
    phone.locator(f"#to-{claim.pk}").tap()
    expect(phone.get_by_role("heading", name="Velland")).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_article_is_accessible(
    page: Page, signed_in: SignIn, article: Article, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "editor")
    claim = article.claims.get(text=OUTSIDE)
    page.goto(f"{article.get_absolute_url()}?claim={claim.pk}")
    axe(page)


def test_events_are_accessible(
    page: Page, signed_in: SignIn, transactional_db: None, axe: Callable[[Page], None]
) -> None:
    comparison = make_call()
    empty = make_event("Talks without an article")
    three = make_event("Talks of three", sources=("Arden", "Velland", "Omber"))
    arden, velland = three.sources.all()[:2]
    said = list(make_article(three, [(arden, "The port opens."), (velland, "The port stays shut.")]).claims.all())
    make_pair(three.comparisons.get(a=arden, b=velland), said[:1], said[1:], relation="diverge")
    signed_in(page, "editor")
    for event in (comparison.event, empty, three):
        page.goto(event.get_absolute_url())
        axe(page)
    expect(page.get_by_role("row").nth(1)).to_contain_text("nothing of it was matched")
    page.goto("/")
    axe(page)
