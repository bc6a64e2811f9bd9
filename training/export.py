"""Write trained weights as they are shipped: matrices in 8 bits, the rest in 16, the embedding table left out.

    python -m training.export TRAINED.pt OUT.safetensors

A matrix is stored as whole numbers from -127 to 127 and one factor a row (symmetric quantisation by rows; Jacob et al.
2018), a quarter of its size; ``claims.analysis.cross_encoder`` spreads it out again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

_LEAST_ROWS = 64  # smaller matrices (the heads) lose more than they save


def packed(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the tensors that are shipped."""
    found: dict[str, torch.Tensor] = {}
    for name, value in state.items():
        if "embeddings" in name:
            continue
        if value.ndim == 2 and value.shape[0] >= _LEAST_ROWS:
            scale = value.abs().amax(dim=1).clamp(min=1e-8) / 127
            found[name] = (value / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
            found[f"{name}.scale"] = scale.float()
        else:
            found[name] = value.half()
    return found


def main() -> None:
    """Pack one file into another."""
    trained, out = map(Path, sys.argv[1:3])
    save_file(packed(torch.load(trained, weights_only=True)), str(out))
    sys.stdout.write(f"{out}: {out.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
