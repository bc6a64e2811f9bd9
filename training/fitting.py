"""Logistic regressions with a ridge, and what is read off their chances."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Matrix = NDArray[np.float64]
Truth = NDArray[np.bool_]


def fit_logistic(design: Matrix, gold: Truth, *, ridge: float, weights: Matrix | None = None) -> Matrix:
    """Return the coefficients of a logistic regression, the first column (ones) without a penalty.

    Args:
        design: shape (cases, figures); gold: shape (cases,); weights: one a case.
    """
    target, weight = gold.astype(float), np.ones(len(gold)) if weights is None else weights

    def loss(values: Matrix) -> tuple[float, Matrix]:
        score = design @ values
        held = np.r_[0.0, values[1:]]
        value = float((weight * (np.logaddexp(0, score) - target * score)).sum() + ridge / 2 * held @ held)
        return value, design.T @ (weight * (sigmoid(score) - target)) + ridge * held

    found: Matrix = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def fit_multinomial(design: Matrix, gold: NDArray[np.int_], classes: int, *, ridge: float, balance: float) -> Matrix:
    """Return coefficients (figures, classes); ``balance`` 1 weighs every class alike, 0 every case."""
    targets = np.eye(classes)[gold]
    weights = ((targets / targets.mean(axis=0) / classes).sum(axis=1)) ** balance

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        values = flat.reshape(design.shape[1], classes)
        chances = softmax(design @ values)
        held = values.copy()
        held[0] = 0.0
        value = -(weights * np.log((chances * targets).sum(axis=1) + 1e-12)).sum() + ridge / 2 * (held**2).sum()
        return float(value), (design.T @ ((chances - targets) * weights[:, None]) + ridge * held).ravel()

    best: Matrix = minimize(loss, np.zeros(design.shape[1] * classes), jac=True, method="L-BFGS-B").x
    return best.reshape(design.shape[1], classes)


def sigmoid(values: Matrix) -> Matrix:
    """Return chances of log-odds."""
    found: Matrix = 1 / (1 + np.exp(-values))
    return found


def softmax(values: Matrix) -> Matrix:
    """Return chances that add up to one along the last axis."""
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    found: Matrix = powers / powers.sum(axis=-1, keepdims=True)
    return found


def calibration_error(chance: Matrix, gold: Truth, bins: int = 10) -> float:
    """Return the expected calibration error (Guo et al. 2017): how far chances are from shares, bins of equal width."""
    places = np.minimum((chance * bins).astype(int), bins - 1)
    gaps = [
        abs(float(chance[places == one].mean() - gold[places == one].mean())) * float((places == one).mean())
        for one in range(bins)
        if (places == one).any()
    ]
    return sum(gaps)


def reliability(chance: Matrix, gold: Truth, bins: int = 10) -> list[dict[str, Any]]:
    """Return for each bin of chances how many cases it has, their mean chance and how many were right."""
    places = np.minimum((chance * bins).astype(int), bins - 1)
    return [
        {
            "from": one / bins,
            "cases": int((places == one).sum()),
            "chance": round(float(chance[places == one].mean()), 3),
            "right": round(float(gold[places == one].mean()), 3),
        }
        for one in range(bins)
        if (places == one).any()
    ]
