"""``python -m bench [NAME...]``: every measurement in a process of its own, so that none warms another's caches."""

from __future__ import annotations

import importlib
import subprocess
import sys

NAMES = ("embedding", "comparing", "judging", "growth", "page", "queue", "search", "seeing", "web")


def main() -> int:
    """Run the named measurements, or all. Return 1 if one could not be taken."""
    chosen = sys.argv[1:] or list(NAMES)
    if unknown := set(chosen) - set(NAMES):
        print(f"There is no measurement {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.")
        return 2
    if len(chosen) == 1:
        importlib.import_module(f"bench.{chosen[0]}").main()
        return 0
    return max(subprocess.run([sys.executable, "-m", "bench", name], check=False).returncode for name in chosen)


if __name__ == "__main__":
    sys.exit(main())
