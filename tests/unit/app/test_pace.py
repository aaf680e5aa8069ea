"""A bound on CPU time, with clocks that are moved by hand."""

import pytest

from vedette.app.pace import Pace


class Clocks:
    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def pace(self, share: float, burst_s: float, *, stretch_s: float = 0.0) -> Pace:
        return Pace(
            share, burst_s=burst_s, stretch_s=stretch_s,
            monotonic=lambda: self.wall, spent=lambda: self.cpu,
        )  # fmt: skip

    def work(self, seconds: float) -> None:
        self.wall += seconds
        self.cpu += seconds


def test_a_burst_needs_no_rest_and_what_is_beyond_it_does() -> None:
    clocks = Clocks()
    pace = clocks.pace(0.1, 1.0)
    clocks.work(1.0)
    assert pace.rest_s() == 0
    clocks.work(0.5)
    assert pace.rest_s() == pytest.approx(4.5, abs=0.01)


def test_in_the_long_run_the_share_is_kept() -> None:
    clocks = Clocks()
    pace = clocks.pace(0.1, 1.0)
    for _ in range(10_000):
        clocks.work(0.01)
        clocks.wall += pace.rest_s()
    assert clocks.cpu / clocks.wall == pytest.approx(0.1, rel=0.02)


def test_rest_is_not_saved_beyond_the_burst() -> None:
    clocks = Clocks()
    pace = clocks.pace(0.5, 1.0)
    clocks.wall += 1_000
    assert pace.rest_s() == 0
    clocks.work(3.0)
    assert pace.rest_s() == pytest.approx(4.0)


def test_rests_come_after_a_stretch_of_work() -> None:
    clocks = Clocks()
    pace = clocks.pace(0.1, 0.0, stretch_s=0.02)
    rests = []
    for _ in range(100):
        clocks.work(0.009)
        clocks.wall += (rest_s := pace.rest_s())
        rests.append(rest_s)
    assert sum(rest_s > 0 for rest_s in rests) == 33
    assert clocks.cpu / clocks.wall == pytest.approx(0.1, rel=0.05)
