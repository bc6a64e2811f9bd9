"""What the web process carries: the pages' code, never the model library, and the API only once it is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

# Opens pages and adds an article, as gunicorn's process would.
_SCRIPT = """
import json, resource, sys
from config.wsgi import application
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
def peak():
    # Linux hands the parent's peak down in getrusage; this process's own is in /proc.
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
from django.contrib.auth import get_user_model
from django.urls import reverse
from claims.models import Event
from claims.services.load import load
from pathlib import Path
load([Path("seeds")])
client = Client(headers={"host": "localhost"})
client.force_login(get_user_model().objects.create_superuser("somebody"))
event = Event.objects.get(slug="trump-putin-call-2025-06-04")
addresses = ["/", "/admin/", event.get_absolute_url()]
addresses += ["/disagreements/", "/agreement/", "/inbox/"]
addresses += [event.articles.get().get_absolute_url(), event.comparisons.get().get_absolute_url()]
statuses = {address: client.get(address).status_code for address in addresses}
adding = reverse("article_add", args=[event.slug])
addresses = ["/search/?q=president+source:kremlin", f"{event.get_absolute_url()}report/"]
statuses |= {address: client.get(address).status_code for address in addresses}
statuses[adding] = client.get(adding).status_code
client.post(adding, {"text": "They spoke.", "outlet": "Gazette"})
print(json.dumps({
    "statuses": statuses,
    "articles": event.articles.count(),
    "heavy": sorted({"numpy", "torch", "sentence_transformers", "transformers", "scipy", "sklearn", "krippendorff"}
        & set(sys.modules)) + ["ninja"] * ("ninja" in sys.modules),
    "megabytes": peak(),
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    var = tmp_path_factory.mktemp("var")
    ended = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        cwd=Path(settings.BASE_DIR),
        env={"CROSSREAD_DEMO": "1", "CROSSREAD_VAR": str(var), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    return found


def test_every_kind_of_page_opens(told: dict[str, object]) -> None:
    statuses = told["statuses"]
    assert isinstance(statuses, dict)
    assert len(statuses) == 11
    assert set(statuses.values()) == {200}, statuses


def test_an_article_is_added_and_left_to_the_worker(told: dict[str, object]) -> None:
    assert told["articles"] == 2


def test_it_never_imports_the_model_library(told: dict[str, object]) -> None:
    assert told["heavy"] == []


def test_it_stays_small(told: dict[str, object]) -> None:
    megabytes = told["megabytes"]
    assert isinstance(megabytes, float)
    assert megabytes < 150
