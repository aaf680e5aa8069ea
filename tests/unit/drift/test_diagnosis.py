"""What an alarm says."""

from tests.support.drifting import calls, observe, take
from vedette.drift.diagnosis import diagnose
from vedette.drift.stream import Stream
from vedette.model.drift import Alarm, Observation


def alarm_of(stream: Stream, source: list[Observation], start: int) -> Alarm:
    row = start
    for row, each in enumerate(source, start):
        stream.take(row, each)
    return diagnose(stream, name="all", row=row, threshold=200_000)


def test_an_alarm_names_signals_onset_and_size() -> None:
    quiet = calls(1)
    stream = Stream(take(quiet, 80))
    alarm_of(stream, take(quiet, 40), 80)
    alarm = alarm_of(stream, take(calls(2, "short"), 8), 120)
    assert 118 <= alarm.since_row <= 122
    assert alarm.row == 127
    assert alarm.severity == "critical"
    assert alarm.signals[0].signal == alarm.signal
    words = next(one for one in alarm.signals if one.signal == "output_words")
    assert words.effect is not None
    assert words.effect.size > 0.9
    assert words.effect.before > 20 > 2 > 1 >= words.effect.after  # type: ignore[operator]
    assert words.effect.p < 0.01
    assert words.effect.test == "kolmogorov-smirnov"
    assert [one.e for one in alarm.signals if one.e <= 0] == []


def test_a_change_of_classes_is_told_in_shares() -> None:
    def finished(number: int, reason: str) -> Observation:
        one = observe(f"Is {number} so?", "[Yes]", latency_ms=5)
        return Observation(fingerprint=one.fingerprint, finish_reason=reason)

    stream = Stream([finished(number, "stop") for number in range(60)])
    alarm = alarm_of(stream, [finished(n, "length") for n in range(60, 72)], 60)
    assert alarm.signal == "finish_reason"
    effect = alarm.signals[0].effect
    assert effect is not None
    assert (effect.before, effect.after) == ({"stop": 1.0}, {"other": 1.0})
    assert (effect.size, effect.test, alarm.since_row) == (1.0, "fisher", 60)


def test_the_template_that_moved_is_named() -> None:
    stay, move = calls(3, template="stay"), calls(4, template="move")
    stream = Stream([each for _ in range(40) for each in (next(stay), next(move))])
    moved = calls(5, "short", template="move")
    mixed = [each for _ in range(12) for each in (next(stay), next(moved))]
    alarm = alarm_of(stream, mixed, 80)
    assert alarm.contexts[0] == f"template {next(moved).fingerprint.template}"
    assert len(alarm.contexts) == 1


def test_flipped_verdicts_of_repeated_inputs_have_an_effect() -> None:
    def asked(number: int, answer: str) -> Observation:
        return observe(f"Is {number} so?", answer, latency_ms=5)

    def answer(number: int, flipped: bool) -> str:
        return "[Yes]" if (number % 2 == 0) != flipped else "[No]"

    stream = Stream([asked(n, answer(n, False)) for n in range(60)])
    alarm_of(stream, [asked(n, answer(n, False)) for n in range(60)], 60)
    alarm = alarm_of(stream, [asked(n, answer(n, True)) for n in range(20)], 120)
    flipped = next(one for one in alarm.signals if one.signal == "repeat_verdict")
    assert flipped.effect is not None
    assert flipped.effect.size == 1.0
    assert alarm.severity == "critical"
