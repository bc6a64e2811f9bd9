"""Two new readouts of 40 sentences compared with everything on, the models loaded, and the share of each step.

python -m bench judging
"""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.texts import sentences
from bench.timing import show
from claims.analysis import comparing
from claims.analysis.cross_encoder import CrossEncoder
from claims.analysis.encoding import Encoder
from claims.analysis.structures import Article, Event, Source

SENTENCES = 40
ROUNDS = 4


def event_of(seed: int, *, per_side: int = SENTENCES) -> Event:
    """Return an event of two readouts whose sentences are of the same subjects."""
    both = sentences(2 * per_side, seed=seed)
    sources = Source("Government of Marovia", "Marovia"), Source("Government of Tolmark", "Tolmark")
    texts = "\n".join(both[:per_side]), "\n".join(both[per_side:])
    articles = tuple(Article(one.party, text, one.name) for one, text in zip(sources, texts, strict=True))
    return Event("Call", sources, articles)


def resident() -> float:
    """Return this process's memory now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Measure the whole and its steps, and memory over many events."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            begin = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[name] += time.perf_counter() - begin

        return run

    encoder, network = Encoder(), CrossEncoder()
    encoder.encode = timed("embedding", encoder.encode)  # type: ignore[method-assign]
    network.link_scores = timed("reading pairs for links", network.link_scores)  # type: ignore[method-assign]
    network.opinions = timed("reading pairs for verdicts", network.opinions)  # type: ignore[method-assign]
    reading = timed("reading texts", comparing.read)

    def compare(seed: int) -> None:
        event = event_of(seed)
        for _ in comparing.compare(event, reading(event), encoder=encoder, linker=network, judge=network):
            pass

    compare(1)  # loads the models
    spent.clear()
    times = []
    for seed in range(2, 2 + ROUNDS):
        begin = time.perf_counter()
        compare(seed)
        times.append(time.perf_counter() - begin)
    whole = sum(times)
    rows = [(f"  {name}", f"{share / whole:.0%}") for name, share in spent.items()]
    rest = 1 - sum(spent.values()) / whole
    show(
        f"Two readouts of {SENTENCES} sentences with everything on, models loaded",
        [
            ("best of the rounds", f"{min(times):.2f} s"),
            *rows,
            ("  matching, detectors, weighing", f"{rest:.0%}"),
            ("memory of the process", f"{resident():.0f} MB"),
        ],
    )


if __name__ == "__main__":
    main()
