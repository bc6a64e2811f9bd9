"""The watch over the browser's pages itself: a broken page must not pass unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SignIn, Watch


def test_it_sees_a_script_that_throws(page: Page, watch: Watch) -> None:
    page.goto("/admin/login/")
    page.evaluate("() => { setTimeout(() => { throw new Error('torn') }, 0) }")
    page.wait_for_timeout(100)
    assert any("torn" in problem for problem in watch.problems)
    watch.problems.clear()


def test_it_sees_what_the_content_security_policy_refuses(page: Page, watch: Watch) -> None:
    page.goto("/admin/login/")
    page.evaluate("() => { const s = document.createElement('script'); s.text = 'void 0'; document.body.append(s) }")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in problem for problem in watch.problems)
    watch.problems.clear()


def test_axe_finds_an_image_without_a_name(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content("<html lang='en'><title>A</title><main><h1>A</h1><img src='data:,'></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_somebody_is_signed_in_with_a_role(page: Page, signed_in: SignIn) -> None:
    user = signed_in(page, "editor")
    page.goto("/admin/login/")
    assert [group.name for group in user.groups.all()] == ["editor"]
    assert user.username in (page.text_content("body") or "")
