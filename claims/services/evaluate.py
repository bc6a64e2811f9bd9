"""Measure comparisons of event folders against the gold labels that lie beside them. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.analysis.scoring.cases import (
    Case,
    EventKind,
    Labelled,
    Said,
    SaidClaim,
    SaidComparison,
    kind_of,
    names_of,
    readouts_of,
)
from claims.analysis.scoring.counting import Counts, counts_of
from claims.analysis.scoring.figures import DRAWS, Band, Evaluation, Figure, Score, evaluation_of
from claims.analysis.structures import Certainty, DivergenceKind, ReasonKind, Relation, Span
from claims.services.comparing import Readers, compared
from claims.services.folders import read_folder
from claims.services.gold import labelled_folders, read_gold

__all__ = [
    "DRAWS",
    "Band",
    "Evaluation",
    "EventKind",
    "Figure",
    "Measured",
    "Relation",
    "Score",
    "evaluated",
    "measure",
]


@dataclass(frozen=True, slots=True)
class Measured:
    """One event's counts; ``missing`` are the gold comparisons that could not be made."""

    name: str
    kind: EventKind
    counts: Counts
    missing: tuple[str, ...]


def measure(paths: Sequence[Path], *, readers: Readers | None = None, rules: bool = False) -> Iterator[Measured]:
    """Compare every event folder that holds gold labels, and yield what came of it.

    Args:
        readers: who reads the statements; without any those of the settings.
        rules: leave out what reads two statements together, whatever the settings say.

    Raises:
        FolderError: if a folder or its labels cannot be read, or a path holds none; the labels are read before
            anything is compared.
    """
    labelled = [(folder, read_gold(folder), read_folder(folder)) for folder in labelled_folders(paths)]
    readers = readers or (Readers.of_rules() if rules else Readers.as_set())
    for path, gold, folder in labelled:
        event = folder.event
        said = _said(list(compared([path], readers=readers)))
        case = Case(folder.name, kind_of(event), gold, said, names_of(event), readouts_of(event))
        yield Measured(case.name, case.kind, counts_of(case), tuple(case.missing()))


def evaluated(events: Sequence[Measured], *, draws: int = DRAWS) -> Evaluation:
    """Return the figures of some events, at least one (see ``evaluation_of``)."""
    return evaluation_of([event.counts for event in events], draws=draws)


def _said(rows: Sequence[Mapping[str, Any]]) -> Said:
    """Return the rows of one event as data; they all list the same claims."""
    claims = {
        (one["article"], one["start"], one["end"]): SaidClaim(
            one["id"], one["article"], Span(one["start"], one["end"]), one["source"], one["confidence"]
        )
        for row in rows[:1]
        for one in row["claims"]
    }
    comparisons = [SaidComparison(row["a"], row["b"], tuple(map(_pair, row["pairs"]))) for row in rows]
    return Said(tuple(claims.values()), tuple(comparisons))


def _pair(told: Mapping[str, Any]) -> Labelled:
    return Labelled(
        tuple(told["a"]),
        tuple(told["b"]),
        Relation(told["relation"]),
        DivergenceKind(told["kind"]) if told["kind"] else None,
        frozenset(ReasonKind(reason["kind"]) for reason in told["reasons"]),
        told["score"],
        told["certainty"] == Certainty.SURE,
    )
