"""Whether what a rule watches for is the case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.alerting import PROJECT, World, rule
from vedette.alerts.conditions import Judged, deviation, judge, shown
from vedette.model.alert import AlertRule


def judged(world: World, rule: AlertRule) -> dict[str, Judged]:
    return judge(rule, PROJECT, world.meter, world.clock.now_ns())


def test_a_threshold_is_seen_in_the_minute_in_which_it_is_crossed(world: World) -> None:
    world.calls(10, errors=2)
    found = judged(world, rule())[""]
    assert found.holds
    assert found.value == 20
    assert found.summary == "error_rate is 20 % (limit: > 10 % in 5 min)"


def test_a_threshold_that_is_kept(world: World) -> None:
    world.calls(10, errors=1)
    assert not judged(world, rule())[""].holds
    assert judged(world, rule(op=">="))[""].holds


def test_too_few_calls_are_not_judged(world: World) -> None:
    world.calls(3, errors=3)
    assert judged(world, rule(least_calls=4)) == {}
    assert judged(world, rule(least_calls=3))[""].holds


def test_what_is_older_than_the_window_does_not_count(world: World) -> None:
    world.calls(10, errors=10, ago_s=700)
    world.calls(1)
    assert not judged(world, rule())[""].holds


def test_a_change_compares_whole_windows(world: World) -> None:
    world.calls(4, ago_s=400)
    world.calls(9, ago_s=100)
    found = judged(world, rule(kind="change", metric="requests", value=100.0))[""]
    assert found.holds
    assert found.value == 125
    assert "+125 % against 4" in found.summary


def test_a_change_from_nothing_is_no_change(world: World) -> None:
    world.calls(9, ago_s=100)
    assert judged(world, rule(kind="change", metric="requests", value=100.0)) == {}


def test_an_anomaly_stands_out_from_earlier_windows(world: World) -> None:
    for step in range(1, 11):
        world.calls(20 + step % 3, ago_s=60 + 60 * step)
    world.calls(60, ago_s=40)
    wanted = rule(kind="anomaly", metric="requests", window_s=60, periods=10, value=4.0)
    found = judged(world, wanted)[""]
    assert found.holds, found
    assert "deviations" in found.summary


def test_an_anomaly_needs_a_past(world: World) -> None:
    world.calls(60, ago_s=100)
    assert judged(world, rule(kind="anomaly", metric="latency_p50_ms", window_s=60)) == {}


def test_absence_is_only_felt_where_there_was_something(world: World) -> None:
    quiet = rule(kind="absence", window_s=600)
    assert not any(found.holds for found in judged(world, quiet).values())
    world.calls(5, ago_s=3_000)
    found = judged(world, quiet)[""]
    assert found.holds
    assert found.summary == "0 calls in 10 min; before: 5"
    world.calls(1)
    assert not judged(world, quiet)[""].holds


def test_absence_of_one_model_among_others(world: World) -> None:
    world.calls(5, model="gone", ago_s=3_000)
    world.calls(5, model="here")
    found = judged(world, rule(kind="absence", window_s=600, by="model"))
    assert {group: one.holds for group, one in found.items()} == {"gone": True, "here": False}


def test_events_are_not_looked_for(world: World) -> None:
    world.calls(5, errors=5)
    assert judged(world, rule(kind="event")) == {}


def test_values_are_shown_with_their_units() -> None:
    assert shown("latency_p95_ms", 1234.5) == "1,234.5 ms"
    assert shown("cost_usd", 0.0012) == "0.0012 USD"
    assert shown("budget_used", 80.0) == "80 %"
    assert shown("requests", None) == "unknown"


@given(st.lists(st.floats(1, 1000), min_size=6, max_size=30), st.floats(0, 10_000))
def test_one_outlier_in_the_past_does_not_hide_the_next(past: list[float], value: float) -> None:
    score, usual = deviation(value, past)
    more, same = deviation(value, [*past, *past, 1e12])
    assert min(past) <= usual <= max(past)
    assert min(past) <= same <= max(past)
    assert (score > 0) == (value > usual) or score == pytest.approx(0, abs=1e-6)
    assert more == more
