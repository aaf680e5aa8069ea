"""One stream against its baseline."""

import random
from collections.abc import Iterator
from itertools import cycle

import pytest

from tests.support.drifting import STYLES, calls, observe, take
from vedette.drift.stream import Stream
from vedette.model.drift import Observation

ALARM = 50_000.0


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


LAW = "tax court judge fine contract lawyer trial jury appeal claim duty police crime".split()
FOOD = "soup bread oven salt butter onion flour garlic basil cheese dough pepper".split()


def free_calls(seed: int, topic: list[str], style: str) -> Iterator[Observation]:
    """Prompts without any template, about a topic."""
    chance = random.Random(seed)
    while True:
        words = chance.choices([*topic, "how", "can", "i", "the", "of"], k=chance.randint(8, 12))
        yield observe(f"{' '.join(words)} please the and of it?", STYLES[style](chance))


def test_other_questions_explain_other_answers() -> None:
    source = free_calls(1, LAW, "long")
    stream = Stream(take(source, 60))
    others = free_calls(2, FOOD, "short")
    for row, each in enumerate(take(others, 60)):
        assert stream.take(row, each) < ALARM or stream.is_explained
    assert len(stream.shifts) == 1
    assert stream.shifts[0] < 20
    again = free_calls(3, FOOD, "refusing")
    assert first_alarm(stream, again, 30) is not None
    assert not stream.is_explained


def test_other_answers_to_such_questions_are_a_change() -> None:
    stream = Stream(take(free_calls(1, LAW, "long"), 60))
    assert first_alarm(stream, free_calls(4, LAW, "long"), 60) is None
    assert first_alarm(stream, free_calls(5, LAW, "short"), 20) is not None
    assert not stream.is_explained
    assert stream.shifts == []


def test_calls_without_anything_do_no_harm() -> None:
    stream = Stream([Observation() for _ in range(20)])
    assert stream.take(20, Observation()) == 0
    assert stream.take(21, observe("Why?", "Because.")) < ALARM
