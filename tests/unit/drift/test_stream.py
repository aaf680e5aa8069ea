"""One stream against its baseline."""

from collections.abc import Iterator
from itertools import cycle

import pytest

from tests.support.drifting import calls, observe, take
from vedette.drift.stream import Stream
from vedette.model.drift import Observation

ALARM = 100_000.0


def first_alarm(stream: Stream, source: Iterator[Observation], limit: int) -> int | None:
    """How many calls it takes; None when it never comes."""
    for count in range(1, limit + 1):
        if stream.take(count, next(source)) >= ALARM:
            return count
    return None


@pytest.mark.parametrize(("style", "most"), [("short", 8), ("refusing", 8)])
def test_another_style_is_seen_within_some_calls(style: str, most: int) -> None:
    quiet = calls(1)
    stream = Stream(take(quiet, 60))
    assert first_alarm(stream, quiet, 60) is None
    found = first_alarm(stream, calls(2, style), 30)
    assert found is not None
    assert found <= most


def test_a_quiet_stream_stays_quiet() -> None:
    quiet = calls(3)
    assert first_alarm(Stream(take(quiet, 50)), quiet, 400) is None


def test_half_the_answers_in_another_style_are_seen() -> None:
    quiet, other = calls(4), calls(5, "short")
    stream = Stream(take(quiet, 60))
    mixed = (next(source) for source in cycle((quiet, other)))
    found = first_alarm(stream, mixed, 80)
    assert found is not None
    assert found <= 30


def test_templates_that_take_turns_are_no_change() -> None:
    """Each block of 30 has other answers, in an order that the baseline has seen once."""
    sources = [calls(6, template="a"), calls(7, "short", template="b")]
    stream = Stream([*take(sources[0], 30), *take(sources[1], 30)])
    blocks = (next(source) for source in cycle(sources) for _ in range(30))
    assert first_alarm(stream, blocks, 400) is None


def test_a_template_that_the_baseline_lacks_is_no_change() -> None:
    stream = Stream(take(calls(8, template="a"), 60))
    assert first_alarm(stream, calls(9, "short", template="b"), 300) is None


def test_an_unknown_template_is_watched_from_its_own_calls_on() -> None:
    stream = Stream(take(calls(8, template="a"), 60))
    assert first_alarm(stream, calls(9, template="b"), 60) is None
    assert first_alarm(stream, calls(10, "short", template="b"), 30) is not None


def test_repeated_inputs_whose_verdicts_flip_are_seen() -> None:
    """Yes and no stay as frequent as they were: only the pairs tell."""

    def asked(number: int, *, flipped: bool) -> Observation:
        is_yes = (number % 2 == 0) != flipped
        return observe(f"Is {number} so?", "[Yes]" if is_yes else "[No]", latency_ms=5)

    stream = Stream([asked(number, flipped=False) for number in range(100)])
    same = (asked(number % 100, flipped=False) for number in range(100))
    assert first_alarm(stream, same, 100) is None
    found = first_alarm(stream, (asked(n, flipped=True) for n in range(100)), 100)
    assert found is not None
    assert found <= 10


def test_runs_of_slow_calls_are_no_change() -> None:
    slow = [1.0] * 12 + [3.0] * 12

    def run(number: int) -> Observation:
        return observe(f"Is {number} so?", "[Yes]", latency_ms=100 * slow[number % 24] + number % 7)

    stream = Stream([run(number) for number in range(96)])
    assert first_alarm(stream, map(run, range(96, 10_000)), 400) is None


def test_calls_without_anything_do_no_harm() -> None:
    stream = Stream([Observation() for _ in range(20)])
    assert stream.take(20, Observation()) == 0
    assert stream.take(21, observe("Why?", "Because.")) < ALARM
