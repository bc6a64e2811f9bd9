"""How the measurements are taken and told: the best of several runs, side by side in one process."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence


def best(job: Callable[[], object], *, times: int) -> float:
    """Return the seconds of the fastest of several runs: what else the machine does only ever adds to it."""
    return min(_seconds(job) for _ in range(times))


def best_processor_time(job: Callable[[], object], *, times: int) -> float:
    """Return the least processor time of several runs in seconds: what others do on a busy machine hardly counts."""
    found = []
    for _ in range(times):
        began = time.process_time()
        job()
        found.append(time.process_time() - began)
    return min(found)


def best_of_each(jobs: Sequence[Callable[[], object]], *, times: int) -> list[float]:
    """Return the fastest seconds of every job; they take turns, so that a slow minute of the machine meets them all."""
    found = [[_seconds(job) for job in jobs] for _ in range(times)]
    return [min(row[place] for row in found) for place in range(len(jobs))]


def show(title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Print a small table."""
    width = max(len(name) for name, _ in rows)
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:<{width}}  {value:>12}")


def _seconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began
