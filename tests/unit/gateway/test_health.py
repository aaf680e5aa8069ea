"""A target's way from closed to open and back."""

from pathlib import Path

import pytest

from vedette.gateway.health import (
    FAILURES,
    LONGEST_COOLDOWN_S,
    SLOW_START_S,
    HealthBook,
    PeakEwma,
    TargetHealth,
)
from vedette.gateway.shared_health import SharedHealth


def fail(health: TargetHealth, now: float, times: int = FAILURES, code: str = "http_500") -> None:
    for _ in range(times):
        health.begun(now)
        health.failed(now, code)


def succeed(health: TargetHealth, now: float, seconds: float = 0.1) -> None:
    health.begun(now)
    health.answered(now, seconds, stream=False)
    health.ended()


def test_failures_in_a_row_open_it() -> None:
    health = TargetHealth()
    fail(health, 1.0, FAILURES - 1)
    assert health.state(1.0) == "closed"
    fail(health, 1.0, 1)
    assert health.state(1.0) == "open"
    assert not health.may_try(1.0)


def test_a_success_between_failures_keeps_it_closed() -> None:
    health = TargetHealth()
    for now in range(10):
        fail(health, float(now), FAILURES - 1)
        succeed(health, float(now))
    assert health.state(10.0) == "closed"


def test_who_does_not_accept_connections_is_open_sooner() -> None:
    health = TargetHealth()
    fail(health, 1.0, 2, "connect_refused")
    assert health.state(1.0) == "open"


def test_failures_without_end_keep_the_longest_cooldown() -> None:
    health = TargetHealth()
    fail(health, 1.0, 2_000, "connect_refused")
    assert health.open_until == 1.0 + LONGEST_COOLDOWN_S


def test_after_the_cooldown_one_trial_at_a_time() -> None:
    health = TargetHealth()
    fail(health, 0.0)
    assert health.may_try(10.0)
    assert health.state(10.0) == "half_open"
    health.begun(10.0)
    assert not health.may_try(10.0), "one trial is under way"
    health.answered(10.5, 0.1, stream=False)
    assert health.state(10.5) == "closed"


def test_a_trial_that_fails_opens_it_for_longer_and_longer() -> None:
    health = TargetHealth()
    fail(health, 0.0)
    now, waits = health.open_until, []
    for _ in range(6):
        fail(health, now, 1)
        waits.append(health.open_until - now)
        now = health.open_until
    assert waits == [20.0, 40.0, 60.0, 60.0, 60.0, 60.0]
    assert max(waits) == LONGEST_COOLDOWN_S


def test_it_comes_back_slowly() -> None:
    health = TargetHealth()
    fail(health, 0.0)
    succeed(health, 20.0)
    shares = [health.share(20.0 + age) for age in (0.0, SLOW_START_S / 2, SLOW_START_S)]
    assert shares == [0.1, 0.5, 1.0]


def test_the_provider_says_how_long_to_rest() -> None:
    health = TargetHealth()
    health.begun(0.0)
    health.failed(0.0, "http_429", retry_after_s=7.0)
    assert (health.may_try(6.9), health.may_try(7.0)) == (False, True)
    health.begun(7.0)
    health.failed(7.0, "http_503", retry_after_s=86_400.0)
    assert health.open_until == 7.0 + LONGEST_COOLDOWN_S


def test_probes_close_the_gap_at_both_ends() -> None:
    health = TargetHealth()
    health.probed(0.0, alive=False)
    assert health.state(1.0) == "open", "dead, and no billed call found out"
    health.probed(2.0, alive=True)
    assert health.state(2.0) == "half_open"


def test_a_probe_does_not_shorten_a_rest_that_was_asked_for() -> None:
    health = TargetHealth()
    health.begun(0.0)
    health.failed(0.0, "http_429", retry_after_s=30.0)
    health.probed(1.0, alive=True)
    assert health.state(2.0) == "open"


def test_what_says_nothing_changes_nothing() -> None:
    health = TargetHealth()
    health.begun(0.0)
    health.ended()
    assert (health.in_flight, health.state(0.0)) == (0, "closed")


def test_a_peak_counts_at_once_and_fades() -> None:
    ewma = PeakEwma()
    assert ewma.value() < 0.01, "unknown targets are tried"
    ewma.add(0.1, 1.0)
    ewma.add(5.0, 2.0)
    assert ewma.value() == 5.0
    ewma.add(0.1, 3.0)
    assert 1.0 < ewma.value() < 5.0
    for now in range(4, 60):
        ewma.add(0.1, float(now))
    assert ewma.value() == pytest.approx(0.1, abs=0.05)


def test_load_and_errors_make_a_target_dearer() -> None:
    idle, busy, failing = TargetHealth(), TargetHealth(), TargetHealth()
    for health in (idle, busy, failing):
        succeed(health, 1.0)
    busy.begun(1.0)
    fail(failing, 1.0, 1)
    costs = [health.cost(1.0, stream=False) for health in (idle, busy, failing)]
    assert costs[0] < costs[1] < costs[2]


def test_workers_tell_each_other(tmp_path: Path) -> None:
    path = str(tmp_path / "health")
    one, other = HealthBook(SharedHealth.at(path)), HealthBook(SharedHealth.at(path))
    fail(one.of("a", "m"), 5.0)
    assert not other.of("a", "m").may_try(6.0)
    assert other.of("a", "n").may_try(6.0)
    succeed(other.of("a", "m"), 20.0)
    assert one.of("a", "m").state(20.0) == "closed"


def test_a_full_table_costs_the_sharing_and_nothing_else(tmp_path: Path) -> None:
    book = HealthBook(SharedHealth.at(str(tmp_path / "health")))
    last = [book.of("a", str(n)) for n in range(300)][-1]
    fail(last, 0.0)
    assert last.state(0.0) == "open"


def test_who_only_reads_sees_the_others_and_takes_no_place(tmp_path: Path) -> None:
    path = str(tmp_path / "health")
    reader = SharedHealth.at(path, only_reads=True)
    assert reader.cell("a/m") == -1
    writer = SharedHealth.at(path)
    cell = writer.cell("a/m")
    writer.write(cell, 12.5)
    assert reader.read(reader.cell("a/m")) == 12.5
    assert reader.cell("a/other") == -1
