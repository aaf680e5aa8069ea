"""The official Node client against `vedette serve`; skipped where there is no Node or npm."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import installed
from tests.support.served import serving, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SOURCES = Path(__file__).parent / "node"
EXPECTED = {"chat", "stream", "tools", "embed", "error", "abort"}


def test_the_official_node_client_finds_all_it_expects(tmp_path: Path) -> None:
    place = installed(SOURCES, "openai")
    shutil.copy(SOURCES / "calls.mjs", place)
    with serving(tmp_path) as served:
        done = subprocess.run(
            ["node", "calls.mjs", f"{served.gateway}/v1"], cwd=place, capture_output=True,
            text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        found: dict[str, Any] = {}

        def complete() -> bool | None:
            found.clear()
            found.update({trace["session_id"]: trace for trace in served.traces()})
            return True if EXPECTED <= set(found) else None

        until(complete, 1.0, lambda: f"after a second only {sorted(found)}")
    assert (told["chat"]["usage"]["prompt_tokens"], told["chat"]["usage"]["completion_tokens"]) == (
        3,
        7,
    )
    assert told["stream"]["pieces"] == 9
    assert told["tools"] == ["weather"]
    assert len(told["embeddings"]) == 2
    assert "sim/chat" in told["models"]
    assert told["error"] == {"name": "RateLimitError", "status": 429}
    assert tokens(found["chat"]) == (3, 7)
    assert tokens(found["stream"]) == (3, 9)
    assert tokens(found["embed"]) == (3, 0)
    assert found["stream"]["ttft_ms"] > 0
    assert {name for name, trace in found.items() if trace["status"] == "error"} == {
        "error",
        "abort",
    }
    assert 1 <= found["abort"]["usage"]["output_total"] <= 20


def tokens(trace: dict[str, Any]) -> tuple[int, int]:
    return trace["usage"]["input_total"], trace["usage"]["output_total"]
