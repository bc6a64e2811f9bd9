"""Make the shipped weights anew: ``python -m training DATA [--scratch FOLDER]``.

DATA is the folder that holds ``inference/`` and ``readouts/blocks/``. Every step is skipped whose result lies in the
scratch folder, so that a run which was cut off goes on where it stopped. On two cores it takes about two hours.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from claims.analysis.shipped import WEIGHTS
from training import split
from training.optimising import log

NETWORKS = {"first": 1, "second": 2}  # and the seed of each


def run(module: str, *arguments: object) -> None:
    """Run one step in a process of its own, so that none holds the memory of the one before."""
    log(f"{module} {' '.join(map(str, arguments))}")
    subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)


def main() -> None:
    """Pretrain, train both networks, pack them, fit what weighs them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--scratch", type=Path, default=Path("var/training"))
    args = parser.parse_args()
    args.scratch.mkdir(parents=True, exist_ok=True)
    blocks = args.data / "readouts" / "blocks"
    start = args.scratch / "inferring.pt"
    if not start.exists():
        run("pretrain", args.data / "inference", start, "--epochs", 1)
    for name, seed in NETWORKS.items():
        out = args.scratch / f"{name}.pt"
        if not out.exists():
            run("train", out, "--start", start, "--seed", seed, "--train", *split.trained(blocks))
        run("export", out, WEIGHTS / f"{name}.safetensors")
    run("fit_alignment", "--fit", *split.fitted(), "--test", *split.measured(), "--write")
    run("fit_verdicts", "--plain", *split.trained(blocks), "--judged", *split.fitted(), "--write")
    run("verdicts", *split.measured())


if __name__ == "__main__":
    main()
