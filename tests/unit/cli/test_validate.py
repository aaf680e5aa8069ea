"""`vedette validate`."""

from pathlib import Path

import pytest

from vedette.cli import run


def validate(path: Path) -> int:
    return run(["validate", "--config", str(path)])


def write(directory: Path, text: str) -> Path:
    path = directory / "f.yaml"
    path.write_text(text)
    return path


def test_a_good_file_is_summed_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEDETTE_GATEWAY__WORKERS", "2")
    path = write(tmp_path, "providers: [{name: local, kind: ollama}]\n")
    assert validate(path) == 0
    out = capsys.readouterr().out
    assert f"{path} is valid." in out
    assert "providers: local, sim" in out
    assert "routes: none" in out
    assert "VEDETTE_GATEWAY__WORKERS" in out


def test_all_problems_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "gateway: {workers: 0}\ncapture: {mode: x}\n")
    assert validate(path) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{path}:1: gateway.workers: value 0" in captured.err
    assert f"{path}:2: capture.mode: value 'x'" in captured.err


def test_one_problem_stands_behind_the_name_of_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "gateway: {workers: 0}\n")
    assert validate(path) == 1
    assert capsys.readouterr().err.startswith(f"vedette: {path}:1: ")


def test_an_open_door_is_not_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "gateway:\n  listen: '0.0.0.0:4000'\n")
    assert validate(path) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"vedette: {path}:2: gateway.listen: 0.0.0.0:4000 can be reached")
    assert "gateway.api_keys (or access.require_key) is not set" in error


def test_without_a_file_it_is_said_what_was_discovered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VEDETTE_CONFIG", raising=False)
    monkeypatch.setenv("MISTRAL_API_KEY", "hunter2")
    assert run(["validate"]) == 0
    out = capsys.readouterr().out
    assert "No configuration file" in out
    assert "+ Mistral (MISTRAL_API_KEY) as 'mistral'" in out
    assert "> write vedette.yaml" in out
    assert "hunter2" not in out
