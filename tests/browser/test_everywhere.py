"""What holds on every page: the sheet of keys, pages that refuse, nothing that axe would find."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from claims.models import Article, Claim, Pair
from claims.services.review import decide
from claims.services.revise import revise
from tests.browser.conftest import Watch
from tests.exports import exported
from tests.factories import make_call, make_large, make_user

SignIn = Callable[..., User]

JUDGES = {
    "built-in": "Built-in judge",
    "rules": "Rules alone",
    "inference": "Inference model",
    "remote": "Language model on a server",
}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_that_does_not_exist_says_so_accessibly(
    page: Page, signed_in: SignIn, watch: Watch, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "reader")
    page.goto("/events/no-such-event/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    watch.problems.clear()


def test_a_page_that_one_may_not_use_says_so_accessibly(
    page: Page, signed_in: SignIn, watch: Watch, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "reader")
    page.goto("/events/add/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    watch.problems.clear()


def test_the_nearest_claims_have_a_page_without_scripts(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "reader")
    comparison = make_call()
    lone = comparison.lone.all()[0]
    page.goto(f"/comparisons/{comparison.pk}/nearest/{lone.claim_id}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)


@pytest.mark.parametrize("judge", list(JUDGES))
def test_the_settings_are_accessible(
    page: Page, signed_in: SignIn, settings: Settings, axe: Callable[[Page], None], judge: str
) -> None:
    settings.CROSSREAD_JUDGE = judge
    settings.CROSSREAD_JUDGE_MODEL = "somebody/a-model"
    settings.CROSSREAD_JUDGE_URL = "https://judge.example.org/v1"
    signed_in(page, "reader")
    page.goto("/")
    page.get_by_role("link", name="Settings", exact=True).click()
    in_use = page.get_by_role("listitem").filter(has_text="in use")
    expect(in_use).to_have_count(1)
    expect(in_use.get_by_role("heading")).to_contain_text(JUDGES[judge])
    axe(page)


def test_the_settings_fit_on_a_phone(phone: Page, signed_in: SignIn, settings: Settings) -> None:
    settings.CROSSREAD_JUDGE = "remote"
    settings.CROSSREAD_JUDGE_MODEL = f"somebody/{'a-very-long-name-' * 6}"
    settings.CROSSREAD_JUDGE_URL = f"https://{'judge.' * 9}example.org/v1"
    signed_in(phone, "reader")
    phone.goto("/settings/")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_sheet_of_keys_opens_and_closes_by_its_key(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "reviewer")
    make_call()
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_page_of_figures_is_accessible_with_and_without_decisions(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    editor = signed_in(page, "editor")
    page.goto("/quality/")
    expect(page.get_by_text("30 more decisions are needed")).to_be_visible()
    axe(page)
    pairs = make_large(40, pairs=40).pairs.order_by("pk")
    for place, pair in enumerate(pairs):
        Pair.objects.filter(pk=pair.pk).update(score=0.3 + place / 60)
        decide(pair, editor, "no_match" if place < 12 else pair.verdict.relation)
    page.goto("/quality/")
    expect(page.get_by_role("heading", name="What applying it would change")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="What was applied")).to_be_visible()
    axe(page)


def test_the_page_of_figures_fits_a_phone(phone: Page, signed_in: SignIn) -> None:
    editor = signed_in(phone, "editor")
    for pair in make_large(40, pairs=40).pairs.all():
        decide(pair, editor, pair.verdict.relation)
    phone.goto("/quality/")
    expect(phone.get_by_role("heading", name="By relation")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_not_matched_for_its_language_is_told_accessibly(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "editor")
    comparison = make_call()
    Article.objects.filter(name="velland.txt").update(language="ru")
    comparison.pairs.all().delete()
    for address in (comparison.get_absolute_url(), comparison.event.get_absolute_url()):
        page.goto(address)
        expect(page.get_by_text("which the model all-MiniLM-L6-v2 does not cover")).to_be_visible()
        axe(page)
    page.goto(Article.objects.get(name="velland.txt").get_absolute_url())
    expect(page.get_by_label("This text is in")).to_be_visible()
    axe(page)


def make_revised(editor: User) -> Pair:
    """Make a call whose pairs are decided, and a new text that changes one and takes another out."""
    comparison = make_call()
    for pair in comparison.pairs.all():
        decide(pair, editor, pair.verdict.relation)
    article = Article.objects.get(name="arden.txt")
    claim = article.claims.get(text__startswith="It was a frank")
    text = article.text.replace("proposed that", "demanded that").replace(f"{claim.text} ", "")
    revise(article, f"{text} And a last line.", editor, "Corrected by the office.")
    return comparison.pairs.get(members__claim__text__contains="demanded that")


def test_what_a_new_version_changed_is_told_accessibly(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    pair = make_revised(signed_in(page, "editor"))
    article = Article.objects.get(name="arden.txt")
    changed, past = f"/articles/{article.pk}/diff/1/2/", Claim.objects.filter(past_version=1)[0]
    addresses = [f"/articles/{article.pk}/{page}/" for page in ("revise", "versions", "versions/1", "versions/2")]
    addresses += [changed, f"{changed}?layout=inline", past.get_absolute_url(), pair.get_absolute_url()]
    for address in (*addresses, "/review/?state=stale", f"{pair.comparison.get_absolute_url()}?pair={pair.pk}"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)


def test_what_a_new_version_changed_fits_a_phone(phone: Page, signed_in: SignIn) -> None:
    pair = make_revised(signed_in(phone, "editor"))
    article = Article.objects.get(name="arden.txt")
    for address in (f"/articles/{article.pk}/diff/1/2/", f"/articles/{article.pk}/versions/", pair.get_absolute_url()):
        phone.goto(address)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    phone.get_by_role("button", name="Confirm: Diverge").click()
    expect(phone.get_by_text("The text changed since this was decided")).to_have_count(0)


def test_the_export_is_accessible_and_sends_a_file(page: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    signed_in(page, "reviewer")
    comparison = make_call()
    page.goto(comparison.event.get_absolute_url())
    page.get_by_role("link", name="Export").click()
    axe(page)
    page.get_by_label("JSON, complete").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "call-between-arden-and-velland.json"


def test_decisions_from_a_file_are_accessible_before_and_after(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    reviewer = signed_in(page, "reviewer")
    comparison = make_call()
    table = exported("csv", comparison, reviewer_id=reviewer.pk).decode()
    decided = re.sub(r"(?m)^(call-\S+?,Arden and Velland,\d+,\w+),", r"\1,not a match", table)
    decide(comparison.pairs.all()[0], make_user("editor"), "agree")
    page.goto("/decisions/")
    axe(page)
    page.get_by_label("Edited table").set_input_files(
        {"name": "table.csv", "mimeType": "text/csv", "buffer": decided.encode()}
    )
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="In conflict")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Store 4 decisions").click()
    expect(page.get_by_text("4 decisions stored. 1 left as they are")).to_be_visible()


def test_export_and_decisions_fit_a_phone(phone: Page, signed_in: SignIn) -> None:
    signed_in(phone, "reviewer")
    for address in (f"{make_call().event.get_absolute_url()}export/", "/decisions/"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
