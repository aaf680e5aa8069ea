"""`vedette inspect`."""

import importlib.util
import json
from pathlib import Path

import pytest

from tests.support.recorded import record_calls
from vedette.cli import run


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(record_calls(tmp_path))


def inspected(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = run(["inspect", *arguments])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured.out


def test_an_input_is_found_by_itself_and_by_its_hash(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Is 7 a prime number?"
    found = json.loads(inspected(capsys, "--config", file, "--input", text, "--format", "json"))
    assert len(found["entries"]) == 8
    assert found["entries"][0]["trace_id"] == f"{8:032x}"
    assert found["entries"][7]["to_first"]["alike"] in ("different", "similar")
    name = found["input_hash"]
    table = inspected(capsys, "--config", file, "--input-hash", name[:8].upper())
    assert name in table
    assert "8 answers by =m" in table
    assert table.count(f"{8:032x}") == 1


def test_meanings_need_the_extra(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--input", "Is 7 a prime number?", "--semantic", "--format", "json"]
    code = run(["inspect", "--config", file, *options])
    captured = capsys.readouterr()
    if importlib.util.find_spec("wordllama") is None:
        assert code == 1
        assert "pip install wordllama" in captured.err
    else:
        assert code == 0
        assert json.loads(captured.out)["entries"][1]["to_first"]["semantic"] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "one of them"),
        (["--input", "a", "--input-hash", "b"], "one of them"),
        (["--input-hash", "abc"], "too short"),
        (["--input-hash", "wxyz"], "No call among the newest 120"),
    ],
)
def test_an_input_that_is_not_one_is_an_error(
    file: str, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert run(["inspect", "--config", file, *options]) == 1
    assert said in capsys.readouterr().err
