"""`vedette usage`."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.span_stores import S
from tests.support.span_stores import span as make_span
from vedette.cli import run
from vedette.clock import SystemClock
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite import SqliteSpanStore

Used = Callable[..., str]


@pytest.fixture
def usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Used:
    """Runs the command over three calls of the last minute."""
    now_ns = SystemClock().now_ns()
    store = SqliteSpanStore(tmp_path / "data", SystemClock())
    store.write_batch(
        [
            make_span(
                n, None, start_ns=now_ns - n * S, end_ns=now_ns, model="=m", cost_nano_usd=cost,
                user_id=f"u{n}", usage=Usage(input_uncached=10, output_text=n),
            )
            for n, cost in ((1, 1_500_000), (2, None), (3, 2_000_000_001))
        ]
    )  # fmt: skip
    store.close()
    config = tmp_path / "vedette.yaml"
    config.write_text(f"storage: {{path: {tmp_path / 'data'}}}\n")

    def used(*arguments: str, code: int = 0) -> str:
        assert run(["usage", "--config", str(config), *arguments]) == code
        captured = capsys.readouterr()
        return captured.out if code == 0 else captured.err

    return used


def test_the_table_sums_by_model(usage: Used) -> None:
    heading, row = usage().splitlines()
    assert heading.split() == [
        "MODEL", "CALLS", "ERRORS", "UNPRICED", "INPUT", "OUTPUT", "COST", "SAVED",
    ]  # fmt: skip
    assert row.split() == ["=m", "3", "0", "1", "30", "6", "2.001500", "0.000000"]


def test_files_are_exact(usage: Used) -> None:
    lines = list(csv.DictReader(io.StringIO(usage("--by", "user", "--format", "csv"))))
    assert [(line["user"], line["cost_usd"]) for line in lines] == [
        ("u3", "2.000000001"), ("u1", "0.001500000"), ("u2", "0.000000000"),
    ]  # fmt: skip
    (told,) = json.loads(usage("--only", "user=u3", "--format", "json"))
    assert (told["model"], told["cost_usd"]) == ("=m", "2.000000001")


def test_rows_can_be_taken_out(usage: Used) -> None:
    lines = list(csv.DictReader(io.StringIO(usage("--rows", "--format", "csv"))))
    assert sorted(line["cost_usd"] for line in lines) == ["", "0.001500000", "2.000000001"]
    assert {line["model"] for line in lines} == {"'=m"}
    assert usage("--rows", "--to", "now-1h") == ""


@pytest.mark.parametrize(
    "wrong", [["--by", "colour"], ["--from", "yesterday"], ["--only", "colour=red"]]
)
def test_what_means_nothing_is_said(usage: Used, wrong: list[str]) -> None:
    assert wrong[1] in usage(*wrong, code=1)
