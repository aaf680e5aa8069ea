"""Programs of their own that use the SDK."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def environment() -> dict[str, str]:
    """Where the sources are, and no settings from outside."""
    own = {n: value for n, value in os.environ.items() if not n.startswith(("VEDETTE_", "OTEL_"))}
    paths = (str(ROOT), str(ROOT / "sdks" / "python" / "src"))
    return own | {"PYTHONPATH": os.pathsep.join(paths)}


def run_python(code: str, *arguments: str) -> str:
    """What a program prints; AssertionError with its complaint where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False,
        timeout=60, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
