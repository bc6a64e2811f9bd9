"""Fetch the Nu HTML checker, one pinned file: ``python tests/html_checker.py VERSION SHA256 PATH``."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from pathlib import Path

_INSIDE = "package/build/dist/vnu.jar"
_ADDRESS = "https://registry.npmjs.org/vnu-jar/-/vnu-jar-{version}.tgz"


def main(version: str, sha256: str, path: str) -> None:
    """Store the checker's file, and no other."""
    with tarfile.open(fileobj=io.BytesIO(_package(version)), mode="r:gz") as package:
        found = package.extractfile(_INSIDE)
        assert found is not None
        jar = found.read()
    if hashlib.sha256(jar).hexdigest() != sha256:
        sys.exit(f"What came as vnu-jar {version} is another file than the one that is pinned in the Makefile.")
    Path(path).write_bytes(jar)


def _package(version: str) -> bytes:
    """Ask npm, which knows the registry of this machine, and the public registry where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        with urllib.request.urlopen(_ADDRESS.format(version=version), timeout=60) as answer:
            package: bytes = answer.read()
            return package
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", f"vnu-jar@{version}"], cwd=folder, check=True, stdout=subprocess.PIPE)
        return next(Path(folder).glob("*.tgz")).read_bytes()


if __name__ == "__main__":
    main(*sys.argv[1:])
