"""The coefficients of the verdicts: agree, partial, diverge for each figure of ``relations.features``.

Written by ``bench/fit_relations.py`` from 1216 links
(calls.jsonl, trade.jsonl, war.jsonl, contrast.jsonl, contrast-roles.jsonl, contrast-scope.jsonl).
"""

from __future__ import annotations

COEFFICIENTS: dict[str, tuple[float, float, float]] = {
    "bias": (-2.1, 1.33, 0.76),
    "agency clash": (-0.28, -0.3, 0.57),
    "agency soft": (0.05, 0.52, -0.57),
    "any clash": (-0.27, -0.58, 0.85),
    "commitment soft": (0.08, 0.08, -0.16),
    "length ratio": (1.03, -0.46, -0.57),
    "modality_hedge soft": (-0.84, 0.59, 0.25),
    "negation on one side": (-0.47, -0.42, 0.89),
    "negation_polarity clash": (0.12, 0.04, -0.16),
    "shared of larger": (0.64, -0.85, 0.22),
    "shared of smaller": (0.25, -0.26, 0.01),
    "similarity": (2.57, -1.16, -1.41),
    "soft kinds": (-0.54, 0.23, 0.32),
    "tone clash": (-0.19, -0.37, 0.57),
    "tone soft": (0.35, 0.18, -0.54),
}
