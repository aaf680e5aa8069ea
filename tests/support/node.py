"""Packages of npm for tests, locked, installed once."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

INSTALL_S = 120


def installed(sources: Path, package: str) -> Path:
    """A folder with what the lock file in `sources` names, `package` among it, made once and kept
    below build/; skips where npm fails.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("needs node and npm")
    lock = (sources / "package-lock.json").read_bytes()
    build = Path(__file__).parents[2] / "build"
    place = build / f"{sources.name}-client-{hashlib.sha256(lock).hexdigest()[:12]}"
    if (place / "node_modules" / package).is_dir():
        return place
    draft = build / f"{place.name}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(sources / name, draft)
    try:
        done = subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
            cwd=draft, capture_output=True, text=True, timeout=INSTALL_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("npm does not finish: no registry within reach?")
    if done.returncode:
        pytest.skip(f"npm cannot install them: {done.stderr[-300:]}")
    draft.rename(place)
    return place
