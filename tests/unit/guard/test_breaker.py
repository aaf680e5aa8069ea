"""A detector that fails is left out for a while and then asked again."""

import pytest

from vedette.clock import FakeClock
from vedette.detectors.remote.asking import Unclear
from vedette.guard.breaker import FAILURES, OPEN_S, DetectorBreaker, DetectorFailed


def boom() -> int:
    raise RuntimeError("it broke")


def slow() -> int:
    raise TimeoutError


def failing(breaker: DetectorBreaker, reason: str = "error") -> None:
    with pytest.raises(DetectorFailed) as caught:
        breaker.call(slow if reason == "timeout" else boom)
    assert caught.value.reason == reason


def test_failures_are_reported_with_their_reason_and_counted() -> None:
    breaker = DetectorBreaker("pii", FakeClock())
    failing(breaker)
    failing(breaker, "timeout")
    assert breaker.failures == 2
    assert breaker.call(lambda: 5) == 5
    assert not breaker.is_open


def test_it_opens_after_failures_in_a_row_and_closes_on_success() -> None:
    clock = FakeClock()
    breaker = DetectorBreaker("pii", clock)
    for _ in range(FAILURES):
        failing(breaker)
    with pytest.raises(DetectorFailed, match="breaker_open"):
        breaker.call(lambda: 5)
    assert breaker.skipped == 1
    clock.advance(OPEN_S + 1)
    assert breaker.call(lambda: 5) == 5
    failing(breaker)
    assert not breaker.is_open


def test_one_call_at_a_time_tries_it_again() -> None:
    clock = FakeClock()
    breaker = DetectorBreaker("pii", clock)
    for _ in range(FAILURES):
        failing(breaker)
    clock.advance(OPEN_S + 1)

    def tried() -> int:
        with pytest.raises(DetectorFailed, match="breaker_open"):
            breaker.call(lambda: 5)
        raise TimeoutError

    with pytest.raises(DetectorFailed, match="timeout"):
        breaker.call(tried)
    assert breaker.is_open
    clock.advance(OPEN_S + 1)
    assert breaker.call(lambda: 5) == 5
    assert breaker.call(lambda: 6) == 6


def test_what_is_of_the_text_alone_switches_nothing_off() -> None:
    def unclear() -> int:
        raise Unclear("I like turtles")

    breaker = DetectorBreaker("judge", FakeClock())
    for _ in range(FAILURES + 1):
        with pytest.raises(DetectorFailed, match="error"):
            breaker.call(unclear)
    assert breaker.failures == FAILURES + 1
    assert breaker.call(lambda: 5) == 5
