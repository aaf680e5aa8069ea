"""Ids have the shape W3C Trace Context asks for; the fake clock moves only when told."""

import re

from vedette.clock import FakeClock, SystemClock


def test_system_ids_are_hex_of_the_right_length_and_differ() -> None:
    clock = SystemClock()
    traces = {clock.trace_id() for _ in range(1_000)}
    spans = {clock.span_id() for _ in range(1_000)}
    assert len(traces) == len(spans) == 1_000
    assert all(re.fullmatch(r"[0-9a-f]{32}", trace) for trace in traces)
    assert all(re.fullmatch(r"[0-9a-f]{16}", span) for span in spans)


def test_two_system_clocks_do_not_share_their_chance() -> None:
    assert SystemClock().trace_id() != SystemClock().trace_id()


def test_system_clock_goes_forward() -> None:
    clock = SystemClock()
    first, wall = clock.monotonic(), clock.now_ns()
    assert clock.monotonic() >= first
    assert wall > 1_700_000_000_000_000_000
    assert all(0 <= clock.random() < 1 for _ in range(100))


def test_fake_clock_stands_still_until_it_is_moved() -> None:
    clock = FakeClock(now_ns=5)
    assert (clock.now_ns(), clock.monotonic()) == (5, 0.0)
    clock.advance(1.5)
    assert (clock.now_ns(), clock.monotonic()) == (1_500_000_005, 1.5)


def test_fake_ids_count_up_and_are_never_zero() -> None:
    clock = FakeClock()
    assert [clock.span_id(), clock.span_id()] == [f"{1:016x}", f"{2:016x}"]
    assert clock.trace_id() == f"{3:032x}"
