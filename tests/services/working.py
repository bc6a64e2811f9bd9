"""The worker's part in tests of services, done on the spot."""

from __future__ import annotations

from claims.models import Comparison
from claims.services.analyse import request_run, work


def analyse(comparison: Comparison) -> None:
    """Read and compare the comparison's event."""
    run = request_run(comparison.event)
    work(run.pk)
    run.refresh_from_db()
    assert run.state == "done", run.problem
