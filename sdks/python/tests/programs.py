"""Programs of their own that use the SDK."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def need(*modules: str) -> None:
    """Skip where the other Python has not got one of these."""
    code = f"import importlib.util as u; [u.find_spec(m) or exit(m) for m in {modules!r}]"
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{done.stderr.strip()[-60:]} is not installed in {PYTHON}")


def environment() -> dict[str, str]:
    """Where the sources are, and no settings from outside."""
    own = {n: value for n, value in os.environ.items() if not n.startswith(("VEDETTE_", "OTEL_"))}
    paths = (str(ROOT), str(ROOT / "sdks" / "python" / "src"))
    return own | {"PYTHONPATH": os.pathsep.join(paths)}


PYTHON = os.environ.get("VEDETTE_SDK_PYTHON", sys.executable)
"""Another Python may have installed what this one has not."""


def run_python(code: str, *arguments: str, python: str = sys.executable) -> str:
    """What a program prints; AssertionError with its complaint where it fails."""
    done = subprocess.run(
        [python, "-c", code, *arguments], capture_output=True, text=True, check=False,
        timeout=60, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
