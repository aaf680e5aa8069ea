"""`vedette report`."""

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


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = run(["report", *arguments])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured.out


def test_the_table_has_a_line_for_each_model_and_template(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    heading, row = reported(capsys, "--config", file, "--reference", "40").splitlines()
    assert heading.split()[:3] == ["MODEL", "TEMPLATE", "CALLS"]
    assert row.split()[0] == "=m"
    assert "critical" in row
    assert row.rstrip().endswith("yes")
    assert "█" in row


def test_json_says_when_it_began(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    (group,) = json.loads(
        reported(capsys, "--config", file, "--reference", "40", "--format", "json")
    )
    assert group["calls"] == 120
    (alarm,) = group["alarms"]
    assert 60 < int(alarm["trace_id"], 16) <= 75
    assert alarm["since_ns"] <= alarm["raised_ns"]


def test_csv_has_no_formula(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = reported(capsys, "--config", file, "--format", "csv")
    heading, row = csv.reader(io.StringIO(out))
    assert heading[0] == "model"
    assert row[0] == "'=m"


def test_filters_are_those_of_the_api(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = reported(capsys, "--config", file, "--model", "other", "--format", "json")
    assert json.loads(out) == []
    out = reported(capsys, "--config", file, "--limit", "50", "--format", "json")
    assert json.loads(out)[0]["calls"] == 50
