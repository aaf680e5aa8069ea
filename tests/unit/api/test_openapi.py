"""The document on standard output."""

import json
import subprocess
import sys


def test_the_module_prints_the_document() -> None:
    printed = subprocess.run(
        [sys.executable, "-W", "error", "-m", "vedette.api.openapi"],
        capture_output=True, check=True, text=True, timeout=30,
    )  # fmt: skip
    document = json.loads(printed.stdout)
    assert "/api/v1/traces" in document["paths"]
    assert printed.stderr == ""
