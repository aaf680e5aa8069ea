"""`vedette serve`: what it refuses before anything is started, and a real start and stop."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vedette.cli import run


def test_a_bad_file_starts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("gateway: {workers: 0}")
    assert run(["serve", "--config", str(path)]) == 1
    assert "gateway.workers" in capsys.readouterr().err


def test_an_open_door_starts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(json.dumps({"gateway": {"listen": "0.0.0.0:0"}}))
    assert run(["serve", "--config", str(path)]) == 1
    assert "gateway.api_keys (or access.require_key) is not set" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--role", "all-of-it"], ["--workers", "0"]])
def test_wrong_options_are_refused(options: list[str]) -> None:
    assert run(["serve", *options]) == 2


@pytest.mark.slow
def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    listen = {"listen": "127.0.0.1:0"}
    storage = {"path": str(tmp_path / "data")}
    path.write_text(json.dumps({"gateway": listen, "console": listen, "storage": storage}))
    code = "from vedette.__main__ import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--config", str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert server.stdout is not None
    try:
        first = server.stdout.readline()
        assert "is ready" in first, server.communicate(timeout=10)
        server.send_signal(signal.SIGTERM)
        _, errors = server.communicate(timeout=40)
    finally:
        server.kill()
    assert server.returncode == 0, errors
    assert f"Configuration: {path}" in errors
