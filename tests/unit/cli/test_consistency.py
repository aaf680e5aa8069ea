"""`vedette consistency`."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.recorded import record_calls
from vedette.cli import run


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(record_calls(tmp_path))


def scored(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = run(["consistency", *arguments])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured.out


def test_repeated_inputs_are_scored_worst_first(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(scored(capsys, "--config", file, "--format", "json"))
    assert len(found) == 15
    assert {one["answers"] for one in found} == {8}
    scores = [one["score"] for one in found]
    assert scores == sorted(scores)
    assert all(0 <= score <= 1 for score in scores)


def test_table_and_csv_hold_the_same(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    table = scored(capsys, "--config", file, "--top", "3").splitlines()
    rows = list(csv.reader(io.StringIO(scored(capsys, "--config", file, "--format", "csv"))))
    assert [line.split() for line in table[1:]] == rows[1:4]


def test_rarely_repeated_inputs_can_be_left_out(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = scored(capsys, "--config", file, "--min-answers", "9", "--format", "json")
    assert json.loads(out) == []
