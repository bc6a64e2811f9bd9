"""The example of the documentation, run as it stands against a server, with a worker beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from claims.analysis.encoding import Encoder
from claims.models import Annotation, Event, Review, Run
from claims.services import matching
from claims.services.analyse import work
from claims.services.vectors import StoredVectors
from tests.api.conftest import program_of
from tests.services.test_matching import ARDEN, VELLAND
from tests.services.worker_process import WordNetwork

EXAMPLE = Path(settings.BASE_DIR, "docs", "api_example.py")


@pytest.mark.django_db(transaction=True)
def test_the_example_does_the_main_job(live_server: LiveServer, tmp_path: Path) -> None:
    program = program_of("editor")
    for name, text in (("Arden", ARDEN), ("Velland", VELLAND)):
        tmp_path.joinpath(f"{name}.txt").write_text(text, encoding="utf-8")
    told = {"CROSSREAD_TOKEN": program.secret, "PATH": os.environ["PATH"]}
    command = [sys.executable, str(EXAMPLE), live_server.url, "Arden.txt", "Velland.txt"]
    example = subprocess.Popen(command, cwd=tmp_path, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    carry_out_runs(until=example)
    printed = example.communicate()[0].decode()
    assert example.returncode == 0, printed
    event = Event.objects.get()
    assert "The presidents spoke by telephone for two hours" in printed
    assert printed.splitlines()[-1].endswith(
        f"differ; all of it: {live_server.url}{reverse('event', args=[event.slug])}"
    )
    assert Review.objects.get().reviewer == Annotation.objects.get().author == program.user


def carry_out_runs(*, until: subprocess.Popen[bytes]) -> None:
    """Do the worker's part, with vectors of word counts, until a program has ended."""
    encoder = Encoder(model="words", store=StoredVectors())
    encoder.__dict__["_network"] = WordNetwork()
    ends = time.monotonic() + 60
    with mock.patch.object(matching, "encoder", return_value=encoder):
        while until.poll() is None and time.monotonic() < ends:
            # Server and worker share one database in memory here, which does not wait for a table as a file does.
            with suppress(OperationalError):
                for run in Run.objects.filter(state=Run.State.QUEUED):
                    work(run.pk)
            time.sleep(0.05)
    until.kill()
