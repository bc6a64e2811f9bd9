"""One step of training, and what is said of it."""

from __future__ import annotations

import sys
import time
from typing import Any

import torch
from torch import nn

_STARTED = time.monotonic()


def log(text: str) -> None:
    """Print a line with the seconds since the start."""
    sys.stdout.write(f"[{time.monotonic() - _STARTED:7.0f} s] {text}\n")
    sys.stdout.flush()


def mixed() -> torch.autocast:
    """Have a network run in bfloat16 where the CPU multiplies that natively; elsewhere in float32."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


class Optimiser:
    """AdamW with a linear warm-up over a tenth of the steps and a linear decay, gradients clipped to 1.

    The embedding table is never trained. Layers nearer the input learn slower (factor ``decay`` a layer).
    """

    def __init__(
        self, model: nn.Module, *, rate: float, steps: int, decay: float = 0.9, head_rate: float = 5e-4
    ) -> None:
        groups: list[dict[str, Any]] = []
        for name, parameter in model.named_parameters():
            if "trunk.embeddings" in name:
                parameter.requires_grad = False
                continue
            layer = next((int(part) for part in name.split(".") if part.isdigit()), None) if "trunk" in name else None
            lr = head_rate if "trunk" not in name else rate * decay ** (5 - layer) if layer is not None else rate
            weight_decay = 0.01 if parameter.ndim > 1 else 0.0
            groups.append({"params": [parameter], "lr": lr, "weight_decay": weight_decay})
        self._parameters = [group["params"][0] for group in groups]
        self._optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), foreach=True)
        warm = max(1, steps // 10)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
        )

    def step(self, loss: torch.Tensor) -> float:
        """Take one step down a loss and return it."""
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad()
        return float(loss.detach())
