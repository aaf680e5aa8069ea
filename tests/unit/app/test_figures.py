from pathlib import Path

import pytest

from vedette.app.figures import KEEPING, Figures
from vedette.clock import FakeClock
from vedette.metrics import Family, Sample
from vedette.tasks import Troubles

CALLS = Family("calls", "Calls.", "counter")
DEPTH = Family("depth", "Waiting.", "gauge")


def figures(path: Path | None, troubles: Troubles | None = None) -> Figures:
    clock = FakeClock()
    return Figures([CALLS, DEPTH], path, clock, troubles or Troubles())


def told(made: Figures, *own: Sample) -> list[str]:
    return [line for line in made.text(own).decode().splitlines() if line[:1] != "#"]


def calls(count: int) -> list[Sample]:
    return [Sample("calls", (), count)]


def test_nothing_falls_when_the_core_dies_after_a_worker_did(tmp_path: Path) -> None:
    before = figures(tmp_path / "figures")
    before.totals.update("w0", calls(1000))
    before.totals.retire("w0")
    before.totals.update("w1", calls(500))
    assert told(before) == ["calls_total 1500.0"]
    after = figures(tmp_path / "figures")
    assert told(after) == ["calls_total 1500.0"]
    # The worker that lives on is counted once.
    after.totals.update("w1", calls(501))
    assert told(after) == ["calls_total 1501.0"]
    again = figures(tmp_path / "figures")
    again.totals.update("w2", calls(1))
    assert told(again) == ["calls_total 1502.0"]


def test_figures_of_the_core_and_of_workers_are_one_row(tmp_path: Path) -> None:
    made = figures(tmp_path / "figures")
    made.totals.update("w0", calls(2))
    assert told(made, Sample("calls", (), 3), Sample("depth", (), 1)) == [
        "calls_total 5.0", "depth 1.0",
    ]  # fmt: skip


def test_what_is_so_only_now_is_not_kept(tmp_path: Path) -> None:
    told(figures(tmp_path / "figures"), Sample("depth", (), 7))
    assert told(figures(tmp_path / "figures")) == []


def test_without_a_place_figures_begin_anew() -> None:
    made = figures(None)
    made.totals.update("w0", calls(2))
    assert told(made) == ["calls_total 2.0"]


def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "figures").write_bytes(b"junk")
    assert told(figures(tmp_path / "figures")) == []
    assert "figures begin anew" in caplog.text


def test_figures_are_shown_where_they_cannot_be_kept(tmp_path: Path) -> None:
    troubles = Troubles()
    made = figures(tmp_path / "none" / "figures", troubles)
    made.totals.update("w0", calls(2))
    assert told(made) == ["calls_total 2.0"]
    assert KEEPING in troubles.now()
