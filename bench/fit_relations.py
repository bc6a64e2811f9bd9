"""Fit the coefficients of the verdicts on development blocks and print them as the module that holds them.

    python -m bench.fit_relations FILE... > claims/analysis/coefficients.py

Ridge-regularised multinomial logistic regression, every relation weighted alike. Keep the files apart from those on
which ``bench.relations`` measures: names recur within a file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from claims.analysis.reasons import find_reasons
from claims.analysis.relations import features
from claims.analysis.structures import ReasonKind, Relation

from .relations import read_links, similarities

RIDGE = 0.001
RIDGE_OF_KINDS = 3.0
_RELATIONS = list(Relation)


def fit(rows: list[dict[str, float]], gold: list[Relation]) -> dict[str, list[float]]:
    """Return a coefficient for every figure and relation, in the order of ``Relation``."""
    names = ["bias", *sorted({name for row in rows for name in row} - {"bias"})]
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    targets = np.array([[relation is one for one in _RELATIONS] for relation in gold], dtype=float)
    weights = (targets / targets.sum(axis=0)).sum(axis=1) / len(_RELATIONS)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        coefficients = flat.reshape(len(names), len(_RELATIONS))
        scores = matrix @ coefficients
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        penalty = coefficients.copy()
        penalty[0] = 0.0
        value = -(weights * np.log((chances * targets).sum(axis=1) + 1e-12)).sum() + RIDGE / 2 * (penalty**2).sum()
        gradient = matrix.T @ ((chances - targets) * weights[:, None]) + RIDGE * penalty
        return float(value), gradient.ravel()

    best = minimize(loss, np.zeros(len(names) * len(_RELATIONS)), jac=True, method="L-BFGS-B").x
    table = best.reshape(len(names), len(_RELATIONS))
    return {name: [round(float(value), 2) for value in row] for name, row in zip(names, table, strict=True)}


def fit_kind(rows: list[dict[str, float]], gold: list[bool]) -> dict[str, float]:
    """Return the coefficients of a logistic regression: whether readers name a kind that a detector found."""
    names = ["bias", *sorted({name for row in rows for name in row} - {"bias"})]
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    target = np.array(gold, dtype=float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ weights
        held = np.r_[0.0, weights[1:]]
        value = (np.logaddexp(0, score) - target * score).sum() + RIDGE_OF_KINDS / 2 * float(held @ held)
        return float(value), matrix.T @ (1 / (1 + np.exp(-score)) - target) + RIDGE_OF_KINDS * held

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 2) for name, value in zip(names, best, strict=True)}


def main() -> None:
    """Fit on the files named on the command line and print the module."""
    links = read_links([Path(name) for name in sys.argv[1:]])
    found = [find_reasons(link.a, link.b, link.context) for link in links]
    rows = [
        features(findings, link.a, link.b, similarity=similarity)
        for findings, link, similarity in zip(found, links, similarities(links), strict=True)
    ]
    files = ", ".join(Path(name).name for name in sys.argv[1:])
    print('"""The coefficients of the verdicts: agree, partial, diverge for each figure of ``relations.features``;')
    print("and of the chance that a reader would name a kind of difference that a detector found.\n")
    print(f'Written by ``bench/fit_relations.py`` from {len(links)} links\n({files}).\n"""\n')
    print("from __future__ import annotations\n\nCOEFFICIENTS: dict[str, tuple[float, float, float]] = {")
    for name, values in fit(rows, [link.relation for link in links]).items():
        print(f'    "{name}": ({", ".join(map(str, values))}),')
    print("}\n\nMATERIAL: dict[str, dict[str, float]] = {")
    for kind in ReasonKind:
        told = [
            (row, kind.value in link.facets)
            for row, link, findings in zip(rows, links, found, strict=True)
            if link.relation is not Relation.AGREE and any(finding.kind is kind for finding in findings)
        ]
        print(f'    "{kind.value}": {{')
        for name, value in fit_kind([row for row, _ in told], [named for _, named in told]).items():
            print(f'        "{name}": {value},')
        print("    },")
    print("}")


if __name__ == "__main__":
    main()
