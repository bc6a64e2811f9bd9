"""An evaluation as a person reads it on a terminal, and as programs read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claims.services.evaluate import DRAWS, Band, Evaluation, EventKind, Figure, Measured, Relation, Score, evaluated

_MEASURES = ("precision", "recall", "f1")
_CASES = {
    "align": "gold links",
    "relation": "links that both have",
    "diverge": "gold links",
    "kind": "links that both have diverge",
    "reasons": "gold reasons",
    "only": "gold sentences",
    "attribution": "sentences of outlets' articles",
    "sure": "links called sure",
    "calibration": "links proposed",
}
_BY_EVENT = (("align", "f1"), ("relation", "macro_f1"), ("diverge", "f1"), ("reasons", "f1"), ("only", "f1"))
_NAME, _COLUMN = 27, 22


def as_text(events: Sequence[Measured], *, by_event: bool) -> Iterator[str]:
    """Yield the lines of the tables: of all events, of each kind of event, and one an event if asked for."""
    yield f"{len(events)} events. Intervals hold the middle 95 % of {DRAWS} draws of events; – is nothing to measure."
    yield from _tables("All events", evaluated(events))
    for kind, chosen in _kinds(events).items():
        yield from _tables(kind.capitalize(), evaluated(chosen))
    if by_event:
        yield from _event_lines(events)


def as_json(events: Sequence[Measured], *, by_event: bool) -> dict[str, Any]:
    """Return everything as one object; figures that have nothing to measure are null."""
    told: dict[str, Any] = {
        "draws": DRAWS,
        "all": _object(evaluated(events)),
        "kinds": {kind: _object(evaluated(chosen)) for kind, chosen in _kinds(events).items()},
        "missing": [one for event in events for one in event.missing],
    }
    if by_event:
        told["by_event"] = [{"event": one.name, "kind": one.kind, **_object(evaluated([one]))} for one in events]
    return told


def _kinds(events: Sequence[Measured]) -> dict[EventKind, list[Measured]]:
    found = {kind: [event for event in events if event.kind is kind] for kind in EventKind}
    return {kind: chosen for kind, chosen in found.items() if chosen}


def _tables(title: str, told: Evaluation) -> Iterator[str]:
    heading = "".join(measure.rjust(_COLUMN) for measure in ("precision", "recall", "F1"))
    yield f"\n{f'{title} ({told.events})':<{_NAME}}{heading}   cases"
    singles = {name: score for name, score in told.scores.items() if not score.figures.keys() & {"f1", "macro_f1"}}
    for name, score in told.scores.items():
        if name not in singles:
            yield _row(name, score)
    yield ""
    for name, score in singles.items():
        ((measure, figure),) = score.figures.items()
        yield f"  {f'{name}, {measure}':<{_NAME - 2}}{_shown(figure):>{_COLUMN}}   {score.cases} {_CASES[name]}"
    yield from _confusion(told.confusion)
    yield from _bands("score of the match", told.reliability)
    yield from _bands("confidence of attribution", told.confidence)


def _row(name: str, score: Score) -> str:
    figures = {**score.figures, "f1": score.figures.get("macro_f1", score.figures.get("f1", Figure(None)))}
    columns = (_shown(figures[measure]) if measure in figures else "" for measure in _MEASURES)
    part = name.partition(" ")[2]
    label = f"    {part}" if part else f"  {name}{', macro' if 'macro_f1' in score.figures else ''}"
    cases = f"{score.cases} {_CASES[name]}" if not part else str(score.cases)
    return f"{label:<{_NAME}}{''.join(one.rjust(_COLUMN) for one in columns)}   {cases}"


def _shown(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"


def _confusion(table: Mapping[tuple[Relation, Relation], int]) -> Iterator[str]:
    yield f"\n  {'gold ↓, said →':<{_NAME - 2}}" + "".join(f"{said:>10}" for said in Relation)
    for gold in Relation:
        yield f"    {gold:<{_NAME - 4}}" + "".join(f"{table[gold, said]:>10}" for said in Relation)


def _bands(title: str, bands: Sequence[Band]) -> Iterator[str]:
    if not bands:
        return
    yield f"\n  {title:<{_NAME - 2}}" + "".join(f"{one:>10}" for one in ("cases", "mean", "right"))
    for band in bands:
        yield f"    {f'from {band.start:.2f}':<{_NAME - 4}}{band.cases:>10}{band.chance:>10.3f}{band.right:>10.3f}"


def _event_lines(events: Sequence[Measured]) -> Iterator[str]:
    width = max(len(event.name) for event in events) + 2
    names = ("links", *(name for name, _ in _BY_EVENT), "attribution")
    yield f"\n{'event':<{width}}{'':<24}" + "".join(f"{name:>12}" for name in names)
    for event in events:
        scores = evaluated([event]).scores
        figures = [scores[name].figures[measure] for name, measure in (*_BY_EVENT, ("attribution", "accuracy"))]
        columns = [str(scores["align"].cases), *map(_shown, figures)]
        yield f"{event.name:<{width}}{event.kind:<24}" + "".join(f"{one:>12}" for one in columns)


def _object(told: Evaluation) -> dict[str, Any]:
    return {
        "events": told.events,
        "figures": {name: {"cases": score.cases, **_figures(score)} for name, score in told.scores.items()},
        "confusion": {gold: {said: told.confusion[gold, said] for said in Relation} for gold in Relation},
        "reliability": [_band(band) for band in told.reliability],
        "confidence": [_band(band) for band in told.confidence],
    }


def _figures(score: Score) -> dict[str, Any]:
    return {
        measure: {"value": figure.value, "low": figure.low, "high": figure.high}
        for measure, figure in score.figures.items()
    }


def _band(band: Band) -> dict[str, float]:
    return {"from": band.start, "cases": band.cases, "mean": band.chance, "right": band.right}
