"""Replays of files."""

import json

import pytest

from tests.support.drifting import HASHER, calls, take
from vedette.drift.backtest import BacktestRow, backtest, observe, read_rows
from vedette.errors import BadRequest


def test_rows_may_lack_every_field() -> None:
    lines = [b'{"input": "Why?", "output": "Yes", "latency_ms": 5, "other": [1]}\n', b"\n", b"{}"]
    rows = list(read_rows(lines))
    assert rows == [BacktestRow(input="Why?", output="Yes", latency_ms=5), BacktestRow()]
    full, empty = (observe(row, HASHER) for row in rows)
    assert full.fingerprint.answer is not None
    assert full.fingerprint.answer.verdict == "yes"
    assert empty.fingerprint.answer is None
    assert (empty.latency_ms, empty.output_tokens, empty.model) == (None, None, "")


def test_what_is_not_text_is_read_as_its_json() -> None:
    row = BacktestRow(input=[{"role": "user", "content": "Why?"}], output={"a": 1})
    found = observe(row, HASHER).fingerprint
    assert found.answer is not None
    assert found.answer.json == "valid"
    assert found.input is not None


@pytest.mark.parametrize("line", [b"[]", b"{", b"\xff", b"NaN", b"nonsense", b"[" * 100_000])
def test_a_line_that_is_no_row_is_named(line: bytes) -> None:
    with pytest.raises(BadRequest, match="Line 2"):
        list(read_rows([b"{}", line]))


@pytest.mark.parametrize("figure", [-1, 1e300, "soon", True, [1], 10**400])
def test_senseless_figures_are_passed_over(figure: object) -> None:
    row = BacktestRow(latency_ms=figure, output_tokens=figure)
    found = observe(row, HASHER)
    assert (found.latency_ms, found.output_tokens) == (None, None)


def test_figures_written_as_text_are_figures() -> None:
    (row,) = read_rows([json.dumps({"latency_ms": "12.5", "output_tokens": "7"}).encode()])
    found = observe(row, HASHER)
    assert (found.latency_ms, found.output_tokens) == (12.5, 7)


def test_nan_is_what_is_missing() -> None:
    (row,) = read_rows([b'{"input": "Why?", "latency_ms": NaN, "output": NaN, "model": 5}'])
    found = observe(row, HASHER)
    assert found.latency_ms is None
    assert found.fingerprint.answer is None
    assert found.fingerprint.input is not None
    assert found.model == "5"


def test_a_known_change_is_judged() -> None:
    series = [*take(calls(1), 160), *take(calls(2, "short"), 40)]
    found = backtest(series, reference=80, change_at=160)
    assert found.summary.rows == 200
    assert found.summary.streams == 1
    assert (found.summary.alarms, found.summary.alarms_before_change) == (1, 0)
    assert found.summary.delay is not None
    assert found.summary.delay <= 8
    assert found.alarms[0].row == 160 + found.summary.delay - 1
    assert list(found.summary.first_rows.values()) == [0]


def test_a_quiet_file_says_how_near_it_came() -> None:
    found = backtest(take(calls(3), 160), reference=80, change_at=150)
    assert (found.alarms, found.summary.detected, found.summary.delay) == ((), False, None)
    assert found.summary.prompt_changes == ()
    assert found.summary.nearest is not None
    assert 0 < found.summary.nearest.share < 1


def test_a_short_file_is_refused() -> None:
    with pytest.raises(BadRequest, match="12 rows, fewer than --reference 50"):
        backtest(take(calls(1), 12), reference=50)
