"""Numbers of a window."""

import pytest

from tests.support.alerting import PROJECT, World
from vedette.alerts.readings import MINUTE_NS, Reading, Window


def window(world: World, **changes: object) -> Window:
    to_ns = (world.clock.now_ns() // MINUTE_NS + 1) * MINUTE_NS
    fields = {"project_id": PROJECT, "from_ns": to_ns - 5 * MINUTE_NS, "to_ns": to_ns}
    return Window(**(fields | changes))  # type: ignore[arg-type]


def test_the_share_of_errors_is_in_percent(world: World) -> None:
    world.calls(8, errors=2)
    assert world.meter.read("error_rate", window(world)) == {"": Reading(25.0, 8)}


def test_without_calls_counts_are_zero_and_the_rest_is_unknown(world: World) -> None:
    assert world.meter.read("requests", window(world)) == {"": Reading(0.0, 0)}
    assert world.meter.read("error_rate", window(world)) == {"": Reading(None, 0)}
    assert world.meter.read("latency_p95_ms", window(world)) == {"": Reading(None, 0)}


def test_each_model_is_a_group(world: World) -> None:
    world.calls(3, errors=3, model="bad")
    world.calls(5, model="good")
    found = world.meter.read("errors", window(world, by="model"))
    assert {group: reading.value for group, reading in found.items()} == {"bad": 3.0, "good": 0.0}


def test_only_the_project_and_model_that_was_asked_for(world: World) -> None:
    world.calls(3)
    assert world.meter.read("requests", window(world, project_id="other"))[""].value == 0
    assert world.meter.read("requests", window(world, model="n"))[""].value == 0


def test_a_gauge_tells_what_is_now(world: World) -> None:
    world.gauges = {"key k 1d": 80.0}
    assert world.meter.read("budget_used", window(world)) == {"key k 1d": Reading(80.0, 1)}
    assert world.meter.gauges == {"budget_used"}


def test_an_unknown_metric_is_said(world: World) -> None:
    with pytest.raises(KeyError):
        world.meter.read("mood", window(world))
