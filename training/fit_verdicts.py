"""Fit the coefficients of the verdicts and of the reasons, and write them where they are read.

    python -m training.fit_verdicts --plain FILE... --judged FILE... [--write]

``--plain`` are files to fit the detectors' weights on when there is no judge, ``--judged`` those on which they are
weighed with the judge, which must have seen none of them. Printed is what is reached on each while its events are held
out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from claims.analysis.cross_encoder import CrossEncoder
from claims.analysis.judging import Opinion
from claims.analysis.reasons import find_reasons
from claims.analysis.relations import features
from claims.analysis.shipped import WEIGHTS
from claims.analysis.structures import ReasonKind, Relation
from training.fitting import Matrix, fit_logistic, fit_multinomial, sigmoid, softmax
from training.measuring import f1
from training.optimising import log
from training.verdicts import Case, cases, macro_f1, opinions_of, similarities

_RIDGE = 20.0
_RIDGE_OF_KINDS = 3.0
_BALANCE = 0.3  # between every case alike (0) and every relation alike (1)
_PARTS = 6
_RELATIONS = list(Relation)


class Table:
    """The figures of all cases as a matrix whose first column is ones."""

    def __init__(self, given: Sequence[Case], opinions: Sequence[Opinion | None]) -> None:
        self.cases = given
        found = [find_reasons(case.a, case.b, case.context) for case in given]
        self.rows = [
            features(findings, case.a, case.b, similarity=similarity, opinion=opinion)
            for findings, case, similarity, opinion in zip(found, given, similarities(given), opinions, strict=True)
        ]
        self.found = [{finding.kind for finding in findings} for findings in found]
        self.names = ["bias", *sorted({name for row in self.rows for name in row} - {"bias"})]
        self.matrix = np.array([[row.get(name, 0.0) for name in self.names] for row in self.rows])
        self.relation = np.array([_RELATIONS.index(case.gold.relation) for case in given])
        events = sorted({case.name for case in given})
        self.part = np.array([events.index(case.name) % _PARTS for case in given])

    def columns(self, names: Sequence[str]) -> Matrix:
        """Return the columns of these figures."""
        return self.matrix[:, [self.names.index(name) for name in names]]


def figures_of(kind: ReasonKind, table: Table, *, judged: bool) -> list[str]:
    """Return which figures tell whether a kind of difference is named: with a judge its own, without one all."""
    if not judged:
        return [name for name in table.names if not name.startswith("judge ")]
    own = {f"{kind.value} clash", f"{kind.value} soft", f"judge {kind.value}"}
    shared = {"bias", "judge agree", "judge diverge", "similarity", "length ratio", "soft kinds", "any clash"}
    return [name for name in table.names if name in own | shared]


def fit_reasons(table: Table, rows: np.ndarray, *, judged: bool) -> dict[str, dict[str, float]]:
    """Return for each kind the coefficients fitted on some rows: links that do not agree (and, without a judge, where
    a detector found it)."""
    found = {}
    for kind in ReasonKind:
        names = figures_of(kind, table, judged=judged)
        fits = rows & (table.relation != _RELATIONS.index(Relation.AGREE))
        if not judged:
            fits &= np.array([kind in kinds for kinds in table.found])
        gold = np.array([kind in case.gold.reasons for case in table.cases])
        values = fit_logistic(table.columns(names)[fits], gold[fits], ridge=_RIDGE_OF_KINDS)
        found[kind.value] = {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}
    return found


def chances_of(table: Table, fitted: dict[str, dict[str, float]], *, judged: bool) -> Matrix:
    """Return the chance of each kind in each case, 0 where nothing could show it: shape (cases, kinds)."""
    columns = []
    for kind in ReasonKind:
        weights = fitted[kind.value]
        chance = sigmoid(table.columns(list(weights)) @ np.array(list(weights.values())))
        if not judged:
            chance = chance * np.array([kind in kinds for kinds in table.found])
        columns.append(chance)
    return np.stack(columns, axis=1)


def best_shown(chances: Matrix, gold: np.ndarray) -> tuple[float, float]:
    """Return the chance from which on kinds are best shown, and the F1 it reaches; the likeliest is always shown."""
    top = chances >= chances.max(axis=1, keepdims=True)
    options = []
    for least in np.arange(0.2, 0.6, 0.02):
        said = (chances >= least) | (top & (chances > 0) & ~(chances >= least).any(axis=1, keepdims=True))
        options.append((f1(float((said & gold).sum()), float(said.sum()), float(gold.sum())), round(float(least), 2)))
    score, least = max(options)
    return least, score


def fit(table: Table, *, judged: bool) -> dict[str, Any]:
    """Return all coefficients, having said what is reached on events held out in turn."""
    names = table.names
    held = np.zeros((len(table.cases), len(_RELATIONS)))
    reasons = np.zeros((len(table.cases), len(ReasonKind)))
    for part in range(_PARTS):
        rest, own = table.part != part, table.part == part
        weights = fit_multinomial(table.matrix[rest], table.relation[rest], 3, ridge=_RIDGE, balance=_BALANCE)
        held[own] = softmax(table.matrix[own] @ weights)
        reasons[own] = chances_of(table, fit_reasons(table, rest, judged=judged), judged=judged)[own]
    gold = np.array([[kind in case.gold.reasons for kind in ReasonKind] for case in table.cases])
    apart = table.relation != _RELATIONS.index(Relation.AGREE)
    least, score = best_shown(reasons[apart], gold[apart])
    relations = macro_f1([_RELATIONS[one] for one in table.relation], [_RELATIONS[one] for one in held.argmax(axis=1)])
    title = "judged" if judged else "plain"
    log(f"{title}: {len(table.cases)} links, relation macro-F1 {relations:.3f}, reasons F1 {score:.3f}")
    weights = fit_multinomial(table.matrix, table.relation, 3, ridge=_RIDGE, balance=_BALANCE)
    return {
        "relation": {name: [round(float(one), 3) for one in row] for name, row in zip(names, weights, strict=True)},
        "reasons": fit_reasons(table, np.ones(len(table.cases), bool), judged=judged),
        "shown": least,
    }


def main() -> None:
    """Fit both tables and write them if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plain", type=Path, nargs="+", required=True)
    parser.add_argument("--judged", type=Path, nargs="+", required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    plain, judged = cases(args.plain), cases(args.judged)
    found = {
        "plain": fit(Table(plain, [None] * len(plain)), judged=False),
        "judged": fit(Table(judged, opinions_of(judged, CrossEncoder(args.weights))), judged=True),
    }
    if args.write:
        (WEIGHTS / "verdicts.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
