"""Which files are learnt from, which are fitted on, and which are only measured on.

Names and turns of phrase recur within a file, so files are never divided. No file of ``MEASURED`` was read by those who
wrote rules, chose the network or set thresholds; their totals were seen when docs/quality.md was written.
"""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
_FITTED = ("hand03-europe-levant", "hand11-plain-readouts", "hand12-mixed-articles", "hand25-mixed-real-register")
_THREE_SOURCES = (
    "hand36-three-sources",
)  # its share of divergences is not that of life: matches are fitted on it alone
_MEASURED = ("hand13-summits", "hand14-terse-vs-long")


def _files(names: tuple[str, ...]) -> list[Path]:
    return [CORPUS / f"{name}.jsonl" for name in names]


def fitted() -> list[Path]:
    """Return the files on which the network's answers are weighed with the other signals."""
    return _files(_FITTED)


def matched() -> list[Path]:
    """Return the files on which the chances of matches are fitted: those, and events of three sources."""
    return _files(_FITTED + _THREE_SOURCES)


def measured() -> list[Path]:
    """Return the files that nothing is learnt from."""
    return _files(_MEASURED)


def trained(blocks: Path) -> list[Path]:
    """Return the files that the network learns from: the written blocks in a folder, and the rest of the corpus."""
    kept = {*matched(), *measured()}
    return [*sorted(blocks.glob("*.jsonl")), *(one for one in sorted(CORPUS.glob("*.jsonl")) if one not in kept)]
