from pathlib import Path

import pytest

from tests.support.marks import several_holders
from vedette.app.counters import open_counters, sweep
from vedette.costs.accounts import Account, Charge
from vedette.costs.counters import Counters
from vedette.costs.windows import Window

NOW = 1_800_000_000_000_000_000


@several_holders
def test_workers_that_know_the_file_count_together(tmp_path: Path) -> None:
    one, other = (open_counters(str(tmp_path / "counters")) for _ in range(2))
    account = Account("a", 10, Window("total"))
    one.reserve([Charge(account, 4)], NOW)
    assert other.balance(account, NOW).held == 4
    one.close()
    sweep(other)
    assert other.balance(account, NOW).held == 0
    other.close()


def test_where_there_is_no_file_a_worker_counts_alone() -> None:
    assert not open_counters("").is_shared


def test_a_file_that_cannot_be_used_is_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "foreign").write_bytes(b"x")
    for path in (tmp_path / "foreign", tmp_path / "absent" / "counters"):
        assert not open_counters(str(path)).is_shared
    assert caplog.text.count("counted by this worker alone") == 2


@several_holders
def test_a_sweep_that_has_to_wait_is_tried_again_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = str(tmp_path / "counters")
    ours, gone, holder = open_counters(path), open_counters(path), Counters.at(path)
    gone.close()
    holder._lock()
    sweep(ours)
    assert "held up" in caplog.text
    holder._unlock()
    sweep(ours)
    assert ours.sweep() == 0
    holder.close()
    ours.close()
