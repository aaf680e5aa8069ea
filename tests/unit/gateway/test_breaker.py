import pytest

from vedette.clock import FakeClock
from vedette.errors import BadRequest
from vedette.gateway.breaker import FAILURES, OPEN_S, SLOW_S, Breaker


def fail(_: int) -> str:
    raise RuntimeError("planted")


def work(value: int) -> str:
    return str(value)


def test_a_failing_stage_gives_the_default_and_is_counted() -> None:
    breaker = Breaker("guard", FakeClock())
    assert breaker.call(work, 1, "-") == "1"
    assert breaker.call(fail, 1, "-") == "-"
    assert breaker.failures == 1
    assert not breaker.is_open


def test_many_failures_open_the_breaker_and_a_success_closes_it() -> None:
    clock = FakeClock()
    breaker = Breaker("guard", clock)
    for _ in range(FAILURES):
        breaker.call(fail, 1, "-")
    assert breaker.is_open
    assert breaker.call(work, 1, "-") == "-"
    assert breaker.skipped == 1
    clock.advance(OPEN_S + 0.1)
    assert breaker.call(work, 1, "-") == "1"
    assert not breaker.is_open
    assert breaker.call(fail, 1, "-") == "-"
    assert not breaker.is_open


def test_failures_far_apart_do_not_open_it() -> None:
    clock = FakeClock()
    breaker = Breaker("guard", clock)
    for _ in range(3 * FAILURES):
        breaker.call(fail, 1, "-")
        clock.advance(11)
    assert not breaker.is_open


def test_slowness_counts_as_failure() -> None:
    clock = FakeClock()
    breaker = Breaker("guard", clock)
    for _ in range(FAILURES):
        breaker.run(clock.advance, SLOW_S * 2, clock.monotonic())
    assert breaker.is_open
    assert breaker.failures == FAILURES


def test_what_a_stage_refuses_on_purpose_is_no_failure() -> None:
    def refuse(_: int) -> None:
        raise BadRequest("no")

    breaker = Breaker("guard", FakeClock())
    with pytest.raises(BadRequest):
        breaker.run(refuse, 1, 0.0)
    assert breaker.failures == 0
