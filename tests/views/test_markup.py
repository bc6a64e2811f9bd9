"""Every page as the Nu HTML checker reads it, in the roles that see different pages, and with forms refused."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_user
from tests.views.test_access import NAMES, addresses

__all__ = ["addresses"]  # a fixture

pytestmark = pytest.mark.django_db

JAR = max(Path(sys.prefix).glob("vnu-*.jar"), default=None)
ROLES = ("", "reader", "reviewer", "editor")
# What a page shows only then: a pair chosen, a filter, a choice of columns, something found, a step of a form.
STATES = {
    "comparison": ["?pair={pair}", "?relation=only", "?state=reviewed&reason=agency"],
    "queue": ["?pair={pair}", "?state=mine"],
    "review_list": ["?state=open", "?relation=diverge"],
    "search": ["?q=call", "?q=nothing-like-it", "?q=relation:agree", "?q=unknown:word"],
    "bulk": ["?decision=agree", "?kind=agency"],
    "history": ["?pair={pair}"],
    "matrix": ["?show=all", "?differences=1"],
    "disagreements": ["?state=all"],
}


def test_every_page_is_valid_html(client: Client, tmp_path: Path, addresses: dict[str, str]) -> None:
    pages = _pages(client, addresses)
    assert len(pages) > len(NAMES)
    for number, (_, html) in enumerate(pages):
        # htmx reads its attributes as "data-hx-get" too, which is the one spelling that the checker knows.
        (tmp_path / f"{number}.html").write_text(html.replace(" hx-", " data-hx-"), encoding="utf-8")
    found = defaultdict(set)
    for message in _check(tmp_path):
        page = pages[int(Path(message["url"]).stem)][0]
        found[f"{message['message']} … {message.get('extract', '')!r}"].add(page)
    assert not found, "\n".join(f"{told}\n    on {', '.join(sorted(where)[:6])}" for told, where in found.items())


def _pages(client: Client, addresses: dict[str, str]) -> list[tuple[str, str]]:
    """Return each different page with the name of its address and who sees it."""
    seen: dict[str, str] = {}
    pair = addresses["pair"].strip("/").split("/")[-1]
    for role in ROLES:
        client.force_login(make_user(role))
        for name, address in addresses.items():
            for query in ["", *STATES.get(name, [])]:
                answer = client.get(address + query.format(pair=pair))
                _keep(seen, answer, f"{name}{query} ({role or 'no role'})")
            if role == "editor" and name != "logout":
                _keep(seen, client.post(address), f"{name}, refused")
    client.logout()
    _keep(seen, client.get(addresses["login"]), "login")
    _keep(seen, client.get(addresses["shared"]), "shared, without a login")
    return [(name, html) for html, name in seen.items()]


def _keep(seen: dict[str, str], answer: object, name: str) -> None:
    kind, html = answer.headers.get("Content-Type", ""), getattr(answer, "content", b"").decode(errors="replace")  # type: ignore[attr-defined]
    if kind.startswith("text/html") and html.lstrip().lower().startswith("<!doctype"):
        seen.setdefault(html, name)


def _check(folder: Path) -> list[dict[str, str]]:
    """Return what the checker calls an error in a folder of pages."""
    java = shutil.which("java")
    if java is None or JAR is None:
        pytest.fail(f"The HTML checker is not there (java: {java}, file: {JAR}): `make checker` brings it.")
    command = [java, "-jar", str(JAR), "--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    messages: list[dict[str, str]] = json.loads(answer.stderr)["messages"]
    return messages
