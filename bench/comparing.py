"""Two new readouts of 40 sentences with the model loaded: the stored comparison beside embedding them alone.

python -m bench comparing                 composed sentences, of which nearly all find a partner
python -m bench.comparing TABLE.csv.gz    sentences of real texts (column "body"), of which fewer do
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from bench.database import set_up
from bench.texts import sentences, sentences_of
from bench.timing import best_of_each, show

SENTENCES = 40
_seeds = count(100)


def main() -> None:
    """Measure both in one run; every round has texts of its own, so that no vector is known."""
    # What reads pairs together is measured by ``bench.judging``: it takes ten times as long as all the rest.
    os.environ["CROSSREAD_JUDGE"] = "rules"
    set_up()
    from claims.analysis.encoding import MemoryStore
    from claims.models import Event, Pair, Run
    from claims.services.analyse import work
    from claims.services.ingest import SourceDraft, add_article, add_event
    from claims.services.matching import encoder
    from claims.services.vectors import StoredVectors

    names = ("Government of Marovia", "Government of Tolmark")

    real = sentences_of(Path(sys.argv[1])) if __name__ == "__main__" and len(sys.argv) > 1 else None

    def readouts() -> tuple[list[str], list[str]]:
        if real is not None:
            return [real.pop() for _ in range(SENTENCES)], [real.pop() for _ in range(SENTENCES)]
        # No sentence twice, but of the same subjects: there is as much to match and to judge as in real readouts.
        both = sentences(2 * SENTENCES, seed=next(_seeds))
        return both[:SENTENCES], both[SENTENCES:]

    def new_event() -> Run:
        event: Event = add_event(
            title="Call", date=None, sources=[SourceDraft(names[0], "Marovia"), SourceDraft(names[1], "Tolmark")]
        )
        for name, texts in zip(names, readouts(), strict=True):
            add_article(event, text="\n".join(texts), publisher=name)
        return event.runs.get()

    def embed_alone() -> None:
        first, second = prepared_texts.pop()
        encoder()._store = MemoryStore()
        encoder().encode(first + second)

    def compare() -> None:
        encoder()._store = StoredVectors()
        run = prepared_runs.pop()
        work(run.pk)
        run.refresh_from_db()
        assert run.state == "done", run.problem

    rounds = 21
    prepared_texts = [readouts() for _ in range(rounds)]
    prepared_runs = [new_event() for _ in range(rounds)]
    best_of_each([embed_alone, compare], times=1)  # loads the model
    alone, stored = best_of_each([embed_alone, compare], times=rounds - 1)
    show(
        f"Two new readouts of {SENTENCES} sentences, model loaded",
        [
            ("embedding them alone", f"{alone * 1000:.0f} ms"),
            ("read, embedded, matched, judged, stored", f"{stored * 1000:.0f} ms"),
            ("ratio", f"{stored / alone:.2f}"),
            ("pairs in a comparison, on average", f"{Pair.objects.count() / rounds:.0f}"),
        ],
    )


if __name__ == "__main__":
    main()
