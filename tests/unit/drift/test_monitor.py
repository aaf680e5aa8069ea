"""Many streams against one baseline."""

import pytest

from tests.support.drifting import calls, take
from vedette.drift.monitor import ALL, Monitor, MonitorSettings
from vedette.errors import BadRequest
from vedette.model.drift import Alarm, Observation


def watch(monitor: Monitor, source: list[Observation], start: int) -> list[Alarm]:
    found = (monitor.take(row, each) for row, each in enumerate(source, start))
    return [alarm for alarm in found if alarm is not None]


def test_a_change_is_one_alarm_and_its_end_another() -> None:
    quiet = calls(1)
    monitor = Monitor(take(quiet, 60))
    assert watch(monitor, take(quiet, 60), 60) == []
    changed = watch(monitor, take(calls(2, "short"), 200), 120)
    assert [alarm.row < 130 for alarm in changed] == [True]
    back = watch(monitor, take(quiet, 60), 320)
    assert [alarm.row < 340 for alarm in back] == [True]


def test_a_single_template_is_one_stream() -> None:
    assert Monitor(take(calls(1), 40)).names == (ALL,)


def test_one_template_of_many_is_found_by_its_own_stream() -> None:
    sources = [calls(seed, template=f"t{seed}") for seed in range(12)]
    monitor = Monitor([next(source) for _ in range(15) for source in sources])
    assert len(monitor.names) == 13
    sources[5] = calls(77, "refusing", template="t5")
    alarms = watch(monitor, [next(source) for _ in range(12) for source in sources], 180)
    assert len(alarms) == 1
    template = next(sources[5]).fingerprint.template
    assert alarms[0].stream == f"template {template}" or alarms[0].contexts == (
        f"template {template}",
    )


def test_two_streams_share_the_false_alarms() -> None:
    one = Monitor(take(calls(1), 40), MonitorSettings(calls_per_false_alarm=1_000))
    assert one.threshold == 1_000
    both = [*take(calls(1, template="a"), 20), *take(calls(2, template="b"), 20)]
    assert Monitor(both, MonitorSettings(calls_per_false_alarm=1_000)).threshold == 2_000
    alone = Monitor(both, MonitorSettings(calls_per_false_alarm=1_000, by_template=False))
    assert (alone.threshold, alone.names) == (1_000, (ALL,))


def test_the_value_says_how_near_an_alarm_is() -> None:
    quiet = calls(1)
    monitor = Monitor(take(quiet, 60))
    watch(monitor, take(quiet, 30), 60)
    calm = monitor.value
    watch(monitor, take(calls(2, "short"), 2), 90)
    assert calm < 0.1
    assert calm < monitor.value < 1


def test_a_tiny_baseline_is_refused() -> None:
    with pytest.raises(BadRequest, match="10 or more"):
        Monitor(take(calls(1), 9))
