"""The API against its own document, by somebody who only reads that: Schemathesis."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.served import serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

CHECKS = (
    "not_a_server_error,response_schema_conformance,status_code_conformance,"
    "content_type_conformance"
)
"""The others ask for what the document cannot say: that a name is unknown, say, or out of bounds.
"""


def test_every_operation_answers_as_documented(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        console = served.console
        done = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{console}/api/v1/openapi.json",
                "--url", console, "--checks", CHECKS, "--phases", "coverage,fuzzing",
                "--max-examples", "2", "--generation-deterministic", "--workers", "1",
                # Neither ends by itself.
                "--exclude-path-regex", "live|export", "--warnings", "off", "--no-color",
            ],
            cwd=tmp_path, capture_output=True, text=True, timeout=500, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6_000:]
