"""The worker's memory over many events compared one after another in one process, with everything on.

Each figure is printed when it is reached, so that a long run which is cut off has told what it saw.

python -m bench growth              200 events
python -m bench.growth 1000         as many as told
"""

from __future__ import annotations

import sys

from bench.judging import event_of, resident
from claims.analysis import comparing
from claims.analysis.cross_encoder import CrossEncoder
from claims.analysis.encoding import Encoder

SENTENCES = 8  # a side; each event has texts of its own
_TAKEN_AT = (0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0)  # of all events


def main() -> None:
    """Compare ever new events, and print the memory at some points."""
    events = int(sys.argv[1]) if __name__ == "__main__" and len(sys.argv) > 1 else 200
    encoder, network = Encoder(), CrossEncoder()
    points = {round(share * events) for share in _TAKEN_AT}
    print(f"\nMemory of one process that compares events of two readouts of {SENTENCES} sentences")
    for number in range(1, events + 1):
        event = event_of(1000 + number, per_side=SENTENCES)
        for _ in comparing.compare(event, comparing.read(event), encoder=encoder, linker=network, judge=network):
            pass
        if number in points:
            print(f"  after {number} events  {resident():.0f} MB", flush=True)


if __name__ == "__main__":
    main()
