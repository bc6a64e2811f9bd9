"""What a test in the browser is given: a page that watches itself, people who are signed in, themes, sizes, axe.

``page`` opens addresses of the test's own server (``page.goto("/")``). It fails its test when a script throws, when
the console shows an error, or when the Content Security Policy refuses something. ``dark``, ``phone`` and ``no_js``
are pages of the same kind. ``signed_in(page, role)`` signs somebody in, ``axe(page)`` finds no violation, in light and
in dark.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request
from pytest_django.live_server_helper import LiveServer

# Playwright's synchronous calls run an event loop, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A refused form answers 422, and the browser writes that to its console; nothing is wrong with it.
_EXPECTED = re.compile(r"Failed to load resource: .*\b422\b")
_NO_BROWSER = (
    "There is no browser to test with: {error}\n"
    "`make test` installs one. By hand: `apt-get install chromium` as root, or `.venv/bin/playwright install chromium`."
)

_OF_COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe that come along and look at colours

SignIn = Callable[..., User]
NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's chromium where there is one, and playwright's own elsewhere."""
    chromium = shutil.which("chromium")
    return {
        **browser_type_launch_args,
        "args": ["--no-sandbox"],  # chromium refuses to run as root with its sandbox
        **({"executable_path": chromium} if chromium else {}),
    }


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """Start one browser for all tests. Without a browser they fail: what they prove would be unproven."""
    try:
        started = launch_browser()
    except Error as error:
        pytest.fail(_NO_BROWSER.format(error=str(error).splitlines()[0]), pytrace=False)
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: LiveServer) -> dict[str, Any]:
    """Open addresses on the test's own server, and keep the pages from moving while they are looked at."""
    return {**browser_context_args, "base_url": live_server.url, "reduced_motion": "reduce"}


class Watch:
    """What went wrong in the pages of a test, in words."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of a context, those opened later among them."""
        context.on("console", self._console)
        context.on("weberror", lambda raised: self.problems.append(f"a script threw: {raised.error}"))
        context.on("requestfailed", self._request_failed)

    def _console(self, message: ConsoleMessage) -> None:
        # The Content Security Policy's refusals are errors of the console too.
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.problems.append(f"the console says: {message.text} ({message.location.get('url', '')})")

    def _request_failed(self, request: Request) -> None:
        # A request that the page itself gave up (by going elsewhere) is no failure.
        if request.failure not in (None, "net::ERR_ABORTED"):
            self.problems.append(f"{request.url} could not be loaded: {request.failure}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail the test at its end for what went wrong in its pages; a test that expects it clears ``watch.problems``."""
    watching = Watch()
    yield watching
    if watching.problems:
        pytest.fail("In the browser: " + "\n".join(watching.problems), pytrace=False)


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext], watch: Watch) -> NewPage:
    """Return a function that opens a page in a context of its own, with playwright's options for a context."""

    def open_page(**options: Any) -> Page:
        context = new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        context.set_default_timeout(10_000)
        watch.over(context)
        return context.new_page()

    return open_page


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Return a page 1280 pixels wide, in light."""
    return new_page(color_scheme="light")


@pytest.fixture
def dark(new_page: NewPage) -> Page:
    """Return a page in dark."""
    return new_page(color_scheme="dark")


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """Return a page as wide as a phone, with touch."""
    return new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme="light")


@pytest.fixture
def no_js(new_page: NewPage) -> Page:
    """Return a page whose scripts do not run."""
    return new_page(java_script_enabled=False)


@pytest.fixture
def signed_in(live_server: LiveServer) -> SignIn:
    """Return a function that signs somebody of a role in on a page: ``signed_in(page, "reviewer")``."""

    def sign_in(page: Page, role: str = "reviewer", *, name: str = "") -> User:
        user, _made = User.objects.get_or_create(username=name or role)
        user.groups.set([Group.objects.get(name=role)])
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return user

    return sign_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that finds no violation of the accessibility rules on a page: of its colours in both themes."""

    def find_none(page: Page) -> None:
        themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            # Nothing but its colours tells one theme of a page from the other.
            only = {"runOnly": {"type": "rule", "values": _OF_COLOURS}} if theme == "dark" else {}
            found = Axe().run(page, options={"resultTypes": ["violations"], **only})
            assert found.violations_count == 0, f"In {theme}: {found.generate_report()}"
        page.emulate_media(color_scheme="light")

    return find_none
