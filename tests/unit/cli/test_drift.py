"""`vedette drift`."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.support.drifting import STYLES
from vedette.cli import run


def rows(seed: int, style: str, count: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [
        {
            "template": "prime",
            "input": f"Is {chance.randint(1, 10**6)} a prime number?",
            "output": STYLES[style](chance),
            "model": "m",
            "latency_ms": chance.randint(100, 200),
            "finish_reason": "stop",
        }
        for _ in range(count)
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "calls.jsonl"
    lines = [*rows(1, "long", 150), *rows(2, "refusing", 50)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = run(["drift", "backtest", *arguments])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured.out


def test_a_backtest_prints_alarms_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, str(file), "--reference", "80", "--change-at", "150")
    found = json.loads(out)
    assert [150 <= alarm["row"] < 160 for alarm in found["alarms"]] == [True]
    assert {"signal", "e", "severity", "since_row", "stream"} <= found["alarms"][0].keys()
    assert found["summary"]["detected"] is True
    assert found["summary"]["mode"] == "hash"
    assert "sorry" not in out
    assert "prime" not in out


def test_the_same_seed_prints_the_same(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = printed(capsys, str(file), "--seed", "5")
    assert printed(capsys, str(file), "--seed", "5") == one


def test_a_packed_file_is_unpacked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = printed(capsys, str(file))
    packed = file.with_suffix(".jsonl.gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert printed(capsys, str(packed)) == plain


def test_a_file_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["drift", "backtest", "/nowhere/calls.jsonl"]) == 1
    assert "Cannot read '/nowhere/calls.jsonl'" in capsys.readouterr().err


def test_a_broken_line_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"input": "a"}\nnonsense\n')
    assert run(["drift", "backtest", str(path)]) == 1
    assert "Line 2" in capsys.readouterr().err
