"""Make the shipped weights anew: ``python -m training DATA [--scratch FOLDER] [--on]``.

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
_GOING_ON = ("--epochs", 2, "--rate", 5e-5, "--negatives", 1.0)


def run(module: str, *arguments: object) -> None:
    """Run one step in a process of its own, so that none holds the memory of the one before."""
    log(f"{module} {' '.join(map(str, arguments))}")
    subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)


def main() -> None:
    """Pretrain, train both networks, pack them, fit what weighs them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--on", action="store_true", help="go on from the weights that come along: a third of the time")
    parser.add_argument("--scratch", type=Path, default=Path("var/training"))
    args = parser.parse_args()
    args.scratch.mkdir(parents=True, exist_ok=True)
    blocks = args.data / "readouts" / "blocks"
    inferring = args.scratch / "inferring.pt"
    if not args.on and not inferring.exists():
        run("pretrain", args.data / "inference", inferring, "--epochs", 1)
    lists = "--train", *split.trained(blocks), "--dev", *split.fitted()
    for name, seed in NETWORKS.items():
        out = args.scratch / f"{name}.pt"
        if not out.exists():
            begun = ("--start", WEIGHTS / f"{name}.safetensors", *_GOING_ON) if args.on else ("--start", inferring)
            run("train", out, "--seed", seed, *begun, *lists)
        run("export", out, WEIGHTS / f"{name}.safetensors")
    run("fit_alignment", "--fit", *split.matched(), "--test", *split.measured(), "--write")
    run("fit_verdicts", "--plain", *split.trained(blocks), "--judged", *split.fitted(), "--write")
    run("verdicts", *split.measured())


if __name__ == "__main__":
    main()
