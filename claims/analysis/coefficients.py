"""The coefficients of the verdicts: agree, partial, diverge for each figure of ``relations.features``.

Written by ``bench/fit_relations.py`` from 1216 links
(calls.jsonl, trade.jsonl, war.jsonl, contrast.jsonl, contrast-roles.jsonl, contrast-scope.jsonl).
"""

from __future__ import annotations

COEFFICIENTS: dict[str, tuple[float, float, float]] = {
    "bias": (-0.45, 1.02, -0.57),
    "agency clash": (-0.03, -0.15, 0.19),
    "agency soft": (-0.21, 0.8, -0.59),
    "any clash": (-0.35, -0.84, 1.18),
    "commitment soft": (-0.37, 0.31, 0.06),
    "date_time clash": (-0.64, 0.07, 0.57),
    "date_time soft": (-0.11, -0.03, 0.14),
    "entity clash": (-0.2, 0.15, 0.05),
    "entity soft": (-0.14, -0.06, 0.2),
    "length ratio": (0.68, -0.44, -0.24),
    "modality_hedge soft": (-1.11, 0.78, 0.33),
    "negation on one side": (-0.54, -0.43, 0.97),
    "negation_polarity clash": (0.24, -0.08, -0.16),
    "number clash": (-0.21, -0.48, 0.7),
    "number soft": (-0.35, 0.5, -0.15),
    "scope_detail clash": (-0.16, 0.19, -0.04),
    "scope_detail soft": (-0.83, 0.22, 0.61),
    "shared of larger": (0.24, -0.78, 0.54),
    "shared of smaller": (0.1, -0.18, 0.09),
    "similarity": (2.21, -1.03, -1.18),
    "soft kinds": (-0.32, 0.08, 0.24),
    "tone clash": (-0.18, -0.29, 0.47),
    "tone soft": (-0.1, 0.45, -0.35),
}
