import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from vedette.app.banner import Banner
from vedette.app.snapshot import load_config, run_paths


def banner(tmp_path: Path, text: str = "{}") -> tuple[Banner, Path]:
    path = tmp_path / "f.yaml"
    path.write_text(text)
    loaded = load_config(path, {"VEDETTE_STORAGE__PATH": str(tmp_path / "data")})
    made = Banner(loaded)
    made.gateway, made.console = "127.0.0.1:4000", "[::1]:4001"
    return made, run_paths(loaded.config).state


def test_it_tells_people_and_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, state = banner(tmp_path)
    made.ready()
    out = capsys.readouterr().out
    assert "http://127.0.0.1:4000/v1" in out
    assert "http://[::1]:4001" in out
    assert "sim/chat needs no key" in out
    told = json.loads(state.read_text())
    assert (told["pid"], told["gateway"], told["console"]) == (
        os.getpid(), "127.0.0.1:4000", "[::1]:4001",
    )  # fmt: skip
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    made.take_down()
    assert not state.exists()


def test_a_state_that_cannot_be_written_is_said_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    made, state = banner(tmp_path)
    state.parent.mkdir()
    state.mkdir()
    made.ready()
    assert "is ready" in capsys.readouterr().out
    assert "other commands do not find this Vedette: serve.json: is a directory" in caplog.text
    assert list(state.parent.iterdir()) == [state]
    made.take_down()


def test_gateway_and_core_apart_are_both_to_be_found(tmp_path: Path) -> None:
    made, state = banner(tmp_path)
    made.gateway = ""
    parent = {"pid": os.getppid(), "version": "0", "gateway": "127.0.0.1:4444", "console": ""}
    state.parent.mkdir()
    state.write_text(json.dumps(parent))
    made.ready()
    told = json.loads(state.read_text())
    assert (told["pid"], told["gateway"]) == (os.getpid(), "127.0.0.1:4444")
    assert told["console"] == "[::1]:4001"
    made.take_down()
    assert json.loads(state.read_text()) == parent


def test_what_one_that_died_left_is_not_told(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    made, state = banner(tmp_path)
    made.gateway = ""
    state.parent.mkdir()
    state.write_text(json.dumps({"pid": gone.pid, "version": "0", "gateway": "x", "console": ""}))
    made.ready()
    assert json.loads(state.read_text())["gateway"] == ""
    made.take_down()
    assert not state.exists()


def test_it_promises_only_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    banner(tmp_path, "gateway: {sim: false}")[0].ready()
    assert "sim/chat" not in capsys.readouterr().out
    banner(tmp_path, "gateway: {api_keys: [k]}")[0].ready()
    out = capsys.readouterr().out
    assert "needs no key" not in out
    assert "gateway.api_keys" in out
    banner(tmp_path, "access: {require_key: true}")[0].ready()
    assert "vedette keys create`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "has_grpc", "is_told"),
    [("{}", False, True), ("{}", True, False), ("otlp: {grpc: null}", False, False)],
    ids=["missing", "installed", "not wanted"],
)
def test_a_door_that_is_missing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, has_grpc: bool, is_told: bool
) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(text)
    loaded = load_config(path, {"VEDETTE_STORAGE__PATH": str(tmp_path / "data")})
    made = Banner(loaded, has_grpc=has_grpc)
    made.console = "127.0.0.1:4001"
    made.ready()
    assert ("pip install 'vedette[grpc]'" in capsys.readouterr().out) is is_told


def test_the_state_of_another_vedette_stays(tmp_path: Path) -> None:
    made, state = banner(tmp_path)
    made.ready()
    told = json.loads(state.read_text())
    state.write_text(json.dumps(told | {"pid": told["pid"] + 1}))
    made.take_down()
    assert state.exists()
    state.write_text("half")
    made.take_down()
    assert state.exists()


def test_beside_a_log_in_json_it_is_a_line_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    made, state = banner(tmp_path, "logging: {format: json}")
    made.ready()
    assert capsys.readouterr().out == ""
    (line,) = caplog.records
    assert (line.message, vars(line)["gateway"]) == ("Vedette is ready", "127.0.0.1:4000")
    assert state.exists()
